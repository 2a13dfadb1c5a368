"""Notices that could not be handed over: tried again where that is safe, never sent twice, nothing stored of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import almenstyring as al

from .a_postman import Postman, everybody, states
from .conftest import NOTICED, YEAR, StandingClock

DUE, ONE_DAY = NOTICED, timedelta(days=1)
Ready = Callable[[], al.DocumentationPackage]
WORDS = al.Text("Nej", "No")
UNAVAILABLE, REFUSED = al.UnavailableError(WORDS), al.BackendError(WORDS)


@pytest.mark.parametrize("error", [UNAVAILABLE, REFUSED], ids=lambda error: str(error.code))
def test_what_surely_failed_is_tried_again_by_the_next_run(
    only_t001: al.Workspace, clock: StandingClock, error: al.AlmenstyringError
) -> None:
    clock.day = DUE
    told: list[tuple[str, al.AlmenstyringError]] = []
    [outcome] = only_t001.send_notices(Postman(error), everybody, on_failure=lambda n, e: told.append((n.id, e)))
    assert (outcome.state, outcome.reason) == (al.NoticeState.FAILED, error.code)
    assert told == [(outcome.id, error)]
    [again] = only_t001.send_notices(postman := Postman(), everybody)
    assert (again.state, again.attempts, again.reason) == (al.NoticeState.DELIVERED, 2, "")
    assert postman.ids == [outcome.id]
    assert only_t001.send_notices(postman, everybody) == ()


def test_what_failed_is_not_sent_beside_a_newer_one_about_the_same_deadline(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    clock.day = DUE
    only_t001.send_notices(Postman(UNAVAILABLE), everybody)
    clock.day = DUE + ONE_DAY
    only_t001.send_notices(postman := Postman(), everybody)
    assert [each[-7:] for each in postman.ids] == ["+1/T001"]
    assert [state for _, state, _, _ in states(only_t001)] == ["failed", "delivered"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(al.UnknownOutcomeError(WORDS), "UNKNOWN-OUTCOME"), (RuntimeError("T001@example.org"), "RuntimeError")],
    ids=["the notifier cannot know", "the notifier has a fault"],
)
def test_what_may_have_been_sent_is_uncertain_and_never_sent_again(
    only_t001: al.Workspace, clock: StandingClock, error: Exception, reason: str
) -> None:
    clock.day = DUE
    only_t001.send_notices(Postman(error), everybody)
    postman = Postman()
    assert only_t001.send_notices(postman, everybody) == ()
    assert postman.bag == []
    assert states(only_t001) == [("deadline/T001/2026/2026-09-15/+0/T001", "uncertain", 1, reason)]


@pytest.mark.parametrize("delivered", [True, False], ids=["it arrived", "it was lost"])
def test_an_uncertain_notice_is_settled_by_hand_and_only_a_lost_one_is_sent_again(
    only_t001: al.Workspace, clock: StandingClock, delivered: bool
) -> None:
    clock.day = DUE
    [lost] = only_t001.send_notices(Postman(al.UnknownOutcomeError(WORDS)), everybody)
    settled = only_t001.settle_notice(lost.id, delivered=delivered)
    assert (settled.state.value, settled.reason, settled.attempts) == (
        "delivered" if delivered else "failed",
        "BY-HAND",
        1,
    )
    only_t001.send_notices(postman := Postman(), everybody)
    assert postman.ids == ([] if delivered else [lost.id])
    with pytest.raises(al.NotAllowedError, match="is known"):
        only_t001.settle_notice(lost.id, delivered=True)


def test_a_notice_that_a_run_may_be_sending_is_not_settled_before_the_next_day(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    clock.day = DUE
    with pytest.raises(KeyboardInterrupt):
        only_t001.send_notices(Postman(KeyboardInterrupt()), everybody)
    [claimed] = only_t001.sent_notices()
    with pytest.raises(al.NotAllowedError, match="may be on its way"):
        only_t001.settle_notice(claimed.id, delivered=False)
    clock.day = DUE + ONE_DAY
    assert only_t001.settle_notice(claimed.id, delivered=False).state is al.NoticeState.FAILED


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (al.Actor("tilsyn-2", role="municipality", municipality="T02"), al.NotFoundError),
        (al.Actor("kontor-1", role="organisation", organisation="T001"), al.NotAllowedError),
    ],
    ids=["another municipality", "the organisation"],
)
def test_a_notice_is_settled_by_its_own_municipality(
    only_t001: al.Workspace, clock: StandingClock, actor: al.Actor, error: type[al.AlmenstyringError]
) -> None:
    clock.day = DUE
    [lost] = only_t001.send_notices(Postman(al.UnknownOutcomeError(WORDS)), everybody)
    with pytest.raises(error):
        only_t001.acting_as(actor).settle_notice(lost.id, delivered=True)
    with pytest.raises(al.NotFoundError):
        only_t001.settle_notice("deadline/T001", delivered=True)


def test_a_run_that_dies_while_it_hands_over_leaves_an_uncertain_notice(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    clock.day = DUE
    with pytest.raises(KeyboardInterrupt):
        only_t001.send_notices(Postman(KeyboardInterrupt()), everybody)
    assert only_t001.send_notices(Postman(), everybody) == ()
    assert [state for _, state, _, _ in states(only_t001)] == ["uncertain"]


def test_an_unknown_language_stops_the_run_before_anything_is_claimed(
    only_t001: al.Workspace, clock: StandingClock
) -> None:
    clock.day = DUE
    with pytest.raises(al.InvalidValueError, match="Choose da or en"):
        only_t001.send_notices(Postman(), everybody, language="de")  # type: ignore[arg-type]
    assert only_t001.sent_notices() == () and only_t001.pending_notices()


def test_one_that_fails_does_not_keep_the_others(council: al.Workspace, clock: StandingClock) -> None:
    council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    council.set_deadlines(YEAR, DUE)
    clock.day = DUE
    addresses = {f"T00{number}": f"T00{number}@example.org" for number in (1, 3, 4, 5)}
    addresses["T003"] = "T003@example.org\nBcc: x@example.org"
    outcome = council.send_notices(postman := Postman(), addresses)
    assert {each.unit: each.reason for each in outcome} == {
        "T001": "", "T002": "NO-ADDRESS", "T003": "INVALID-VALUE", "T004": "", "T005": "",
    }  # fmt: skip
    assert sorted(message.to for message in postman.bag) == [
        f"{unit}@example.org" for unit in ("T001", "T004", "T004", "T005")
    ]
    head = council.verify().head
    council.send_notices(postman, addresses | {"T003": ""})
    assert council.verify().head.sequence == head.sequence + 2, "what has no address still is not written anew each day"
    council.send_notices(postman, everybody)
    assert sorted(message.to[:4] for message in postman.bag) == ["T001", "T002", "T003", "T004", "T004", "T005"]


def test_after_three_in_a_row_that_cannot_be_reached_the_rest_waits_for_the_next_run(
    council: al.Workspace, clock: StandingClock
) -> None:
    council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    council.set_deadlines(YEAR, DUE)
    clock.day = DUE
    pending = [notice.id for notice in council.pending_notices()]
    assert len(council.send_notices(Postman(UNAVAILABLE), everybody)) == 3
    assert [notice.id for notice in council.pending_notices()] == pending
    assert len(council.send_notices(Postman(REFUSED), everybody)) == len(pending) == 6
    council.send_notices(postman := Postman(), everybody)
    assert postman.ids == pending


def test_no_address_and_no_text_is_ever_stored(only_t001: al.Workspace, clock: StandingClock) -> None:
    clock.day = DUE
    only_t001.send_notices(postman := Postman(), everybody)
    stored = "".join(record.document for record in only_t001._store.chain())
    assert only_t001.verify().ok
    for secret in (postman.bag[0].to, postman.bag[0].subject, "udsættelse"):
        assert secret not in stored
    assert "T001@example.org" not in repr(postman.bag[0])


def test_a_notifier_is_found_by_its_address_and_closed_again(
    operator: al.Workspace, clock: StandingClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    council = operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))
    council.set_notice_plan(begins=date(2026, 1, 1), open_items=())
    council.set_deadline("T001", YEAR, DUE)
    clock.day = DUE
    path = tmp_path_factory.mktemp("varsler") / "ud.jsonl"
    [outcome] = council.send_notices(f"log:{path}", everybody)
    assert outcome.state is al.NoticeState.DELIVERED
    assert outcome.id in path.read_text("utf-8")
    with pytest.raises(al.PluginError, match="brevdue"):
        council.send_notices("brevdue:", everybody)
