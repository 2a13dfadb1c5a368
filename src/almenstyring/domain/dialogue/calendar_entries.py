"""What stands in a calendar: meetings, deadlines and the dates of the accounts, each with an id that never changes.

No name of a person, no reason and no participant gets into an entry: calendars are shared widely. How long before
something a calendar reminds of it is this project's own convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from attrs import frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.dialogue.fora import STATUTORY, STATUTORY_MEETING
from almenstyring.domain.dialogue.invitations import Invitation, InvitationStatus
from almenstyring.domain.organisations import Element, MasterData, Receiver, expectations
from almenstyring.domain.reporting import Deadline
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, LegalReference
from almenstyring.domain.values.faults import as_text, refusal

SYNTHETIC = "SYNTETISK"
"""What stands before the title of everything invented."""

_MEETING_ALARMS = (timedelta(days=7), timedelta(hours=1))
_DAY_ALARMS = (timedelta(days=14) - timedelta(hours=9), timedelta(days=1) - timedelta(hours=9))  # at nine o'clock


class EntryStatus(StrEnum):
    """How sure an entry is (da: kalenderpostens status); a cancelled one stays, so that calendars strike it out."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@frozen(kw_only=True)
class CalendarEntry:
    """One entry of a calendar (da: kalenderpost): a whole ``day``, or from ``starts`` to ``ends``.

    ``uid`` is the same for ever; of two versions that of the higher ``sequence`` counts. ``stamp`` is when the version
    was recorded, so that the same records give the same calendar. ``alarms`` tell how long before the start a calendar
    reminds. ``organiser`` and ``attendees`` are codes of municipality and organisations; what concerns no organisation
    the municipality attends itself. InvalidValueError for an
    entry that is neither a day nor an aware time, or both.
    """

    uid: str
    summary: Text
    description: Text
    stamp: datetime
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    alarms: tuple[timedelta, ...] = ()
    sequence: int = 0
    status: EntryStatus = EntryStatus.CONFIRMED
    categories: tuple[Text, ...] = ()
    organiser: str = ""
    attendees: tuple[str, ...] = ()
    is_synthetic: bool = False

    def __attrs_post_init__(self) -> None:
        timed = _in_order(self.starts, self.ends)
        whole_day = type(self.day) is date and self.starts is None and self.ends is None
        early = all(alarm > timedelta() for alarm in self.alarms)
        if not (as_text(self.uid) and early and _is_aware(self.stamp)) or whole_day == (timed and self.day is None):
            raise refusal(
                Text("{value} er ikke en kalenderpost.", "{value} is not an entry of a calendar."),
                Text(
                    "Giv et uid, enten en dag eller to tidspunkter med tidszone i rækkefølge, og påmindelser før dem.",
                    "Give a uid, either a day or two instants with time zone, in order, and alarms before them.",
                ),
                self.uid,
            )

    @property
    def title(self) -> Text:
        """The summary as it is shown: what is invented says so."""
        if not self.is_synthetic:
            return self.summary
        return Text(f"{SYNTHETIC}: {self.summary.da}", f"{SYNTHETIC}: {self.summary.en}")

    @property
    def place_in_time(self) -> tuple[date, datetime, str]:
        """What entries are ordered by: the Danish day, whole days first, then the instant and the uid."""
        if self.starts is None or self.day is not None:
            return self.day or date.min, datetime.min.replace(tzinfo=UTC), self.uid
        return self.starts.date(), self.starts.astimezone(UTC), self.uid


def _is_aware(at: datetime | None) -> bool:
    return at is not None and at.utcoffset() is not None


def _in_order(starts: datetime | None, ends: datetime | None) -> bool:
    if starts is None or ends is None or not (_is_aware(starts) and _is_aware(ends)):
        return False
    return starts.astimezone(UTC) < ends.astimezone(UTC)


def entry_of_meeting(
    invitation: Invitation, names: Mapping[LbfNumber, str], at: datetime, forum: Text | None = None
) -> CalendarEntry:
    """The entry of a meeting; ``names`` are those of its organisations, ``at`` is when its latest change was kept."""
    named = ", ".join(names.get(number, str(number)) for number in invitation.organisations)
    whom = f": {named}" if named else ""
    kind = STATUTORY_MEETING.name if invitation.forum == STATUTORY else forum or Text("møde", "meeting")
    year = "" if invitation.report_year is None else f" {invitation.report_year}"
    return CalendarEntry(
        uid=invitation.uid,
        summary=Text(f"{_first_capital(kind.da)}{year}{whom}", f"{_first_capital(kind.en)}{year}{whom}"),
        description=_lines(_about(invitation)),
        stamp=at,
        starts=invitation.when.starts,
        ends=invitation.when.ends,
        place=invitation.place,
        alarms=() if invitation.status is InvitationStatus.CANCELLED else _MEETING_ALARMS,
        sequence=invitation.sequence,
        status=_STATUS[invitation.status],
        categories=(_DIALOGUE,),
        organiser=str(invitation.municipality),
        attendees=tuple(map(str, invitation.organisations or (invitation.municipality,))),
        is_synthetic=invitation.municipality.is_test,
    )


_DIALOGUE = Text("Styringsdialog", "Governance dialogue")
_STATUS = {
    InvitationStatus.PLANNED: EntryStatus.TENTATIVE,
    InvitationStatus.INVITED: EntryStatus.CONFIRMED,
    InvitationStatus.CANCELLED: EntryStatus.CANCELLED,
    InvitationStatus.HELD: EntryStatus.CONFIRMED,
}


