"""Findings are data: their order, their weight, and what they stand in the way of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.findings import CheckReport, Finding, Location, Severity, digest
from almenstyring.domain.text import Text
from almenstyring.domain.values import LegalReference

FINDING = Finding(
    code="TEST-ONE",
    severity=Severity.CONFIRM,
    location=Location(unit="T001-T0101", part="report", item="estate.move_outs"),
    message=Text("Tallet er højt.", "The figure is high."),
    hint=Text("Se efter.", "Look again."),
    law=LegalReference.parse("DB § 112, stk. 5"),
    values={"fraflyttede": "70", "boliger": "50"},
)
short = st.text("ab", max_size=2)
places = st.builds(Location, unit=short, part=short, item=short)
findings = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(["TEST-A", "TEST-B"]),
        severity=st.sampled_from(Severity),
        location=places,
        message=st.just(Text("Noget.", "Something.")),
        hint=st.just(Text("Ret det.", "Mend it.")),
        values=st.dictionaries(short, short, max_size=2),
    ),
    max_size=6,
)
shuffled = findings.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found)))


def of(severity: Severity, code: str = "TEST-ONE") -> Finding:
    return evolve(FINDING, severity=severity, code=code)


@pytest.mark.parametrize(
    ("location", "printed"),
    [
        (Location(), ""),
        (Location(unit="T001"), "T001"),
        (Location(part="report", item="economy.x"), "report economy.x"),
        (Location(item="112.1", part="accounts", unit="T001"), "T001 accounts 112.1"),
    ],
)
def test_a_place_is_printed_from_unit_to_item_without_the_empty_parts(location: Location, printed: str) -> None:
    assert str(location) == printed


@pytest.mark.parametrize(
    "changed",
    [
        {"severity": Severity.NOTE},
        {"message": Text("Andet.", "Else.")},
        {"hint": Text("Andet.", "Else.")},
        {"law": None},
        {"source": "LBF"},
        {"values": {"boliger": "50", "fraflyttede": "70"}},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_fingerprint_is_of_rule_place_and_values_only(changed: dict[str, object]) -> None:
    assert evolve(FINDING, **changed).fingerprint == FINDING.fingerprint  # type: ignore[arg-type]


@given(findings)
def test_two_findings_share_a_fingerprint_exactly_if_rule_place_and_values_are_the_same(found: list[Finding]) -> None:
    keys = {(f.code, f.location, tuple(sorted(f.values.items()))) for f in found}
    assert len({f.fingerprint for f in found}) == len(keys)


def test_danish_letters_belong_to_the_fingerprint() -> None:
    prints = {evolve(FINDING, values={"navn": name}).fingerprint for name in ("Ål", "Al", "ål")}
    assert len(prints) == 3 and all(len(one) == 64 for one in prints)


def test_a_report_begins_with_what_weighs_most() -> None:
    report = CheckReport((of(Severity.NOTE), of(Severity.WARNING), of(Severity.CONFIRM), of(Severity.ERROR)))
    assert [f.severity.value for f in report] == ["error", "confirm", "warning", "note"]


@pytest.mark.parametrize(
    "second",
    [
        evolve(FINDING, code="TEST-TWO"),
        evolve(FINDING, location=evolve(FINDING.location, unit="T001-T0201")),
        evolve(FINDING, location=evolve(FINDING.location, part="structure")),
        evolve(FINDING, location=evolve(FINDING.location, item="estate.rent")),
        evolve(FINDING, values={"boliger": "60"}),
    ],
    ids=["rule", "unit", "part", "item", "values"],
)
def test_findings_of_the_same_weight_are_ordered_by(second: Finding) -> None:
    assert list(CheckReport((second, FINDING))) == list(CheckReport((FINDING, second))) == [FINDING, second]


@given(shuffled)
def test_the_order_of_finding_changes_neither_report_nor_digest(both: tuple[list[Finding], list[Finding]]) -> None:
    found, otherwise = both
    assert CheckReport(tuple(found)) == CheckReport(tuple(otherwise))
    assert digest(found) == digest(otherwise)


@given(findings)
def test_a_report_loses_no_finding(found: list[Finding]) -> None:
    report = CheckReport(tuple(found))
    assert len(report) == len(found)
    assert digest(report) == digest(found)
    assert report.codes() == {f.code for f in found}


@pytest.mark.parametrize(
    ("severity", "settled", "blocks"),
    [
        pytest.param(Severity.ERROR, False, True, id="an error blocks"),
        pytest.param(Severity.ERROR, True, True, id="an error cannot be confirmed away"),
        pytest.param(Severity.CONFIRM, False, True, id="an open confirmation blocks"),
        pytest.param(Severity.CONFIRM, True, False, id="a confirmed finding does not block"),
        pytest.param(Severity.WARNING, False, False, id="a warning never blocks"),
        pytest.param(Severity.NOTE, False, False, id="a note never blocks"),
    ],
)
def test_what_stands_in_the_way_of_sending(severity: Severity, settled: bool, blocks: bool) -> None:
    finding = of(severity)
    report = CheckReport((finding,), frozenset({finding.fingerprint} if settled else ()))
    assert report.blocks(finding) is blocks
    assert report.ok is not blocks
    assert report.in_the_way == ((finding,) if blocks else ())


def test_an_empty_report_is_ok() -> None:
    report = CheckReport(())
    assert report.ok and len(report) == 0 and report.codes() == frozenset()


@given(findings, st.sets(st.integers(0, 5)))
def test_a_report_is_ok_exactly_when_nothing_blocks(found: Sequence[Finding], confirmed: set[int]) -> None:
    settled = frozenset(f.fingerprint for index, f in enumerate(found) if index in confirmed)
    report = CheckReport(tuple(found), settled)
    assert report.ok == (not any(report.blocks(f) for f in report))
    assert set(report.in_the_way) == {f for f in found if report.blocks(f)}


def test_findings_are_picked_by_the_codes_of_their_rules() -> None:
    one, two, three = (of(Severity.NOTE, f"TEST-{name}") for name in ("ONE", "TWO", "THREE"))
    report = CheckReport((one, two, three))
    assert set(report.with_code("TEST-ONE", "TEST-TWO")) == {one, two}
    assert report.with_code("TEST-FOUR") == report.with_code() == ()


CHANGES: Mapping[str, Finding] = {
    "severity": evolve(FINDING, severity=Severity.ERROR),
    "Danish message": evolve(FINDING, message=Text("Andet.", FINDING.message.en)),
    "English message": evolve(FINDING, message=Text(FINDING.message.da, "Else.")),
    "Danish hint": evolve(FINDING, hint=Text("Andet.", FINDING.hint.en)),
    "English hint": evolve(FINDING, hint=Text(FINDING.hint.da, "Else.")),
    "law": evolve(FINDING, law=None),
    "values": evolve(FINDING, values={}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_digest_sees_a_change_of(name: str) -> None:
    assert digest([CHANGES[name]]) != digest([FINDING])


def test_the_digest_counts_a_finding_made_twice() -> None:
    assert digest([FINDING, FINDING]) != digest([FINDING]) != digest([])
