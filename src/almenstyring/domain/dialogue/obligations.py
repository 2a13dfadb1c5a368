"""Which meetings a municipality owes in a period, which were held, and which are missing.

The statutory yearly meeting is owed to every organisation in the dialogue, with or without an adopted model or a report
(ABL § 164, stk. 2; DB § 112, stk. 1). All other meetings are owed by the model that the municipality adopted.

Conventions of this project, inferred: a meeting is owed once per window, which is a calendar year, half of one, two of
them, or an electoral term. What holds on the window's last day decides whether it is owed and by whom: the model, and
the organisation's home municipality. The law says "yearly" and not which year; here it is the calendar year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import MINYEAR, date, timedelta
from enum import StrEnum
from typing import Self

from attrs import frozen

from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_MEETING,
    Adoption,
    DialogueModels,
    Forum,
    Frequency,
    Gathering,
)
from almenstyring.domain.dialogue.meetings import DialogueMeeting, ForumMeeting
from almenstyring.domain.errors import NotFoundError
from almenstyring.domain.organisations import MasterData, Validity
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, LegalReference, MunicipalityCode
from almenstyring.domain.values.faults import refusal

_LAST_YEAR = 2999
_FIRST_YEAR = 2010  # lov nr. 490 af 12. juni 2009 took effect on 1 January 2010


@frozen(order=True)
class Span:
    """From one day to another, both included (da: tidsrum); InvalidValueError if it ends before it begins.

    >>> span = Span.years(2022, 2025)
    >>> str(span), date(2025, 12, 31) in span, span.meets(Span.years(2026))
    ('2022-01-01/2025-12-31', True, False)
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        if self.end < self.start:
            raise refusal(
                Text("Tidsrummet {value} slutter, før det begynder.", "The span {value} ends before it begins."),
                Text("Byt om på første og sidste dag.", "Swap the first and the last day."),
                str(self),
            )

    @classmethod
    def years(cls, first: int, last: int | None = None) -> Self:
        """One whole calendar year, or all from the first to the last; InvalidValueError for one out of reach."""
        until = first if last is None else last
        for year in (first, until):
            if not MINYEAR <= year <= _LAST_YEAR:
                raise refusal(
                    Text("{value} er ikke et kalenderår.", "{value} is not a calendar year."),
                    Text("Skriv året med fire cifre, fx 2026.", "Write the year with four digits, e.g. 2026."),
                    year,
                )
        return cls(date(first, 1, 1), date(until, 12, 31))

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


@frozen(kw_only=True)
class ElectoralTerm:
    """The term of the municipal councils (da: valgperiode): four calendar years from 1 January after the election."""

    span: Span
    source: str
    certainty: Certainty


@frozen
class HeldMeeting:
    """A meeting that was held in a forum (da: afholdt møde); ``organisation`` is None for a joint one.

    Two that are alike are one meeting.
    """

    forum: str
    organisation: LbfNumber | None
    on: date


class ObligationState(StrEnum):
    """How it stands with a meeting on the last day of the period asked about (da: status)."""

    OWED_NOT_YET_DUE = "owed_not_yet_due"
    HELD = "held"
    MISSING = "missing"


@frozen(kw_only=True)
class Obligation:
    """One meeting that a municipality owes (da: mødepligt).

    ``organisation`` is None for a joint meeting. ``model`` is the adopted model that asks for the meeting, or None
    where the law alone does. ``met_by`` is the one meeting that satisfied it.
    """

    municipality: MunicipalityCode
    forum: Forum
    organisation: LbfNumber | None
    window: Span
    model: str | None
    state: ObligationState
    met_by: HeldMeeting | None = None

    @property
    def due(self) -> date:
        """The last day on which the meeting can be held in time: the last of the window."""
        return self.window.end

    @property
    def law(self) -> tuple[LegalReference, ...]:
        """The provisions that ask for the meeting; none where only the municipality's own decision does."""
        return self.forum.law


