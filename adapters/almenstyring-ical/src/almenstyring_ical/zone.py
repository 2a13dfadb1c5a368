"""The zone of Denmark as every calendar is told it: the rules that have held since 1996 (directive 2000/84/EC)."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

ZONE = "Europe/Copenhagen"
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def copenhagen() -> Timezone:
    """VTIMEZONE by rules and not by a list of days, which would end some year and differ from machine to machine."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    _since(summer, datetime(1996, 3, 31, 2), month=3, name="CEST", before=_WINTER, after=_SUMMER)  # noqa: DTZ001
    _since(winter, datetime(1996, 10, 27, 3), month=10, name="CET", before=_SUMMER, after=_WINTER)  # noqa: DTZ001
    zone.add_component(summer)
    zone.add_component(winter)
    return zone


def _since(  # noqa: PLR0913 - one half of the rule
    half: TimezoneDaylight | TimezoneStandard,
    first: datetime,
    *,
    month: int,
    name: str,
    before: timedelta,
    after: timedelta,
) -> None:
    """On the last Sunday of the month; the time is that of the clock before the change."""
    half.add("dtstart", first)
    half.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
    half.add("tzoffsetfrom", before)
    half.add("tzoffsetto", after)
    half.add("tzname", name)
