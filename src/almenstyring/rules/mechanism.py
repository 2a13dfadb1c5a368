"""What a rule is, what it may look at, and how rules are run.

A rule is one generator that yields ``Problem``s; the decorator holds everything else about it: code,
severity, paragraph, the two texts, the years it applies to and the context it needs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.key_figures import KeyFigures
from almenstyring.domain.figures.references import References
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.organisations import Estate, EstateKind, MasterData, OrganisationKind, Register, Unit
from almenstyring.domain.reporting import (
    Activity,
    DocumentationPackage,
    Level,
    PackageFigures,
    Question,
    Sheet,
    Standard,
    activity,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

_log = logging.getLogger(__name__)


class Need(StrEnum):
    """The context a rule may need beyond the package itself (da: forudsætning)."""

    STANDARD = "standard"
    MASTER_DATA = "master_data"
    REFERENCES = "references"
    REGISTER = "register"
    HISTORY = "history"
    KEY_FIGURES = "key_figures"


@frozen(kw_only=True)
class CheckContext:
    """Everything around a package that rules may look at (da: kontekst); None where it is not known.

    ``history`` holds the organisation's earlier sent packages, newest first; ``on`` is the day of the check.
    """

    standard: Standard | None = None
    references: References | None = None
    register: Register | None = None
    history: tuple[DocumentationPackage, ...] | None = None
    key_figures: KeyFigures | None = None
    on: date | None = None


@frozen(kw_only=True)
class Case:
    """One package under check with its context: what a rule gets."""

    package: DocumentationPackage
    context: CheckContext

    @cached_property
    def available(self) -> frozenset[Need]:
        """The context there is."""
        found: dict[Need, object] = {
            Need.STANDARD: self.context.standard,
            Need.MASTER_DATA: self.package.master_data,
            Need.REFERENCES: self.context.references,
            Need.REGISTER: self.context.register,
            Need.HISTORY: self.context.history,
            Need.KEY_FIGURES: self.context.key_figures,
        }
        return frozenset(need for need, thing in found.items() if thing is not None)

    @cached_property
    def standard(self) -> Standard:
        """The year's standard; only for rules that declare they need it."""
        assert self.context.standard is not None
        return self.context.standard

    @cached_property
    def master(self) -> MasterData:
        """The master data in the package; only for rules that declare they need it."""
        assert self.package.master_data is not None
        return self.package.master_data

    @cached_property
    def references(self) -> References:
        """Rates, benchmarks and charts; only for rules that declare they need them."""
        assert self.context.references is not None
        return self.context.references

    @cached_property
    def key_figures(self) -> PackageFigures:
        """The key figures, reckoned from what the package holds; only for rules that need their definitions."""
        assert self.context.key_figures is not None
        return PackageFigures(self.package, self.context.key_figures, self.references, self.context.standard)

    @property
    def kind(self) -> OrganisationKind:
        """The organisation's kind; an ordinary housing organisation where the master data is missing."""
        master = self.package.master_data
        return master.organisation.kind if master else OrganisationKind.HOUSING_ORGANISATION

    @cached_property
    def estates(self) -> tuple[Estate, ...]:
        """The housing estates in operation on the period's last day; needs the master data."""
        day = self.package.period.end
        owned = self.master.estates_on(day)
        return tuple(e for e in owned if e.kind is EstateKind.HOUSING and e.in_operation(day))

    @cached_property
    def activity(self) -> Activity:
        """Which questions are asked, must be answered and want a comment; needs the standard."""
        return activity(self.standard, self.package)

    def asked(self) -> Iterator[tuple[Sheet, Question]]:
        """Every question asked as the answers stand, with the sheet it is answered on; needs the standard.

        An answer that is kept though its question is not asked is let be.
        """
        of_estates = self.standard.asked_of(self.kind, Level.ESTATE)
        for sheet in self.package.sheets():
            is_report = sheet is self.package.report
            for question in self.standard.asked_of(self.kind, Level.ORGANISATION) if is_report else of_estates:
                if self.activity.is_asked(sheet, question):
                    yield sheet, question


@frozen(kw_only=True)
class Problem:
    """What a rule yields: a place and the values it saw, which fill the rule's texts."""

    location: Location
    values: Mapping[str, object] = field(factory=dict, hash=False)


def at(part: str = "", unit: Unit | None = None, item: str = "", **values: object) -> Problem:
    """A problem at a place; the values fill the fields of the rule's message and hint."""
    return Problem(location=Location(part=part, unit="" if unit is None else str(unit), item=item), values=values)


def in_sheet(sheet: Sheet, question: Question, **values: object) -> Problem:
    """A problem with the answer to one question."""
    part = "estate_report" if question.level is Level.ESTATE else "governance_report"
    return at(part, sheet.unit, question.id, question=question.text, unit_name=str(sheet.unit), **values)


