"""The source: reads its four files when opened, then answers from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from attrs import evolve

from almenstyring import (
    AccountingPeriod,
    Accounts,
    Area,
    Dkk,
    Estate,
    EstateId,
    EstateLocation,
    HomeMunicipality,
    Homes,
    HousingOrganisation,
    LbfNumber,
    MasterData,
    MunicipalityCode,
    Number,
    Ownership,
)
from almenstyring.ports import Figure, SourceAnswer, SourceRequest
from almenstyring_example.table import Row, rows

_KINDS: Mapping[str, Callable[[str], Number | Dkk | str]] = {
    "tal": Number.parse_danish,
    "beløb": Dkk.parse_danish,
    "tekst": str,
}


def _unit(text: str) -> LbfNumber | EstateId:
    return EstateId.parse(text) if "-" in text else LbfNumber(text)


class CsvFolder:
    """Organisations, estates, accounts and figures from the CSV files in a folder."""

    def __init__(self, address: str) -> None:
        folder = Path(address)
        self._masters: dict[LbfNumber, MasterData] = {}
        self._postings: dict[tuple[LbfNumber | EstateId, date], dict[str, Dkk]] = defaultdict(dict)
        self._figures: dict[date, list[Figure]] = defaultdict(list)
        for row in rows(folder / "organisations.csv", "nummer", "navn", "kommune", "fra", "til"):
            self._add_period(row)
        for row in rows(folder / "estates.csv", "afdeling", "navn", "kommune", "boliger", "areal", "ibrugtaget"):
            self._add_estate(row)
        for row in rows(folder / "accounts.csv", "enhed", "til", "konto", "beløb"):
            postings = self._postings[row.read("enhed", _unit), row.read("til", date.fromisoformat)]
            postings[row.read("konto", str)] = row.read("beløb", Dkk.parse_danish)
        for row in rows(folder / "figures.csv", "enhed", "til", "navn", "type", "værdi"):
            value = row.read("værdi", row.read("type", _KINDS.__getitem__))
            figure = Figure(name=row.read("navn", str), unit=row.read("enhed", _unit), value=value, key=row.place)
            self._figures[row.read("til", date.fromisoformat)].append(figure)

    def _add_period(self, row: Row) -> None:
        """A line of organisations.csv: one accounting period; an organisation has as many lines as periods."""
        number, first = row.read("nummer", LbfNumber), row.read("fra", date.fromisoformat)
        period = row.read("til", lambda last: AccountingPeriod(first, date.fromisoformat(last)))
        home = HomeMunicipality(organisation=number, municipality=row.read("kommune", MunicipalityCode))
        organisation = HousingOrganisation(number=number, name=row.read("navn", str))
        known = self._masters.get(number) or MasterData(organisation=organisation, home_municipalities=(home,))
        self._masters[number] = evolve(known, periods=(*known.periods, period))

    def _add_estate(self, row: Row) -> None:
        number = row.read("afdeling", EstateId.parse)
        master = row.read("afdeling", lambda _: self._masters[number.organisation])
        estate = Estate(
            id=number,
            name=row.read("navn", str),
            homes=Homes(family=row.read("boliger", int)),
            homes_area=row.read("areal", Area.parse_danish),
            in_operation_from=row.read("ibrugtaget", date.fromisoformat),
        )
        place = EstateLocation(estate=number, municipality=row.read("kommune", MunicipalityCode))
        self._masters[master.number] = evolve(
            master,
            estates=(*master.estates, estate),
            ownerships=(*master.ownerships, Ownership(organisation=master.number, estate=number)),
            locations=(*master.locations, place),
        )

    def organisations(self) -> Iterable[LbfNumber]:
        """The organisations in organisations.csv."""
        return tuple(self._masters)

    def master_data(self, organisation: LbfNumber) -> MasterData | None:
        """What the files say of one organisation."""
        return self._masters.get(organisation)

    def figures(self, request: SourceRequest) -> SourceAnswer:
        """Accounts and figures of the organisation and its estates for the period, or for the year's last one."""
        master = self._masters.get(request.organisation)
        periods = master.periods_of(request.report_year) if master else ()
        period = request.period or (periods[-1] if periods else None)
        if master is None or period not in master.periods:
            return SourceAnswer()
        units = (master.number, *(request.estates or [estate.id for estate in master.estates]))
        found = {unit: self._postings.get((unit, period.end)) for unit in units}
        return SourceAnswer(
            accounts=tuple(Accounts(unit=unit, period=period, postings=p) for unit, p in found.items() if p),
            figures=tuple(figure for figure in self._figures.get(period.end, ()) if figure.unit in units),
        )

    def close(self) -> None:
        """The files are closed already."""
