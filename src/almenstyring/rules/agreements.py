"""What the report must say of agreements with the municipality: those needed, and those there are."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
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

    An explicit "ingen" satisfies it; silence does not.
    """
    return _unanswered(case, STATUS)
