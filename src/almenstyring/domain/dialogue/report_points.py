"""The proposals for an agenda that come from the report: findings, answers, key figures, red estates, housing areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from almenstyring.domain.dialogue.material import DeviatingFigure, worded
from almenstyring.domain.dialogue.points import Label, few, law, same
from almenstyring.domain.dialogue.preparing import GOAL_LAW, GOALS, AgendaPart, AgendaProposal, ProposalSource
from almenstyring.domain.figures.colours import RED_ACCOUNTS, red_in_latest
from almenstyring.domain.findings import Finding, Severity
from almenstyring.domain.organisations import HousingArea
from almenstyring.domain.reporting import (
    Answer,
    Confirmation,
    DocumentationPackage,
    Level,
    Question,
    Section,
    Sheet,
    Standard,
    activity,
)
from almenstyring.domain.reporting.explanations import OFFICIAL_SCORE, official_scores, rows_of
from almenstyring.domain.text import LANGUAGES, Text, joined

ACTION_PLAN = "estate.action_plan"
CHALLENGES = "conclusion.challenges"
PROBLEMS = "special_problems.estates"
AREA_DEVELOPMENT = "housing_areas.development"
NEED = "agreements.need"
OWN_CONTROL = (
    "economy.own_control",
    "economy.own_control_areas",
    "economy.competition_assessed",
    "economy.written_procedures",
    "economy.management_information",
    "economy.cost_goals",
)
"""The questions on own control (DB § 13, stk. 2-6); the first one lends its id to the proposal."""

_MATTERS: Mapping[str, tuple[Text, str]] = {
    "AGREEMENT-NEED-MISSING": (Text("Behovet for aftaler er ikke oplyst", "The need for agreements is not stated"), ""),
    "AGREEMENT-STATUS-MISSING": (
        Text("Status på aftaler er ikke oplyst", "The status of agreements is not stated"),
        "",
    ),
    "ANNUAL-REPORT-COST-GOALS": (Text("Fireårige mål for driftsudgifter", "Four-year goals for costs"), "economy"),
    "ANNUAL-REPORT-FINANCIAL-PROBLEMS": (Text("Økonomiske problemer", "Financial problems"), "economy"),
    "ANNUAL-REPORT-OWN-CONTROL": (
        Text("Egenkontrollen i årsberetningen", "Own control in the annual report"),
        "economy",
    ),
    "COSTS-NOT-COVERED": (Text("Udgifter, der ikke er dækket", "Costs that are not covered"), "economy"),
    "DEVIATION-UNEXPLAINED": (Text("Afvigende nøgletal", "Deviating key figures"), "estates"),
    "EFFICIENCY-GOALS-MISSING": (Text("Effektiviseringsmål mangler", "Goals for efficiency are missing"), "economy"),
    "EVALUATION-COMMENT-MISSING": (Text("Vurderinger uden begrundelse", "Evaluations without a reason"), ""),
    "EVALUATION-MISSING": (Text("Evalueringen er ikke fuldstændig", "The evaluation is not complete"), ""),
    "IMPROVEMENT-AREAS-UNANSWERED": (Text("Forbedringsområder", "Areas for improvement"), "economy"),
    "MOVE-OUTS-IMPLAUSIBLE": (Text("Fraflytninger", "Move-outs"), "letting"),
    "MOVE-OUTS-MISSING": (Text("Fraflytninger er ikke indberettet", "Move-outs are not reported"), "letting"),
    "RED-ESTATE-WITHOUT-GOALS": (Text("Rød afdeling uden mål", "Red estate without goals"), "estates"),
}
"""The built-in findings that are matters of a meeting, with their title and goal; the others belong in the review.

