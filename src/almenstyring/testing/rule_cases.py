"""Case files for rules: for each rule one package that it finds fault with, and one close by that it does not.

``<folder>/<CODE>/fails.toml`` and ``passes.toml`` each start from a clean package, make the listed changes
(``case_changes``) and name every code above NOTE that a check must then give. The changes under ``before`` are made
to a clean package of the year before, which then stands in the history. In a test module of your own::

    @pytest.mark.parametrize("case", parameters(FOLDER))
    def test_a_case_gives_exactly_the_codes_it_names(case):
        case.verify(MY_RULES)

    def test_every_rule_has_its_cases_and_is_missed_when_it_is_gone():
        assert without_files(MY_RULES, FOLDER) == ()
        assert not_missed(MY_RULES, load_cases(FOLDER)) == ()
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from almenstyring.domain.findings import Finding, Severity
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.rules import Case, CheckContext, Rule, run
from almenstyring.testing.builders import clean_context, clean_package
from almenstyring.testing.case_changes import changed

FAILS, PASSES = "fails", "passes"
_KEYS = frozenset({"about", "kind", "year", "expect", "allow", "change", "before"})


@frozen(kw_only=True)
class RuleCase:
    """One case file, read (da: regeleksempel).

    ``expect`` is the complete set of codes above NOTE, and any NOTE codes that must be there too; codes in
    ``allow`` may be found or not.
    """

    code: str
    name: str
    package: DocumentationPackage
    context: CheckContext
    expect: frozenset[str]
    allow: frozenset[str]

    def found(self, rules: Iterable[Rule]) -> tuple[Finding, ...]:
        """What the rules find in the case's package."""
        return tuple(run(rules, Case(package=self.package, context=self.context)))

    def unlike(self, rules: Iterable[Rule]) -> frozenset[str]:
        """The codes that are found and not expected, or expected and not found; empty when the case holds."""
        found = self.found(rules)
        codes = {finding.code for finding in found}
        loud = {finding.code for finding in found if finding.severity is not Severity.NOTE}
        unexpected = (loud | (codes & {self.code})) - self.expect  # a NOTE rule must be silent where it passes
        return frozenset((unexpected | (self.expect - codes)) - self.allow)

    def verify(self, rules: Iterable[Rule]) -> None:
        """Fail, telling what differs, unless the rules find exactly what the case names."""
        rules = tuple(rules)
        differs = self.unlike(rules)
        if differs:
            told = "\n".join(f"{f.severity} {f.code} {f.location}: {f.message.en}" for f in self.found(rules))
            pytest.fail(f"{self.code}/{self.name}.toml differs in {', '.join(sorted(differs))}. Found:\n{told}")


def load_case(path: Path) -> RuleCase:
    """Read one case file; its folder is the rule's code."""
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    unknown = data.keys() - _KEYS
    if unknown:
        pytest.fail(f"{path}: unknown keys {', '.join(sorted(unknown))}; known: {', '.join(sorted(_KEYS))}")
    year, kind = data.get("year", 2026), OrganisationKind(data.get("kind", "housing_organisation"))
    package = _changed(clean_package(year, kind=kind), data.get("change", ()))
    earlier = (_changed(clean_package(year - 1, kind=kind), data["before"]),) if "before" in data else ()
    masters = [package.master_data] if package.master_data else []
    return RuleCase(
        code=path.parent.name,
        name=path.stem,
        package=package,
        context=evolve(clean_context(year, *masters), history=earlier),
        expect=frozenset(data["expect"]),
        allow=frozenset(data.get("allow", ())),
    )


def _changed(package: DocumentationPackage, changes: Iterable[Mapping[str, Any]]) -> DocumentationPackage:
    return reduce(changed, changes, package)


def load_cases(folder: Path) -> tuple[RuleCase, ...]:
    """All case files of a folder, by code."""
    return tuple(load_case(path) for path in sorted(folder.glob("*/*.toml")))


def parameters(folder: Path) -> list[Any]:
    """The cases as pytest parameters, each called ``CODE-fails`` or ``CODE-passes``."""
    return [pytest.param(case, id=f"{case.code}-{case.name}") for case in load_cases(folder)]


def without_files(rules: Iterable[Rule], folder: Path) -> tuple[str, ...]:
    """The files that rules should have and have not, and the folders that are no rule's."""
    codes = {rule.code for rule in rules}
    wanted = {f"{code}/{name}.toml" for code in codes for name in (FAILS, PASSES)}
    there = {f"{path.parent.name}/{path.name}" for path in folder.glob("*/*.toml")}
    strangers = {path for path in there if path.partition("/")[0] not in codes}
    return tuple(sorted((wanted - there) | strangers))


def not_missed(rules: Iterable[Rule], cases: Iterable[RuleCase]) -> tuple[str, ...]:
    """The rules that could be deleted without any case noticing."""
    rules, cases = tuple(rules), tuple(cases)
    return tuple(
        gone.code
        for gone in rules
        if not any(
            case.unlike([rule for rule in rules if rule is not gone]) for case in cases if gone.code in case.expect
        )
    )
