"""The life of a package as one table: who may take it from which state to which.

The law knows no acceptance of a package: it is sent, and later under review. Meeting and statement
are records of their own and do not change it.
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


def after(status: PackageStatus, action: Action) -> PackageStatus:
    """The state after the action; NotAllowedError where the table has no such row."""
    try:
        return _NEXT[status, action]
    except KeyError:
        open_now = ", ".join(possible(status))
        raise NotAllowedError(
            Text(
                f"En pakke med status {status} kan ikke gå videre med {action}.",
                f"A package that is {status} cannot take the action {action}.",
            ),
            Text(
                f"Muligt nu: {open_now}. En sendt pakke åbnes kun igen, når kommunen returnerer den.",
                f"Possible now: {open_now}. A sent package is opened again only when the municipality returns it.",
            ),
            status=status.value,
            action=action.value,
        ) from None


def possible(status: PackageStatus) -> tuple[Action, ...]:
    """The actions that the table allows in a state."""
    return tuple(row.action for row in WORKFLOW if row.source is status)
