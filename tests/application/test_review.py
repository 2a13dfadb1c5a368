"""Commenting on single answers, returning with comments, maintaining or changing, sending again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application.tables import tables
from almenstyring.domain.next_steps import NEXT_STEPS
from almenstyring.domain.reporting import COMMENT_STEPS, CommentEntry, CommentState, ReviewComment
from almenstyring.testing.builders import clean_package

YEAR = al.ReportYear(2026)
SOUND, OWN_CONTROL, MOVE_OUTS = "economy.sound_operation", "economy.own_control", "estate.external_move_outs"
ESTATE = "T001-T0101"


@pytest.fixture
def clerk(operator: al.Workspace) -> al.Workspace:
    return operator.acting_as(al.Actor("kontor-1", role="organisation", organisation="T001"))


@pytest.fixture
def council(operator: al.Workspace, clerk: al.Workspace) -> al.Workspace:
    """The home municipality, which has just got the report."""
    send(clerk, filled(clerk.open_package("T001", YEAR)))
    return operator.acting_as(al.Actor("tilsyn-1", role="municipality", municipality="T01"))


def filled(package: al.DocumentationPackage) -> al.DocumentationPackage:
    """The package with every answer of one in good order."""
    clean = clean_package(estates=2)
    for sheet in package.sheets():
        source = clean.report if sheet.unit == package.organisation else clean.estate_reports[0]
        for question, answer in source.answers.items():
            estate = None if sheet.unit == package.organisation else str(sheet.unit)
            if sheet[question].is_missing and answer.value is not None:
                package = package.answer(question, answer.value, comment=answer.comment, estate=estate)
            elif answer.comment:
                package = package.answer(question, comment=answer.comment, estate=estate)
    for item in al.AnnualReportItem:
        package = package.tell(item, clean.annual_report[item].value)
    return package.with_protocol("Ingen bemærkninger (syntetisk).")


def send(clerk: al.Workspace, package: al.DocumentationPackage) -> al.Receipt:
    """Save, confirm whatever asks for it, and send."""
    package = clerk.save(package)
    for finding in clerk.check_submit(package).findings.in_the_way:
        package = package.confirm(finding, reason="Gennemgået (syntetisk)", on=date(2026, 8, 3))
    return clerk.submit(clerk.save(package))


def returned(council: al.Workspace, clerk: al.Workspace) -> al.DocumentationPackage:
    """The organisation's package after a return with two comments."""
    council.comment("T001", YEAR, SOUND, "Hvad ligger bag vurderingen?")
    council.comment("T001", YEAR, MOVE_OUTS, "Tallet ser højt ud.", estate=ESTATE)
    council.return_package("T001", YEAR, reason="To spørgsmål")
    [package] = clerk.packages(year=YEAR, organisation="T001")
    return package


def test_a_draft_comment_is_the_municipality_s_own_until_the_package_is_returned(
    council: al.Workspace, clerk: al.Workspace
) -> None:
    council.comment("T001", YEAR, SOUND, "Hvad ligger bag?")
    assert [entry.state for entry in council.review_of("T001", YEAR).entries] == [CommentState.DRAFT]
    assert clerk.review_of("T001", YEAR).entries == ()
    council.return_package("T001", YEAR, reason="Uddyb")
    assert [entry.state for entry in clerk.review_of("T001", YEAR).entries] == [CommentState.RETURNED]


def test_a_return_carries_its_comments_and_opens_only_what_they_are_about(
    council: al.Workspace, clerk: al.Workspace
) -> None:
    package = returned(council, clerk)
    assert [comment.id for comment in package.returns[-1].comments] == ["K1", "K2"]
    changed = clerk.save(package.answer(SOUND, "partly" if package.report[SOUND].value != "partly" else "yes"))
    with pytest.raises(al.NotAllowedError) as caught:
        clerk.save(changed.answer(OWN_CONTROL, "no", comment="Nyt"))
    assert OWN_CONTROL in caught.value.message.en
    assert "open more" in caught.value.hint.en


