"""Pilots: a report year opened for some first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import plain_day, to_municipalities, to_organisations


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
        already stay open. Only the operator can; doing it again replaces it. NotFoundError for an organisation that is
        not there, and for a municipality that is the home of none on the first day.
        """
        self._require(Permission.RUN_PILOT)
        pilot = Pilot(
            year=year,
            organisations=to_organisations(organisations),
            municipalities=to_municipalities(municipalities),
            since=since or self.today,
            until=until,
        )
        for number in pilot.organisations:
            self.master_data(number)
        for code in pilot.municipalities:
            self._require_home_of_some(code, pilot.since)
        return self._keep_pilot(pilot)

    def _require_home_of_some(self, municipality: MunicipalityCode, day: date) -> None:
        """NotFoundError for a municipality that leads no dialogue: a pilot of it alone would close the year for all."""
        self._guard_mode(municipality)
        concerned = self._records.concerned(municipality)
        if not any(master.home_municipality_on(day) == municipality for master in concerned):
            raise NotFoundError(
                Text(
                    f"Kommune {municipality} er ikke hjemstedskommune for nogen boligorganisation den {day}.",
                    f"Municipality {municipality} is the home of no housing organisation on {day}.",
                ),
                Text("Ret koden, eller indlæs registret.", "Correct the code, or import the register."),
                municipality=str(municipality),
            )

    def end_pilot(self, year: ReportYear, on: date | None = None) -> Pilot:
        """Open a report year for all, from today or a day to come.

        NotFoundError where there is no pilot; InvalidValueError for a day that has passed or lies before its first;
        NotAllowedError for one that is over or ended by then.
        """
        self._require(Permission.RUN_PILOT)
        pilot = self.pilot(year)
        if pilot is None:
            raise NotFoundError(
                Text(f"Styringsår {year} har ingen pilot.", f"Report year {year} has no pilot."),
                Text("Året er åbent for alle.", "The year is open to all."),
                year=int(year),
            )
        day = self.today if on is None else plain_day(on, "on")
        earliest = max(self.today, pilot.since)
        if day < earliest:
            raise InvalidValueError(
                Text(
                    f"Piloten for styringsår {year} kan ikke slutte {day}.",
                    f"The pilot of report year {year} cannot end on {day}.",
                ),
                Text(f"Afslut den tidligst {earliest}.", f"End it on {earliest} at the earliest."),
                value=str(day),
            )
        if not pilot.is_on(day):
            last = pilot.ended_on or pilot.until
            raise NotAllowedError(
                Text(
                    f"Piloten for styringsår {year} er allerede slut ({last}).",
                    f"The pilot of report year {year} is over already ({last}).",
                ),
                Text(f"Året er åbent for alle den {day}.", f"The year is open to all on {day}."),
                year=int(year),
            )
        return self._keep_pilot(pilot.ended(day))

    def pilot(self, year: ReportYear) -> Pilot | None:
        """The pilot a year was opened with, over or not; None for a year that is open to all from the start."""
        return self._records.pilot_of(year)

    def _keep_pilot(self, pilot: Pilot) -> Pilot:
        self._keep(self._records.pilots, str(pilot.year), pilot, {"year": int(pilot.year)})
        return pilot