Critical figures and red estates have proposals of their own.
"""


def from_findings(
    findings: Iterable[Finding], confirmations: Iterable[Confirmation], own_codes: frozenset[str]
) -> Iterator[AgendaProposal]:
    """One proposal per rule, with every place and the organisation's own reason where it confirmed the finding.

    ``own_codes`` are the codes of the built-in rules: of these only the matters of a meeting are proposed. What the
    rules of a plug-in want mended or confirmed is proposed too.
    """
    reasons = {each.fingerprint: each.reason for each in confirmations}
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in _MATTERS or (finding.code not in own_codes and finding.severity in _WEIGHTY):
            by_code.setdefault(finding.code, []).append(finding)
    for code, found in sorted(by_code.items()):
        title, goal = _MATTERS.get(code, (Text(f"Kontrollens fund {code}", f"The check's finding {code}"), ""))
        yield AgendaProposal(
            id=f"finding.{code}",
            part=AgendaPart.GOALS if goal else AgendaPart.REPORT,
            title=title,
            why=few(_with_reason(each, reasons.get(each.fingerprint, "")) for each in found),
            source=ProposalSource.FINDING,
            reference=code,
            goal=goal or None,
            law=found[0].law,
        )


_WEIGHTY = (Severity.ERROR, Severity.CONFIRM)


def _with_reason(finding: Finding, reason: str) -> Text:
    if not reason:
        return finding.message
    return Text(
        f'{finding.message.da} Organisationen: "{reason}"', f'{finding.message.en} The organisation: "{reason}"'
    )


def from_answers(package: DocumentationPackage, standard: Standard) -> Iterator[AgendaProposal]:
    """What the report itself puts forward: low evaluations, challenges, own control, problems, needs."""
    active = activity(standard, package)
    for section in standard.sections:
        for question in section.questions:
            if question.level is Level.ORGANISATION and active.is_asked(package.report, question):
                yield from _evaluation(section, question, package.report)
    yield from _told(package, standard, CHALLENGES, AgendaPart.REPORT, Text("Udfordringer", "Challenges"))
    yield from _own_control(package, standard)
    problems = Text("Særlige problemer i afdelinger", "Special problems in estates")
    yield from _told(package, standard, PROBLEMS, AgendaPart.GOALS, problems, "estates")
    need = Text("Organisationens behov for aftaler", "The organisation's need for agreements")
    yield from _told(package, standard, NEED, AgendaPart.NEW_AGREEMENTS, need)
    for sheet in package.estate_reports:
        yield from _low_estate(package, standard, sheet)


def _evaluation(section: Section, question: Question, sheet: Sheet) -> Iterator[AgendaProposal]:
    answer = sheet[question.id]
    option = question.option(answer.value)
    if option is None or not option.low or question.id in OWN_CONTROL:
        return
    goal = section.goal if section.goal in GOALS else None
    yield AgendaProposal(
        id=f"question.{question.id}",
        part=AgendaPart.GOALS if goal else AgendaPart.REPORT,
        title=question.text,
        why=joined((option.text, same(answer.comment))),
        source=ProposalSource.QUESTION,
        reference=question.id,
        goal=goal,
        law=question.law,
    )


def _told(  # noqa: PLR0913 - one proposal from one answer
    package: DocumentationPackage,
    standard: Standard,
    question_id: str,
    part: AgendaPart,
    title: Text,
    goal: str | None = None,
) -> Iterator[AgendaProposal]:
    """A proposal from an answer that tells something; "ingen" tells nothing."""
    question, answer = standard.question(question_id), package.report[question_id]
    if question is not None and answer.is_value:
        yield AgendaProposal(
            id=f"question.{question_id}",
            part=part,
            title=title,
            why=worded(answer, question),
            source=ProposalSource.QUESTION,
            reference=question_id,
            goal=goal,
            law=question.law,
        )


def _own_control(package: DocumentationPackage, standard: Standard) -> Iterator[AgendaProposal]:
    asked = [(question, package.report[question.id]) for question in map(standard.question, OWN_CONTROL) if question]
    told = [(question, answer) for question, answer in asked if not answer.is_missing]
    if not asked:
        return
    weak = [(question, answer) for question, answer in told if _is_weak(question, answer)]
    told = [*weak, *(each for each in told if each not in weak)]
    answers = joined(_question_and_answer(question, worded(answer, question)) for question, answer in told)
    yield AgendaProposal(
        id=f"question.{OWN_CONTROL[0]}",
        part=AgendaPart.GOALS,
        title=Text("Egenkontrol", "Own control"),
        why=answers if told else Text("Organisationen har ikke svaret.", "The organisation has not answered."),
        source=ProposalSource.QUESTION,
        reference=OWN_CONTROL[0],
        goal="economy",
        law=law("DB § 13, stk. 3"),
    )


def _is_weak(question: Question, answer: Answer) -> bool:
    option = question.option(answer.value)
    return option is not None and (option.low or option.id in ("no", "partly"))


def _question_and_answer(question: Question, answer: Text) -> Text:
    return Text(f"{question.text.da} {answer.da}", f"{question.text.en} {answer.en}")


def _low_estate(package: DocumentationPackage, standard: Standard, sheet: Sheet) -> Iterator[AgendaProposal]:
    low = [
        joined((question.text, option.text, same(sheet[question.id].comment)), " – ")
        for question in standard
        if question.level is Level.ESTATE and (option := question.option(sheet[question.id].value)) and option.low
    ]
    if low:
        yield AgendaProposal(
            id=f"question.{sheet.unit}",
            part=AgendaPart.GOALS,
            title=Text("Afdelingen {unit}", "The estate {unit}").fill(unit=named(package, sheet)),
            why=few(low),
            source=ProposalSource.QUESTION,
            reference=str(sheet.unit),
            goal="estates",
            law=GOAL_LAW["estates"],
        )


def named(package: DocumentationPackage, sheet: Sheet) -> str:
    """The number and the name of a sheet's estate."""
    estates = package.master_data.estates if package.master_data else ()
    return next((f"{estate.id} {estate.name}" for estate in estates if estate.id == sheet.unit), str(sheet.unit))