def test_what_the_municipality_opened_besides_can_be_changed_too(council: al.Workspace, clerk: al.Workspace) -> None:
    council.comment("T001", YEAR, SOUND, "Hvad ligger bag?")
    council.return_package("T001", YEAR, reason="Uddyb", opened=[al.Location(part="estate_report", unit=ESTATE)])
    [package] = clerk.packages(year=YEAR, organisation="T001")
    clerk.save(package.answer(MOVE_OUTS, 4, estate=ESTATE))
    with pytest.raises(al.NotAllowedError, match="T001-T0201"):
        clerk.save(package.answer(MOVE_OUTS, 4, estate="T001-T0201"))


def test_a_return_without_comments_opens_everything(council: al.Workspace, clerk: al.Workspace) -> None:
    council.return_package("T001", YEAR, reason="Begynd forfra")
    [package] = clerk.packages(year=YEAR, organisation="T001")
    assert clerk.save(package.answer(OWN_CONTROL, "no", comment="Nyt")).report[OWN_CONTROL].value == "no"


def test_sending_again_asks_for_a_change_or_a_reply_to_each_comment(council: al.Workspace, clerk: al.Workspace) -> None:
    package = returned(council, clerk)
    package = clerk.save(package.answer(MOVE_OUTS, 5, estate=ESTATE))
    asked = clerk.check(package).with_code("COMMENT-UNANSWERED")
    assert [finding.values["comment"] for finding in asked] == ["K1"]
    assert asked[0].severity is al.Severity.CONFIRM
    package = package.reply("K1", "Vi står ved vurderingen (syntetisk).", on=date(2026, 8, 4))
    assert not clerk.check(package).with_code("COMMENT-UNANSWERED")


def test_an_answer_can_be_maintained_with_a_reply_and_the_chain_of_sendings_tells_what_changed(
    council: al.Workspace, clerk: al.Workspace
) -> None:
    package = returned(council, clerk)
    before = package.sheet(ESTATE)[MOVE_OUTS].value
    package = package.answer(MOVE_OUTS, 5, estate=ESTATE)
    package = package.reply("K1", "Vi står ved vurderingen (syntetisk).", on=date(2026, 8, 3))
    receipt = send(clerk, package)
    assert receipt.number == 2
    states = {entry.comment.id: entry.state for entry in council.review_of("T001", YEAR).entries}
    assert states == {"K1": CommentState.ANSWERED, "K2": CommentState.ANSWERED}
    [change] = [each for each in council.changed_between("T001", YEAR, 1, 2) if each.location.item == MOVE_OUTS]
    assert (change.before.value, change.after.value) == (before, al.Number(5))
    assert council.sent_package("T001", YEAR).replies[0].text.startswith("Vi står ved")
    assert council.verify(receipt).ok
    council.settle_comment("T001", YEAR, "K1")
    assert clerk.review_of("T001", YEAR).entry("K1").state is CommentState.SETTLED


def test_an_answered_comment_can_be_returned_once_more_and_asks_anew(
    council: al.Workspace, clerk: al.Workspace
) -> None:
    package = returned(council, clerk)
    package = package.answer(MOVE_OUTS, 5, estate=ESTATE).reply("K1", "Se ovenfor.", on=date(2026, 8, 3))
    send(clerk, package)
    council.return_package("T001", YEAR, reason="Stadig uklart", again=["K2"])
    [package] = clerk.packages(year=YEAR, organisation="T001")
    assert [comment.answer.value for comment in package.returns[-1].comments] == [al.Number(5)]
    assert [f.values["comment"] for f in clerk.check(package).with_code("COMMENT-UNANSWERED")] == ["K2"]


def test_nobody_but_the_home_municipality_comments_and_only_on_what_was_sent(
    operator: al.Workspace, council: al.Workspace, clerk: al.Workspace
) -> None:
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    for workspace in (clerk, neighbour):
        with pytest.raises(al.NotAllowedError):
            workspace.comment("T001", YEAR, SOUND, "Hvorfor?")
    with pytest.raises(al.NotFoundError, match="unheard"):
        council.comment("T001", YEAR, "unheard.of", "Hvorfor?")
    with pytest.raises(al.InvalidValueError):
        council.comment("T001", YEAR, SOUND, "  ")
    returned(council, clerk)
    with pytest.raises(al.NotAllowedError):
        council.comment("T001", YEAR, SOUND, "Mere?")