def obligations(  # noqa: PLR0913 - all that the answer rests on
    municipality: MunicipalityCode,
    period: Span,
    models: DialogueModels,
    organisations: Iterable[MasterData],
    meetings: Iterable[HeldMeeting | DialogueMeeting | ForumMeeting] = (),
    terms: Sequence[ElectoralTerm] = (),
    on: date | None = None,
) -> tuple[Obligation, ...]:
    """Every meeting owed in a window that the period touches, as it stood when the period's last day was over.

    ``on`` is an earlier day to judge on, such as today's in a year that is not over.

    ``meetings`` are the municipality's own; a DialogueMeeting is a statutory one, and counts too if it was held with
    the municipality that was the organisation's home then. A ForumMeeting counts if it is the municipality's. Each
    meeting satisfies one obligation at most, the earliest due. Meetings after the period, or that day, count for
    nothing. NotFoundError if the model asks for a meeting once per electoral term, and the term of a day in the period
    is not among ``terms``.

    >>> found = obligations(MunicipalityCode("T01"), Span.years(2025), DialogueModels(), [])
    >>> found
    ()
    """
    partners = {master.number: master for master in organisations if _takes_part(master)}
    slots = [
        slot
        for rule in _rules(models.of(municipality))
        for window in _windows(rule, period, terms)
        for slot in _slots(rule, window, municipality, partners.values())
    ]
    until = period.end if on is None else min(on, period.end)
    free = _by_kind(_counted(municipality, partners, meetings), until)
    found = (_settled(slot, free, municipality, until) for slot in sorted(slots, key=_order))
    return tuple(obligation for obligation in found if obligation.window.meets(period))


_Kind = tuple[str, LbfNumber | None]


@frozen
class _Rule:
    """A forum that is owed for the windows that end while the rule is valid; its years are counted from one."""

    forum: Forum
    model: str | None
    valid: Validity
    counted_from: int


@frozen
class _Slot:
    """One meeting owed."""

    rule: _Rule
    window: Span
    organisation: LbfNumber | None

    @property
    def kind(self) -> _Kind:
        return self.rule.forum.id, self.organisation


def _order(slot: _Slot) -> tuple[date, date, str, str]:
    return slot.window.end, slot.window.start, slot.rule.forum.id, str(slot.organisation or "")


def _takes_part(master: MasterData) -> bool:
    """Another authority by the articles leads the dialogue instead of the municipality (DB §§ 110 and 124)."""
    return master.organisation.kind.takes_part_in_dialogue and not master.organisation.other_authority


def _rules(adoptions: Sequence[tuple[Adoption, Validity]]) -> Iterator[_Rule]:
    """The law alone until the first model, then what each model has."""
    first = adoptions[0][0].since if adoptions else None
    if first is None or first.year >= _FIRST_YEAR:
        until = first - timedelta(days=1) if first else None
        yield _Rule(STATUTORY_MEETING, None, Validity(None, until), _FIRST_YEAR)
    for place, (adoption, valid) in enumerate(adoptions):
        for forum in adoption.model.fora:
            yield _Rule(forum, adoption.model.id, valid, _counted_from(forum, adoptions[: place + 1]))


def _counted_from(forum: Forum, adoptions: Sequence[tuple[Adoption, Validity]]) -> int:
    """The year since which model after model has the forum as often; none is before the duty's first."""
    year = adoptions[-1][0].since.year
    for adoption, _ in reversed(adoptions):
        same = adoption.model.forum(forum.id)
        if same is None or same.frequency is not forum.frequency:
            break
        year = adoption.since.year
    return max(year, _FIRST_YEAR)


def _windows(rule: _Rule, period: Span, terms: Sequence[ElectoralTerm]) -> Iterator[Span]:
    """The windows from the beginning until the period's end that end while the rule is valid."""
    if rule.forum.frequency is Frequency.ONCE_PER_TERM:
        _check_terms(rule, period, terms)
    for window in _all_windows(rule, period.end.year, terms):
        if window.end in rule.valid and window.start <= period.end:
            yield window


