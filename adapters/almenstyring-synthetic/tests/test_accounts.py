"""The invented accounts balance to the øre and lie around the published figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

from almenstyring import (
    AccountingPeriod,
    Accounts,
    Dkk,
    Estate,
    EstateId,
    FigureStatus,
    LbfNumber,
    MasterData,
    ReportYear,
    load_references,
)
from almenstyring.domain.figures.chart import AccountsPart, IdentityKind, Ledger
from almenstyring.domain.figures.identities import Bookkeeping
from almenstyring.ports import SourceAnswer, SourceRequest
from almenstyring_synthetic import SyntheticSource, national, open_source
from almenstyring_synthetic.demo import YEARS
from almenstyring_synthetic.estate_accounts import area_of
from almenstyring_synthetic.published import COSTS, SAVINGS, Level, rate

COUNTRY = national(60, 700, seed=3)


def answers(source: SyntheticSource, year: int) -> Iterator[SourceAnswer]:
    for number in source.organisations():
        yield source.figures(SourceRequest(organisation=number, report_year=ReportYear(year)))


def accounts(source: SyntheticSource, year: int) -> Iterator[Accounts]:
    for answer in answers(source, year):
        yield from answer.accounts


def known(source: SyntheticSource, number: LbfNumber) -> MasterData:
    master = source.master_data(number)
    assert master is not None
    return master


def span(first: int, last: int, *but: int) -> list[str]:
    return [str(number) for number in range(first, last + 1) if number not in but]


ESTATE_SUMS = {
    "105.9": span(101, 105),
    "112": ["112.1", "112.2", "112.3"],
    "113.9": span(106, 113),
    "119.9": span(114, 119),
    "124.8": span(120, 124),
    "124.9": ["105.9", "113.9", "119.9", "124.8"],
    "137": span(125, 136, 135),
    "139": ["124.9", "137"],
    "150": ["139", "140"],
    "201": ["201.1", "201.2", "201.3", "201.4-"],
    "203.9": span(201, 203),
    "208": ["204", "206"],
    "209": ["203.9", "208"],
    "220": ["209", "210"],
    "302.9": ["301", "302"],
    "304.9": ["302.9", "303", "304"],
    "309": ["305", "306", "307"],
    "310": ["304.9", "309"],
    "406.9": span(401, 406),
    "407.9": ["406.9", "407"],
    "411": ["408", "409", "410"],
    "417": ["411", "413", "414", "415"],
    "426": ["419", "421", "422", "423", "425"],
    "430": ["407.9", "417", "426"],
}
ORGANISATION_SUMS = {
    "530": ["501", "502", *span(511, 516), "521"],
    "540": ["530", "532", "533"],
    "550": ["540", "541"],
    "560": ["550", "551"],
    "610": ["601", "602", "603", "604", "606", "607"],
    "620": ["610", "611"],
    "630": ["620", "621"],
    "720": ["701", "702", "716"],
    "740": ["721", "731", "732"],
    "750": ["720", "740"],
    "810": ["801", "803", "805"],
    "830": ["821"],
    "850": ["810", "830"],
}
TOTALS = (("150", "220", "140", "210"), ("310", "430", "", "")), (("560", "630", "551", "621"), ("750", "850", "", ""))


@pytest.mark.parametrize("source", [open_source(""), COUNTRY], ids=["demonstration", "country"])
@pytest.mark.parametrize("year", [YEARS[0] + 1, 2026, YEARS[-1] + 1])
def test_every_subtotal_is_the_sum_of_its_parts_and_both_sides_balance(source: SyntheticSource, year: int) -> None:
    found = list(accounts(source, year))
    assert found
    for each in found:
        of_estate = isinstance(each.unit, EstateId)
        for subtotal, parts in (ESTATE_SUMS if of_estate else ORGANISATION_SUMS).items():
            total = sum((each.postings[part] for part in parts), Dkk(0))
            assert each.postings[subtotal] == total, f"{each.unit} {each.period}: {subtotal}"
        for one, other, surplus, deficit in TOTALS[0 if of_estate else 1]:
            assert each.postings[one] == each.postings[other]
            if surplus:
                assert Dkk(0) in (each.postings[surplus], each.postings[deficit])


CHART = load_references().chart


def books(source: SyntheticSource, year: int) -> Iterator[Bookkeeping]:
    before = {each.unit: each for each in accounts(source, year - 1)}
    for each in accounts(source, year):
        yield Bookkeeping(accounts=each, chart=CHART, before=before.get(each.unit))


@pytest.mark.parametrize("source", [open_source(""), COUNTRY], ids=["demonstration", "country"])
@pytest.mark.parametrize("year", [YEARS[0] + 2, 2026, YEARS[-1] + 1])
def test_every_formula_and_identity_of_the_chart_holds_to_the_oere(source: SyntheticSource, year: int) -> None:
    """Roll-forward from last year's accounts included; nothing is left to rounding."""
    checked: set[str] = set()
    for each in books(source, year):
        for line, difference in each.totals():
            assert not difference.amount.count, f"{each.accounts.unit}: {line.number}"
            checked.add(line.number)
        for kind in IdentityKind:
            for identity, difference in each.identities(kind):
                equal = not difference.amount.count
                either = kind is IdentityKind.SURPLUS_OR_DEFICIT and Dkk(0) in (difference.one, difference.other)
                assert equal or either, f"{each.accounts.unit}: {identity.id}"
                checked.add(identity.id)
    declared = {line.number for ledger in Ledger for line in CHART.lines(ledger) if line.sum}
    assert checked == (declared - {"129"}) | set(CHART.identity), "only vacancy loss is stated net and not in parts"


