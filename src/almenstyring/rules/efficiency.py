"""Goals for efficiency where the score or analyses point to areas for improvement (ABL § 14 b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from almenstyring.domain.figures.colours import RED_ACCOUNTS, RED_BELOW, red_in_latest
from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting import Answer, Question, Sheet
from almenstyring.domain.reporting.explanations import SCORE, official_scores
from almenstyring.domain.text import Text
from almenstyring.domain.values import Number
from almenstyring.rules.mechanism import WITH_ESTATES, Case, Need, Problem, in_sheet, rule
from almenstyring.rules.reading import is_answered, is_imported, number_in, organisation_name, unit_name

IMPROVEMENT_AREAS = "economy.improvement_areas"
GOALS = "economy.efficiency_goals"
INITIATIVES = "economy.efficiency_initiatives"
ACTION_PLAN = "estate.action_plan"


@rule(
    "IMPROVEMENT-AREAS-UNANSWERED",
    Severity.CONFIRM,
    "ABL § 14 b, stk. 4",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har ikke svaret på, om effektivitetstal og analyser peger på forbedringsområder ("{question}").',
        '{place} has not said whether scores and analyses point to areas for improvement ("{question}").',
    ),
    hint=Text("Bestyrelsen svarer ja eller nej.", "The board answers yes or no."),
)
def improvement_areas_unanswered(case: Case) -> Iterator[Problem]:
    """ABL § 14 b, stk. 4: whether goals are owed depends on whether there are areas for improvement."""
    for sheet, question in case.asked():
        if question.id == IMPROVEMENT_AREAS and not is_answered(question, sheet[question.id]):
            yield in_sheet(sheet, question, place=organisation_name(case))


@rule(
    "EFFICIENCY-GOALS-MISSING",
    Severity.CONFIRM,
    "ABL § 14 b, stk. 4",
    needs=(Need.STANDARD,),
    message=Text(
        '{place} har forbedringsområder, men har ikke svaret på "{question}". '
        "Mål og initiativer skal fremgå af styringsrapporten.",
        '{place} has areas for improvement but has not answered "{question}". '
        "Goals and initiatives must appear in the governance report.",
    ),
    hint=Text(
        "Skriv både målene og initiativerne.",
        "Write both the goals and the initiatives.",
    ),
)
def efficiency_goals_missing(case: Case) -> Iterator[Problem]:
    """ABL § 14 b, stk. 4: the board sets goals where there are areas for improvement.

    Goals and initiatives must both appear in the governance report; "ingen" is then no answer.
    """
    if _improvement_areas(case) not in ("yes", "partly"):
        return
    for sheet, question in case.asked():
        if question.id in (GOALS, INITIATIVES) and not _is_given(question, sheet[question.id]):
            yield in_sheet(sheet, question, place=organisation_name(case))


def _improvement_areas(case: Case) -> object:
    """What the board answers about areas for improvement; None where it is not asked or does not answer."""
    asked = (sheet[question.id].value for sheet, question in case.asked() if question.id == IMPROVEMENT_AREAS)
    return next(asked, None)


def _is_given(question: Question, answer: Answer) -> bool:
    return answer.is_value and is_answered(question, answer)


def _red(case: Case, *, imported: bool) -> Iterator[tuple[Sheet, Question, Number]]:
    for sheet, question in case.asked():
        if question.id != SCORE:
            continue
        answer = sheet[question.id]
        score = number_in(answer)
        if score is not None and score < RED_BELOW and is_imported(answer) is imported:
            yield sheet, question, score


def _percent(score: Number) -> Text:
    return Text(f"{score.display('da')} pct.", f"{score.display('en')}%")


@rule(
    "RED-ESTATE-WITHOUT-GOALS",
    Severity.CONFIRM,
    "ABL § 14 b, stk. 4",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD,),
    source="Effektiviseringsenheden, Sådan bruger du tilsynstema og effektivitetstal, 2018: rød under 70 pct.",
    message=Text(
        "{place} har det officielle effektivitetstal {score} og er rød, men bestyrelsen svarer, "
        "at der ingen forbedringsområder er.",
        "{place} has the official efficiency score {score} and is red, but the board answers "
        "that there are no areas for improvement.",
    ),
    hint=Text(
        "Svar ja, og sæt mål og initiativer, eller bekræft med bestyrelsens begrundelse.",
        "Answer yes and set goals and initiatives, or confirm with the board's reason.",
    ),
)
def red_estate_without_goals(case: Case) -> Iterator[Problem]:
    """ABL § 14 b, stk. 4: goals are owed where the efficiency score points to an area for improvement.

    Only an imported official score counts; one computed or typed here does not.
    """
    if _improvement_areas(case) == "no":
        for sheet, question, score in _red(case, imported=True):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), score=_percent(score))


@rule(
    "COMPUTED-SCORE-RED",
    Severity.NOTE,
    "ABL § 14 b, stk. 4",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD,),
    source="almeneffektivitet.dk, om effektivitetstallene",
    message=Text(
        "{place} har effektivitetstallet {score} (beregnet efter offentliggjort metode, ikke det officielle "
        "effektivitetstal) og ligger under 70 pct.",
        "{place} has the efficiency score {score} (computed by the published method, not the official "
        "efficiency score) and lies below 70%.",
    ),
    hint=Text(
        "Hent det officielle effektivitetstal; kun det kan udløse pligten til en handleplan.",
        "Import the official efficiency score; only that can bring about the duty to make an action plan.",
    ),
)
def computed_score_red(case: Case) -> Iterator[Problem]:
    """ABL § 14 b, stk. 4: analyses may point to areas for improvement, but only the official score is official.

    A low score that was typed or computed informs; it brings about no duty.
    """
    for sheet, question, score in _red(case, imported=False):
        yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), score=_percent(score))


@rule(
    "ACTION-PLAN-MISSING",
    Severity.CONFIRM,
    "ABL § 14 b, stk. 4",
    kinds=WITH_ESTATES,
    needs=(Need.STANDARD,),
    since=2022,
    source="LBF orienterer 2022/4: gælder pakker for 2022, der ikke var sendt den 28. april 2022, og senere",
    message=Text(
        "{place} har haft et rødt officielt effektivitetstal i de seneste {accounts} regnskaber "
        "og har ingen handleplan.",
        "{place} has had a red official efficiency score in the latest {accounts} accounts and has no action plan.",
    ),
    hint=Text(
        "Skriv handleplanen; den drøftes på dialogmødet.",
        "Write the action plan; it is discussed at the dialogue meeting.",
    ),
)
def action_plan_missing(case: Case) -> Iterator[Problem]:
    """ABL § 14 b, stk. 4: an estate that was red in each of the latest three accounts has an action plan.

    Only imported official scores count, this year's and those of earlier years; "not applicable" is no plan. Packages
    of 2022 that were sent before 28 April 2022 owe none.
    """
    first = case.package.first_sent
    if case.package.report_year.value == BEGAN.year and first is not None and first < BEGAN:
        return
    for sheet, question in case.asked():
        if question.id != ACTION_PLAN or _is_given(question, sheet[question.id]):
            continue
        if red_in_latest(official_scores(case.package, sheet), case.package.period.accounting_year):
            yield in_sheet(sheet, question, place=unit_name(case, sheet.unit), accounts=RED_ACCOUNTS)


BEGAN = date(2022, 4, 28)
"""The day from which packages of 2022 that were not sent yet owe an action plan (LBF orienterer 2022/4)."""
