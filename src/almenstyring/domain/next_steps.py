"""What each role does next with a package and in the year's dialogue, in words; no state is without a next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from almenstyring.domain.access import Role
from almenstyring.domain.agreements import Agreement, AgreementKind
from almenstyring.domain.reporting import DocumentationPackage, PackageStatus, unmet
from almenstyring.domain.supervision import SupervisoryAction, SupervisoryKind, SupervisoryStatus
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode

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
"""The next step of each role in each state."""


def next_step(package: DocumentationPackage, role: Role) -> Text:
    """What a role does next with a package; for the organisation with the comments that are not met yet."""
    step, open_ = NEXT_STEPS[package.status, role], [comment.id for comment in unmet(package)]
    if role is not Role.ORGANISATION or not open_ or not package.status.is_editable:
        return step
    return Text("{step} Mangler: {ids}.", "{step} Missing: {ids}.").fill(
        step=NEXT_STEPS[PackageStatus.RETURNED, role], ids=", ".join(open_)
    )


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
    not_open: Text | None = None,
) -> Text:
    """What a role does next in an organisation's year; ``status`` is the package's, None where none was opened.

    The package comes first as long as it is the role's turn; the meeting is owed whether it came or not. ``not_open``
    says why the organisation cannot open a package yet.
    """
    if not_open is not None and status is None and role is Role.ORGANISATION and not meeting_held:
        return _AWAIT_OPENING.fill(why=not_open)
    package = NEXT_STEPS[status or PackageStatus.CREATED, role]
    if role in (Role.OPERATOR, Role.ADVISER) or not meeting_held:
        return package
    is_municipality = role is not Role.ORGANISATION
    if not is_municipality and status is not None and status.is_editable:
        return package  # the duty to report does not lapse because the meeting was held
    if not published:
        return _PUBLISH if is_municipality else _AWAIT_STATEMENT
    return _REPORT if is_municipality and not reported else _FOLLOW_UP


_NOTHING = Text("Intet: det er afsluttet.", "Nothing: it is closed.")
_FOR_INFORMATION = Text(
    "Intet: kommunen er orienteret (DB § 118, stk. 1).", "Nothing: for information (DB § 118, stk. 1)."
)
_READ_ONLY = Text("Intet; kommunen afgør.", "Nothing; the municipality decides.")
_INFORM = Text(
    "Orientér hjemstedskommunen {home} (DB § 118, stk. 1).", "Inform home municipality {home} (DB § 118, stk. 1)."
)
_AWAIT_OUTCOME = Text("Afvent udfaldet{when}, og notér det.", "Await the outcome{when} and note it.")
_PASSED = Text(
    "Fristen {due} er passeret: notér, om det er efterkommet, eller sæt en ny frist.",
    "The last day {due} has passed: note whether it was complied with, or set a new day.",
)
_TELL_AGENCY = Text(
    "Indberet til Social- og Boligstyrelsen med indstilling og regnskabsmateriale (DB § 118, stk. 2).",
    "Report to the Agency for Social Affairs and Housing with recommendation and accounts (DB § 118, stk. 2).",
)
_ANSWER_IGNORED = Text(
    "Afgør, hvad der følger, fx et påbud (ABL § 165), eller notér udfaldet.",
    "Decide what follows, such as an order (ABL § 165), or note the outcome.",
)
_COMPLY = Text("Efterkom afgørelsen{when}, og meld tilbage.", "Comply with the decision{when} and report back.")
_AWAIT_AGENCY = Text("Afvent Social- og Boligstyrelsen.", "Await the Agency for Social Affairs and Housing.")
_AWAIT_AND_CLOSE = Text(
    "Afvent Social- og Boligstyrelsen, og notér svaret: det afslutter indberetningen.",
    "Await the Agency for Social Affairs and Housing and note its answer: that concludes the report.",
)


def supervision_step(  # noqa: PLR0913 - what the step depends on
    action: SupervisoryAction,
    role: Role,
    *,
    is_own: bool,
    home: MunicipalityCode | None,
    is_reported: bool,
    on: date,
) -> Text:
    """What a role does next about a supervisory action on a day; ``is_own`` says that its municipality decided it.

    ``home`` is the organisation's home municipality, which is owed word also of what is closed. ``is_reported`` says
    that a report to the agency follows the action.
    """
    due = action.current_due
    when = Text(f" senest {due}", f" by {due}") if due else Text("", "")
    awaits_agency = is_reported or action.kind is SupervisoryKind.REPORT_TO_AGENCY
    if role is Role.ORGANISATION:
        if not action.status.is_open:
            return _NOTHING
        return _AWAIT_AGENCY if awaits_agency else _COMPLY.fill(when=when)
    if role is not Role.MUNICIPALITY:
        return _READ_ONLY
    if not is_own:
        return _FOR_INFORMATION
    if action.must_inform(home):
        return _INFORM.fill(home=home)
    if not action.status.is_open:
        return _NOTHING
    if action.kind is SupervisoryKind.REPORT_TO_AGENCY:
        return _AWAIT_AND_CLOSE
    if awaits_agency:
        return _AWAIT_AGENCY
    return _councils_step(action, on, when)


def _councils_step(action: SupervisoryAction, on: date, when: Text) -> Text:
    if action.status is SupervisoryStatus.IGNORED:
        return _TELL_AGENCY if action.kind.is_reported_when_ignored else _ANSWER_IGNORED
    return _PASSED.fill(due=action.current_due) if action.is_overdue_on(on) else _AWAIT_OUTCOME.fill(when=when)


_AGREED_AND_CLOSED = Text("Intet: aftalen er afsluttet ({status}).", "Nothing: the agreement is closed ({status}).")
_NOT_MADE_YET = Text("Intet: aftalen er ikke indgået endnu.", "Nothing: the agreement is not made yet.")
_REVIEW_NOW = Text(
    "Tag aftalen op til revision; den skulle være revideret senest {day}{law}.",
    "Take the agreement up for review; that was due by {day}{law}.",
)
_TAKE_STOCK = Text(
    "Gør status: perioden udløb {day}. Viderefør, ændr eller afslut aftalen.",
    "Take stock: the period ran out on {day}. Continue, change or close the agreement.",
)
_ASKED_FOR = Text(
    "Organisationens næste styringsrapport skal følge den op (DB § 112, stk. 5, nr. 4).",
    "The organisation's next report must follow it up (DB § 112, stk. 5, nr. 4).",
)
_FOLLOW_IT_UP = Text(
    "Følg aftalen op i den næste styringsrapport (DB § 112, stk. 5, nr. 4).",
    "Follow the agreement up in the next report (DB § 112, stk. 5, nr. 4).",
)
_REVIEW_TO_COME = Text("{step} Revision senest {day}{law}.", "{step} Review by {day}{law}.")
_REVIEW_LAW = {
    AgreementKind.FLEXIBLE_LETTING: "ABL § 60, stk. 2",
    AgreementKind.ADVERTISED_LETTING: "ABL § 60 a, stk. 2",
}
_PARTIES_ONLY = Text("Intet; parterne følger aftalen op.", "Nothing; the parties follow the agreement up.")


def agreement_step(agreement: Agreement, role: Role, *, on: date) -> Text:
    """What a role does next about an agreement on a day: nothing of a closed one, else review, take stock or answer."""
    if agreement.concluded_on > on:
        return _NOT_MADE_YET
    if not agreement.is_open_on(on):
        return _AGREED_AND_CLOSED.fill(status=agreement.status.text)
    if role not in (Role.ORGANISATION, Role.MUNICIPALITY):
        return _PARTIES_ONLY
    review, ends = agreement.review_by, agreement.period.end
    by_law = review is not None and review == agreement.lawful_review_by
    law = f" ({_REVIEW_LAW[agreement.kind]})" if by_law else ""
    if agreement.is_overdue_on(on):
        return _REVIEW_NOW.fill(day=review, law=law)
    if ends is not None and ends < on:
        return _TAKE_STOCK.fill(day=ends)
    step = _FOLLOW_IT_UP if role is Role.ORGANISATION else _ASKED_FOR
    return step if review is None else _REVIEW_TO_COME.fill(step=step, day=review, law=law)
