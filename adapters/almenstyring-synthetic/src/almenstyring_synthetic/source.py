"""The source: master data from a set of organisations, accounts and figures drawn when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl

from attrs import evolve

from almenstyring import (
    AccountingPeriod,
    Accounts,
    Dkk,
    Estate,
    FigureStatus,
    InvalidValueError,
    LbfNumber,
    MasterData,
    Text,
)
from almenstyring.ports import Figure, SourceAnswer, SourceRequest
from almenstyring_synthetic.demo import FORGETFUL, YEARS, demo
from almenstyring_synthetic.dice import Dice
from almenstyring_synthetic.estate_accounts import EstateBooks, estate_books
from almenstyring_synthetic.key_figures import estate_figures, organisation_figures
from almenstyring_synthetic.nation import Nation
from almenstyring_synthetic.organisation_accounts import managed_units, organisation_postings

DEMO_SEED = 2026
_MOVE_OUT_FIGURES = ("external_move_outs",)


class SyntheticSource:
    """A source (da: kilde) of invented organisations; the same seed gives the same answers everywhere.

    ``forgetful`` organisations have not reported their external move-outs.
    """

    def __init__(
        self,
        numbers: Iterable[LbfNumber],
        build: Callable[[LbfNumber], MasterData],
        seed: int,
        forgetful: frozenset[LbfNumber] = frozenset(),
    ) -> None:
        self._numbers = tuple(numbers)
        self._known = frozenset(self._numbers)
        self._build = build
        self._seed = seed
        self._forgetful = forgetful
        self._made: dict[LbfNumber, MasterData] = {}

    @classmethod
    def of_demo(cls) -> SyntheticSource:
        """The demonstration's six organisations."""
        entries = {entry.number: entry for entry in demo()}
        return cls(entries, entries.__getitem__, DEMO_SEED, frozenset({FORGETFUL}))

    @classmethod
    def of_nation(cls, nation: Nation) -> SyntheticSource:
        """A country's organisations."""
        sizes = nation.sizes()
        return cls(sizes, lambda number: nation.build(number, sizes[number]), nation.seed)

    def organisations(self) -> Iterable[LbfNumber]:
        """All of them, by number."""
        return self._numbers

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        """Made when first asked for, then kept."""
        if organisation not in self._known:
            return None
        if organisation not in self._made:
            self._made[organisation] = self._build(organisation)
        return self._made[organisation]

    def figures(self, request: SourceRequest) -> SourceAnswer:
        """Accounts and figures of the organisation and the estates named, or all of its estates if none is named.

        Without a period the report year's last one is meant. An estate that is not in operation has neither.
        """
        master = self.master_data(request.organisation)
        period = _period(master, request) if master else None
        if master is None or period is None:
            return SourceAnswer()
        whole = self._estates(master, period)
        asked = frozenset(request.estates)
        wanted = {estate: found for estate, found in whole.items() if not asked or estate.id in asked}
        status = self._status(master.number, period)
        own = self._organisation(master, {estate: found.postings for estate, found in whole.items()}, period)
        figures = [
            evolve(figure, status=status if is_of_accounts else FigureStatus.PROJECTED)
            for figure, is_of_accounts in organisation_figures(master.number, whole, own, period, self._seed)
        ]
        for estate, found in wanted.items():
            figures += estate_figures(estate, found, period, status, self._seed)
        return SourceAnswer(
            accounts=(
                Accounts(unit=master.number, period=period, postings=own, status=status),
                *(_accounts(estate, found, period, status) for estate, found in wanted.items()),
            ),
            figures=tuple(figure for figure in figures if not self._is_forgotten(master.number, figure)),
        )

    def close(self) -> None:
        """Nothing is open."""

    def _estates(self, master: MasterData, period: AccountingPeriod) -> dict[Estate, EstateBooks]:
        return {
            estate: estate_books(estate, period.accounting_year, self._seed)
            for estate in master.estates_on(period.end)
            if estate.in_operation(period.end)
        }

    def _organisation(
        self, master: MasterData, books: Mapping[Estate, Mapping[str, Dkk]], period: AccountingPeriod
    ) -> Mapping[str, Dkk]:
        return organisation_postings(
            master.number,
            books.values(),
            units=managed_units(books),
            is_administered=bool(master.administrators_on(period.end)),
            year=period.accounting_year,
            seed=self._seed,
        )

    def _status(self, number: LbfNumber, period: AccountingPeriod) -> FigureStatus:
        """The newest accounts are not final yet, nor are some of the year before."""
        late = Dice(self._seed, number, period.accounting_year, "status").chance(150)
        is_open = period.accounting_year == YEARS[-1] or (late and period.accounting_year == YEARS[-2])
        return FigureStatus.PROVISIONAL if is_open else FigureStatus.FINAL

    def _is_forgotten(self, number: LbfNumber, figure: Figure) -> bool:
        return number in self._forgetful and figure.name.startswith(_MOVE_OUT_FIGURES)


def _accounts(estate: Estate, books: EstateBooks, period: AccountingPeriod, status: FigureStatus) -> Accounts:
    return Accounts(
        unit=estate.id,
        period=period,
        postings=books.postings,
        status=status,
        budget=books.budget,
        next_budget=books.next_budget,
    )


def _period(master: MasterData, request: SourceRequest) -> AccountingPeriod | None:
    if request.period is not None:
        return request.period if request.period in master.periods else None
    return next(reversed(master.periods_of(request.report_year)), None)


def open_source(address: str) -> SyntheticSource:
    """The demonstration for "", a country for "national?organisations=561&estates=7085&seed=1"."""
    if not address:
        return SyntheticSource.of_demo()
    name, _, query = address.partition("?")
    given = dict(parse_qsl(query, keep_blank_values=True))
    wanted = {"organisations": "561", "estates": "7085", "seed": "1"}
    if name != "national" or not given.keys() <= wanted.keys() or not all(map(_is_count, given.values())):
        raise InvalidValueError(
            Text(f"Adressen synthetic:{address} kan ikke læses.", f"The address synthetic:{address} cannot be read."),
            Text(
                "Skriv synthetic: eller synthetic:national?organisations=561&estates=7085&seed=1.",
                "Write synthetic: or synthetic:national?organisations=561&estates=7085&seed=1.",
            ),
            address=address,
        )
    return SyntheticSource.of_nation(Nation(**{key: int(text) for key, text in (wanted | given).items()}))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def national(organisations: int = 561, estates: int = 7085, seed: int = 1) -> SyntheticSource:
    """A country of invented organisations; the defaults are the real sector's size of 1 January 2018."""
    return SyntheticSource.of_nation(Nation(organisations=organisations, estates=estates, seed=seed))
