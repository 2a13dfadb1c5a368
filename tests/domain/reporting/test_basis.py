"""Key figures rest on the package alone: accounts, master data, what was reported, and what a person answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from attrs import evolve

from almenstyring.content import load_references, load_standard
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.expressions import Expression
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.provenance import Computed, FigureStatus, Provenance, Sourced, Typed
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import (
    MISSING,
    NONE,
    NOT_APPLICABLE,
    Answer,
    DocumentationPackage,
    LastYear,
    PackageFigures,
    Sheet,
    Standard,
    UnitFigures,
    Value,
)
from almenstyring.domain.reporting.answers import Special
from almenstyring.domain.reporting.basis import figure_in
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number
from almenstyring.testing.builders import clean_accounts, clean_package

STANDARD, CATALOGUE, REFERENCES = load_standard(ReportYear(2026)), load_key_figures(), load_references()
OWNER, FIRST, SECOND = LbfNumber("T001"), EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")
MOVE_OUTS = "estate.external_move_outs"
BEFORE = AccountingPeriod(date(2024, 1, 1), date(2024, 12, 31))
SOURCED = Sourced(
    source="kilde", key="x", retrieved_at=datetime(2026, 6, 1, tzinfo=UTC), status=FigureStatus.PROVISIONAL
)


def figures(package: DocumentationPackage, standard: Standard | None = STANDARD) -> PackageFigures:
    return PackageFigures(package, CATALOGUE, REFERENCES, standard)


def filled(
    package: DocumentationPackage, unit: Unit = FIRST, before: LastYear | None = None, **facts: int
) -> DocumentationPackage:
    """The package with reported facts that a source delivered."""
    reported = {name: Answer(value=Number(count), provenance=SOURCED) for name, count in facts.items()}
    own = UnitFigures(unit=unit, period=package.period, reported=reported, before=before)
    return evolve(package, figures=(*package.figures, own))


def exact(
    package: DocumentationPackage, figure: str, unit: Unit = FIRST, standard: Standard | None = STANDARD
) -> Fraction | None:
    return figures(package, standard).of(unit).value(figure).exact


def asking(condition: str) -> Standard:
    """The standard with the question about move-outs asked on a condition."""
    sections = tuple(
        evolve(
            section,
            questions=tuple(
                evolve(question, asked_when=Expression.read(condition)) if question.id == MOVE_OUTS else question
                for question in section.questions
            ),
        )
        for section in STANDARD.sections
    )
    return evolve(STANDARD, sections=sections)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (Number(0), Fraction(0)),
        (Number(125, 1), Fraction(25, 2)),
        (Dkk.of("12.50"), Fraction(25, 2)),
        ("7", None),
        (NONE, None),
        (NOT_APPLICABLE, None),
        (None, None),
        (date(2026, 1, 1), None),
        (("7",), None),
        (({"antal": Number(7)},), None),
    ],
    ids=str,
)
def test_only_a_number_or_an_amount_holds_a_figure(value: Value | Special | None, wanted: Fraction | None) -> None:
    assert figure_in(Answer(value=value)) == wanted


def test_the_units_are_the_organisation_and_every_estate_with_a_report() -> None:
    assert figures(clean_package(estates=2)).units == (OWNER, FIRST, SECOND)
    assert figures(clean_package(estates=0)).units == (OWNER,)


def test_a_unit_is_reckoned_once() -> None:
    found = figures(clean_package())
    assert found.of(FIRST) is found.of(FIRST)
    assert found.of(FIRST) is not found.of(SECOND)
    assert found.of(FIRST).basis.rates is found.of(OWNER).basis.rates


def test_figures_rest_on_the_unit_s_own_accounts_master_data_and_rates() -> None:
    package = clean_package()
    assert exact(package, "cleaning_per_m2") == Fraction(320_000, 3800)
    basis = figures(package).of(OWNER).basis
    assert basis.accounts == package.accounts_of(OWNER)
    assert basis.facts["estates"] == 2
    assert figures(package).of(FIRST).basis.facts["homes"] == 50
    assert set(basis.rates) == {name for name in REFERENCES.rates.names if REFERENCES.rate(name, package.period)}
    assert basis.before is None and basis.period == package.period


def test_what_is_not_there_is_missing_and_no_fault() -> None:
    bare = evolve(clean_package(), accounts=(), master_data=None)
    assert figures(bare).of(FIRST).basis.facts == figures(bare).of(OWNER).basis.facts == {}
    assert exact(bare, "cleaning_per_m2") is None
    stranger = evolve(clean_package(), estate_reports=(Sheet(unit=EstateId.parse("T001-T0901")),))
    assert figures(stranger).of(EstateId.parse("T001-T0901")).basis.facts == {}
    assert figures(clean_package()).of(EstateId.parse("T001-T0901")).basis.reported == {}


# What was reported


def test_a_reported_fact_counts_where_nobody_answered() -> None:
    package = filled(clean_package().clear(MOVE_OUTS, estate=FIRST), external_move_outs=5, heat_cost=380)
    basis = figures(package).of(FIRST).basis
    assert [basis.reported[name].value for name in ("external_move_outs", "heat_cost")] == [5, 380]
    assert basis.reported["heat_cost"].provenance == SOURCED
    assert figures(package).of(FIRST).value("move_out_rate").status is FigureStatus.PROVISIONAL
    assert exact(package, "move_out_rate") == 10


def test_what_a_person_wrote_counts_before_what_was_prefilled() -> None:
    package = filled(clean_package(), external_move_outs=5).answer(MOVE_OUTS, 7, estate=FIRST)
    assert exact(package, "move_out_rate") == 14
    assert figures(package).of(FIRST).basis.reported["external_move_outs"].provenance == Typed("tester")
    assert figures(package).of(FIRST).value("move_out_rate").status is FigureStatus.FINAL
    assert exact(package, "move_out_rate", standard=None) == 10  # which answers are facts, the standard says


@pytest.mark.parametrize("value", ["mange", NONE, NOT_APPLICABLE], ids=str)
def test_an_answer_without_a_figure_leaves_none_in_place_of_what_was_prefilled(value: object) -> None:
    """The person knows better than the source, also where it is that there is no number."""
    package = filled(clean_package(), external_move_outs=5).answer(MOVE_OUTS, value, estate=FIRST)
    assert exact(package, "move_out_rate") is None


def test_a_comment_alone_is_no_answer() -> None:
    package = clean_package().clear(MOVE_OUTS, estate=FIRST).answer(MOVE_OUTS, comment="venter", estate=FIRST)
    assert exact(filled(package, external_move_outs=5), "move_out_rate") == 10


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [pytest.param("1 > 0", 14, id="asked"), pytest.param("1 < 0", 10, id="not asked: what was prefilled")],
)
def test_an_answer_to_what_is_not_asked_does_not_count(condition: str, wanted: int) -> None:
    package = filled(clean_package(), external_move_outs=5).answer(MOVE_OUTS, 7, estate=FIRST)
    assert exact(package, "move_out_rate", standard=asking(condition)) == wanted


def test_an_answer_on_another_sheet_is_another_unit_s() -> None:
    package = clean_package().answer(MOVE_OUTS, 7, estate=FIRST).answer(MOVE_OUTS, 9, estate=SECOND)
    assert [exact(package, "move_out_rate", unit) for unit in (FIRST, SECOND)] == [14, 18]


@pytest.mark.parametrize(
    ("provenance", "wanted"),
    [
        pytest.param(Typed("x"), Fraction(85), id="a person"),
        pytest.param(SOURCED, Fraction(85), id="a source"),
        pytest.param(None, Fraction(85), id="nobody says"),
        pytest.param(Computed(definition="efficiency_score/1"), None, id="the figure itself"),
    ],
)
def test_a_figure_never_rests_on_an_answer_that_was_computed_from_it(
    provenance: Provenance | None, wanted: Fraction | None
) -> None:
    sheet = (
        clean_package()
        .sheet(FIRST)
        .with_answer("estate.efficiency_score", Answer(value=Number(85), provenance=provenance))
    )
    package = evolve(clean_package(), estate_reports=(sheet,))
    assert exact(package, "efficiency_score") == wanted


def test_an_answer_to_a_question_without_a_fact_is_none() -> None:
    package = clean_package().answer("estate.rent_per_m2", 7, estate=FIRST)
    assert "rent_per_m2" not in figures(package).of(FIRST).basis.reported
    assert package.sheet(FIRST)["nobody.asked"] == MISSING


# The year before


def last_year(accounts: Accounts | None, reported: Mapping[str, Answer]) -> LastYear:
    return LastYear(period=BEFORE, accounts=accounts, reported=reported)


def test_a_development_rests_on_the_books_of_the_year_before() -> None:
    old = evolve(clean_accounts(FIRST, 2025), postings={"114": Dkk.of(160_000)})
    reported = {"external_move_outs": Answer(value=Number(3)), "heat_cost": Answer(value="ukendt")}
    before = figures(filled(clean_package(), before=last_year(old, reported))).of(FIRST).before
    assert before is not None
    assert before.basis.period == BEFORE and before.basis.before is None
    assert {name: each.value for name, each in before.basis.reported.items()} == {"external_move_outs": 3}
    assert before.value("move_out_rate").exact == 6
    assert exact(filled(clean_package(), before=last_year(old, reported)), "cleaning_growth") == 100


def test_without_a_year_before_there_is_no_development() -> None:
    assert exact(clean_package(), "cleaning_growth") is None
    assert exact(filled(clean_package()), "cleaning_growth") is None
    assert exact(filled(clean_package(), before=last_year(None, {})), "cleaning_growth") is None
