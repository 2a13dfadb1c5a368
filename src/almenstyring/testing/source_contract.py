"""What every source must do, as tests that an adapter's author inherits."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from almenstyring import (
    AccountingPeriod,
    AlmenstyringError,
    Dkk,
    EstateId,
    FigureStatus,
    LbfNumber,
    MasterData,
    Number,
    ReportYear,
    decode,
    encode,
)
from almenstyring.ports import Source, SourceAnswer, SourceRequest
from almenstyring.testing.applicable import is_overridden, leave_out_unoffered

OpenSource = Callable[[], Source]


class SourceContract:
    """Subclass this in your tests and override ``open_source`` and ``organisation``; pytest does the rest.

    ``open_source`` gives a function that opens the source anew on the same data. ``organisation`` has
    accounts or figures for ``report_year`` and owns at least one estate. ``broken_source``, if given,
    opens a source whose backend fails: opening it or asking it must raise an ``almenstyring`` error;
    if it is not given, that test is not collected.

    Each test names a capability; none knows how the source works inside.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        leave_out_unoffered(cls, {"broken_source": is_overridden(cls, SourceContract, "broken_source")})

    @pytest.fixture
    def open_source(self) -> OpenSource:
        """Open the source under test."""
        pytest.fail("override the fixture open_source", pytrace=False)

    @pytest.fixture
    def organisation(self) -> LbfNumber:
        """An organisation with an estate and with figures."""
        pytest.fail("override the fixture organisation", pytrace=False)

    @pytest.fixture
    def report_year(self) -> ReportYear:
        """A report year for which the organisation has figures."""
        return ReportYear(2026)

    @pytest.fixture
    def broken_source(self) -> OpenSource:
        """Open a source whose backend fails; optional."""
        pytest.fail("override the fixture broken_source", pytrace=False)

    @pytest.fixture
    def source(self, open_source: OpenSource) -> Iterator[Source]:
        """The source under test, closed afterwards."""
        source = open_source()
        yield source
        source.close()

    # master data

    def test_every_listed_organisation_has_master_data_under_its_own_number(self, source: Source) -> None:
        for number in source.organisations():
            master = source.master_data(number)
            assert master is not None, f"{number} is listed and has no master data"
            assert master.number == number, f"{number} is answered with {master.number}"

    def test_an_organisation_is_listed_once(self, source: Source) -> None:
        numbers = list(source.organisations())
        assert len(numbers) == len(set(numbers))

    def test_an_unknown_organisation_has_no_master_data_and_no_figures(
        self, source: Source, report_year: ReportYear
    ) -> None:
        unknown = _unknown(source)
        assert source.master_data(unknown) is None
        assert source.figures(SourceRequest(organisation=unknown, report_year=report_year)) == SourceAnswer()

    def test_relations_refer_to_the_organisation_and_its_estates(self, source: Source) -> None:
        for master in _all(source):
            known = {estate.id for estate in master.estates}
            assert len(known) == len(master.estates), f"{master.number} has an estate twice"
            named = {owned.estate for owned in master.ownerships} | {lies.estate for lies in master.locations}
            named |= {estate for area in master.areas for estate in area.estates}
            assert named <= known, f"{master.number}: relations to unknown estates {sorted(map(str, named - known))}"
            owners = {owned.organisation for owned in master.ownerships}
            owners |= {home.organisation for home in master.home_municipalities}
            assert owners <= {master.number}, f"{master.number} holds relations of {sorted(map(str, owners))}"
            for relation in master.administrations:
                assert master.number in (relation.administrator, relation.organisation)

    def test_master_data_survive_being_stored(self, source: Source) -> None:
        for master in _all(source):
            assert decode(encode(master), MasterData) == master

    def test_invented_organisations_have_nothing_real_and_real_ones_nothing_invented(self, source: Source) -> None:
        for master in _all(source):
            places = [home.municipality for home in master.home_municipalities]
            places += [lies.municipality for lies in master.locations]
            parts = [estate.id.is_test for estate in master.estates] + [code.is_test for code in places]
            parts += [master.organisation.cvr.is_test] if master.organisation.cvr else []
            assert set(parts) <= {master.number.is_test}, f"{master.number} mixes the test range with real codes"

    # accounts and figures

    def test_the_organisation_has_figures_for_the_year(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        answer = _ask(source, organisation, report_year)
        assert answer.accounts or answer.figures

    def test_units_that_were_not_asked_about_are_left_out(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        estates = [estate.id for estate in _master(source, organisation).estates]
        assert estates, "the fixture organisation must own an estate"
        for asked in ((), tuple(estates[:1])):
            answer = _ask(source, organisation, report_year, estates=asked)
            units = {accounts.unit for accounts in answer.accounts} | {figure.unit for figure in answer.figures}
            assert units <= {organisation, *(asked or estates)}

    def test_accounts_and_figures_are_of_the_period_asked_about(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        period = _period(source, organisation, report_year)
        answer = _ask(source, organisation, report_year)
        assert {accounts.period for accounts in answer.accounts} <= {period}
        for figure in answer.figures:
            if figure.period not in (None, period):
                assert figure.status is FigureStatus.PROJECTED, f"{figure.name} is of {figure.period}"
                assert figure.period.end < period.end, f"{figure.name} is from the future: {figure.period}"

    def test_a_period_nobody_reported_has_no_accounts(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        long_ago = AccountingPeriod(date(1951, 1, 1), date(1951, 12, 31))
        request = SourceRequest(organisation=organisation, report_year=report_year, period=long_ago)
        assert source.figures(request).accounts == ()

    def test_amounts_are_whole_oere_under_accounts_as_printed(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        for accounts in _ask(source, organisation, report_year).accounts:
            for account, amount in accounts.postings.items():
                assert type(account) is str
                assert account == account.strip() != "", f"{accounts.unit}: an account is called {account!r}"
                assert type(amount) is Dkk, f"{accounts.unit} {account}: {amount!r} is no amount"

    def test_figures_have_a_name_a_key_and_a_value_that_can_be_an_answer(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        for figure in _ask(source, organisation, report_year).figures:
            assert figure.name
            assert figure.key, f"{figure.name} does not say where it is from"
            assert type(figure.value) in (str, Number, Dkk, date, tuple), f"{figure.name}: {figure.value!r}"

    def test_no_accounts_and_no_figure_come_twice(
        self, source: Source, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        answer = _ask(source, organisation, report_year)
        units = [accounts.unit for accounts in answer.accounts]
        names = [(figure.unit, figure.name) for figure in answer.figures]
        assert len(units) == len(set(units))
        assert len(names) == len(set(names))

    def test_the_same_question_gets_the_same_answer(
        self, source: Source, open_source: OpenSource, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        again = open_source()
        try:
            for other in (source, again):
                assert list(other.organisations()) == list(source.organisations())
                assert other.master_data(organisation) == source.master_data(organisation)
                assert _ask(other, organisation, report_year) == _ask(source, organisation, report_year)
        finally:
            again.close()

    # life and faults

    def test_closing_twice_is_harmless(self, open_source: OpenSource) -> None:
        source = open_source()
        source.close()
        source.close()

    def test_a_failing_backend_raises_an_error_of_almenstyring_and_nothing_else(
        self, broken_source: OpenSource, organisation: LbfNumber, report_year: ReportYear
    ) -> None:
        error = _fault(broken_source, organisation, report_year)
        assert isinstance(error, AlmenstyringError), f"{error!r} is no error of almenstyring"
        assert error.message.da and error.message.en
        assert error.hint.da and error.hint.en, "the error does not say what to do"


def _all(source: Source) -> Iterator[MasterData]:
    return (_master(source, number) for number in source.organisations())


def _master(source: Source, organisation: LbfNumber) -> MasterData:
    master = source.master_data(organisation)
    assert master is not None, f"there is no master data for {organisation}"
    return master


def _unknown(source: Source) -> LbfNumber:
    known = set(source.organisations())
    candidates = (LbfNumber(f"T{count:03}") for count in range(999, 0, -1))
    return next(number for number in candidates if number not in known)


def _period(source: Source, organisation: LbfNumber, year: ReportYear) -> AccountingPeriod:
    periods = _master(source, organisation).periods_of(year)
    assert periods, f"{organisation} has no accounting period for report year {year}"
    return periods[-1]


def _ask(source: Source, organisation: LbfNumber, year: ReportYear, estates: tuple[EstateId, ...] = ()) -> SourceAnswer:
    period = _period(source, organisation, year)
    return source.figures(SourceRequest(organisation=organisation, report_year=year, period=period, estates=estates))


def _fault(open_source: OpenSource, organisation: LbfNumber, year: ReportYear) -> Exception | None:
    """What comes out when the source is used for all that a workspace uses it for."""
    try:
        source = open_source()
        list(source.organisations())
        source.master_data(organisation)
        source.figures(SourceRequest(organisation=organisation, report_year=year))
        source.close()
    except Exception as error:  # whatever it is: the test says whether it may come out
        return error
    return None
