"""What each role does next with a package and in the year's dialogue, in words; no state is without a next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from almenstyring.domain.access import Role
from almenstyring.domain.reporting import DocumentationPackage, OpeningRequest, PackageStatus, unmet
from almenstyring.domain.text import Text


class DialogueRelation(StrEnum):
    """How whoever looks stands to an organisation's year (da: forhold til dialogen).

    HOME is the ordinary case: the home municipality leads the dialogue (DB § 112, stk. 2). LOCATION is a municipality
    that only has estates of it, which it supervises (DB § 110, stk. 1). NO_DIALOGUE is a self-owning institution, whose
    accounts are reviewed without a dialogue (ABL § 169, stk. 1). NOTHING_OWED is a year of which no part is owed.
    """

    HOME = "home"
    LOCATION = "location"
    NO_DIALOGUE = "no_dialogue"
    NOTHING_OWED = "nothing_owed"


_S, _R = PackageStatus, Role
_FILL_IN = Text("Udfyld, kontrollér og send pakken.", "Fill in, check and send the package.")
_AWAIT_REPORT = Text(
    "Afvent organisationens pakke; dialogmødet skal holdes, også hvis den ikke kommer (DB § 112, stk. 1).",
    "Await the organisation's package; the dialogue meeting is owed even if it does not come (DB § 112, stk. 1).",
)
_AWAIT_REVIEW = Text("Afvent kommunens gennemgang.", "Await the municipality's review.")
_ADVISE = Text(
    "Læs pakken, og skriv udkast til kommentarer; kommunen returnerer og holder mødet.",
    "Read the package and draft comments; the municipality returns it and holds the meeting.",
)
_ADVISER_AWAITS = Text(
    "Afvent, at organisationen sender pakken til kommunen.",
    "Await that the organisation sends the municipality its package.",
)
_OPERATE = Text("Intet; driften udfylder og afgør ikke noget.", "Nothing; the operator fills in and decides nothing.")

NEXT_STEPS: Mapping[tuple[PackageStatus, Role], Text] = {
    (_S.CREATED, _R.ORGANISATION): _FILL_IN,
    (_S.CREATED, _R.MUNICIPALITY): _AWAIT_REPORT,
    (_S.IN_PROGRESS, _R.ORGANISATION): _FILL_IN,
    (_S.IN_PROGRESS, _R.MUNICIPALITY): _AWAIT_REPORT,
    (_S.SENT, _R.ORGANISATION): _AWAIT_REVIEW,
    (_S.SENT, _R.MUNICIPALITY): Text(
        "Gennemgå pakken kritisk (DB § 116), og indkald til dialogmøde.",
        "Review the package critically (DB § 116) and invite to the dialogue meeting.",
    ),
    (_S.UNDER_REVIEW, _R.ORGANISATION): _AWAIT_REVIEW,
    (_S.UNDER_REVIEW, _R.MUNICIPALITY): Text(
        "Afslut gennemgangen: returnér med kommentarer, eller hold dialogmødet.",
        "Conclude the review: return the package with comments, or hold the dialogue meeting.",
    ),
    (_S.RETURNED, _R.ORGANISATION): Text(
        "Ret eller besvar det, kommunen spørger om, og send igen.",
        "Change or reply to what the municipality asks, and send again.",
    ),
    (_S.RETURNED, _R.MUNICIPALITY): Text(
        "Afvent, at organisationen sender igen.", "Await that the organisation sends again."
    ),
    **{(status, _R.ADVISER): _ADVISER_AWAITS for status in (_S.CREATED, _S.IN_PROGRESS, _S.RETURNED)},
    **{(status, _R.ADVISER): _ADVISE for status in (_S.SENT, _S.UNDER_REVIEW)},
    **{(status, _R.OPERATOR): _OPERATE for status in _S},
}
"""The next step of each role in each state, where the home municipality leads the dialogue."""

_AT_ORGANISATION = (_S.CREATED, _S.IN_PROGRESS)
_AT_MUNICIPALITY = (_S.SENT, _S.UNDER_REVIEW)
_READ = Text(
    "Læs pakken, og før tilsyn med afdelingerne her (DB § 110, stk. 1); hjemstedskommunen fører dialogen"
    " (DB § 112, stk. 2).",
    "Read the package and supervise the estates here (DB § 110, stk. 1); the home municipality leads the dialogue"
    " (DB § 112, stk. 2).",
)
_READ_FOR = Text(
    "Læs pakken; kommunen fører tilsyn med afdelingerne her (DB § 110, stk. 1), hjemstedskommunen fører dialogen.",
    "Read the package; the municipality supervises the estates here (DB § 110, stk. 1), the home municipality leads"
    " the dialogue.",
)
_AWAIT_COPY = Text(
    "Afvent pakken; hjemstedskommunen fører dialogen (DB § 112, stk. 2).",
    "Await the package; the home municipality leads the dialogue (DB § 112, stk. 2).",
)
_AWAIT_ACCOUNTS = Text(
    "Afvent regnskabet; der er ingen styringsdialog (ABL § 169, stk. 1).",
    "Await the accounts; there is no governance dialogue (ABL § 169, stk. 1).",
)
_REVIEW_ACCOUNTS = Text(
    "Gennemgå regnskabet kritisk (DB § 126, jf. § 116); der er ingen styringsdialog (ABL § 169, stk. 1).",
    "Review the accounts critically (DB § 126 with § 116); there is no governance dialogue (ABL § 169, stk. 1).",
)
_CONCLUDE_ACCOUNTS = Text(
    "Afslut gennemgangen af regnskabet (DB § 126, jf. § 116), eller returnér pakken med kommentarer.",
    "Conclude the review of the accounts (DB § 126 with § 116), or return the package with comments.",
)
_AWAIT_ACCOUNTS_REVIEW = Text(
    "Afvent kommunens gennemgang af regnskabet (DB § 126, jf. § 116).",
    "Await the municipality's review of the accounts (DB § 126 with § 116).",
)
_ADVISE_ON_ACCOUNTS = Text(
    "Læs regnskabet, og skriv udkast til kommentarer; kommunen gennemgår det (DB § 126, jf. § 116).",
    "Read the accounts and draft comments; the municipality reviews them (DB § 126 with § 116).",
)
_NOTHING_OWED = Text("Intet: der skyldes ikke noget for året.", "Nothing: nothing is owed for the year.")

_OTHER_STEPS: Mapping[tuple[DialogueRelation, PackageStatus, Role], Text] = {
    **{(DialogueRelation.LOCATION, status, _R.MUNICIPALITY): _AWAIT_COPY for status in _AT_ORGANISATION},
    **{(DialogueRelation.LOCATION, status, _R.MUNICIPALITY): _READ for status in _AT_MUNICIPALITY},
    **{(DialogueRelation.LOCATION, status, _R.ADVISER): _READ_FOR for status in _AT_MUNICIPALITY},
    **{(DialogueRelation.NO_DIALOGUE, status, _R.MUNICIPALITY): _AWAIT_ACCOUNTS for status in _AT_ORGANISATION},
    (DialogueRelation.NO_DIALOGUE, _S.SENT, _R.MUNICIPALITY): _REVIEW_ACCOUNTS,
    (DialogueRelation.NO_DIALOGUE, _S.UNDER_REVIEW, _R.MUNICIPALITY): _CONCLUDE_ACCOUNTS,
    **{(DialogueRelation.NO_DIALOGUE, status, _R.ORGANISATION): _AWAIT_ACCOUNTS_REVIEW for status in _AT_MUNICIPALITY},
    **{(DialogueRelation.NO_DIALOGUE, status, _R.ADVISER): _ADVISE_ON_ACCOUNTS for status in _AT_MUNICIPALITY},
    **{(DialogueRelation.NOTHING_OWED, status, role): _NOTHING_OWED for status in _S for role in _R},
}
"""Where another relation has words of its own."""


def package_step(
    status: PackageStatus,
    role: Role,
    relation: DialogueRelation = DialogueRelation.HOME,
    *,
    was_returned: bool = False,
) -> Text:
    """What a role does next with a package in a state; one that is edited after a return is awaited again."""
    is_awaited_again = was_returned and status is _S.IN_PROGRESS and role is not _R.ORGANISATION
    told = _S.RETURNED if is_awaited_again else status
    return _OTHER_STEPS.get((relation, told, role)) or NEXT_STEPS[told, role]


def next_step(
    package: DocumentationPackage,
    role: Role,
    relation: DialogueRelation = DialogueRelation.HOME,
    *,
    status: PackageStatus | None = None,
    was_returned: bool = False,
) -> Text:
    """What a role does next with a package; for the organisation with the comments that are not met yet.

    ``status`` is where the package is, if the one given is an older copy.
    """
    now = status or package.status
    step = package_step(now, role, relation, was_returned=was_returned or bool(package.returns))
    open_ = [comment.id for comment in unmet(package)]
    if role is not Role.ORGANISATION or not open_ or not now.is_editable:
        return step
    return Text("{step} Mangler: {ids}.", "{step} Missing: {ids}.").fill(
        step=NEXT_STEPS[PackageStatus.RETURNED, role], ids=", ".join(open_)
    )


def with_requests(step: Text, requests: Sequence[OpeningRequest]) -> Text:
    """The municipality's step with what the organisation asks to have opened."""
    if not requests:
        return step
    places = "; ".join(str(place) for request in requests for place in request.places)
    return Text(
        "Organisationen beder om at få åbnet: {places}. {step}",
        "The organisation asks to have opened: {places}. {step}",
    ).fill(step=step, places=places)


