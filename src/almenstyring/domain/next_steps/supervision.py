"""What each role does next about a supervisory action, in words; no state is without a next step."""

from __future__ import annotations

from datetime import date

from almenstyring.domain.access import Role
from almenstyring.domain.supervision import SupervisoryAction, SupervisoryKind, SupervisoryStatus
from almenstyring.domain.text import Text
from almenstyring.domain.values import MunicipalityCode

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
