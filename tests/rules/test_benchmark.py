"""The hand-written rules of the benchmark find exactly what the built-in ones find."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from almenstyring.domain.findings import digest
from almenstyring.rules.builtin import BUILTIN_RULES
from almenstyring.testing.builders import clean_context

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "bench_rules.py"


@pytest.mark.skipif(not BENCHMARK.parent.is_dir(), reason="a source distribution has no benchmarks")
def test_the_rules_and_the_functions_written_by_hand_find_the_same() -> None:
    benchmark = runpy.run_path(str(BENCHMARK))
    covered = [rule for rule in BUILTIN_RULES if rule.code in benchmark["handwritten_rules"].COVERED]
    packages, context = benchmark["sector"](80), clean_context()
    by_rules, by_hand = benchmark["by_rules"](covered, context), benchmark["by_hand"](context)
    found = [finding for package in packages for finding in by_rules(package)]
    assert len(found) > len(packages) / 4
    assert digest(found) == digest(finding for package in packages for finding in by_hand(package))
