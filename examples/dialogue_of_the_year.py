"""The part of the demonstration's year in which the municipality reviews a report and the organisation answers."""

from __future__ import annotations

from datetime import date

from telling import Story

import almenstyring as al

ORGANISATION, ESTATE = "T001", "T001-T0101"
SOUND, MOVE_OUTS = "economy.sound_operation", "estate.external_move_outs"


def return_with_comments(council: al.Workspace, year: al.ReportYear, story: Story) -> None:
    """The municipality comments on two answers and returns the report; only these two are open then."""
    council.review(ORGANISATION, year)
    council.comment(ORGANISATION, year, SOUND, "Hvad ligger bag vurderingen? (syntetisk)")
    council.comment(ORGANISATION, year, MOVE_OUTS, "Er tallet med interne flytninger? (syntetisk)", estate=ESTATE)
    package = council.return_package(ORGANISATION, year, reason="To spørgsmål til rapporten (syntetisk)")
    story.chapter("Kommunen spørger, og organisationen svarer", "The municipality asks, and the organisation answers")
    rows = [(comment.id, comment.location, comment.text) for comment in package.returns[-1].comments]
    story.table([("Nr.", "No."), ("Sted", "Place"), ("Kommentar", "Comment")], rows)


def answer_and_send_again(clerk: al.Workspace, year: al.ReportYear, today: date, story: Story) -> al.Receipt:
    """One answer is maintained with a reply, the other is mended; then the report is sent again."""
    [package] = clerk.packages(year=year, organisation=ORGANISATION)
    story.line(clerk.next_step(package)[story.lang])
    package = package.reply("K1", "Bestyrelsen fastholder vurderingen (syntetisk).", on=today)
    package = clerk.save(package.answer(MOVE_OUTS, 21, estate=ESTATE, comment="Uden interne flytninger (syntetisk)."))
    for finding in clerk.check_submit(package).findings.in_the_way:
        package = package.confirm(finding, reason="Gennemgået af bestyrelsen (syntetisk)", on=today)
    return clerk.submit(clerk.save(package))


def tell_what_changed(council: al.Workspace, year: al.ReportYear, story: Story) -> tuple[al.Change, ...]:
    """What the two sendings differ in, and where each comment is now."""
    changed = council.changed_between(ORGANISATION, year, 1, 2)
    story.table(
        [("Sted", "Place"), ("Før", "Before"), ("Nu", "Now")],
        [(each.location, each.before.value, each.after.value) for each in changed if each.location.item],
    )
    for comment in ("K1", "K2"):
        council.settle_comment(ORGANISATION, year, comment)
    states = council.review_of(ORGANISATION, year).entries
    story.table([("Kommentar", "Comment"), ("Tilstand", "State")], [(each.comment.id, each.state) for each in states])
    return changed
