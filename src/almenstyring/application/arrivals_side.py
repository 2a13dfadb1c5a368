"""Noting that a report had come before it was sent here, by those who received it or run the installation."""

from __future__ import annotations

from datetime import date

from almenstyring.application.reading import Reading
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import Arrival
from almenstyring.domain.values import LbfNumber


class ArrivalsSide(Reading):
    """The use case about the day a report came."""

    def record_arrival(self, organisation: LbfNumber | str, year: ReportYear, on: date, *, reason: str) -> Arrival:
        """Note that a report had come on an earlier day by another way; it is judged by that day from now on.

        The home municipality or the operator does so; what was sent, and when it was received here, stays as it is.
        InvalidValueError without a reason, before anything was sent, and for a day not before the first sending.
        """
        master = self.master_data(organisation)
        self._require(Permission.RECORD_ARRIVAL, master)
        package = self._load(master.number, year)
        arrival = Arrival(on=self._event_day(on, None), reason=reason, by=self.actor.id, noted_on=self.today)
        self._store_package(package.arrived(arrival), package.revision)
        return arrival
