"""The deadline of a report: one, set by the municipality, extended openly, never a lock.

DB § 112, stk. 3: the municipal council sets the deadline. The duty does not lapse when it passes; late
is a status with days. The months of DB § 74 are not this deadline and nobody can extend them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode


@frozen(kw_only=True)
class Extension:
    """A later date granted for one report (da: udsættelse): by whom, when, why."""

    until: date
    granted_by: str
    granted_on: date
    reason: str


@frozen(kw_only=True)
class Deadline:
    """The deadline of one organisation's report (da: frist), with every extension it was given."""

    organisation: LbfNumber
    report_year: ReportYear
    municipality: MunicipalityCode
    due: date
    set_by: str
    set_on: date
    extensions: tuple[Extension, ...] = ()

    @property
    def current(self) -> date:
        """The date that counts now: the latest extension, or the date first set."""
        return self.extensions[-1].until if self.extensions else self.due

    def extended(self, extension: Extension) -> Deadline:
        """The deadline with one more extension; it must lie later and give a reason."""
        if extension.until <= self.current or not extension.reason.strip():
            raise InvalidValueError(
                Text(
                    f"En udsættelse skal ligge efter {self.current} og have en begrundelse.",
                    f"An extension must lie after {self.current} and give a reason.",
                ),
                Text("Vælg en senere dato, og skriv hvorfor.", "Choose a later date and say why."),
                until=extension.until,
                current=self.current,
            )
        return evolve(self, extensions=(*self.extensions, extension))


class Timeliness(StrEnum):
    """Whether a report came in time (da: rettidighed)."""

    NO_DEADLINE = "no_deadline"
    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


@frozen
class Timing:
    """A report's timeliness and by how many days it is late or overdue."""

    timeliness: Timeliness
    days_late: int = 0


def timing(due: date | None, first_sent: date | None, on: date) -> Timing:
    """Judge a delivery against its date on a day; the first sending decides, later resendings do not."""
    if due is None:
        return Timing(Timeliness.NO_DEADLINE)
    days = ((first_sent or on) - due).days
    if first_sent is None:
        return Timing(Timeliness.OVERDUE, days) if days > 0 else Timing(Timeliness.NOT_DUE)
    return Timing(Timeliness.LATE, days) if days > 0 else Timing(Timeliness.ON_TIME)
