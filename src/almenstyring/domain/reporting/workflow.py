"""The life of a package as one table: who may take it from which state to which.

Nobody accepts a package, for no law lets them: it is sent, and later under review. What happens in the dialogue
afterwards is kept apart from it.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.text import Text


class PackageStatus(StrEnum):
    """Where a package is (da: status)."""

    CREATED = "created"
    IN_PROGRESS = "in_progress"
    SENT = "sent"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"

    @property
    def is_editable(self) -> bool:
        """A package that is sent and not returned is closed for editing."""
        return self in (self.CREATED, self.IN_PROGRESS, self.RETURNED)


class Action(StrEnum):
    """What can be done to a package (da: handling)."""

    EDIT = "edit"
    SEND = "send"
    REVIEW = "review"
    RETURN = "return"


@frozen
class Transition:
    """One row of the workflow: an action takes a package from one state to another."""

    action: Action
    source: PackageStatus
    target: PackageStatus


_S, _A = PackageStatus, Action
WORKFLOW: tuple[Transition, ...] = (
    Transition(_A.EDIT, _S.CREATED, _S.IN_PROGRESS),
    Transition(_A.EDIT, _S.IN_PROGRESS, _S.IN_PROGRESS),
    Transition(_A.EDIT, _S.RETURNED, _S.IN_PROGRESS),
    Transition(_A.SEND, _S.IN_PROGRESS, _S.SENT),
    Transition(_A.REVIEW, _S.SENT, _S.UNDER_REVIEW),
    Transition(_A.RETURN, _S.SENT, _S.RETURNED),
    Transition(_A.RETURN, _S.UNDER_REVIEW, _S.RETURNED),
)
_NEXT = {(row.source, row.action): row.target for row in WORKFLOW}


_REFUSED = {
    _A.EDIT: Text("Pakken kan ikke ændres", "The package cannot be changed"),
    _A.SEND: Text("Pakken kan ikke sendes", "The package cannot be sent"),
    _A.REVIEW: Text("Pakken kan ikke tages under behandling", "The package cannot be taken under review"),
    _A.RETURN: Text("Pakken kan ikke returneres", "The package cannot be returned"),
}
_BECAUSE = {
    _S.CREATED: Text("den er oprettet, men ingen har skrevet i den", "it is created, but nobody has written in it"),
    _S.IN_PROGRESS: Text("den er under udfyldelse og ikke sendt", "it is in progress and has not been sent"),
    _S.SENT: Text("den er sendt og ikke returneret", "it has been sent and not returned"),
    _S.UNDER_REVIEW: Text("kommunen behandler den", "the municipality is reviewing it"),
    _S.RETURNED: Text("den er returneret og ikke rettet siden", "it was returned and has not been changed since"),
}
_FILL_IN = Text("Organisationen skal først skrive i den.", "The organisation must write in it first.")
_SEND = Text("Organisationen skal først sende den.", "The organisation must send it first.")
_ASK_FOR_IT_BACK = Text(
    "En sendt pakke åbnes igen, når kommunen returnerer den.",
    "A sent package is opened again when the municipality returns it.",
)
_WAY_OUT = {
    _S.CREATED: _FILL_IN,
    _S.IN_PROGRESS: _SEND,
    _S.SENT: _ASK_FOR_IT_BACK,
    _S.UNDER_REVIEW: _ASK_FOR_IT_BACK,
    _S.RETURNED: _FILL_IN,
}


def after(status: PackageStatus, action: Action) -> PackageStatus:
    """The state after the action; NotAllowedError where the table has no such row."""
    try:
        return _NEXT[status, action]
    except KeyError:
        raise NotAllowedError(
            Text("{refused}: {because}.", "{refused}: {because}.").fill(
                refused=_REFUSED[action], because=_BECAUSE[status]
            ),
            _WAY_OUT[status],
            status=status.value,
            action=action.value,
        ) from None


def possible(status: PackageStatus) -> tuple[Action, ...]:
    """The actions that the table allows in a state."""
    return tuple(row.action for row in WORKFLOW if row.source is status)
