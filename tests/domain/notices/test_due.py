"""Which notices fall due: stable ids, the right receivers, nothing after a sending, nothing lost between runs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.notices import (
    AwaitedReport,
    Notice,
    NoticeKind,
    NoticePlan,
    NoticeRole,
    OpenItem,
    OpenItemKind,
    default_plan,
    due_notices,
)
from almenstyring.domain.values import LbfNumber, MunicipalityCode

DUE, ONE_DAY = date(2026, 7, 1), timedelta(days=1)
T01 = MunicipalityCode("T01")
PLAN = default_plan(T01, date(2026, 1, 1))
REPORT = AwaitedReport(
    organisation=LbfNumber("T005"), name="Glemsom", report_year=ReportYear(2026), due=DUE, administrators=()
)


def made(on: date, *reports: AwaitedReport, plan: NoticePlan = PLAN, since: date | None = None) -> tuple[Notice, ...]:
    return due_notices(plan, since=since or on - ONE_DAY, on=on, reports=reports or (REPORT,))


def days_around(first: int = -40, last: int = 30) -> list[date]:
    return [DUE + timedelta(days=days) for days in range(first, last)]


def test_run_every_day_there_is_one_notice_for_each_day_of_the_plan() -> None:
    found = [notice for day in days_around() for notice in made(day)]
    assert [notice.id for notice in found] == [
        f"deadline/T005/2026/2026-07-01/{offset}/T005" for offset in ("-30", "-7", "+0", "+1", "+14")
    ]
    assert [notice.kind for notice in found] == [
        NoticeKind.BEFORE,
        NoticeKind.BEFORE,
        NoticeKind.ON_THE_DAY,
        NoticeKind.AFTER,
        NoticeKind.AFTER,
    ]
    assert [(notice.fell_due - DUE).days for notice in found] == [-30, -7, 0, 1, 14]


def test_after_a_weekend_only_the_latest_comes_and_counts_from_the_day_it_is_made() -> None:
    [notice] = made(date(2026, 7, 4), since=date(2026, 6, 30))
    assert (notice.id, notice.fell_due) == ("deadline/T005/2026/2026-07-01/+1/T005", date(2026, 7, 2))
    assert "overskredet med 3 dage" in notice.subject.da
    assert "passed by 3 days" in notice.body.en


def test_an_extended_deadline_has_notices_of_its_own() -> None:
    extended = evolve(REPORT, due=date(2026, 8, 1))
    assert made(DUE, extended) == ()
    [notice] = made(date(2026, 7, 2), extended)
    assert notice.id == "deadline/T005/2026/2026-08-01/-30/T005"


@pytest.mark.parametrize(
    ("sent", "told"),
    [(DUE - ONE_DAY, False), (DUE, False), (DUE + ONE_DAY, True), (None, True)],
    ids=["sent before", "sent on that day", "sent later", "not sent"],
)
def test_nobody_is_reminded_of_what_was_sent(sent: date | None, told: bool) -> None:
    assert bool(made(DUE, evolve(REPORT, first_sent=sent))) is told


def test_every_receiver_has_a_notice_of_its_own_that_says_why() -> None:
    plan = evolve(PLAN, recipients=NoticeRole)
    report = evolve(REPORT, administrators=(LbfNumber("T900"), LbfNumber("T004")))
    found = made(DUE, report, plan=plan)
    assert {(notice.role.value, str(notice.unit)) for notice in found} == {
        ("organisation", "T005"),
        ("administrator", "T004"),
        ("administrator", "T900"),
        ("municipality", "T01"),
    }
    assert len({notice.id for notice in found}) == 4
    bodies = {notice.role: notice.body for notice in found}
    assert "administrator for T005" in bodies[NoticeRole.ADMINISTRATOR].da
    assert "supervising municipality" in bodies[NoticeRole.MUNICIPALITY].en
    assert "You get this" not in bodies[NoticeRole.ORGANISATION].en


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (DUE - 7 * ONE_DAY, ("der er 7 dage tilbage", "7 days left", "udsættelse")),
        (DUE, ("fristen er i dag", "the deadline is today", "udsættelse")),
        (DUE + ONE_DAY, ("overskredet med 1 dag.", "passed by 1 day.", "ikke bortfaldet")),
    ],
    ids=["before", "on the day", "after"],
)
def test_a_notice_names_place_rule_deadline_days_and_what_to_do(on: date, words: tuple[str, ...]) -> None:
    [notice] = made(on)
    said = notice.body.da + notice.body.en
    for word in (*words, "Glemsom (T005)", "styringsår 2026", "kommune T01", "2026-07-01", "DB § 112, stk. 3"):
        assert word in said, word
    assert str(notice.law) == "DB § 112, stk. 3"
    assert notice.subject.da.startswith("SYNTETISK: Glemsom, styringsrapport 2026")


def test_a_real_organisation_is_not_marked_as_invented() -> None:
    [notice] = made(
        DUE, evolve(REPORT, organisation=LbfNumber("0045")), plan=evolve(PLAN, municipality=MunicipalityCode("101"))
    )
    assert not notice.subject.da.startswith("SYNTETISK")


ITEMS = tuple(
    OpenItem(
        report_year=ReportYear(2026),
        organisation=LbfNumber(f"T00{number}"),
        name=f"Forening {number}",
        kind=kind,
        item={OpenItemKind.COMMENT_TO_SETTLE: "K3", OpenItemKind.TASK_OVERDUE: "O7"}.get(kind, ""),
    )
    for number, kind in enumerate(OpenItemKind, start=1)
)


def test_the_municipality_is_reminded_of_its_own_open_items_each_with_its_paragraph() -> None:
    [notice] = due_notices(PLAN, since=date(2026, 8, 31), on=date(2026, 9, 2), open_items=reversed(ITEMS))
    assert (notice.id, notice.kind, notice.unit) == ("open-items/T01/2026-09-01", NoticeKind.OPEN_ITEMS, T01)
    assert notice.subject.da == "SYNTETISK: Styringsdialog: 8 åbne punkter i kommune T01"
    lines = notice.body.en.splitlines()
    assert [line.split("), ")[0] for line in lines] == [f"- Forening {n} (T00{n}" for n in range(1, 9)]
    assert "K3" in lines[1] and "O7" in lines[6]
    reviewed, met, told = ("§ 116", "§ 116", "§ 116, stk. 2"), ("§ 112, stk. 1",), ("§ 112, stk. 7", "§ 112, stk. 8")
    for line, law in zip(lines, (*reviewed, *met, *told, "§ 112, stk. 7, nr. 2", "ABL § 6 f"), strict=True):
        assert law in line


def test_one_open_item_is_told_in_the_singular_and_none_not_at_all() -> None:
    since, on = date(2026, 8, 31), date(2026, 9, 1)
    [notice] = due_notices(PLAN, since=since, on=on, open_items=ITEMS[:1])
    assert "1 open item in" in notice.subject.en
    assert due_notices(PLAN, since=since, on=on) == ()
    assert due_notices(PLAN, since=on, on=date(2026, 12, 1), open_items=ITEMS) == ()


@given(
    runs=st.sets(st.integers(-60, 60), min_size=1, max_size=12),
    sent=st.none() | st.integers(-60, 60),
    offsets=st.tuples(st.sets(st.integers(1, 40), max_size=3), st.booleans(), st.sets(st.integers(1, 40), max_size=3)),
)
def test_however_the_runs_fall_no_notice_comes_twice_or_late_and_only_overtaken_ones_are_left_out(
    runs: set[int], sent: int | None, offsets: tuple[set[int], bool, set[int]]
) -> None:
    plan = evolve(PLAN, before=offsets[0], on_the_day=offsets[1], after=offsets[2])
    report = evolve(REPORT, first_sent=None if sent is None else DUE + timedelta(days=sent))
    days = [DUE + timedelta(days=day) for day in sorted(runs | {-61})]
    found = {on: made(on, report, plan=plan, since=since) for since, on in pairwise(days)}
    ids = [notice.id for notices in found.values() for notice in notices]
    assert len(ids) == len(set(ids))
    for since, on in pairwise(days):
        planned = [offset for offset in plan.offsets if (since - DUE).days < offset <= (on - DUE).days]
        told = [(notice.fell_due - DUE).days for notice in found[on]]
        is_sent = sent is not None and sent <= (on - DUE).days
        assert told == ([] if is_sent else planned[-1:])