def from_figures(figures: Iterable[DeviatingFigure], package: DocumentationPackage) -> Iterator[AgendaProposal]:
    """One proposal per unit whose key figures are critical, with the peers' median and the organisation's words."""
    by_unit: dict[str, list[DeviatingFigure]] = {}
    for figure in figures:
        if figure.figure != OFFICIAL_SCORE:  # a red estate has its own proposal
            by_unit.setdefault(str(figure.unit), []).append(figure)
    for unit, found in sorted(by_unit.items()):
        own = found[0].explanation
        none = Text("Organisationen har ikke forklaret dem.", "The organisation has not explained them.")
        said = Text(f'Organisationen: "{own}"', f'The organisation: "{own}"') if own else none
        goal = "economy" if unit == str(package.organisation) else "estates"
        yield AgendaProposal(
            id=f"figure.{unit}",
            part=AgendaPart.GOALS,
            title=Text("Kritiske nøgletal: {unit}", "Critical key figures: {unit}").fill(
                unit=f"{unit} {found[0].unit_name}".strip()
            ),
            why=joined((few(map(_figure, found)), said), ". "),
            source=ProposalSource.FIGURE,
            reference=unit,
            goal=goal,
            law=law("DB § 112, stk. 5, nr. 2"),
        )


def _figure(figure: DeviatingFigure) -> Text:
    median = Text(" (median {m}, n = {n})", " (median {m}, n = {n})").fill(m=figure.median, n=figure.n)
    tail = median if figure.median.da else Text("", "")
    return Text("{name} {value}{tail}", "{name} {value}{tail}").fill(name=figure.name, value=figure.value, tail=tail)


def from_red_estates(package: DocumentationPackage) -> Iterator[AgendaProposal]:
    """The estates whose imported official score is red, with their action plan or that it is missing.

    A score that was typed or computed is never red in this sense; only official ones bring about a duty.
    """
    year = package.period.accounting_year
    for sheet in package.estate_reports:
        scores = {each.accounting_year: each for each in official_scores(package, sheet)}
        if year not in scores or not scores[year].is_red:
            continue
        told = Text(*(", ".join(f"{y}: {scores[y].score.display(each)}" for y in sorted(scores)) for each in LANGUAGES))
        owes, plan = red_in_latest(scores.values(), year) is True, worded(sheet[ACTION_PLAN])
        yield AgendaProposal(
            id=f"action_plan.{sheet.unit}",
            part=AgendaPart.GOALS,
            title=Text("Rød afdeling: {unit}", "Red estate: {unit}").fill(unit=named(package, sheet)),
            why=joined(
                (
                    Text("Officielt effektivitetstal {told}", "Official efficiency score {told}").fill(told=told),
                    _DUTY if owes else Text("", ""),
                    Text("Handleplan: {plan}", "Action plan: {plan}").fill(plan=plan) if plan.da else _NO_PLAN,
                )
            ),
            source=ProposalSource.ACTION_PLAN,
            reference=str(sheet.unit),
            goal="estates",
            law=law("ABL § 14 b, stk. 4"),
        )


_DUTY = Text(
    f"Rød i de seneste {RED_ACCOUNTS} regnskaber: handleplanen skal drøftes på mødet.",
    f"Red in the latest {RED_ACCOUNTS} accounts: the action plan is to be discussed at the meeting.",
)
_NO_PLAN = Text("Der er ingen handleplan i rapporten.", "There is no action plan in the report.")


def from_areas(
    areas: Iterable[HousingArea], package: DocumentationPackage | None, label: Label
) -> Iterator[AgendaProposal]:
    """Every housing area with its status and what the report says of it (DB § 112, stk. 1)."""
    rows = rows_of(package.report, AREA_DEVELOPMENT) if package else ()
    told = {str(row.get("area", "")).strip(): str(row.get("development", "")) for row in rows}
    known = {area.name: area for area in areas}
    for name in sorted({*known, *(name for name in told if name)}):
        status = known[name].status if name in known else None
        yield AgendaProposal(
            id=f"area.{name}",
            part=AgendaPart.AREAS,
            title=Text(f"Boligområdet {name}", f"The housing area {name}"),
            why=joined(
                (
                    label(status) if status else Text("ikke på listerne", "not on the lists"),
                    same(told.get(name, "")) if told.get(name) else _NOT_TOLD,
                )
            ),
            source=ProposalSource.AREA,
            reference=name,
            law=law("DB § 112, stk. 1"),
        )


_NOT_TOLD = Text("rapporten siger intet om udviklingen", "the report says nothing of its development")
