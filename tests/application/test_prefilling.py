"""Prefilling: each figure on its own sheet with its provenance, and what a person wrote stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from attrs import define, evolve, field
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.application.prefilling import empty_package, new_package, prefilled, with_units_of
from almenstyring.content import load_questionnaires, load_standard
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import EstateKind, MasterData, OrganisationKind, Unit
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Answer,
    DocumentationPackage,
    PackageStatus,
    Sourced,
    Typed,
)
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, Number
from almenstyring.ports import Figure, Source, SourceAnswer, SourceRequest
from almenstyring.testing.builders import clean_accounts, clean_master_data

YEAR = ReportYear(2026)
STANDARD = load_standard(YEAR)
MORNING = datetime(2026, 6, 1, 9, tzinfo=UTC)
EVENING = datetime(2026, 6, 1, 21, tzinfo=UTC)
OWNER = LbfNumber("T001")
FIRST, SECOND = (estate.id for estate in clean_master_data().estates)
MOVE_OUTS, RATE = "estate.external_move_outs", "letting.move_out_rate"


@define
class Figures:
    """A source with the figures it was given; it remembers what it was asked."""

    figures_known: tuple[Figure, ...] = ()
    accounts: tuple[Accounts, ...] = ()
    asked: list[SourceRequest] = field(factory=list)

    def organisations(self) -> Iterable[LbfNumber]:
        return ()

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        return None

    def figures(self, request: SourceRequest) -> SourceAnswer:
        self.asked.append(request)
        return SourceAnswer(accounts=self.accounts, figures=self.figures_known)

    def close(self) -> None:
        return


def figure(name: str, unit: Unit, value: int, status: FigureStatus = FigureStatus.FINAL) -> Figure:
    """A figure whose key says where it is from."""
    return Figure(name=name, unit=unit, value=Number(value), key=f"{unit}:{name}", status=status)


def fresh(kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION) -> DocumentationPackage:
    """A package nobody has written in."""
    master = clean_master_data(kind=kind)
    return evolve(new_package(master, YEAR, master.periods[0], STANDARD), editor="kontor-1")


def fill(package: DocumentationPackage, *figures: Figure, at: datetime = MORNING) -> DocumentationPackage:
    """Prefill from a source with these figures."""
    return prefilled(package, STANDARD, Figures(figures), "kilde", at)


def written(package: DocumentationPackage) -> DocumentationPackage:
    """The package without the key figures reckoned from it."""
    return evolve(package, figures=())


def test_a_new_package_has_a_sheet_for_each_housing_estate_in_operation() -> None:
    master = clean_master_data(estates=4)
    kinds = (EstateKind.HOUSING, EstateKind.SIDE_ACTIVITY, EstateKind.HOUSING, EstateKind.HOUSING)
    began = (date(2000, 1, 1), date(2000, 1, 1), None, date(2025, 12, 31))
    estates = tuple(
        evolve(estate, kind=kind, in_operation_from=day)
        for estate, kind, day in zip(master.estates, kinds, began, strict=True)
    )
    package = new_package(evolve(master, estates=estates), YEAR, master.periods[0], STANDARD)
    assert [str(sheet.unit) for sheet in package.estate_reports] == ["T001-T0101", "T001-T0401"]
    assert package.report.unit == OWNER
    assert (package.standard, package.status) == (STANDARD.identity, PackageStatus.CREATED)
    assert package.master_data is not None


def test_an_administration_organisation_has_no_estate_sheets() -> None:
    assert fresh(OrganisationKind.ADMINISTRATION_ORGANISATION).estate_reports == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            OrganisationKind.HOUSING_ORGANISATION,
            {"T001": "organisation", "T001-T0101": "estate", "T001-T0201": "estate"},
        ),
        (OrganisationKind.ADMINISTRATION_ORGANISATION, {"T001": "administration_organisation"}),
        (OrganisationKind.MUNICIPAL_ELDERLY, {}),
    ],
)
def test_each_unit_gets_the_questionnaire_that_is_meant_for_it(
    kind: OrganisationKind, expected: dict[str, str]
) -> None:
    master = clean_master_data(kind=kind)
    known = {each.id: evolve(each, version=3) for each in load_questionnaires()}
    package = new_package(master, YEAR, master.periods[0], STANDARD, known)
    assert {str(sheet.unit): (sheet.questionnaire, sheet.version) for sheet in package.questionnaires} == {
        unit: (questionnaire, 3) for unit, questionnaire in expected.items()
    }


def test_a_short_year_asks_of_the_estates_there_were_on_the_package_s_own_last_day() -> None:
    broken, short = (
        AccountingPeriod(date(2024, 7, 1), date(2025, 6, 30)),
        AccountingPeriod(date(2025, 7, 1), date(2025, 12, 31)),
    )
    master = clean_master_data()
    closed = evolve(master.estates[0], in_operation_until=date(2025, 9, 30))
    master = evolve(master, periods=(broken, short), estates=(closed, *master.estates[1:]))

    sheets = {period: new_package(master, YEAR, period, STANDARD).estate_reports for period in (broken, short)}

    assert [sheet.unit for sheet in sheets[broken]] == [FIRST, SECOND]
    assert [sheet.unit for sheet in sheets[short]] == [SECOND]


def test_a_package_gets_the_sheets_of_units_that_came_since_and_loses_none() -> None:
    master, later = clean_master_data(estates=1), clean_master_data(estates=2)
    known = {each.id: each for each in load_questionnaires()}
    before = new_package(master, YEAR, master.periods[0], STANDARD, known).answer(MOVE_OUTS, 3, estate=FIRST)

    package = with_units_of(new_package(later, YEAR, later.periods[0], STANDARD, known), before)

    assert [sheet.unit for sheet in package.estate_reports] == [FIRST, SECOND]
    assert package.sheet(FIRST) == before.sheet(FIRST)
    assert {sheet.unit for sheet in package.questionnaires} == {OWNER, FIRST, SECOND}
    assert package.master_data == later
    assert with_units_of(new_package(master, YEAR, master.periods[0], STANDARD), package).estate_reports == (
        package.estate_reports
    )


def test_a_unit_whose_questionnaire_nobody_brings_gets_none() -> None:
    master = clean_master_data()
    known = {each.id: each for each in load_questionnaires() if each.id == "estate"}
    package = new_package(master, YEAR, master.periods[0], STANDARD, known)
    assert {str(sheet.unit) for sheet in package.questionnaires} == {"T001-T0101", "T001-T0201"}
    assert new_package(master, YEAR, master.periods[0], STANDARD).questionnaires == ()


def test_an_empty_package_needs_no_workspace() -> None:
    package = empty_package("T001", YEAR)
    assert package == empty_package(LbfNumber("T001"), YEAR, standard=STANDARD)
    assert str(package.period) == "2025-01-01/2025-12-31"
    assert package.standard == STANDARD.identity
    assert package.estate_reports == () and not package.report.answers
    elderly = empty_package("T001", YEAR, kind=OrganisationKind.SELF_OWNING_ELDERLY).master_data
    assert elderly is not None
    assert elderly.organisation.kind is OrganisationKind.SELF_OWNING_ELDERLY


def test_an_empty_package_of_a_year_without_a_standard_names_the_known_years() -> None:
    with pytest.raises(AlmenstyringError) as caught:
        empty_package("T001", ReportYear(2099))
    assert "2099" in caught.value.message.da
    assert "2026" in str(caught.value)


def test_the_source_is_asked_for_the_package_s_own_period_and_estates() -> None:
    source = Figures()
    package = fresh()
    assert written(prefilled(package, STANDARD, source, "kilde", MORNING)) == package
    assert source.asked == [
        SourceRequest(organisation=OWNER, report_year=YEAR, period=package.period, estates=(FIRST, SECOND))
    ]
    assert isinstance(source, Source)


def test_each_figure_lands_on_the_sheet_of_its_unit_with_where_it_came_from() -> None:
    package = fill(
        fresh(),
        figure("external_move_outs", FIRST, 4, FigureStatus.PROVISIONAL),
        figure("external_move_outs", SECOND, 0),
        figure("move_out_rate", OWNER, 12),
    )
    expected = {OWNER: {RATE: 12}, FIRST: {MOVE_OUTS: 4}, SECOND: {MOVE_OUTS: 0}}
    found = {sheet.unit: {key: answer.value for key, answer in sheet.answers.items()} for sheet in package.sheets()}
    assert found == {unit: {key: Number(count) for key, count in sheet.items()} for unit, sheet in expected.items()}
    assert package.sheet(FIRST)[MOVE_OUTS].provenance == Sourced(
        source="kilde",
        key="T001-T0101:external_move_outs",
        retrieved_at=MORNING,
        status=FigureStatus.PROVISIONAL,
    )
    assert package.status is PackageStatus.CREATED


def test_a_figure_for_a_unit_or_a_question_the_package_does_not_have_is_left_out() -> None:
    stranger = EstateId.parse("T001-T0901")
    package = fill(
        fresh(),
        figure("external_move_outs", stranger, 4),
        figure("move_out_rate", FIRST, 4),
        figure("unheard_of", OWNER, 4),
    )
    assert written(package) == fresh()


def test_a_question_that_is_not_asked_of_the_organisation_s_kind_is_not_answered_for_it() -> None:
    known = (figure("disposition_fund_per_unit", OWNER, 4), figure("working_capital_per_unit", OWNER, 5))
    package = fill(fresh(OrganisationKind.ADMINISTRATION_ORGANISATION), *known)
    assert set(package.report.answers) == {"facts.working_capital_per_unit"}
    unknown = evolve(fresh(), master_data=None)
    assert set(fill(unknown, *known).report.answers) == {
        "facts.working_capital_per_unit",
        "facts.disposition_fund_per_unit",
    }


@pytest.mark.parametrize("value", [Number(7), 0, NONE, NOT_APPLICABLE, "ved ikke"], ids=str)
def test_what_a_person_typed_is_never_overwritten(value: object) -> None:
    typed = fresh().answer(MOVE_OUTS, value, estate=FIRST, comment="talt op")
    assert written(fill(typed, figure("external_move_outs", FIRST, 4))) == typed


def test_a_figure_a_person_corrected_is_never_overwritten() -> None:
    package = fill(fresh(), figure("external_move_outs", FIRST, 4)).answer(MOVE_OUTS, 5, estate=FIRST)
    assert package.sheet(FIRST)[MOVE_OUTS].provenance == Typed("kontor-1")
    assert written(fill(package, figure("external_move_outs", FIRST, 6))) == written(package)


def test_a_value_of_unknown_origin_is_never_overwritten() -> None:
    package = fresh()
    sheet = package.sheet(FIRST).with_answer(MOVE_OUTS, Answer(value=Number(7)))
    package = evolve(package, estate_reports=(sheet, *package.estate_reports[1:]))
    assert written(fill(package, figure("external_move_outs", FIRST, 4))) == package


def test_a_comment_that_waited_for_its_figure_stays_beside_it() -> None:
    package = fresh().answer(MOVE_OUTS, comment="venter på tallet", estate=FIRST)
    answer = fill(package, figure("external_move_outs", FIRST, 4)).sheet(FIRST)[MOVE_OUTS]
    assert (answer.value, answer.comment) == (Number(4), "venter på tallet")
    assert isinstance(answer.provenance, Sourced)


def test_a_refresh_brings_the_new_figure_and_keeps_the_comment() -> None:
    package = fill(fresh(), figure("external_move_outs", FIRST, 4, FigureStatus.PROVISIONAL))
    package = package.answer(MOVE_OUTS, comment="et stort år", estate=FIRST)
    answer = fill(package, figure("external_move_outs", FIRST, 5), at=EVENING).sheet(FIRST)[MOVE_OUTS]
    assert (answer.value, answer.comment) == (Number(5), "et stort år")
    assert isinstance(answer.provenance, Sourced)
    assert (answer.provenance.retrieved_at, answer.provenance.status) == (EVENING, FigureStatus.FINAL)


def test_a_cleared_answer_is_filled_again() -> None:
    package = fresh().answer(MOVE_OUTS, 7, estate=FIRST).clear(MOVE_OUTS, estate=FIRST)
    assert fill(package, figure("external_move_outs", FIRST, 4)).sheet(FIRST)[MOVE_OUTS].value == Number(4)


def test_accounts_replace_those_a_source_delivered_for_the_same_unit_only() -> None:
    own, other = clean_accounts(FIRST), clean_accounts(SECOND)
    renewed = evolve(own, postings={"112.1": Dkk.of(1)}, status=FigureStatus.PROVISIONAL)
    before = prefilled(fresh(), STANDARD, Figures(accounts=(own, other)), "kilde", MORNING)
    package = prefilled(before, STANDARD, Figures(accounts=(renewed,)), "kilde", EVENING)

    assert [a.unit for a in package.accounts] == [FIRST, SECOND]
    marked = Sourced(source="kilde", key=str(FIRST), retrieved_at=EVENING, status=FigureStatus.PROVISIONAL)
    assert package.accounts_of(FIRST) == evolve(renewed, provenance=marked)
    assert package.accounts_of(SECOND) == before.accounts_of(SECOND)


def test_accounts_that_a_person_put_in_are_never_overwritten() -> None:
    own, other = clean_accounts(FIRST), clean_accounts(SECOND)
    typed = fresh().with_accounts(own)
    of_unknown_origin = evolve(typed, accounts=(*typed.accounts, other))
    source = Figures(accounts=(evolve(own, postings={}), evolve(other, postings={})))

    assert prefilled(of_unknown_origin, STANDARD, source, "kilde", MORNING).accounts == of_unknown_origin.accounts
    assert typed.accounts_of(FIRST) == evolve(own, provenance=Typed("kontor-1"))


@given(st.lists(st.tuples(st.sampled_from([FIRST, SECOND]), st.integers(0, 99)), max_size=6))
def test_prefilling_twice_is_prefilling_once(given_figures: list[tuple[EstateId, int]]) -> None:
    figures = [figure("external_move_outs", unit, count) for unit, count in given_figures]
    once = fill(fresh(), *figures)
    assert fill(once, *figures) == once
