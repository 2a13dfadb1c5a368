"""Pilots: a report year opened for some first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


class PilotSide(Reading):
    """The use cases about pilots."""

    def open_as_pilot(
        self,
        year: ReportYear,
        *,
        organisations: Iterable[LbfNumber | str] = (),
        municipalities: Iterable[MunicipalityCode | str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Pilot:
        """Open a report year for some only, from today or another first day to a last one, or until it is ended.

        Those are the organisations named, and all with a home municipality that is named. Packages that are open
        already stay open. Only the operator can; doing it again replaces it.
        """
        self._require(Permission.RUN_PILOT)
        codes = [MunicipalityCode(code) if isinstance(code, str) else code for code in municipalities]
        for code in codes:
            self._guard_mode(code)
        pilot = Pilot(
            year=year,
            organisations=tuple(self.master_data(number).number for number in organisations),
            municipalities=tuple(codes),
            since=since or self.today,
            until=until,
        )
        return self._keep_pilot(pilot)

    def end_pilot(self, year: ReportYear, on: date | None = None) -> Pilot:
        """Open a report year for all, from today or another day; NotFoundError where there is no pilot."""
        self._require(Permission.RUN_PILOT)
        pilot = self.pilot(year)
        if pilot is None:
            raise NotFoundError(
                Text(f"Styringsår {year} har ingen pilot.", f"Report year {year} has no pilot."),
                Text("Året er åbent for alle.", "The year is open to all."),
                year=int(year),
            )
        return self._keep_pilot(pilot.ended(on or self.today))

    def pilot(self, year: ReportYear) -> Pilot | None:
        """The pilot a year was opened with, over or not; None for a year that is open to all from the start."""
        return self._records.pilot_of(year)

    def _keep_pilot(self, pilot: Pilot) -> Pilot:
        self._keep(self._records.pilots, str(pilot.year), pilot, {"year": int(pilot.year)})
        return pilot
