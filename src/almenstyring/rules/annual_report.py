"""What the board's annual report tells, and the auditor's protocol that goes with it."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.reporting import NONE, AnnualReportItem
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import WITH_PAPERS, Case, Problem, at, rule
from almenstyring.rules.reading import organisation_name, said

_TELL = Text("Skriv det i årsberetningen.", "Write it in the annual report.")
_TELL_OR_NONE = Text(
    'Skriv det i årsberetningen, eller svar udtrykkeligt "ingen".',
    'Write it in the annual report, or answer "none" explicitly.',
)


def _untold(case: Case, item: AnnualReportItem, *, none_will_do: bool = False) -> Iterator[Problem]:
    answer = case.package.annual_report[item]
    if not said(answer) and not (none_will_do and answer.value is NONE):
        yield at("annual_report", case.package.organisation, item.value, place=organisation_name(case))


@rule(
    "ANNUAL-REPORT-FINANCIAL-PROBLEMS",
    Severity.CONFIRM,
    "DB § 73, nr. 1",
    kinds=WITH_PAPERS,
    message=Text(
        "Årsberetningen for {place} nævner hverken særlige økonomiske problemer eller at der ingen er.",
        "The annual report of {place} names neither special financial problems nor that there are none.",
    ),
    hint=_TELL_OR_NONE,
)
def financial_problems(case: Case) -> Iterator[Problem]:
    """DB § 73, nr. 1: the annual report tells of any special financial problems and what is done about them.

    An explicit "ingen" satisfies it.
    """
    return _untold(case, AnnualReportItem.FINANCIAL_PROBLEMS, none_will_do=True)


@rule(
    "ANNUAL-REPORT-FINANCIAL-MANAGEMENT",
    Severity.CONFIRM,
    "DB § 73, nr. 2",
    kinds=WITH_PAPERS,
    message=Text(
        "Årsberetningen for {place} redegør ikke for den udøvede økonomistyring.",
        "The annual report of {place} does not tell of the financial management.",
    ),
    hint=_TELL,
)
def financial_management(case: Case) -> Iterator[Problem]:
    """DB § 73, nr. 2: the annual report tells of the financial management, and of changed management information."""
    return _untold(case, AnnualReportItem.FINANCIAL_MANAGEMENT)


@rule(
    "ANNUAL-REPORT-OWN-CONTROL",
    Severity.CONFIRM,
    "DB § 73, nr. 3",
    kinds=WITH_PAPERS,
    message=Text(
        "Årsberetningen for {place} redegør ikke for den gennemførte egenkontrol.",
        "The annual report of {place} does not tell of the own control carried out.",
    ),
    hint=_TELL,
)
def own_control(case: Case) -> Iterator[Problem]:
    """DB § 73, nr. 3: the annual report tells of the own control: the business areas, examinations and measures."""
    return _untold(case, AnnualReportItem.OWN_CONTROL)


@rule(
    "ANNUAL-REPORT-COST-GOALS",
    Severity.CONFIRM,
    "DB § 73, nr. 4",
    kinds=WITH_PAPERS,
    message=Text(
        "Årsberetningen for {place} redegør ikke for de 4-årige mål for hver afdelings driftsudgifter.",
        "The annual report of {place} does not tell of the four-year goals for each estate's operating costs.",
    ),
    hint=_TELL,
)
def cost_goals(case: Case) -> Iterator[Problem]:
    """DB § 73, nr. 4: the annual report tells of the four-year goals set under DB § 13, stk. 6."""
    return _untold(case, AnnualReportItem.COST_GOALS)


@rule(
    "ANNUAL-REPORT-AUDITOR-REMARKS",
    Severity.CONFIRM,
    "DB § 73, nr. 5",
    kinds=WITH_PAPERS,
    message=Text(
        "Årsberetningen for {place} nævner hverken forhold, revisor har påtalt, eller at der ingen er.",
        "The annual report of {place} names neither matters the auditor has criticised nor that there are none.",
    ),
    hint=_TELL_OR_NONE,
)
def auditor_remarks(case: Case) -> Iterator[Problem]:
    """DB § 73, nr. 5: the annual report tells of matters the auditor may have criticised.

    An explicit "ingen" satisfies it.
    """
    return _untold(case, AnnualReportItem.AUDITOR_REMARKS, none_will_do=True)


@rule(
    "PROTOCOL-MISSING",
    Severity.CONFIRM,
    "DB § 74, stk. 1",
    kinds=WITH_PAPERS,
    message=Text(
        "Pakken fra {place} har ingen udskrift af revisionsprotokollen.",
        "The package from {place} has no extract of the auditor's protocol.",
    ),
    hint=Text(
        "Vedhæft udskriften, eller skriv den ind som tekst.",
        "Attach the extract, or enter it as text.",
    ),
)
def protocol_missing(case: Case) -> Iterator[Problem]:
    """DB § 74, stk. 1: the accounts are accompanied by an extract of the auditor's protocol."""
    if case.package.auditors_protocol.is_missing:
        yield at("auditors_protocol", case.package.organisation, place=organisation_name(case))
