"""Hypothesis strategies for supervisory actions with every history there can be."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from almenstyring.domain.supervision import (
    SUPERVISORY_STEPS,
    HomeInformed,
    SupervisoryAction,
    SupervisoryStatus,
    SupervisoryStep,
)
from almenstyring.testing.strategies import days, opaque_ids, records, words

_LONGEST_STEP = 900  # days from one step to the next


@st.composite
def supervisory_actions(draw: DrawFn) -> SupervisoryAction:
    """Actions about organisations and estates with up to four steps, told to a home municipality or not."""
    decided = draw(days(date(2010, 1, 1), date(2060, 1, 1)))
    later = st.integers(0, _LONGEST_STEP).map(lambda count: decided + timedelta(days=count))
    action = draw(
        records(
            SupervisoryAction,
            id=st.from_regex(r"P-[0-9]{1,6}", fullmatch=True),
            estate=st.none(),
            decided_on=st.just(decided),
            text=words(),
            due=st.none() | later,
            follows=st.none() | st.just("before"),
            home_informed=st.none(),
            history=st.just(()),
            area=st.just(""),
        )
    )
    if action.kind.area_statuses:
        action = evolve(action, area=draw(st.just("") | words()))
    if draw(st.booleans()):
        told = draw(records(HomeInformed, on=later, by=opaque_ids()))
        if told.municipality != action.municipality:
            action = action.informed(told.municipality, told.on, by=told.by)
    for _ in range(draw(st.integers(0, 4))):
        if action.status.is_open:
            action = action.followed_up(draw(next_supervisory_steps(action)))
    return action


def next_supervisory_steps(action: SupervisoryAction) -> SearchStrategy[SupervisoryStep]:
    """Every step that an open action may take next."""
    since = action.history[-1].on if action.history else action.decided_on

    def step(status: SupervisoryStatus, on: date) -> SearchStrategy[SupervisoryStep]:
        stays = status is SupervisoryStatus.IN_FORCE
        return records(
            SupervisoryStep,
            on=st.just(on),
            status=st.just(status),
            note=words(),
            by=opaque_ids(),
            due=st.none() | days(on) if stays else st.none(),
        )

    when = st.integers(0, _LONGEST_STEP).map(lambda count: since + timedelta(days=count))
    return st.tuples(st.sampled_from(SUPERVISORY_STEPS[action.status]), when).flatmap(lambda drawn: step(*drawn))