def test_a_reply_needs_a_comment_and_a_text(council: al.Workspace, clerk: al.Workspace) -> None:
    package = returned(council, clerk)
    with pytest.raises(al.NotFoundError, match="K1, K2"):
        package.reply("K9", "Hvad?", on=date(2026, 8, 3))
    with pytest.raises(al.InvalidValueError):
        package.reply("K1", " ", on=date(2026, 8, 3))


def test_a_withdrawn_comment_is_not_returned(council: al.Workspace, clerk: al.Workspace) -> None:
    for text in ("Hvorfor?", "Hvordan?"):
        council.comment("T001", YEAR, SOUND, text)
    review = council.withdraw_comment("T001", YEAR, "K1")
    assert [entry.state for entry in review.entries] == [CommentState.WITHDRAWN, CommentState.DRAFT]
    council.return_package("T001", YEAR, reason="Uddyb")
    [package] = clerk.packages(year=YEAR, organisation="T001")
    assert [comment.id for comment in package.returns[-1].comments] == ["K2"]


def test_a_comment_that_is_not_there_can_neither_be_settled_nor_withdrawn(council: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError) as caught:
        council.settle_comment("T001", YEAR, "K1")
    assert "K1" in caught.value.message.en and caught.value.hint.en == "The comments are -."
    council.comment("T001", YEAR, SOUND, "Hvorfor?")
    with pytest.raises(al.NotFoundError, match="K9") as caught:
        council.withdraw_comment("T001", YEAR, "K9")
    assert caught.value.hint.da == "Kommentarerne er K1."


@settings(max_examples=60)
@given(st.lists(st.sampled_from(CommentState), max_size=8))
def test_a_comment_only_takes_the_steps_of_the_table(wanted: list[CommentState]) -> None:
    comment = ReviewComment(id="K1", location=al.Location(item=SOUND), text="?", by="x", on=date(2026, 8, 3))
    entry = CommentEntry(comment=comment)
    for state in wanted:
        if state in COMMENT_STEPS[entry.state]:
            entry = entry.moved(state)
            assert entry.state is state
        else:
            with pytest.raises(al.NotAllowedError):
                entry.moved(state)


def test_a_step_that_cannot_be_taken_is_told_in_words_and_not_in_codes(council: al.Workspace) -> None:
    council.comment("T001", YEAR, SOUND, "Hvorfor?")
    with pytest.raises(al.NotAllowedError) as caught:
        council.settle_comment("T001", YEAR, "K1")
    told = str(caught.value.message.da) + caught.value.hint.da
    assert "Kommentar K1 er en kladde og kan ikke blive afsluttet." in told
    assert not any(state.value in told for state in CommentState)


def test_every_state_has_a_next_step_for_every_role_in_both_languages() -> None:
    assert set(NEXT_STEPS) == {(status, role) for status in al.PackageStatus for role in al.Role}
    assert all(text.da and text.en for text in NEXT_STEPS.values())


def test_the_organisation_hears_which_comments_are_still_open(council: al.Workspace, clerk: al.Workspace) -> None:
    package = returned(council, clerk)
    assert "K1, K2" in clerk.next_step(package).en
    assert "K1" not in clerk.next_step(package.reply("K1", "Ja.", on=date(2026, 8, 3))).en
    assert "sends again" in council.next_step(package).en


def test_reports_and_tables_tell_the_comments_with_their_replies(
    council: al.Workspace, clerk: al.Workspace, tmp_path: Path
) -> None:
    package = returned(council, clerk).reply("K1", "Vi står ved vurderingen.", on=date(2026, 8, 3))
    for name in ("rapport.html", "rapport.txt"):
        text = clerk.export([package], tmp_path / name).read_text("utf-8")
        assert "Hvad ligger bag vurderingen?" in text and "Vi står ved vurderingen." in text
    [found] = [t for t in tables((package,), (clerk.standard(YEAR),)) if t.id == "comments"]
    by_number = {row[4]: row[-3] for row in found.rows}
    assert by_number == {"K1": "Vi står ved vurderingen.", "K2": None}
