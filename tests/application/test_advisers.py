"""What an adviser may see and do for a municipality, on every day around the limits of the mandate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

import almenstyring as al

YEAR = al.ReportYear(2026)
T001, T002, T01 = al.LbfNumber("T001"), al.LbfNumber("T002"), al.MunicipalityCode("T01")
SOUND, CONTENT = "economy.sound_operation", b"%PDF-1.7 syntetisk"
FROM, UNTIL, ONE_DAY = date(2026, 9, 1), date(2026, 9, 30), timedelta(days=1)
Use = Callable[[al.Workspace], Any]
MEETING = al.DialogueMeeting(organisation=T001, report_year=YEAR, municipality=T01, held_on=date(2026, 8, 3))
STATEMENT = al.Statement(organisations=(T001,), report_year=YEAR, municipality=T01, text="SYNTETISK")

READS: Mapping[str, Use] = {
    "packages": lambda w: w.packages(year=YEAR, organisation="T001"),
    "the sending": lambda w: w.sent_package("T001", YEAR),
    "the attachment": lambda w: w.attachment(w.sent_package("T001", YEAR), "bilag.pdf"),
    "the review": lambda w: w.review_of("T001", YEAR).entries,
    "the deadline": lambda w: w.deadline("T001", YEAR),
    "the meeting": lambda w: w.meeting("T001", YEAR),
    "statements": lambda w: w.statements(YEAR),
    "the status": lambda w: w.status(year=YEAR),
    "what changed": lambda w: (w.changed_between("T001", YEAR, 1, 1),),
}
COMMENTS: Mapping[str, Use] = {"comments": lambda w: w.comment("T001", YEAR, SOUND, "Hvad ligger bag?")}
NEVER: Mapping[str, Use] = {
    "drafts": lambda w: w.history("T001", YEAR),
    "opens": lambda w: w.open_package("T001", YEAR),
    "saves": lambda w: w.save(w.sent_package("T001", YEAR).answer(SOUND, comment="x")),
    "begins the review": lambda w: w.review("T001", YEAR),
    "returns": lambda w: w.return_package("T001", YEAR, reason="x"),
    "settles": lambda w: w.settle_comment("T001", YEAR, "K1"),
    "withdraws another's comment": lambda w: w.withdraw_comment("T001", YEAR, "K1"),
    "sets a deadline": lambda w: w.set_deadline("T001", YEAR, UNTIL),
    "extends it": lambda w: w.extend_deadline("T001", YEAR, until=UNTIL, reason="x"),
    "records a meeting": lambda w: w.record_meeting(MEETING),
    "records a statement": lambda w: w.record_statement(STATEMENT),
    "gives a mandate": lambda w: w.give_mandate("raadgiver-2", valid=al.Validity()),
    "prolongs its own": lambda w: w.end_mandate("raadgiver-1", UNTIL),
    "sees persons": lambda w: w.persons(),
    "sets a retention": lambda w: w.set_retention(days=1),
    "opens a pilot": lambda w: w.open_as_pilot(YEAR, organisations=["T001"]),
    "imports": lambda w: w.import_register("synthetic:"),
}


@pytest.fixture
def adviser(
    operator: al.Workspace, office: al.Workspace, council: al.Workspace, ready: Callable[[], al.DocumentationPackage]
) -> al.Workspace:
    """An adviser without a mandate yet; T001 has sent its package and the municipality has recorded all there is."""
    office.submit(office.save(office.attach(ready(), "bilag.pdf", CONTENT)))
    council.set_deadline("T001", YEAR, UNTIL)
    council.comment("T001", YEAR, SOUND, "Kommunens eget spørgsmål")
    council.record_meeting(MEETING)
    council.record_statement(STATEMENT)
    return operator.acting_as(al.Actor("raadgiver-1", role="adviser", municipality="T01"))


def tried(uses: Mapping[str, Use], workspace: al.Workspace) -> dict[str, bool]:
    """Whether each use gave something."""

    def works(use: Use) -> bool:
        try:
            return bool(use(workspace))
        except (al.NotAllowedError, al.NotFoundError):
            return False

    return {name: works(use) for name, use in uses.items()}


def all_are(given: bool, uses: Mapping[str, Use]) -> dict[str, bool]:
    return dict.fromkeys(uses, given)


def test_the_uses_tried_here_work_for_somebody(council: al.Workspace, adviser: al.Workspace) -> None:
    assert tried(READS, council) == all_are(True, READS)


def test_an_adviser_sees_and_comments_on_the_days_of_the_mandate_only_and_never_does_more(
    council: al.Workspace, adviser: al.Workspace, clock: Any
) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity(FROM, UNTIL))
    for day in (FROM - ONE_DAY, FROM, UNTIL, UNTIL + ONE_DAY):
        clock.day = day
        holds = FROM <= day <= UNTIL
        assert tried(READS, adviser) == all_are(holds, READS), day
        assert tried(NEVER, adviser) == all_are(False, NEVER), day
        assert tried(COMMENTS, adviser) == all_are(holds, COMMENTS), day


def test_an_adviser_withdraws_a_draft_of_their_own_and_not_what_was_sent(
    council: al.Workspace, adviser: al.Workspace
) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity())
    for _ in range(2):
        adviser.comment("T001", YEAR, SOUND, "Hvad ligger bag?")
    review = adviser.withdraw_comment("T001", YEAR, "K2")
    assert review.entry("K2").state is al.CommentState.WITHDRAWN
    council.return_package("T001", YEAR, reason="Se kommentarerne")
    with pytest.raises(al.NotAllowedError):
        adviser.withdraw_comment("T001", YEAR, "K3")
    assert council.withdraw_comment("T001", YEAR, "K3").entry("K3").state is al.CommentState.WITHDRAWN


def test_the_calendar_of_an_adviser_is_that_of_the_mandate(council: al.Workspace, adviser: al.Workspace) -> None:
    assert adviser.calendar() == ()
    council.give_mandate("raadgiver-1", valid=al.Validity(), organisations=["T001"])
    assert {uid.split(".")[1] for entry in adviser.calendar() if not (uid := entry.uid).startswith("meeting")} == {
        "T001"
    }


def test_without_a_mandate_nothing_is_seen_not_even_what_is_published(
    council: al.Workspace, adviser: al.Workspace
) -> None:
    published = STATEMENT.advanced(date(2026, 8, 3)).advanced(date(2026, 8, 3))
    council.record_statement(published)
    everything = {**READS, **COMMENTS, **NEVER}
    assert tried(everything, adviser) == all_are(False, everything)
    assert adviser.mandates() == ()
    with pytest.raises(al.NotAllowedError) as caught:
        adviser.deadline("T001", YEAR)
    assert "mandat" in caught.value.hint.da and "mandate" in caught.value.hint.en


def test_an_ended_mandate_ends_the_same_day(council: al.Workspace, adviser: al.Workspace, clock: Any) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity())
    assert adviser.packages(year=YEAR)
    planned = council.end_mandate("raadgiver-1", FROM)
    assert adviser.packages(year=YEAR) and planned.ended_on == FROM
    clock.day = FROM
    assert tried(READS, adviser) == all_are(False, READS)
    with pytest.raises(al.InvalidValueError, match="backwards"):
        council.end_mandate("raadgiver-1", FROM - ONE_DAY)
    with pytest.raises(al.NotAllowedError, match=str(FROM)):
        council.end_mandate("raadgiver-1", FROM + ONE_DAY)
    assert council.mandates() == (planned,)


def test_the_end_of_a_mandate_can_be_brought_forward(council: al.Workspace) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity())
    council.end_mandate("raadgiver-1", FROM)
    assert council.end_mandate("raadgiver-1").ended_on == council.today


def test_a_mandate_for_some_covers_only_those(
    operator: al.Workspace, council: al.Workspace, adviser: al.Workspace
) -> None:
    given = council.give_mandate("raadgiver-1", valid=al.Validity(), organisations=["T002"])
    assert given.organisations == (T002,)
    seen = {row.organisation for row in adviser.status(year=YEAR)}
    assert seen == {T002}
    without_the_status = {name: use for name, use in READS.items() if name != "the status"}
    assert tried(without_the_status, adviser) == all_are(False, without_the_status)


def test_a_mandate_is_given_by_the_municipality_for_organisations_it_leads(
    council: al.Workspace, office: al.Workspace, operator: al.Workspace
) -> None:
    for workspace in (office, operator):
        with pytest.raises(al.NotAllowedError):
            workspace.give_mandate("raadgiver-1", valid=al.Validity())
        with pytest.raises(al.NotAllowedError):
            workspace.mandates()
    with pytest.raises(al.NotAllowedError):
        council.give_mandate("raadgiver-1", valid=al.Validity(), organisations=["T006"])
    with pytest.raises(al.NotFoundError, match="no mandate"):
        council.end_mandate("raadgiver-1")


def test_a_mandate_is_one_municipality_s_and_one_adviser_s(
    operator: al.Workspace, council: al.Workspace, adviser: al.Workspace
) -> None:
    council.give_mandate("raadgiver-2", valid=al.Validity())
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    neighbour.give_mandate("raadgiver-1", valid=al.Validity())
    assert tried(READS, adviser) == all_are(False, READS)
    elsewhere = operator.acting_as(al.Actor("raadgiver-1", role="adviser", municipality="T02"))
    assert elsewhere.packages(year=YEAR) == ()  # T001 has nothing to do with T02
    assert [mandate.adviser for mandate in council.mandates()] == ["raadgiver-2"]
    assert elsewhere.mandates() == neighbour.mandates()


def test_giving_a_mandate_again_replaces_it_and_keeps_the_history(council: al.Workspace) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity(FROM, UNTIL))
    council.end_mandate("raadgiver-1")
    again = council.give_mandate("raadgiver-1", valid=al.Validity(FROM, None))
    assert council.mandates() == (again,) and again.ended_on is None
    assert [record.actor for record in council._store.history("mandates", "T01/raadgiver-1")] == ["tilsyn-1"] * 3


def test_an_adviser_s_comment_is_a_draft_until_the_municipality_returns_the_package(
    council: al.Workspace, office: al.Workspace, adviser: al.Workspace
) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity())
    drafted = adviser.comment("T001", YEAR, SOUND, "Hvad ligger bag?").entries[-1]
    assert (drafted.state, drafted.comment.by) == (al.CommentState.DRAFT, "raadgiver-1")
    assert office.review_of("T001", YEAR).entries == ()
    assert drafted in council.review_of("T001", YEAR).entries
    council.return_package("T001", YEAR, reason="Se kommentarerne")
    assert [entry.comment.by for entry in office.review_of("T001", YEAR).entries] == ["tilsyn-1", "raadgiver-1"]


def test_an_adviser_is_told_the_next_step_and_why_the_package_is_locked(
    council: al.Workspace, adviser: al.Workspace
) -> None:
    council.give_mandate("raadgiver-1", valid=al.Validity())
    [package] = adviser.packages(year=YEAR)
    assert "draft comments" in adviser.next_step(package).en
    assert al.LockCode.ROLE_NOT_PERMITTED in {cause.code for cause in adviser.why_locked(package)}
