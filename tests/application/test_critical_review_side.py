"""The critical review in a store: who may, what a new sending does, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import almenstyring as al

from .conftest import YEAR, StandingClock, sendable

Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def reviewed(council: al.Workspace, office: al.Workspace, ready: Ready) -> al.Workspace:
    """The home municipality, which got T001's report."""
    office.submit(ready())
    return council


def test_the_sheet_begins_unjudged_and_remembers_each_verdict(reviewed: al.Workspace) -> None:
    before = reviewed.critical_review("T001", YEAR)
    assert len(before.left) == len(before.items) > 20
    reviewed.judge("T001", YEAR, "provisions", "follow_up", "Drøftes på mødet.")
    after = reviewed.critical_review("T001", YEAR)
    result = after.entry("provisions").result
    assert result is not None and (result.verdict, result.by, result.on) == (
        al.Verdict.FOLLOW_UP,
        "tilsyn-1",
        reviewed.today,
    )
    assert len(after.left) == len(before.left) - 1


def test_a_review_is_concluded_once_everything_is_judged(reviewed: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        reviewed.conclude_review("T001", YEAR)
    for entry in reviewed.critical_review("T001", YEAR).items:
        reviewed.judge("T001", YEAR, entry.item.id, al.Verdict.OK)
    assert reviewed.conclude_review("T001", YEAR).review.concluded_on == reviewed.today


def test_a_new_sending_asks_anew_shows_what_was_judged_and_takes_over_what_rests_on_the_same(
    reviewed: al.Workspace, office: al.Workspace, clock: StandingClock
) -> None:
    reviewed.judge("T001", YEAR, "protocol_read", "ok")
    reviewed.judge("T001", YEAR, "competition", "remark", "Ingen opgaver er udbudt.")
    reviewed.return_package("T001", YEAR, reason="Protokollen")
    [package] = office.packages(year=YEAR, organisation="T001")
    office.submit(office.save(sendable(office, package).with_protocol("Revisor har en bemærkning.")))
    opened = reviewed.critical_review("T001", YEAR)
    assert opened.review.sending == 2 and len(opened.left) == len(opened.items)
    assert opened.entry("protocol_read").basis_changed
    assert not opened.entry("competition").basis_changed
    over = reviewed.take_over_judgements("T001", YEAR)
    assert [each.item for each in over.review.results] == ["competition"]
    assert reviewed.critical_review("T001", YEAR).review == over.review


def test_nothing_can_be_reviewed_before_it_is_sent(council: al.Workspace, ready: Ready) -> None:
    ready()
    with pytest.raises(al.NotFoundError):
        council.critical_review("T001", YEAR)


@pytest.mark.parametrize(
    "actor",
    [
        al.Actor("kontor", role="organisation", organisation="T001"),
        al.Actor("drift", role="operator"),
        al.Actor("tilsyn-2", role="municipality", municipality="T02"),
    ],
    ids=["the organisation", "the operator", "a municipality without anything of it"],
)
def test_only_a_municipality_that_supervises_reviews(reviewed: al.Workspace, actor: al.Actor) -> None:
    other = reviewed.acting_as(actor)
    calls: list[Callable[[], object]] = [
        lambda: other.critical_review("T001", YEAR),
        lambda: other.judge("T001", YEAR, "provisions", "ok"),
        lambda: other.conclude_review("T001", YEAR),
        lambda: other.take_over_judgements("T001", YEAR),
    ]
    for call in calls:
        with pytest.raises(al.NotAllowedError):
            call()


def test_a_municipality_of_location_has_its_own_review_of_the_estates_that_lie_with_it(
    operator: al.Workspace,
) -> None:
    office = operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))
    package = sendable(office, office.open_package("T002", YEAR))
    office.submit(office.save(package))
    home = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    location = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    home.judge("T002", YEAR, "provisions", "ok")
    sheet = location.judge("T002", YEAR, "provisions", "remark", "Afdelingen her henlægger lidt.")
    assert [(each.verdict, each.by) for each in sheet.review.results] == [(al.Verdict.REMARK, "tilsyn-2")]
    assert [each.by for each in home.critical_review("T002", YEAR).review.results] == ["tilsyn-1"]
    master = operator.master_data("T002")
    here = {
        str(e.id)
        for e in master.estates
        if al.MunicipalityCode("T02") in master.municipalities_of(e.id, date(2025, 12, 31))
    }
    spoken = {f.location.unit for entry in sheet.items for f in entry.suggestion.findings}
    assert here and spoken <= {"T002", ""} | here


def test_an_unknown_verdict_or_item_is_refused_with_those_there_are(reviewed: al.Workspace) -> None:
    with pytest.raises(al.InvalidValueError) as refused:
        reviewed.judge("T001", YEAR, "provisions", "perfect")
    assert "follow_up" in refused.value.hint.en
    with pytest.raises(al.NotFoundError):
        reviewed.judge("T001", YEAR, "no_such_item", "ok")
