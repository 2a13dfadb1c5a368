"""What a return opens can be named in several ways, and more can be opened later: asked for, and unasked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import almenstyring as al
from almenstyring.application.tables import tables
from almenstyring.builtin.readable import render_text

from .conftest import YEAR, refused, sendable

SOUND, OWN_CONTROL, MOVE_OUTS = "economy.sound_operation", "economy.own_control", "estate.external_move_outs"
ESTATE = "T001-T0101"
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def sent(office: al.Workspace, council: al.Workspace, ready: Ready) -> al.Workspace:
    """The council's workspace, after T001 sent its report and one answer was commented."""
    office.submit(ready())
    council.comment("T001", YEAR, SOUND, "Hvad ligger bag? (syntetisk)")
    return council


@pytest.fixture
def returned(sent: al.Workspace) -> al.Workspace:
    sent.return_package("T001", YEAR, reason="Uddyb (syntetisk)")
    return sent


@pytest.mark.parametrize(
    ("question", "estate", "hint"),
    [(MOVE_OUTS, None, "T001-T0101"), (SOUND, ESTATE, "without an estate")],
)
def test_a_comment_is_on_a_question_where_it_is_asked(
    sent: al.Workspace, question: str, estate: str | None, hint: str
) -> None:
    assert hint in refused(lambda: sent.comment("T001", YEAR, question, "Hvorfor?", estate=estate))
    assert len(sent.review_of("T001", YEAR).entries) == 1


@pytest.mark.parametrize(
    ("place", "opens"),
    [
        (OWN_CONTROL, al.Location(part="governance_report", unit="T001", item=OWN_CONTROL)),
        ((ESTATE, MOVE_OUTS), al.Location(part="estate_report", unit=ESTATE, item=MOVE_OUTS)),
        ("attachments", al.Location(part="attachments")),
        (al.Location(part="estate_report", unit=ESTATE), al.Location(part="estate_report", unit=ESTATE)),
    ],
    ids=["a question", "an estate's question", "a part", "a location"],
)
def test_what_a_return_opens_can_be_named_in_several_ways(
    sent: al.Workspace, place: object, opens: al.Location
) -> None:
    package = sent.return_package("T001", YEAR, reason="Uddyb", opened=[place])  # type: ignore[list-item]
    assert package.returns[-1].opened == (opens,)


def test_one_place_needs_no_list_around_it(sent: al.Workspace) -> None:
    assert [p.item for p in sent.return_package("T001", YEAR, reason="Uddyb", opened=OWN_CONTROL).returns[-1].opened]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("economy.own_contrl", "no question economy.own_contrl"),
        (MOVE_OUTS, "about an estate"),
        (("T001-T0999", MOVE_OUTS), "no report for estate"),
        (al.Location(part="governance"), "no part governance"),
        (al.Location(part="governance_report", unit="T001", item=MOVE_OUTS), "about an estate"),
        (al.Location(part="estate_report", unit="T001-T0999"), "no report for estate"),
    ],
)
def test_a_place_that_the_package_does_not_have_is_refused_and_nothing_is_returned(
    sent: al.Workspace, place: object, told: str
) -> None:
    assert told in refused(lambda: sent.return_package("T001", YEAR, reason="Uddyb", opened=[place]))  # type: ignore[list-item]
    assert not sent.sent_package("T001", YEAR).returns


def test_what_is_no_place_at_all_is_refused_in_a_sentence(sent: al.Workspace) -> None:
    for place in (7, None, (ESTATE,)):
        call = lambda place=place: sent.return_package("T001", YEAR, reason="Uddyb", opened=[place])  # noqa: E731
        assert "no place in a package" in refused(call, al.InvalidValueError)