@pytest.mark.parametrize("source", [open_source(""), COUNTRY], ids=["demonstration", "country"])
def test_budgets_balance_and_the_next_budget_becomes_the_budget(source: SyntheticSource) -> None:
    budgets = {each.unit: each.budget for each in accounts(source, 2027)}
    for each in accounts(source, 2026):
        if not isinstance(each.unit, EstateId):
            assert (each.budget, each.next_budget) == ({}, {})
            continue
        for budget in (each.budget, each.next_budget):
            planned = Bookkeeping(accounts=evolve(each, postings=budget), chart=CHART)
            assert [line.number for line, difference in planned.totals() if difference.amount.count] == []
            assert budget["150"] == budget["220"]
            assert (budget["140"], budget["210"]) == (Dkk(0), Dkk(0))
            assert {CHART.estate[number].part for number in budget} == {AccountsPart.RESULT}
        assert budgets[each.unit] == each.next_budget
        assert each.budget != each.next_budget


def test_provisions_cover_what_is_spent_and_never_less_than_nothing() -> None:
    for each in accounts(COUNTRY, 2026):
        if isinstance(each.unit, EstateId):
            assert each.postings["116.1"] == each.postings["116.2"]
            assert min(each.postings[number] for number in ("116.2", "117.2", "130.2")) >= Dkk(0)


def test_every_account_number_is_in_the_chart_of_accounts() -> None:
    chart = load_references().chart
    for each in accounts(COUNTRY, 2026):
        lines = chart.estate if isinstance(each.unit, EstateId) else chart.organisation
        assert each.postings.keys() <= lines.keys()


def test_no_amount_but_the_accumulated_result_is_negative() -> None:
    for each in accounts(COUNTRY, 2026):
        assert [account for account, amount in each.postings.items() if amount < Dkk(0)] in ([], ["407"])


def test_what_the_estates_pay_is_what_the_organisation_receives() -> None:
    own, *estates = (
        open_source("").figures(SourceRequest(organisation=LbfNumber("T001"), report_year=ReportYear(2026))).accounts
    )
    for received, paid in (("601", ["112.1"]), ("604", ["112.2", "112.3"]), ("821", ["306", "307"])):
        assert own.postings[received] == sum((e.postings[a] for e in estates for a in paid), Dkk(0))


def own_accounts(number: str) -> Accounts:
    request = SourceRequest(organisation=LbfNumber(number), report_year=ReportYear(2026))
    return open_source("").figures(request).accounts[0]


def test_an_administered_organisation_pays_for_management_and_has_no_staff() -> None:
    own, administered = own_accounts("T001").postings, own_accounts("T005").postings
    assert own["511"] > Dkk(0) == own["512"]
    assert administered["512"] > Dkk(0) == administered["511"]


def test_an_administration_organisation_has_accounts_without_estates() -> None:
    own = own_accounts("T004").postings
    assert own["601"] > Dkk(0) == own["604"] == own["821"]


ESTATES = {e.id: e for number in COUNTRY.organisations() for e in known(COUNTRY, number).estates}
POSTINGS = {a.unit: a.postings for a in accounts(COUNTRY, 2026) if isinstance(a.unit, EstateId)}


def size(estate: Estate, level: Level) -> int:
    counts = {"m2": area_of(estate), "home": 100 * estate.homes.total, "unit": 10 * estate.tenancy_units.count}
    return counts[level.per]


@pytest.mark.parametrize("level", [*COSTS, *SAVINGS], ids=lambda level: level.account)
def test_an_account_lies_around_the_level_it_is_drawn_from(level: Level) -> None:
    """Within a quarter over 700 estates that have it; and about as many have it as should."""
    having = {unit for unit, postings in POSTINGS.items() if postings[level.account].count}
    base = sum(size(ESTATES[unit], level) for unit in having)
    mean = 100 * sum(POSTINGS[unit][level.account].count for unit in having) // base
    wanted = rate(str(level.around), 2025) if level.is_rate else level.oere
    assert abs(mean - wanted) <= wanted // 4
    assert abs(1000 * len(having) // len(POSTINGS) - level.share) <= 50


def test_rates_are_the_published_levels_of_the_year() -> None:
    found = load_references().rate("disposition_fund_yearly", AccountingPeriod(date(2025, 1, 1), date(2025, 12, 31)))
    assert found is not None
    assert rate("disposition_fund_yearly", 2025) == found.rate.amount.count
    assert rate("disposition_fund_yearly", 1999) == 0, "nothing was published before 2000"


def test_the_newest_accounts_are_provisional_and_older_ones_final() -> None:
    assert {each.status for each in accounts(COUNTRY, 2027)} == {FigureStatus.PROVISIONAL}
    assert {each.status for each in accounts(COUNTRY, 2026)} == {FigureStatus.PROVISIONAL, FigureStatus.FINAL}
    assert {each.status for each in accounts(COUNTRY, 2025)} == {FigureStatus.FINAL}


def test_only_estates_in_operation_have_accounts() -> None:
    for number in COUNTRY.organisations():
        master = known(COUNTRY, number)
        answer = COUNTRY.figures(SourceRequest(organisation=number, report_year=ReportYear(2026)))
        day = master.periods_of(ReportYear(2026))[-1].end
        assert {a.unit for a in answer.accounts} == {number, *(e.id for e in master.estates if e.in_operation(day))}
