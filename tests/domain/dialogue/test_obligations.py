"""The meetings a municipality owes: by the law alone, by its model, and through every change of either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue import DialogueMeeting
from almenstyring.domain.dialogue.fora import (
    STATUTORY,
    STATUTORY_LAW,
    STATUTORY_MEETING,
    DialogueModel,
    DialogueModels,
    Forum,
    Frequency,
    Gathering,
)
from almenstyring.domain.dialogue.obligations import (
    ElectoralTerm,
    HeldMeeting,
    Obligation,
    ObligationState,
    Span,
    obligations,
)
from almenstyring.domain.errors import InvalidValueError, NotFoundError
from almenstyring.domain.organisations import (
    HomeMunicipality,
    HousingOrganisation,
    MasterData,
    OrganisationKind,
    Validity,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode

Refused = Callable[..., InvalidValueError]

T01, T02 = MunicipalityCode("T01"), MunicipalityCode("T02")
ONE, TWO, THREE = (LbfNumber(f"T00{number}") for number in (1, 2, 3))
NOT_YET, HELD, MISSING = ObligationState
NONE = DialogueModels()
TERMS = tuple(
    ElectoralTerm(span=Span.years(year, year + 3), source="test", certainty=Certainty.DERIVED)
    for year in range(2010, 2027, 4)
)


def forum(forum_id: str, frequency: Frequency, gathering: Gathering = Gathering.JOINT) -> Forum:
    return Forum(
        id=forum_id,
        name=Text("forum", "a forum"),
        gathering=gathering,
        frequency=frequency,
        source="test",
        certainty=Certainty.PROJECT_AUTHORED,
    )


def model(model_id: str, *fora: Forum) -> DialogueModel:
    return DialogueModel(
        id=model_id,
        name=Text("model", "a model"),
        fora=(STATUTORY_MEETING, *fora),
        source="test",
        certainty=Certainty.PROJECT_AUTHORED,
    )


def organisation(number: LbfNumber, *homes: tuple[MunicipalityCode, Validity], **changes: Any) -> MasterData:
    relations = [HomeMunicipality(organisation=number, municipality=home, valid=valid) for home, valid in homes]
    unit = HousingOrganisation(number=number, name="Den Opdigtede", **changes)
    return MasterData(organisation=unit, home_municipalities=tuple(relations))


def at_home(number: LbfNumber, **changes: Any) -> MasterData:
    return organisation(number, (T01, Validity()), **changes)


def held(number: LbfNumber, on: date, municipality: MunicipalityCode = T01) -> DialogueMeeting:
    return DialogueMeeting(
        organisation=number, report_year=ReportYear(max(2010, on.year)), municipality=municipality, held_on=on
    )


def rows(found: Sequence[Obligation], forum_id: str) -> list[tuple[str, ObligationState]]:
    return [(str(each.window), each.state) for each in found if each.forum.id == forum_id]


def under(adopted: DialogueModel, since: date = date(2022, 1, 1)) -> DialogueModels:
    return NONE.adopted(T01, adopted, since)


# The statutory meeting


def test_the_yearly_meeting_is_owed_by_law_alone_and_without_any_report() -> None:
    (owed,) = obligations(T01, Span.years(2025), NONE, [at_home(ONE)])
    assert (owed.organisation, owed.due, owed.law, owed.model) == (ONE, date(2025, 12, 31), STATUTORY_LAW, None)
    assert owed.state is MISSING
    assert owed.met_by is None


def test_a_meeting_is_missing_only_when_its_last_day_is_over() -> None:
    (owed,) = obligations(T01, Span(date(2025, 1, 1), date(2025, 12, 30)), NONE, [at_home(ONE)])
    assert owed.state is NOT_YET


def test_a_dialogue_meeting_is_the_statutory_one() -> None:
    meeting = held(ONE, date(2025, 9, 1))
    (owed,) = obligations(T01, Span.years(2025), NONE, [at_home(ONE)], [meeting])
    assert (owed.state, owed.met_by) == (HELD, HeldMeeting(STATUTORY, ONE, date(2025, 9, 1)))


@pytest.mark.parametrize(
    "meeting",
    [
        pytest.param(held(TWO, date(2025, 9, 1)), id="with another organisation"),
        pytest.param(held(ONE, date(2024, 12, 31)), id="in the year before"),
        pytest.param(held(ONE, date(2026, 1, 1)), id="in the year after"),
        pytest.param(held(ONE, date(2025, 9, 1), T02), id="with a municipality that was not its home"),
        pytest.param(HeldMeeting("joint", None, date(2025, 9, 1)), id="a joint meeting"),
    ],
)
def test_the_statutory_meeting_is_not_replaced(meeting: HeldMeeting | DialogueMeeting) -> None:
    (owed,) = obligations(T01, Span.years(2025), NONE, [at_home(ONE)], [meeting])
    assert owed.state is MISSING


def test_what_comes_after_the_period_is_not_known_in_it() -> None:
    until_june = Span(date(2025, 1, 1), date(2025, 6, 30))
    (owed,) = obligations(T01, until_june, NONE, [at_home(ONE)], [held(ONE, date(2025, 7, 1))])
    assert owed.state is NOT_YET


@pytest.mark.parametrize("kind", OrganisationKind)
def test_only_organisations_in_the_dialogue_are_met(kind: OrganisationKind) -> None:
    found = obligations(T01, Span.years(2025), NONE, [at_home(ONE, kind=kind)])
    assert len(found) == kind.takes_part_in_dialogue


def test_another_authority_by_the_articles_leads_its_own_dialogue() -> None:
    assert obligations(T01, Span.years(2025), NONE, [at_home(ONE, other_authority="Den Anden")]) == ()


def test_an_organisation_that_moves_home_is_owed_its_meeting_by_the_new_home_and_once() -> None:
    moved = organisation(ONE, (T01, Validity(end=date(2025, 6, 30))), (T02, Validity(start=date(2025, 7, 1))))
    both = [obligations(home, Span.years(2024, 2025), NONE, [moved]) for home in (T01, T02)]
    assert [[each.window for each in found] for found in both] == [[Span.years(2024)], [Span.years(2025)]]
    (owed,) = obligations(T02, Span.years(2025), NONE, [moved], [held(ONE, date(2025, 3, 1), T01)])
    assert owed.state is HELD, "its home then has met it in the year"


def test_an_organisation_without_a_home_is_owed_nothing_by_anybody() -> None:
    assert obligations(T01, Span.years(2025), NONE, [organisation(ONE)]) == ()


@pytest.mark.parametrize("models", [NONE, under(model("old"), date(2005, 6, 1))], ids=["by law", "by an older model"])
def test_no_meeting_is_owed_before_the_duty_began(models: DialogueModels) -> None:
    found = obligations(T01, Span.years(2008, 2011), models, [at_home(ONE)])
    assert [each.due.year for each in found] == [2010, 2011]


# What a model adds


@pytest.mark.parametrize(
    ("frequency", "windows"),
    [
        (
            Frequency.TWICE_A_YEAR,
            [
                ("2022-01-01/2022-06-30", MISSING),
                ("2022-07-01/2022-12-31", MISSING),
                ("2023-01-01/2023-06-30", MISSING),
                ("2023-07-01/2023-12-31", NOT_YET),
            ],
        ),
        (Frequency.YEARLY, [("2022-01-01/2022-12-31", MISSING), ("2023-01-01/2023-12-31", NOT_YET)]),
        (Frequency.EVERY_SECOND_YEAR, [("2022-01-01/2023-12-31", NOT_YET)]),
        (Frequency.ONCE_PER_TERM, [("2022-01-01/2025-12-31", NOT_YET)]),
    ],
)
def test_a_joint_forum_is_owed_as_often_as_the_model_says(
    frequency: Frequency, windows: list[tuple[str, ObligationState]]
) -> None:
    period = Span(date(2022, 1, 1), date(2023, 9, 30))
    found = obligations(T01, period, under(model("m", forum("joint", frequency))), [at_home(ONE)], (), TERMS)
    assert rows(found, "joint") == windows
    assert {(each.organisation, each.law, each.model) for each in found if each.forum.id == "joint"} == {
        (None, (), "m")
    }
    assert {each.model for each in found if each.forum.statutory} == {"m"}


def test_a_forum_with_each_organisation_is_owed_to_each() -> None:
    models = under(model("m", forum("visit", Frequency.EVERY_SECOND_YEAR, Gathering.EACH_ALONE)))
    meetings = [HeldMeeting("visit", TWO, date(2022, 5, 1))]
    found = obligations(T01, Span.years(2023), models, [at_home(ONE), at_home(TWO)], meetings)
    visits = [(each.organisation, each.state) for each in found if each.forum.id == "visit"]
    assert visits == [(ONE, MISSING), (TWO, HELD)]


def test_a_meeting_early_in_the_term_answers_for_the_whole_term() -> None:
    models = under(model("m", forum("theme", Frequency.ONCE_PER_TERM)))
    meeting = HeldMeeting("theme", None, date(2022, 2, 1))
    found = obligations(T01, Span.years(2025, 2026), models, [], [meeting], TERMS)
    assert rows(found, "theme") == [("2022-01-01/2025-12-31", HELD), ("2026-01-01/2029-12-31", NOT_YET)]


def test_two_meetings_in_one_half_year_are_not_one_in_each() -> None:
    models = under(model("m", forum("joint", Frequency.TWICE_A_YEAR)))
    meetings = [HeldMeeting("joint", None, date(2025, 2, 1)), HeldMeeting("joint", None, date(2025, 3, 1))]
    assert rows(obligations(T01, Span.years(2025), models, [], meetings), "joint") == [
        ("2025-01-01/2025-06-30", HELD),
        ("2025-07-01/2025-12-31", MISSING),
    ]


@pytest.mark.parametrize("years", [(2009, 2012), (2029, 2031)], ids=["until", "from"])
def test_a_term_that_is_not_known_is_asked_for(years: tuple[int, int]) -> None:
    models = under(model("m", forum("theme", Frequency.ONCE_PER_TERM)), date(2010, 1, 1))
    terms = TERMS if years[0] == 2029 else TERMS[1:]
    with pytest.raises(NotFoundError) as caught:
        obligations(T01, Span.years(*years), models, [], (), terms)
    assert caught.value.hint.da
    assert caught.value.context["forum"] == "theme"


def test_a_term_is_not_asked_for_where_no_model_needs_it() -> None:
    models = under(model("m", forum("theme", Frequency.ONCE_PER_TERM))).adopted(T01, model("n"), date(2024, 1, 1))
    assert obligations(T01, Span.years(2024, 2040), models, [], (), ()) == ()


# A model changes


def test_a_new_model_applies_from_its_day_and_what_was_due_before_stays_owed() -> None:
    old, new = model("old", forum("joint", Frequency.YEARLY)), model("new", forum("theme", Frequency.ONCE_PER_TERM))
    models = under(old, date(2020, 1, 1)).adopted(T01, new, date(2022, 11, 15))
    found = obligations(T01, Span.years(2021, 2023), models, [at_home(ONE)], (), TERMS)
    assert rows(found, "joint") == [("2021-01-01/2021-12-31", MISSING)]
    assert rows(found, "theme") == [("2022-01-01/2025-12-31", NOT_YET)]
    assert [each.model for each in found if each.forum.statutory] == ["old", "new", "new"]


@pytest.mark.parametrize("since", [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31)])
def test_the_day_of_adoption_neither_doubles_nor_drops_the_statutory_meeting(since: date) -> None:
    found = obligations(T01, Span.years(2024, 2025), under(model("m"), since), [at_home(ONE)])
    assert [each.due.year for each in found] == [2024, 2025]


def test_every_second_year_is_counted_on_when_the_next_model_keeps_the_forum() -> None:
    often = forum("visit", Frequency.EVERY_SECOND_YEAR)
    kept = under(model("m", often), date(2021, 1, 1)).adopted(T01, model("n", often), date(2022, 1, 1))
    assert rows(obligations(T01, Span.years(2022), kept, []), "visit") == [("2021-01-01/2022-12-31", MISSING)]
    yearly = model("m", forum("visit", Frequency.YEARLY))
    anew = under(yearly, date(2021, 1, 1)).adopted(T01, model("n", often), date(2022, 1, 1))
    assert rows(obligations(T01, Span.years(2022), anew, []), "visit") == [("2022-01-01/2023-12-31", NOT_YET)]


def test_a_meeting_is_not_counted_twice_when_windows_overlap() -> None:
    twice, once = (model(each.value, forum("joint", each)) for each in (Frequency.TWICE_A_YEAR, Frequency.YEARLY))
    models = under(twice, date(2024, 7, 1)).adopted(T01, once, date(2025, 7, 1))
    meeting = HeldMeeting("joint", None, date(2025, 3, 1))
    assert rows(obligations(T01, Span.years(2025), models, [], [meeting]), "joint") == [
        ("2025-01-01/2025-06-30", HELD),
        ("2025-01-01/2025-12-31", MISSING),
    ]


def test_a_span_does_not_end_before_it_begins(refused: Refused) -> None:
    assert Span(date(2025, 1, 1), date(2025, 1, 1)).meets(Span.years(2025))
    assert not Span.years(2026).meets(Span.years(2025))
    refused(Span, date(2025, 1, 2), date(2025, 1, 1))


@pytest.mark.parametrize("years", [(0,), (-1,), (3000,), (2026, 99999)], ids=str)
def test_a_span_of_years_out_of_reach_is_refused(years: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValueError, match="not a calendar year"):
        Span.years(*years)


# Whatever happened

DAYS = st.dates(date(2009, 1, 1), date(2029, 12, 31))
IDS = ("joint", "visit", "theme")


@st.composite
def models_adopted(draw: st.DrawFn) -> DialogueModels:
    models = NONE
    for number, since in enumerate(draw(st.lists(DAYS, max_size=4, unique=True))):
        ids = draw(st.lists(st.sampled_from(IDS), unique=True))
        fora = [forum(each, draw(st.sampled_from(Frequency)), draw(st.sampled_from(Gathering))) for each in ids]
        models = models.adopted(T01, model(f"m{number}", *fora), since)
    return models


@st.composite
def moving(draw: st.DrawFn, number: LbfNumber) -> MasterData:
    day = draw(DAYS)
    before, after = draw(st.permutations([T01, T02]))
    return organisation(number, (before, Validity(end=day)), (after, Validity(start=day + timedelta(days=1))))


@st.composite
def periods(draw: st.DrawFn) -> Span:
    return Span(*sorted((draw(DAYS), draw(DAYS))))


HELD_MEETINGS = st.builds(HeldMeeting, st.sampled_from((STATUTORY, *IDS)), st.sampled_from((None, ONE, TWO)), DAYS)
MEETINGS = st.lists(HELD_MEETINGS | st.builds(held, st.sampled_from((ONE, TWO, THREE)), DAYS), max_size=12)
PARTNERS = st.tuples(moving(ONE), moving(TWO))
Partners = tuple[MasterData, MasterData]
Meetings = list[HeldMeeting | DialogueMeeting]


def key(each: Obligation) -> tuple[str, LbfNumber | None, Span]:
    return each.forum.id, each.organisation, each.window


@given(periods(), models_adopted(), PARTNERS, MEETINGS)
def test_a_meeting_satisfies_one_obligation_at_most_and_lies_in_its_window(
    period: Span, models: DialogueModels, partners: Partners, meetings: Meetings
) -> None:
    found = obligations(T01, period, models, partners, meetings, TERMS)
    met = Counter(each.met_by for each in found if each.met_by)
    assert all(count == 1 for count in met.values())
    for each in found:
        assert (each.met_by is not None) is (each.state is HELD)
        assert each.met_by is None or (each.met_by.on in each.window and each.met_by.organisation == each.organisation)
        assert (each.state is MISSING) <= (each.due <= period.end)
        assert (each.state is NOT_YET) <= (each.due > period.end)
        assert each.window.meets(period)


@given(periods(), DAYS, models_adopted(), PARTNERS, MEETINGS)
def test_nothing_is_lost_and_nothing_new_is_owed_when_the_period_is_split(
    period: Span, day: date, models: DialogueModels, partners: Partners, meetings: Meetings
) -> None:
    if not period.start <= day < period.end:
        return
    parts = Span(period.start, day), Span(day + timedelta(days=1), period.end)
    whole = {key(each): each for each in obligations(T01, period, models, partners, meetings, TERMS)}
    early, late = (
        {key(each): each for each in obligations(T01, part, models, partners, meetings, TERMS)} for part in parts
    )
    assert early | late == whole, "and the later part has the last word"


@given(periods(), models_adopted(), PARTNERS, MEETINGS, HELD_MEETINGS)
def test_one_more_meeting_never_makes_another_missing(
    period: Span, models: DialogueModels, partners: Partners, meetings: Meetings, more: HeldMeeting
) -> None:
    before = {key(each): each.state for each in obligations(T01, period, models, partners, meetings, TERMS)}
    after = {key(each): each.state for each in obligations(T01, period, models, partners, [*meetings, more], TERMS)}
    assert before.keys() == after.keys()
    assert all(after[each] is HELD for each, state in before.items() if state is HELD)
    assert sum(before[each] is not after[each] for each in before) <= 1


@given(models_adopted(), PARTNERS, st.integers(2010, 2029), MEETINGS)
def test_the_statutory_meeting_is_owed_once_per_organisation_and_calendar_year(
    models: DialogueModels, partners: Partners, year: int, meetings: Meetings
) -> None:
    found = [
        each for home in (T01, T02) for each in obligations(home, Span.years(year), models, partners, meetings, TERMS)
    ]
    statutory = [(each.organisation, each.window) for each in found if each.forum.statutory]
    assert sorted(statutory, key=str) == [(ONE, Span.years(year)), (TWO, Span.years(year))]
