"""Who may see and change what: every door of a workspace, tried by those who have no business there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import sendable

YEAR = al.ReportYear(2026)
CONTENT = b"%PDF-1.7 fortroligt"
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def stranger(operator: al.Workspace) -> al.Workspace:
    """The workspace of another organisation."""
    return operator.acting_as(al.Actor("kontor-2", role="organisation", organisation="T002"))


@pytest.fixture
def neighbour(operator: al.Workspace) -> al.Workspace:
    """The workspace of a municipality that T001 has nothing to do with."""
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def forged(package: al.DocumentationPackage, **changes: object) -> al.DocumentationPackage:
    return evolve(package, **changes)  # type: ignore[arg-type]


def test_a_municipality_cannot_open_a_draft(office: al.Workspace, council: al.Workspace) -> None:
    office.open_package("T001", YEAR)
    with pytest.raises(al.NotAllowedError) as caught:
        council.open_package("T001", YEAR)
    assert "må ikke oprette en pakke" in caught.value.message.da
    assert caught.value.context["permission"] == "open_package"


def test_accounts_are_fetched_from_the_source_only_by_who_may_open_the_package(
    council: al.Workspace, stranger: al.Workspace
) -> None:
    empty = al.empty_package("T001", YEAR)
    for outsider in (council, stranger):
        with pytest.raises(al.NotAllowedError):
            outsider.prefill(empty)


def test_an_attachment_is_kept_and_read_by_its_own_side_only(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, neighbour: al.Workspace, ready: Ready
) -> None:
    draft = office.save(office.attach(ready(), "revisor.pdf", CONTENT))
    for outsider in (council, stranger, neighbour):
        with pytest.raises(al.NotFoundError):
            outsider.attachment(draft, "revisor.pdf")
        with pytest.raises(al.NotAllowedError):
            outsider.attach(draft, "andet.pdf", CONTENT)
    own = stranger.open_package("T002", YEAR)
    with pytest.raises(al.NotFoundError):  # the hash of another one's document opens nothing
        stranger.attachment(evolve(own, attachments=draft.attachments), "revisor.pdf")

    office.submit(draft)

    assert council.attachment(council.sent_package("T001", YEAR), "revisor.pdf") == CONTENT
    with pytest.raises(al.NotFoundError):
        neighbour.attachment(draft, "revisor.pdf")


def test_a_deadline_with_its_reasons_is_known_to_those_concerned(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, neighbour: al.Workspace
) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 1))
    assert council.deadline("T001", YEAR) == office.deadline("T001", YEAR) is not None
    for outsider in (stranger, neighbour):
        with pytest.raises(al.NotAllowedError):
            outsider.deadline("T001", YEAR)


def test_a_central_receipt_is_known_to_those_concerned_and_names_who_recorded_it(
    office: al.Workspace, council: al.Workspace, stranger: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    receipt = al.CentralReceipt(
        organisation=al.LbfNumber("T001"),
        report_year=YEAR,
        sending=1,
        reference="K-1",
        filed_on=date(2026, 7, 1),
        recorded_by="en-anden",
    )
    office.record_central_receipt(receipt)
    assert council.central_receipt("T001", YEAR) == evolve(receipt, recorded_by="kontor-1")
    with pytest.raises(al.NotAllowedError):
        stranger.central_receipt("T001", YEAR)


def test_saving_cannot_rewrite_what_was_sent_when(office: al.Workspace, council: al.Workspace, ready: Ready) -> None:
    office.submit(ready())
    council.return_package("T001", YEAR, reason="Uddyb udlejningen.")
    package = office.open_package("T001", YEAR).answer("letting.varied_residents", comment="Uddybet.")
    earlier = evolve(package.sendings[0], on=date(2026, 1, 2))

    for attempt in (
        forged(package, sendings=()),
        forged(package, sendings=(earlier,)),
        forged(package, returns=()),
        forged(package, status=al.PackageStatus.SENT),
    ):
        with pytest.raises(al.NotAllowedError):
            office.save(attempt)

    assert office.save(package).first_sent == office.today


def test_an_administrator_sees_no_draft_after_the_agreement_has_ended(operator: al.Workspace) -> None:
    administrator = operator.acting_as(al.Actor("kontor-4", role="organisation", organisation="T004"))
    administrator.open_package("T005", YEAR)
    master = operator.master_data("T005")
    [agreement] = master.administrations
    ended = evolve(agreement, valid=evolve(agreement.valid, end=date(2026, 5, 31)))
    operator._keep_master(evolve(master, administrations=(ended,)))

    assert administrator.packages(year=YEAR) == ()
    seen = {row.organisation for row in administrator.status(year=YEAR, on=date(2026, 1, 1))}
    assert seen == {al.LbfNumber("T004")}
    with pytest.raises(al.NotAllowedError):
        administrator.open_package("T005", YEAR)


def test_a_receipt_is_verified_against_its_own_sending(office: al.Workspace, ready: Ready) -> None:
    receipt = office.submit(ready())
    assert office.verify(receipt).ok
    assert not office.verify(evolve(receipt, record_hash="f" * 64)).ok
    assert not office.verify(evolve(receipt, number=2)).ok


def test_a_receipt_s_head_is_the_sending_itself(office: al.Workspace, ready: Ready) -> None:
    receipt = office.submit(ready())
    assert receipt.head.hash == receipt.record_hash


def test_real_and_invented_actors_do_not_share_a_workspace(office: al.Workspace) -> None:
    with pytest.raises(al.NotAllowedError):
        office.acting_as(al.Actor("kontor-9", role="organisation", organisation="0045"))


def test_what_opened_late_in_the_evening_in_utc_was_opened_the_next_day_in_denmark(
    operator: al.Workspace, office: al.Workspace
) -> None:
    late = office.acting_as(office.actor)
    late._clock = lambda: datetime(2026, 5, 31, 22, 30, tzinfo=UTC)
    late.open_package("T001", YEAR)

    [row] = [r for r in office.status(year=YEAR) if r.expectation.element is al.Element.GOVERNANCE_REPORT and r.opened]
    assert row.opened == late.today == date(2026, 6, 1)


def test_draft_comments_are_the_home_municipalitys_own(
    council: al.Workspace, neighbour: al.Workspace, stranger: al.Workspace
) -> None:
    """An estate of T002 lies in T02, which gets its report but does not lead the dialogue."""
    stranger.submit(stranger.save(sendable(stranger, stranger.open_package("T002", YEAR))))
    council.comment("T002", YEAR, "economy.sound_operation", "Hvorfor? (syntetisk)")
    council.comment("T002", YEAR, "economy.own_control", "Et udkast (syntetisk)")
    council.withdraw_comment("T002", YEAR, "K2")
    council.return_package("T002", YEAR, reason="Uddyb (syntetisk)")
    seen = {
        each: [e.comment.id for e in each.review_of("T002", YEAR).entries] for each in (council, neighbour, stranger)
    }
    assert list(seen.values()) == [["K1", "K2"], ["K1"], ["K1"]]
