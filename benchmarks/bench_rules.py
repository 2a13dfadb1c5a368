"""Checks a year of the whole sector by the generator rules and by the same checks written by hand.

561 organisations with 7,085 estates (the size of the sector on 1 January 2018, Landsbyggefonden) are generated with a
fixed seed; every fourth has faults. All built-in rules are timed once for the seconds; the ratio is measured on the
ten rules that ``handwritten_rules`` covers, and both ways must find the same by hash.

With ``--check`` it exits 1 if the ratio is below the bar or the hashes differ,
and ``--organisations`` measures fewer.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from almenstyring.domain.findings import Finding, digest
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.rules import Case, CheckContext, Rule, run
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context, clean_package
from almenstyring.testing.case_changes import changed

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import handwritten_rules

ORGANISATIONS, ESTATES = 561, 7_085
SEED = 2018
BAR = 0.2
"""The least share of hand-written speed that the generator rules must reach."""

Check = Callable[[DocumentationPackage], Sequence[Finding]]


def sector(organisations: int = ORGANISATIONS) -> list[DocumentationPackage]:
    """The packages of invented organisations in the size of the sector, or of the first of them."""
    dice = random.Random(SEED)
    sizes = [ESTATES // ORGANISATIONS + (index < ESTATES % ORGANISATIONS) for index in range(ORGANISATIONS)]
    for _ in range(4 * ORGANISATIONS):  # some are small and some are large; the sum stays
        one, other = dice.randrange(ORGANISATIONS), dice.randrange(ORGANISATIONS)
        if one != other and sizes[one] > 1:
            sizes[one], sizes[other] = sizes[one] - 1, sizes[other] + 1
    packages = (clean_package(number=f"T{index + 1:03}", estates=size) for index, size in enumerate(sizes))
    return [_with_faults(package, dice) for package, _ in zip(packages, range(organisations), strict=False)]


def _with_faults(package: DocumentationPackage, dice: random.Random) -> DocumentationPackage:
    if dice.random() < 0.75:
        return package
    organisation = str(package.organisation)
    for change in dice.sample(_faults(organisation, str(dice.choice(package.estate_reports).unit)), k=4):
        package = changed(package, change)
    return package


def _faults(organisation: str, estate: str) -> list[dict[str, Any]]:
    return [
        {"do": "clear", "question": "economy.sound_operation"},
        {"do": "answer", "question": "democracy.good_management", "value": "low_degree"},
        {"do": "clear", "question": "agreements.need"},
        {"do": "clear", "question": "follow_up.agreements"},
        {"do": "clear", "question": "facts.disposition_fund_per_unit"},
        {"do": "answer", "question": "facts.working_capital_per_unit", "value": {"dkk": "1"}},
        {"do": "answer", "question": "estate.external_move_outs", "value": "mange", "estate": estate},
        {"do": "answer", "question": "estate.external_move_outs", "value": 999, "estate": estate},
        {"do": "clear", "question": "estate.socially_sound", "estate": estate},
        {"do": "tell", "item": "financial_problems", "text": ""},
        {"do": "protocol"},
        {"do": "post", "unit": estate, "account": "220", "amount": "1.01"},
        {"do": "post", "unit": organisation, "account": "850", "amount": "1"},
        {"do": "post", "unit": estate, "account": "999.1", "amount": "1"},
        {"do": "master", "estate": estate, "published_units": "1.5"},
        {"do": "drop", "part": "accounts", "unit": organisation},
        {"do": "master", "estate": f"{organisation}-T9901", "in_operation_from": date(2001, 1, 1)},
    ]


def by_rules(rules: Sequence[Rule], context: CheckContext) -> Check:
    """The check by the rule mechanism."""
    return lambda package: list(run(rules, Case(package=package, context=context)))


def by_hand(context: CheckContext) -> Check:
    """The check by the hand-written functions."""
    standard, references = context.standard, context.references
    assert standard is not None and references is not None
    return lambda package: list(handwritten_rules.check(package, standard, references))


def timed(check: Check, packages: Sequence[DocumentationPackage]) -> tuple[float, list[Finding]]:
    """The best of three runs in seconds of CPU, and what was found."""
    best, found = float("inf"), list[Finding]()
    for _ in range(3):
        start = time.process_time()
        found = [finding for package in packages for finding in check(package)]
        best = min(best, time.process_time() - start)
    return best, found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether the bar is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 below the bar")
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS)
    options = parser.parse_args(arguments)
    start = time.process_time()
    packages = sector(options.organisations)
    estates = sum(len(package.estate_reports) for package in packages)
    print(f"{len(packages)} organisations, {estates} estates generated in {time.process_time() - start:.2f} s")
    context = clean_context()
    covered = [rule for rule in BUILTIN_RULES if rule.code in handwritten_rules.COVERED]
    whole, findings = timed(by_rules(BUILTIN_RULES, context), packages)
    generator, found = timed(by_rules(covered, context), packages)
    hand, by_them = timed(by_hand(context), packages)
    same, ratio = digest(found) == digest(by_them), hand / generator
    print(f"all {len(BUILTIN_RULES)} rules: {whole:.2f} s, {len(findings)} findings")
    print(f"{len(covered)} rules as generators: {generator:.2f} s, {len(found)} findings")
    print(f"the same by hand: {hand:.2f} s, {len(by_them)} findings, {'the same' if same else 'ANOTHER'} hash")
    print(f"ratio by hand / generators: {ratio:.2f} (bar {BAR})")
    return int(options.check and not (same and ratio >= BAR))


if __name__ == "__main__":
    sys.exit(main())
