"""What the report must say of agreements with the municipality: those needed, and those there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from almenstyring.domain.agreements import Agreement, unanswered
from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting.changes import follow_up_place
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import Case, Need, Problem, in_sheet, rule
from almenstyring.rules.reading import is_answered, organisation_name

NEED = "agreements.need"
STATUS = "follow_up.agreements"


def _unanswered(case: Case, question_id: str) -> Iterator[Problem]:
    for sheet, question in case.asked():
        if question.id == question_id and not is_answered(question, sheet[question.id]):
            yield in_sheet(sheet, question, place=organisation_name(case))


@rule(
    "AGREEMENT-NEED-MISSING",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 3",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har ikke angivet, om der er behov for at indgå aftaler med kommunen ("{question}").',
        '{place} has not stated whether agreements with the municipality are needed ("{question}").',
    ),
    hint=Text(
        'Angiv behovet, eller svar udtrykkeligt "ingen".',
        'State the need, or answer "none" explicitly.',
    ),
)
def agreement_need_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 3: the report states any need for agreements with the municipality.

    An explicit "ingen" satisfies it; silence does not.
    """
    return _unanswered(case, NEED)


@rule(
    "AGREEMENT-STATUS-MISSING",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 4",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har ikke gjort status for tidligere aftaler med kommunen ("{question}").',
        '{place} has not given the status of earlier agreements with the municipality ("{question}").',
    ),
    hint=Text(
        'Skriv status for hver aftale, eller svar udtrykkeligt "ingen", hvis der ikke er nogen.',
        'Give the status of each agreement, or answer "none" explicitly if there are none.',
    ),
)
def agreement_status_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 4: the report gives the status of agreements made before with the municipality.

    An explicit "ingen" satisfies it; silence does not. Where the package holds the agreements themselves, each is
    answered by its follow-up, and this is not asked besides.
    """
    return iter(()) if case.package.agreements else _unanswered(case, STATUS)


LONGEST_QUOTE = 120
"""Characters of an agreement's text that a finding shows."""


def _about(case: Case, agreement: Agreement, **values: object) -> Problem:
    text = " ".join(agreement.current_text.split())
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    seen = {
        "place": organisation_name(case),
        "agreement": agreement.id,
        "kind": agreement.kind.text,
        "concluded": agreement.concluded_on,
        "text": short,
    }
    return Problem(location=follow_up_place(case.package, agreement.id), values=seen | values)


@rule(
    "AGREEMENT-UNANSWERED",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 4",
    message=Text(
        "{place} har ikke gjort status for aftalen {agreement} fra {concluded} ({kind}): {text}",
        "{place} has not given the status of agreement {agreement} of {concluded} ({kind}): {text}",
    ),
    hint=Text(
        "Angiv aftalens status, og skriv, hvad der er sket.",
        "Give the agreement's status and say what has come of it.",
    ),
)
def agreement_unanswered(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 4: the report gives the status of each agreement made before that is still open."""
    package = case.package
    for agreement in unanswered(
        package.agreements,
        package.follow_ups,
        organisation=package.organisation,
        report_year=package.report_year,
        on=date.max,
    ):
        yield _about(case, agreement)


def _day_of(case: Case) -> date:
    """The day of the check; where it is not known, that of the last sending or the end of the accounting period."""
    sent = [sending.on for sending in case.package.sendings[-1:]]
    return case.context.on or next(iter(sent), case.package.period.end)


@rule(
    "AGREEMENT-REVIEW-OVERDUE",
    Severity.WARNING,
    "ABL § 60, stk. 2",
    message=Text(
        "Aftalen {agreement} fra {concluded} ({kind}) skulle have været revideret senest {due}: {text}",
        "Agreement {agreement} of {concluded} ({kind}) should have been reviewed by {due}: {text}",
    ),
    hint=Text(
        "Tag aftalen op til revision med kommunen.",
        "Take the agreement up for review with the municipality.",
    ),
)
def agreement_review_overdue(case: Case) -> Iterator[Problem]:
    """ABL § 60, stk. 2: an agreement on letting by special criteria is reviewed within 4 years.

    § 60 a, stk. 2, says the same of letting after advertising.
    """
    for agreement, day in _open_ones(case):
        due = agreement.lawful_review_by
        if due is not None and due < day:
            yield _about(case, agreement, due=due)


@rule(
    "AGREEMENT-REVIEW-AGREED",
    Severity.NOTE,
    "ABL § 6 f, 1. pkt.",
    source="projektets egen regel; dagen er aftalt af parterne",
    message=Text(
        "Parterne aftalte at revidere aftalen {agreement} fra {concluded} ({kind}) senest {due}: {text}",
        "The parties agreed to review agreement {agreement} of {concluded} ({kind}) by {due}: {text}",
    ),
    hint=Text(
        "Tag aftalen op til revision, eller aftal en ny dag.",
        "Take the agreement up for review, or agree on another day.",
    ),
)
def agreement_review_agreed(case: Case) -> Iterator[Problem]:
    """ABL § 6 f, 1. pkt.: the parties work together by agreements; a day of review they agreed on is remembered."""
    for agreement, day in _open_ones(case):
        due, lawful = agreement.agreed_review_by, agreement.lawful_review_by
        if due is not None and due < day and not (lawful is not None and lawful < day):
            yield _about(case, agreement, due=due)


def _open_ones(case: Case) -> Iterator[tuple[Agreement, date]]:
    day = _day_of(case)
    return ((agreement, day) for agreement in case.package.agreements if agreement.is_open_on(day))