def _about(invitation: Invitation) -> Iterator[Text]:
    if invitation.forum == STATUTORY:
        yield Text("Årligt dialogmøde (DB § 112, stk. 1).", "Yearly dialogue meeting (DB § 112, stk. 1).")
    if invitation.issued_on:
        yield Text(f"Indkaldt {invitation.issued_on}.", f"Invited on {invitation.issued_on}.")
    if invitation.estate:
        yield Text(f"Mødet holdes i afdeling {invitation.estate}.", f"The meeting is on site, in {invitation.estate}.")
    if invitation.agenda:
        yield Text("Dagsorden:", "Agenda:")
        for number, item in enumerate(invitation.agenda, start=1):
            yield Text(f"{number}. {item.title.da}", f"{number}. {item.title.en}")


def entry_of_deadline(
    deadline: Deadline, name: str, at: datetime, changes: int, sent: date | None = None
) -> CalendarEntry:
    """The entry of the report's deadline as it is now; ``changes`` are those kept since it was first set.

    ``sent`` is the day on which the report was first sent: then nothing is left to remind of.
    """
    law = "DB § 112, stk. 3"
    done = Text(f"Rapporten blev sendt {sent}.", f"The report was sent on {sent}.") if sent else None
    extended = (
        Text(
            f"Udsat fra {deadline.due}; bevilget {deadline.extensions[-1].granted_on}.",
            f"Extended from {deadline.due}; granted on {deadline.extensions[-1].granted_on}.",
        )
        if deadline.extensions
        else None
    )
    told = (
        Text(f"Fastsat af kommune {deadline.municipality} ({law}).", f"Set by {deadline.municipality} ({law})."),
        *filter(None, (extended, done)),
        Text("Fristen lukker ikke for pakken.", "The deadline does not lock the package."),
    )
    return CalendarEntry(
        uid=f"deadline.{deadline.organisation}.{deadline.report_year}@almenstyring",
        summary=Text(
            f"Frist for styringsrapport {deadline.report_year}: {name}",
            f"Governance report {deadline.report_year} due: {name}",
        ),
        description=_lines(told),
        stamp=at,
        day=deadline.current,
        alarms=() if sent else _DAY_ALARMS,
        sequence=changes + (sent is not None),
        categories=(_DIALOGUE, Text("Frist", "Deadline")),
        organiser=str(deadline.municipality),
        is_synthetic=deadline.organisation.is_test,
    )


def entries_of_periods(master: MasterData, year: ReportYear, at: datetime, *, own: bool) -> Iterator[CalendarEntry]:
    """The dates of an organisation's report year that the law gives: opening of the package, accounts due (DB § 74).

    With ``own`` as the organisation has them, else as its municipality does: without those to Landsbyggefonden. What is
    not known gives no entry; who owes no accounts has none.
    """
    owed = [each for each in expectations(master, year) if each.owed and each.unit == master.number]
    accounts = {each.receiver: each.law for each in owed if each.element is Element.ACCOUNTS}
    reports = any(each.element is Element.GOVERNANCE_REPORT for each in owed)
    for period in master.periods_of(year):
        if reports:
            yield from _dated(master, period, at, "package_opens", period.opens.day, None)
        for receiver, key, day in (
            (Receiver.LANDSBYGGEFONDEN, "accounts_due_lbf", period.accounts_due_lbf),
            (Receiver.LANDSBYGGEFONDEN, "accounts_final_lbf", period.accounts_final_lbf),
            (Receiver.HOME_MUNICIPALITY, "accounts_due", period.accounts_due_municipality),
            (Receiver.OTHER_AUTHORITY, "accounts_due", period.accounts_due_municipality),
        ):
            if receiver in accounts and (own or receiver is Receiver.HOME_MUNICIPALITY):
                yield from _dated(master, period, at, key, day, accounts[receiver])


_WORDS = {
    "package_opens": Text("Dokumentationspakken åbner", "The documentation package opens"),
    "accounts_due_lbf": Text("Regnskab til Landsbyggefonden", "Accounts due at Landsbyggefonden"),
    "accounts_final_lbf": Text("Sidste rettelser hos Landsbyggefonden", "Last corrections at Landsbyggefonden"),
    "accounts_due": Text("Regnskab til tilsynet", "Accounts due at the supervising authority"),
}


def _dated(  # noqa: PLR0913 - one row of a table
    master: MasterData, period: AccountingPeriod, at: datetime, key: str, day: date | None, law: LegalReference | None
) -> Iterator[CalendarEntry]:
    if day is None:
        return
    name = master.organisation.name
    ended = Text(f"Regnskabsperiode {period}.", f"Accounting period {period}.")
    note = period.opens.note if law is None else Text(f"{law}; kan ikke forlænges.", f"{law}; cannot be extended.")
    yield CalendarEntry(
        uid=f"{key.replace('_', '-')}.{master.number}.{period.end}@almenstyring",
        summary=Text(f"{_WORDS[key].da}: {name}", f"{_WORDS[key].en}: {name}"),
        description=_lines((ended, note)),
        stamp=at,
        day=day,
        alarms=() if law is None else _DAY_ALARMS,
        categories=(_DIALOGUE, Text("Lovens dato", "Date of the law")),
        is_synthetic=master.number.is_test,
    )


def _lines(lines: Iterable[Text]) -> Text:
    told = tuple(lines)
    return Text("\n".join(line.da for line in told), "\n".join(line.en for line in told))


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
