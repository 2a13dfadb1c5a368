"""When a meeting is: a day and a time of the clock in Denmark, and the instants they stand for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from almenstyring.domain.text import Text
from almenstyring.domain.values.faults import refusal

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
"""The zone of every time of a meeting; it is never written, since there is no other."""

_FIRST, _LAST = 2010, 2999
_LONGEST = 24 * 60


@frozen(kw_only=True, order=True)
class MeetingTime:
    """The day and time of a meeting by the clock in Denmark, to the minute, and how long it lasts (da: mødetidspunkt).

    A time that the clock skips when summer time begins raises ``InvalidValueError``; one that it shows twice when
    summer time ends is the first of the two.

    >>> when = MeetingTime(day=date(2026, 10, 25), at=time(2, 30), minutes=60)
    >>> when.starts.isoformat(), when.ends.isoformat()
    ('2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00')
    """

    day: date
    at: time
    minutes: int

    def __attrs_post_init__(self) -> None:
        plain = type(self.day) is date and _FIRST <= self.day.year <= _LAST and type(self.at) is time
        whole = plain and self.at == time(self.at.hour, self.at.minute)
        if not whole or type(self.minutes) is not int or not 0 < self.minutes <= _LONGEST:
            raise refusal(
                Text("{value} er ikke et mødetidspunkt.", "{value} is not the time of a meeting."),
                Text(
                    "Giv en dag fra 2010, et klokkeslæt i hele minutter uden tidszone og 1-1440 minutter.",
                    "Give a day from 2010 on, a time in whole minutes without time zone, and 1-1440 minutes.",
                ),
                f"{self.day} {self.at} {self.minutes}",
            )
        if self.starts.astimezone(UTC).astimezone(COPENHAGEN).time() != self.at:
            raise refusal(
                Text("Klokken {value} findes ikke den dag i Danmark.", "The clock in Denmark skips {value}."),
                Text(
                    "Uret stilles frem, når sommertiden begynder. Vælg et andet klokkeslæt.",
                    "The clocks go forward when summer time begins. Choose another time.",
                ),
                f"{self.day} {self.at:%H:%M}",
            )

    @property
    def starts(self) -> datetime:
        """The instant at which it begins, in Danish time."""
        return datetime.combine(self.day, self.at, COPENHAGEN)

    @property
    def ends(self) -> datetime:
        """The instant at which it ends: so many minutes that pass, whatever the clock is set to meanwhile."""
        return (self.starts.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(COPENHAGEN)

    def __str__(self) -> str:
        return f"{self.day} {self.at:%H:%M}"
