"""The deadline of a report: one, set by the municipality, extended openly, never a lock.

DB § 112, stk. 3: the municipal council sets the deadline. The duty does not lapse when it passes; late
is a status with days. The months of DB § 74 are not this deadline and nobody can extend them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache

from attrs import evolve, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import refusal


@frozen(kw_only=True)
class Extension:
    """A later date granted for one report (da: udsættelse): by whom, when, why."""

    until: date
    granted_by: str
    granted_on: date
    reason: str


@frozen(kw_only=True)
class Deadline:
    """The deadline of one organisation's report (da: frist), with every extension it was given.

    ``set_by``, ``set_on`` and ``reason`` are those of the last time the date itself was set.
    """

    organisation: LbfNumber
    report_year: ReportYear
    municipality: MunicipalityCode
    due: date
    set_by: str
    set_on: date
    extensions: tuple[Extension, ...] = ()
    reason: str = ""

    @property
    def current(self) -> date:
        """The date that counts now: the latest of the date set and the extensions."""
        return max(self.due, *(given.until for given in self.extensions)) if self.extensions else self.due

    def extended(self, extension: Extension) -> Deadline:
        """The deadline with one more extension; it must lie later and give a reason."""
        if extension.until <= self.current or not extension.reason.strip():
            raise InvalidValueError(
                Text(
                    f"{self.organisation}: en udsættelse (DB § 112, stk. 3) skal ligge efter {self.current} og have en "
                    "begrundelse.",
                    f"{self.organisation}: an extension (DB § 112, stk. 3) must lie after {self.current} and give a "
                    "reason.",
                ),
                Text("Vælg en senere dato, og skriv hvorfor.", "Choose a later date and say why."),
                organisation=str(self.organisation),
                until=extension.until,
                current=self.current,
            )
        return evolve(self, extensions=(*self.extensions, extension))

    def set_anew(self, new: Deadline, *, withdraw: bool = False) -> Deadline:
        """The deadline after it was set once more, as ``new`` says.

        What was granted stands: an extension that lies after the new date still counts. ``withdraw`` takes them all
        back and needs a reason; InvalidValueError without one. The same date once more changes nothing.
        """
        if withdraw and not new.reason.strip():
            raise refusal(
                Text(
                    "En udsættelse tages kun tilbage med en begrundelse.",
                    "An extension is only withdrawn for a reason.",
                ),
                Text("Skriv hvorfor i reason.", "Say why in reason."),
                new.reason,
            )
        standing = () if withdraw else self.extensions
        if (new.municipality, new.due, standing) == (self.municipality, self.due, self.extensions):
            return self
        return evolve(new, extensions=standing)


class DeadlineStep(StrEnum):
    """What happened to a deadline (da: fristens skridt)."""

    SET = "set"
    CHANGED = "changed"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class DeadlineChange:
    """One dated change of a deadline (da: fristændring): the day that counted before, and the one that counts after.

    Both are the same where a date was set that lies before a standing extension; ``due`` is the date as it was set.
    """

    step: DeadlineStep
    on: date
    by: str
    old: date | None
    new: date
    due: date
    reason: str = ""


def deadline_changes(revisions: Iterable[Deadline]) -> tuple[DeadlineChange, ...]:
    """What happened to a deadline, read from its revisions, oldest first."""
    return tuple(_changes(revisions))


def _changes(revisions: Iterable[Deadline]) -> Iterator[DeadlineChange]:
    before: Deadline | None = None
    for after in revisions:
        kept = before.extensions if before else ()
        standing = tuple(given for given in after.extensions if given in kept)
        base = evolve(after, extensions=standing)
        if before is None or (base.due, standing) != (before.due, kept):
            yield _as_set(before, base)
        day = base.current
        for given in after.extensions[len(standing) :]:
            yield DeadlineChange(
                step=DeadlineStep.EXTENDED,
                on=given.granted_on,
                by=given.granted_by,
                old=day,
                new=given.until,
                due=after.due,
                reason=given.reason,
            )
            day = given.until
        before = after


def _as_set(before: Deadline | None, after: Deadline) -> DeadlineChange:
    step = DeadlineStep.CHANGED if before else DeadlineStep.SET
    if before and len(after.extensions) < len(before.extensions):
        step = DeadlineStep.WITHDRAWN
    return DeadlineChange(
        step=step,
        on=after.set_on,
        by=after.set_by,
        old=before.current if before else None,
        new=after.current,
        due=after.due,
        reason=after.reason,
    )


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


@lru_cache(maxsize=256)  # the many elements of one sending are judged alike
def timing(due: date | None, first_sent: date | None, on: date) -> Timing:
    """Judge a delivery against its date on a day; the first sending decides, later resendings do not."""
    if due is None:
        return Timing(Timeliness.NO_DEADLINE)
    days = ((first_sent or on) - due).days
    if first_sent is None:
        return Timing(Timeliness.OVERDUE, days) if days > 0 else Timing(Timeliness.NOT_DUE)
    return Timing(Timeliness.LATE, days) if days > 0 else Timing(Timeliness.ON_TIME)
