"""Whether the evaluation is there: every question answered, and explained where the answer calls for it."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting import FigureRole, Question
from almenstyring.domain.text import Text
from almenstyring.rules.agreements import NEED, STATUS
from almenstyring.rules.efficiency import GOALS, IMPROVEMENT_AREAS, INITIATIVES
from almenstyring.rules.mechanism import Case, Need, Problem, in_sheet, rule
from almenstyring.rules.reading import is_answered, needs_comment, unit_name

_WITH_A_RULE_OF_THEIR_OWN = frozenset({NEED, STATUS, IMPROVEMENT_AREAS, GOALS, INITIATIVES})


def _is_evaluation(question: Question) -> bool:
    figure = question.figure in (FigureRole.ACCOUNTING, FigureRole.MOVE_OUTS)
    return not figure and question.id not in _WITH_A_RULE_OF_THEIR_OWN


@rule(
    "EVALUATION-MISSING",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 1",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har ikke svaret på "{question}". Styringsrapporten skal indeholde en evaluering af virksomheden.',
        '{place} has not answered "{question}". The governance report must contain an evaluation of the activities.',
    ),
    hint=Text(
        "Svar på spørgsmålet, eller bekræft med en begrundelse, at det ikke besvares i år.",
        "Answer the question, or confirm with a reason that it is not answered this year.",
    ),
)
def evaluation_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 1: the report evaluates the organisation and its estates within the stated areas."""
    for sheet, question in case.asked():
        is_owed = _is_evaluation(question) and case.activity.is_required(sheet, question)
        if is_owed and not is_answered(question, sheet[question.id]):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit))


@rule(
    "EVALUATION-COMMENT-MISSING",
    Severity.CONFIRM,
    "DB § 112, stk. 5, nr. 1",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har svaret på "{question}" uden den kommentar, som svaret kræver. '
        "Evalueringen skal oplyse om større udfordringer og initiativer.",
        '{place} has answered "{question}" without the comment the answer calls for. '
        "The evaluation must tell of major challenges and initiatives.",
    ),
    hint=Text(
        "Skriv i kommentaren, hvad udfordringen er, og hvad der gøres.",
        "Write in the comment what the challenge is and what is done about it.",
    ),
)
def evaluation_comment_missing(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 5, nr. 1: the evaluation includes major challenges and initiatives.

    Which answers call for a comment is for the standard's own (project-authored) rules and conditions to say.
    """
    for sheet, question in case.asked():
        if question.figure is not FigureRole.ACCOUNTING and needs_comment(case, sheet, question):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), answer=sheet[question.id].value)
