"""Sending and what the municipality does with it, the same on every installed store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

import almenstyring as al

from .conftest import OPERATOR, REGISTRY

YEAR = al.ReportYear(2026)
Ready = Callable[[], al.DocumentationPackage]


def test_a_package_can_be_sent_and_the_receipt_verifies(office: al.Workspace, ready: Ready) -> None:
    receipt = office.submit(ready())

    assert (receipt.number, receipt.sent_on) == (1, date(2026, 8, 3))
    assert office.verify(receipt).ok
    assert "DB § 112, stk. 6" in receipt.note.en


def test_saving_first_and_sending_the_same_object_is_no_conflict(office: al.Workspace) -> None:
    from_before = office.open_package("T001", YEAR)
    package = _sendable(office, from_before)
    office.save(package)

    assert office.submit(package).number == 1


def _sendable(workspace: al.Workspace, package: al.DocumentationPackage) -> al.DocumentationPackage:
    saved = workspace.save(package.answer("economy.sound_operation", "high_degree"))
    for finding in workspace.check(saved).in_the_way:
        if finding.severity is al.Severity.CONFIRM:
            saved = saved.confirm(finding, reason="Gennemgået.", on=workspace.today)
    for question in workspace.standard(YEAR):
        if question.comment == "required" and question.level == "organisation":
            saved = saved.answer(question.id, comment="Forklaring.")
    for finding in workspace.check(saved).in_the_way:
        if finding.severity is al.Severity.CONFIRM:
            saved = saved.confirm(finding, reason="Gennemgået.", on=workspace.today)
    return evolve(saved, revision=package.revision + 1)


def test_a_receipt_of_another_history_does_not_verify(office: al.Workspace, ready: Ready) -> None:
    receipt = office.submit(ready())
    forged = evolve(receipt, head=evolve(receipt.head, hash="f" * 64))

    report = office.verify(forged)

    assert not report.ok
    assert report.message.da
    assert report.message.en


def test_what_stands_in_the_way_is_said_before_and_at_sending_alike(office: al.Workspace) -> None:
    package = office.open_package("T001", YEAR)
    verdict = office.check_submit(package)

    with pytest.raises(al.NotSubmittableError) as caught:
        office.submit(package)

    assert not verdict.ok
    assert caught.value.check == verdict
    assert al.LockCode.PACKAGE_UNTOUCHED in {lock.code for lock in verdict.locks}
    assert office.open_package("T001", YEAR) == package
    assert office.packages(year=YEAR)[0].sendings == ()


def test_a_sent_package_is_locked_until_the_municipality_returns_it(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    package = ready()
    office.submit(package)
    stored = office.open_package("T001", YEAR)

    causes = office.why_locked(stored)
    assert [(c.code, c.lifted_by) for c in causes] == [(al.LockCode.PACKAGE_SENT, al.Role.MUNICIPALITY)]
    with pytest.raises(al.NotAllowedError):
        office.save(evolve(package.answer("economy.sound_operation", "not_at_all"), revision=stored.revision))

    council.return_package("T001", YEAR, reason="Uddyb venligst udlejningen.")
    returned = office.open_package("T001", YEAR)
    assert returned.status is al.PackageStatus.RETURNED
    again = office.save(returned.answer("letting.varied_residents", comment="Uddybet."))
    receipt = office.submit(settled(office, again))
    assert receipt.number == 2
    assert council.sent_package("T001", YEAR, 1).report != council.sent_package("T001", YEAR, 2).report


def settled(workspace: al.Workspace, package: al.DocumentationPackage) -> al.DocumentationPackage:
    for finding in workspace.check(package).in_the_way:
        if finding.severity is al.Severity.CONFIRM:
            package = package.confirm(finding, reason="Gennemgået.", on=workspace.today)
    return package


def test_a_sent_package_holds_standard_rules_and_master_data_of_that_day(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())

    sent = council.sent_package("T001", YEAR)

    assert sent.master_data == office.master_data("T001")
    assert sent.sendings[0].standard == "Standard=almenstyring:styringsrapport(2026)"
    assert "almenstyring 3" in sent.sendings[0].rules_version
    assert council.standard_of(sent) == office.standard(YEAR)


def test_a_package_sent_in_another_store_is_read_by_the_year_s_installed_standard(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    office.submit(ready())
    sent = council.sent_package("T001", YEAR)
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, test_mode=True) as elsewhere:
        assert elsewhere.standard_of(sent) == elsewhere.standard(YEAR)


def test_late_is_a_status_with_days_and_never_a_lock(office: al.Workspace, council: al.Workspace, ready: Ready) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 20))
    receipt = office.submit(ready())

    assert receipt.timing == al.Timing(al.Timeliness.LATE, 14)
    [row] = [
        r
        for r in council.status(year=YEAR)
        if r.expectation.element == "governance_report" and str(r.organisation) == "T001"
    ]
    assert row.timing == al.Timing(al.Timeliness.LATE, 14)
    assert row.due == date(2026, 7, 20)


def test_an_extension_moves_the_deadline_and_keeps_who_and_why(council: al.Workspace) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 1))
    council.extend_deadline("T001", YEAR, until=date(2026, 7, 15), reason="Ny revisor")

    deadline = council.deadline("T001", YEAR)

    assert deadline is not None
    assert (deadline.due, deadline.current) == (date(2026, 7, 1), date(2026, 7, 15))
    assert [(e.granted_by, e.reason) for e in deadline.extensions] == [("tilsyn-1", "Ny revisor")]


def test_an_extension_without_a_deadline_is_refused(council: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError):
        council.extend_deadline("T001", YEAR, until=date(2026, 7, 15), reason="Ny revisor")


def test_a_municipality_sees_what_was_sent_and_never_a_draft(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    package = ready()
    assert council.packages(year=YEAR) == ()
    with pytest.raises(al.NotFoundError):
        council.sent_package("T001", YEAR)

    office.submit(package)

    assert [str(p.organisation) for p in council.packages(year=YEAR)] == ["T001"]
    with pytest.raises(al.NotAllowedError):
        council.history("T001", YEAR)


def test_meeting_and_statement_are_records_of_their_own(council: al.Workspace) -> None:
    number, home = al.LbfNumber("T001"), al.MunicipalityCode("T01")
    council.record_meeting(
        al.DialogueMeeting(organisation=number, report_year=YEAR, municipality=home, held_on=date(2026, 7, 20))
    )
    statement = al.Statement(municipality=home, report_year=YEAR, organisations=(number,), text="Referat.")
    council.record_statement(statement)
    published = statement.advanced(date(2026, 8, 1)).advanced(date(2026, 8, 2))
    council.record_statement(published)

    rows = {r.expectation.element: r for r in council.status(year=YEAR) if r.organisation == number}
    assert rows[al.Element.DIALOGUE_MEETING].sent_on == date(2026, 7, 20)
    assert rows[al.Element.STATEMENT].sent_on == date(2026, 8, 2)
    assert not rows[al.Element.GOVERNANCE_REPORT].delivered


def test_the_central_systems_receipt_is_kept_beside_a_sending(office: al.Workspace, ready: Ready) -> None:
    receipt = al.CentralReceipt(
        organisation=al.LbfNumber("T001"),
        report_year=YEAR,
        sending=1,
        reference="K-1",
        filed_on=date(2026, 7, 1),
        recorded_by="kontor-1",
    )
    with pytest.raises(al.NotFoundError):
        office.record_central_receipt(receipt)
    office.submit(ready())
    office.record_central_receipt(receipt)
    assert office.central_receipt("T001", YEAR) == receipt


def test_review_is_a_step_of_the_municipality(office: al.Workspace, council: al.Workspace, ready: Ready) -> None:
    office.submit(ready())
    with pytest.raises(al.NotAllowedError):
        office.review("T001", YEAR)
    assert council.review("T001", YEAR).status is al.PackageStatus.UNDER_REVIEW


def test_the_history_tells_every_revision(office: al.Workspace) -> None:
    package = office.open_package("T001", YEAR)
    office.save(package.answer("economy.sound_operation", "high_degree"))

    history = office.history("T001", YEAR)

    assert [(r.revision, r.actor) for r in history] == [(1, "kontor-1"), (2, "kontor-1")]


def test_a_municipality_keeps_records_of_its_own_dialogue_only(council: al.Workspace) -> None:
    number, other = al.LbfNumber("T001"), al.MunicipalityCode("T02")
    with pytest.raises(al.NotAllowedError, match="T02"):
        council.record_meeting(
            al.DialogueMeeting(organisation=number, report_year=YEAR, municipality=other, held_on=date(2026, 7, 20))
        )
    with pytest.raises(al.NotAllowedError, match="T02"):
        council.record_statement(al.Statement(municipality=other, report_year=YEAR, organisations=(number,), text="."))


def test_the_log_tells_the_steps_and_never_what_people_wrote(
    office: al.Workspace, ready: Ready, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="almenstyring")
    package = office.save(ready().answer("economy.sound_operation", comment="HEMMELIGT"))
    office.submit(settled(office, package))

    assert "package T001/2026 is sent" in caplog.text
    assert "HEMMELIGT" not in caplog.text


def test_a_document_that_was_listed_but_never_stored_must_be_confirmed(office: al.Workspace, ready: Ready) -> None:
    listed = ready().attach("revisor.pdf", b"%PDF-1.7")
    [finding] = office.check_submit(listed).findings.with_code("ATTACHMENT-NOT-STORED")
    assert (finding.severity, finding.location.item) == (al.Severity.CONFIRM, "revisor.pdf")
    assert finding.message.da and finding.message.en and finding.hint.da

    stored = office.attach(ready(), "revisor.pdf", b"%PDF-1.7")
    assert not office.check(stored).with_code("ATTACHMENT-NOT-STORED")


def test_meeting_and_statement_are_read_back_by_those_who_may(operator: al.Workspace, council: al.Workspace) -> None:
    number, home = al.LbfNumber("T001"), al.MunicipalityCode("T01")
    meeting = al.DialogueMeeting(organisation=number, report_year=YEAR, municipality=home, held_on=date(2026, 7, 20))
    council.record_meeting(meeting)
    other = al.LbfNumber("T002")
    draft = al.Statement(municipality=home, report_year=YEAR, organisations=(number, other), text="Referat.")
    council.record_statement(draft)
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))

    assert council.meeting("T001", YEAR) == meeting
    assert council.statements(YEAR) == (draft,)
    assert neighbour.statements(YEAR) == ()
    with pytest.raises(al.NotAllowedError):
        neighbour.meeting("T001", YEAR)

    published = draft.advanced(date(2026, 8, 1)).advanced(date(2026, 8, 2))
    reordered = evolve(published, organisations=(other, number))
    council.record_statement(reordered)
    assert neighbour.statements(YEAR) == (reordered,)
    assert council.meeting("T002", YEAR) is None


def test_an_extension_after_a_late_sending_does_not_make_it_timely(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 20))
    office.submit(ready())
    council.extend_deadline("T001", YEAR, until=date(2026, 9, 1), reason="For sent")

    [row] = [
        r
        for r in council.status(year=YEAR)
        if r.expectation.element == "governance_report" and str(r.organisation) == "T001"
    ]
    assert (row.timing, row.due) == (al.Timing(al.Timeliness.LATE, 14), date(2026, 7, 20))


def test_a_statement_is_not_kept_as_reported_without_the_central_receipt(council: al.Workspace) -> None:
    steps = tuple(date(2026, 7, day) for day in (1, 2, 3))
    bare = al.Statement(
        municipality=al.MunicipalityCode("T01"),
        report_year=YEAR,
        organisations=(al.LbfNumber("T001"),),
        text="SYNTETISK",
        status=al.StatementStatus.REPORTED,
        dates=steps,
    )
    with pytest.raises(al.NotAllowedError):
        council.record_statement(bare)
    assert council.statements(YEAR) == ()
    filed = evolve(bare, filing=al.StatementFiling(reference="SYN-1", filed_on=steps[2]))
    council.record_statement(filed)
    assert council.statements(YEAR) == (filed,)