Check = Callable[[Case], Iterator[Problem]]


@frozen(kw_only=True)
class Rule:
    """A rule of a pack (da: regel). ``source`` names what it rests on where that is not only the law."""

    code: str
    severity: Severity
    law: LegalReference
    message: Text
    hint: Text
    check: Check
    needs: frozenset[Need]
    kinds: frozenset[OrganisationKind]
    since: ReportYear
    until: ReportYear | None
    source: str
    requirement: str

    def applies(self, case: Case) -> bool:
        """Whether the rule is in force for the package's year and the organisation's kind."""
        year = case.package.report_year
        return self.since <= year and (self.until is None or year <= self.until) and case.kind in self.kinds

    def finding(self, problem: Problem) -> Finding:
        """The finding for one problem, with both texts filled."""
        values = problem.values
        return Finding(
            code=self.code,
            severity=self.severity,
            location=problem.location,
            message=self.message.fill(**values),
            hint=self.hint.fill(**values),
            law=self.law,
            values={name: str(value) for name, value in values.items()},
            source=self.source,
        )


IN_DIALOGUE = frozenset(kind for kind in OrganisationKind if kind.takes_part_in_dialogue)
WITH_PAPERS = frozenset(kind for kind in OrganisationKind if not kind.is_public)
"""Those who owe accounts, annual report and protocol: DB § 78, stk. 2, adds the self-owning institutions."""
WITH_ESTATES = frozenset({OrganisationKind.HOUSING_ORGANISATION})


def rule(  # noqa: PLR0913 - the head of a rule is a table
    code: str,
    severity: Severity,
    law: str,
    *,
    message: Text,
    hint: Text,
    needs: Iterable[Need] = (),
    kinds: frozenset[OrganisationKind] = IN_DIALOGUE,
    since: int = 2010,
    until: int | None = None,
    source: str = "",
) -> Callable[[Check], Rule]:
    """Make a generator of problems a rule; its docstring states the requirement."""

    def decorate(check: Check) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            law=LegalReference.parse(law),
            message=message,
            hint=hint,
            check=check,
            needs=frozenset(needs),
            kinds=kinds,
            since=ReportYear(since),
            until=None if until is None else ReportYear(until),
            source=source,
            requirement=(check.__doc__ or "").strip(),
        )

    return decorate


def run(rules: Iterable[Rule], case: Case) -> Iterator[Finding]:
    """Run every rule that applies; one that lacks context or crashes says so and stops no other."""
    for each in rules:
        if not each.applies(case):
            continue
        missing = each.needs - case.available
        if missing:
            yield _not_run(each, missing)
            continue
        try:
            for problem in each.check(case):
                yield each.finding(problem)
        except Exception as error:  # a faulty rule must not hide what the others find
            _log.warning("rule %s failed with %s", each.code, type(error).__name__)
            yield _failed(each, error)


_NEEDED = {
    Need.STANDARD: Text("årets standard", "the year's standard"),
    Need.MASTER_DATA: Text("organisationens stamdata", "the organisation's master data"),
    Need.REFERENCES: Text("offentliggjorte sammenligningstal", "published reference figures"),
    Need.REGISTER: Text("hele registret", "the whole register"),
    Need.HISTORY: Text("tidligere sendte pakker", "packages sent before"),
    Need.KEY_FIGURES: Text("nøgletallenes definitioner", "the definitions of the key figures"),
}


def _not_run(each: Rule, missing: frozenset[Need]) -> Finding:
    names, wanted = ", ".join(sorted(missing)), [_NEEDED[need] for need in sorted(missing)]
    return Finding(
        code="RULE-NOT-RUN",
        severity=Severity.NOTE,
        location=Location(item=each.code),
        message=Text(
            f"Reglen {each.code} er ikke kørt: den har brug for {' og '.join(text.da for text in wanted)}.",
            f"Rule {each.code} was not run: it needs {' and '.join(text.en for text in wanted)}.",
        ),
        hint=Text(
            "Kontroller pakken i et arbejdsområde, hvor det manglende findes.",
            "Check the package in a workspace that has what is missing.",
        ),
        law=each.law,
        values={"rule": each.code, "missing": names},
    )


def _failed(each: Rule, error: Exception) -> Finding:
    kind = type(error).__name__
    return Finding(
        code="RULE-FAILED",
        severity=Severity.WARNING,
        location=Location(item=each.code),
        message=Text(f"Reglen {each.code} gik i stykker ({kind}).", f"Rule {each.code} broke down ({kind})."),
        hint=Text(
            "Meld det til den, der har lavet reglen; de øvrige regler er kørt.",
            "Tell whoever made the rule; all the other rules were run.",
        ),
        law=each.law,
        values={"rule": each.code, "error": kind},
    )