def _all_windows(rule: _Rule, last: int, terms: Sequence[ElectoralTerm]) -> Iterator[Span]:
    match rule.forum.frequency:
        case Frequency.ONCE_PER_TERM:
            yield from (term.span for term in terms)
        case Frequency.EVERY_SECOND_YEAR:
            yield from (Span.years(year, year + 1) for year in range(rule.counted_from, last + 1, 2))
        case Frequency.YEARLY:
            yield from (Span.years(year) for year in range(rule.counted_from, last + 1))
        case Frequency.TWICE_A_YEAR:
            for year in range(rule.counted_from, last + 1):
                yield Span(date(year, 1, 1), date(year, 6, 30))
                yield Span(date(year, 7, 1), date(year, 12, 31))


def _check_terms(rule: _Rule, period: Span, terms: Sequence[ElectoralTerm]) -> None:
    first = max(period.start, rule.valid.start or period.start, date(_FIRST_YEAR, 1, 1))
    last = min(period.end, rule.valid.end or period.end)
    for day in (first, last):
        if first <= last and not any(day in term.span for term in terms):
            raise NotFoundError(
                Text(f"Valgperioden {day} kendes ikke.", f"The electoral term of {day} is not known."),
                Text("Giv valgperioderne for hele tidsrummet.", "Give the electoral terms of the whole span."),
                day=day,
                forum=rule.forum.id,
            )


def _slots(
    rule: _Rule, window: Span, municipality: MunicipalityCode, partners: Iterable[MasterData]
) -> Iterator[_Slot]:
    if rule.forum.gathering is Gathering.JOINT:
        yield _Slot(rule, window, None)
        return
    for master in partners:
        if master.home_municipality_on(window.end) == municipality:
            yield _Slot(rule, window, master.number)


def _counted(
    municipality: MunicipalityCode,
    partners: dict[LbfNumber, MasterData],
    meetings: Iterable[HeldMeeting | DialogueMeeting | ForumMeeting],
) -> Iterator[HeldMeeting]:
    for meeting in meetings:
        if isinstance(meeting, HeldMeeting):
            yield meeting
        elif isinstance(meeting, ForumMeeting):
            if meeting.municipality == municipality:
                alone = meeting.gathering is Gathering.EACH_ALONE
                yield HeldMeeting(meeting.forum, meeting.organisations[0] if alone else None, meeting.held_on)
        elif (master := partners.get(meeting.organisation)) is not None:
            home = master.home_municipality_on(meeting.held_on)
            if meeting.municipality in (municipality, home):
                yield HeldMeeting(STATUTORY, meeting.organisation, meeting.held_on)


def _by_kind(meetings: Iterable[HeldMeeting], until: date) -> dict[_Kind, list[HeldMeeting]]:
    found: dict[_Kind, list[HeldMeeting]] = {}
    for meeting in sorted({each for each in meetings if each.on <= until}, key=lambda each: each.on):
        found.setdefault((meeting.forum, meeting.organisation), []).append(meeting)
    return found


def _settled(
    slot: _Slot, free: dict[_Kind, list[HeldMeeting]], municipality: MunicipalityCode, until: date
) -> Obligation:
    """The obligation with the earliest free meeting of its window, which is free no longer."""
    candidates = free.get(slot.kind, [])
    met_by = next((meeting for meeting in candidates if meeting.on in slot.window), None)
    if met_by is not None:
        candidates.remove(met_by)
    unmet = ObligationState.MISSING if slot.window.end <= until else ObligationState.OWED_NOT_YET_DUE
    return Obligation(
        municipality=municipality,
        forum=slot.rule.forum,
        organisation=slot.organisation,
        window=slot.window,
        model=slot.rule.model,
        state=unmet if met_by is None else ObligationState.HELD,
        met_by=met_by,
    )