def test_the_organisation_asks_and_the_municipality_opens_what_a_package_in_hand_takes_over(
    office: al.Workspace, returned: al.Workspace
) -> None:
    mine = office.open_package("T001", YEAR).answer(OWN_CONTROL, comment="En rettelse.")
    with pytest.raises(al.NotAllowedError, match=OWN_CONTROL):
        office.save(mine)
    review = office.ask_to_open("T001", YEAR, OWN_CONTROL, reason="En slåfejl (syntetisk)")
    [request] = review.requests
    assert (request.by, request.on, request.reason) == ("kontor-1", office.today, "En slåfejl (syntetisk)")
    [copy] = returned.packages(year=YEAR, organisation="T001")
    assert "beder om at få åbnet: T001 governance_report economy.own_control." in returned.next_step(copy).da
    opening = returned.open_answers("T001", YEAR, [OWN_CONTROL], reason="Som aftalt (syntetisk)")
    assert (opening.by, opening.on) == ("tilsyn-1", returned.today)
    assert "beder om" not in returned.next_step(copy).da
    saved = office.save(mine)
    assert saved.returns[-1].openings == (opening,)
    [table] = [t for t in tables((saved,), (office.standard(YEAR),)) if t.id == "sendings"]
    assert any("Som aftalt" in str(cell) for row in table.rows for cell in row)
    assert "Som aftalt" in render_text(saved, office.standard(YEAR), "da", office.today)
    office.submit(office.save(sendable(office, saved.reply("K1", "Ja.", on=office.today))))
    assert office.sent_package("T001", YEAR).report[OWN_CONTROL].comment


def test_a_request_for_what_stays_closed_is_over_when_the_report_is_sent_again(
    office: al.Workspace, returned: al.Workspace
) -> None:
    office.ask_to_open("T001", YEAR, [OWN_CONTROL, (ESTATE, MOVE_OUTS)], reason="Begge (syntetisk)")
    returned.open_answers("T001", YEAR, OWN_CONTROL, reason="Kun den")
    [copy] = returned.packages(year=YEAR, organisation="T001")
    assert "beder om" in returned.next_step(copy).da
    package = office.open_package("T001", YEAR).reply("K1", "Ja.", on=office.today)
    office.submit(office.save(sendable(office, package)))
    assert "beder om" not in returned.next_step(copy).da
    returned.return_package("T001", YEAR, reason="Igen", again=["K1"])
    assert "beder om" not in returned.next_step(copy).da


def test_who_may_ask_and_open_and_when(office: al.Workspace, council: al.Workspace, sent: al.Workspace) -> None:
    for call in (
        lambda: office.open_answers("T001", YEAR, OWN_CONTROL, reason="Selv"),
        lambda: council.ask_to_open("T001", YEAR, OWN_CONTROL, reason="Selv"),
        lambda: office.ask_to_open("T001", YEAR, OWN_CONTROL, reason="For tidligt"),
        lambda: council.open_answers("T001", YEAR, OWN_CONTROL, reason="For tidligt"),
    ):
        refused(call, al.NotAllowedError)
    council.return_package("T001", YEAR, reason="Uddyb")
    assert "reason must be given" in refused(
        lambda: council.open_answers("T001", YEAR, OWN_CONTROL, reason=" "), al.InvalidValueError
    )
    assert "open already" in refused(lambda: office.ask_to_open("T001", YEAR, SOUND, reason="?"), al.InvalidValueError)


def test_requests_are_between_the_organisation_and_its_home_municipality(operator: al.Workspace) -> None:
    """An estate of T002 lies in T02; its home is T01."""
    office = operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))
    office.submit(office.save(sendable(office, office.open_package("T002", YEAR))))
    council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    council.comment("T002", YEAR, SOUND, "Hvorfor?")
    council.return_package("T002", YEAR, reason="Uddyb")
    office.ask_to_open("T002", YEAR, OWN_CONTROL, reason="En slåfejl")
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    assert neighbour.review_of("T002", YEAR).requests == ()
    assert len(council.review_of("T002", YEAR).requests) == 1


def test_a_return_that_opened_nothing_later_is_written_as_in_older_documents(
    office: al.Workspace, returned: al.Workspace
) -> None:
    package = office.open_package("T001", YEAR)
    document = al.encode(package)
    assert not any(name in document for name in ("openings", "withdrawn_on", "to_return"))
    assert al.decode(document, al.DocumentationPackage) == package