_PUBLISH = Text(
    "Skriv, godkend og offentliggør redegørelsen (DB § 112, stk. 7).",
    "Write, approve and publish the statement (DB § 112, stk. 7).",
)
_REPORT = Text(
    "Indberet redegørelsen i det centrale system, og notér kvitteringen (DB § 112, stk. 8).",
    "Report the statement to the central system and note its receipt (DB § 112, stk. 8).",
)
_FOLLOW_UP = Text("Året er afsluttet: følg aftalerne op.", "The year is closed: follow up the agreements.")
_AWAIT_OPENING = Text("Afvent, at året åbnes. {why}", "Await that the year is opened. {why}")
_AWAIT_STATEMENT = Text("Afvent kommunens redegørelse.", "Await the municipality's statement.")


def year_step(  # noqa: PLR0913 - what the step depends on
    role: Role,
    status: PackageStatus | None,
    *,
    meeting_held: bool = False,
    published: bool = False,
    reported: bool = False,
    relation: DialogueRelation = DialogueRelation.HOME,
    was_returned: bool = False,
    not_open: Text | None = None,
) -> Text:
    """What a role does next in an organisation's year; ``status`` is the package's, None where none was opened.

    The package comes first as long as it is the role's turn; the meeting is owed whether it came or not. Only the home
    municipality and the organisation have steps after the package. ``not_open`` says why the organisation cannot open
    a package yet.
    """
    if not_open is not None and status is None and role is Role.ORGANISATION and not meeting_held:
        return _AWAIT_OPENING.fill(why=not_open)
    package = package_step(status or PackageStatus.CREATED, role, relation, was_returned=was_returned)
    in_dialogue = relation is DialogueRelation.HOME and role not in (Role.OPERATOR, Role.ADVISER)
    if not in_dialogue or not meeting_held:
        return package
    is_municipality = role is not Role.ORGANISATION
    if not is_municipality and status is not None and status.is_editable:
        return package  # the duty to report does not lapse because the meeting was held
    if not published:
        return _PUBLISH if is_municipality else _AWAIT_STATEMENT
    return _REPORT if is_municipality and not reported else _FOLLOW_UP
