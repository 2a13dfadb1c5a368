"""Hypothesis strategies for what the dialogue keeps; see ``almenstyring.testing.strategies``."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from almenstyring.content.fora import load_fora
from almenstyring.domain.dialogue import Adoption, ForumMeeting, Invitation, InvitationStatus, MeetingTime
from almenstyring.domain.dialogue.critical_review import CriticalReview, ItemResult
from almenstyring.domain.dialogue.fora import STATUTORY, Gathering
from almenstyring.domain.dialogue.preparing import GOALS, MunicipalGoals
from almenstyring.domain.notices import NoticeDelivery, NoticePlan
from almenstyring.domain.publication import LoggedCorrection
from almenstyring.testing.strategies import (
    agendas,
    estate_ids,
    municipality_codes,
    names,
    opaque_ids,
    organisation_numbers,
    participants,
    records,
    report_years,
    tasks,
    texts,
    words,
)


def forum_meetings() -> SearchStrategy[ForumMeeting]:
    """Meetings of other fora than the statutory one."""

    def of(gathering: Gathering) -> SearchStrategy[ForumMeeting]:
        least, most = (1, 1) if gathering is Gathering.EACH_ALONE else (0, 3)
        organisations = st.lists(organisation_numbers(), min_size=least, max_size=most, unique=True).map(tuple)
        forum = names().filter(lambda name: name != STATUTORY)
        given = {"id": opaque_ids(), "forum": forum, "gathering": st.just(gathering), "organisations": organisations}
        return records(ForumMeeting, agenda=agendas(), tasks=tasks(), **given)

    return st.sampled_from(Gathering).flatmap(of)


@st.composite
def invitations(draw: st.DrawFn) -> Invitation:
    """Invitations that were issued, moved, cancelled or held in any order that is allowed."""
    organisations = tuple(draw(st.lists(organisation_numbers(), max_size=3, unique=True)))
    statutory = len(organisations) == 1 and draw(st.booleans())
    invitation = Invitation(
        id=draw(opaque_ids()),
        municipality=draw(municipality_codes()),
        organisations=organisations,
        when=draw(meeting_times()),
        forum=STATUTORY if statutory else "joint_meeting",
        report_year=draw(report_years()) if statutory else None,
        place=draw(texts()),
        estate=draw(st.none() | estate_ids(organisations[0])) if organisations else None,
        participants=draw(st.lists(participants(), max_size=2).map(tuple)),
    )
    day, by = date(2010, 1, 1), draw(opaque_ids())
    for act in draw(st.lists(st.sampled_from(["issue", "move", "agenda", "change", "cancel", "hold"]), max_size=6)):
        day += timedelta(days=draw(st.integers(0, 400)))
        match act, invitation.status:
            case _, InvitationStatus.CANCELLED | InvitationStatus.HELD:
                break
            case "issue", InvitationStatus.PLANNED:
                invitation = invitation.issued(day, by=by)
            case "move", _:
                place, note = draw(st.none() | texts()), draw(texts())
                invitation = invitation.moved(draw(meeting_times()), day, by=by, place=place, note=note)
            case "agenda", _:
                invitation = invitation.with_agenda(draw(agendas()), day, by=by)
            case "change", _:
                place, note = draw(texts()), draw(texts())
                invitation = invitation.changed(day, by=by, place=place, note=note)
            case "cancel", _:
                invitation = invitation.cancelled(f"x{draw(texts())}", day, by=by)
            case "hold", _:
                invitation = invitation.held(max(day, invitation.when.day), by=by)
    return invitation


def meeting_times() -> SearchStrategy[MeetingTime]:
    """Any minute that the clock in Denmark shows."""
    clock = st.builds(time, st.integers(0, 23) | st.just(2), st.integers(0, 59))
    at_a_change = st.sampled_from([date(2026, 10, 25), date(2027, 10, 31), date(2026, 3, 30)])
    some_day = st.dates(date(2010, 1, 1), date(2060, 12, 31)) | at_a_change
    when = st.tuples(some_day, clock).filter(lambda drawn: drawn[1].hour != 2 or drawn[0].month != 3)
    return st.builds(lambda at, most: MeetingTime(day=at[0], at=at[1], minutes=most), when, st.integers(1, 1440))


def adoptions() -> SearchStrategy[Adoption]:
    """A municipality's adoption of one of the reference models."""
    return records(Adoption, model=st.sampled_from(list(load_fora().model.values())), decision=st.none())


def corrections() -> SearchStrategy[LoggedCorrection]:
    """Corrections of what was public."""
    return records(LoggedCorrection, cause=words(), approved_by=words())


def critical_reviews() -> SearchStrategy[CriticalReview]:
    """Critical reviews with judgements of this and of earlier sendings."""
    results = st.lists(records(ItemResult, by=opaque_ids(), note=names()), max_size=2).map(tuple)
    return records(CriticalReview, results=results, earlier=results)


def municipal_goals() -> SearchStrategy[MunicipalGoals]:
    """What a municipality wants, by the goals of the law."""
    goals = st.dictionaries(st.sampled_from(sorted(GOALS)), names())
    return records(MunicipalGoals, goals=goals, set_by=opaque_ids())


def notice_plans() -> SearchStrategy[NoticePlan]:
    """Plans of notices, with few days and with many."""
    around = st.sets(st.integers(1, 366), max_size=4)
    return records(NoticePlan, before=around, after=around)


def notice_deliveries() -> SearchStrategy[NoticeDelivery]:
    """What became of notices."""
    return records(NoticeDelivery)
