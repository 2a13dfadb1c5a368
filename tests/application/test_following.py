"""Following the dialogue: status and overview over years, adopted models of fora, and the meetings owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application.deliveries import progress_of
from almenstyring.application.overview import total
from almenstyring.application.records import BY_MUNICIPALITY, Records, by_year, indexed_master, year_key
from almenstyring.builtin.memory import MemoryStore
from almenstyring.domain.dialogue import STATUTORY
from almenstyring.domain.next_steps import NEXT_STEPS
from almenstyring.domain.reporting import PackageProgress
from almenstyring.plugins import StoreDescriptor
from almenstyring.ports import Record

from .conftest import OPERATOR, REGISTRY, YEAR, StandingClock, refused

T01, T02 = al.MunicipalityCode("T01"), al.MunicipalityCode("T02")
OWN, OTHER = al.LbfNumber("T001"), al.LbfNumber("T006")
Ready = Callable[[], al.DocumentationPackage]


@pytest.fixture
def neighbour(operator: al.Workspace) -> al.Workspace:
    """The workspace of T02: home of T006, and where an estate of T002 lies."""
    return operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))


def line(workspace: al.Workspace, number: al.LbfNumber = OWN, year: al.ReportYear = YEAR) -> al.YearLine:
    [found] = [each for each in workspace.overview([year]).lines if each.organisation == number]
    return found


def meeting(number: al.LbfNumber, on: date, municipality: al.MunicipalityCode = T01) -> al.DialogueMeeting:
    year = al.ReportYear(on.year)
    return al.DialogueMeeting(organisation=number, report_year=year, municipality=municipality, held_on=on)


# The overview


def test_a_year_is_followed_from_nothing_to_reported(
    office: al.Workspace, council: al.Workspace, ready: Ready, clock: StandingClock
) -> None:
    seen = [line(council)]
    package = ready()
    seen.append(line(council))
    office.submit(package)
    seen.append(line(council))
    council.review("T001", YEAR)
    seen.append(line(council))
    council.return_package("T001", YEAR, reason="Uddyb.")
    seen.append(line(council))
    statuses = [each.status for each in seen]
    assert statuses == [None, "in_progress", "sent", "under_review", "returned"]
    assert [each.opened for each in seen] == [None, *[date(2026, 8, 3)] * 4]
    assert [each.sent_on for each in seen] == [None, None, *[date(2026, 8, 3)] * 3]
    assert [each.times_returned for each in seen] == [0, 0, 0, 0, 1]
    council.record_meeting(meeting(OWN, date(2026, 8, 1)))
    statement = al.Statement(municipality=T01, report_year=YEAR, organisations=(OWN,), text="SYNTETISK")
    council.record_statement(statement)
    filing = al.StatementFiling(reference="K-1", filed_on=date(2026, 8, 3))
    for day, receipt in ((1, None), (2, None), (3, filing)):
        statement = statement.advanced(date(2026, 8, day), filing=receipt)
        council.record_statement(statement)
    done = line(council)
    assert (done.meeting_held, done.statement_published) == (date(2026, 8, 1), date(2026, 8, 2))
    assert done.statement_reported == date(2026, 8, 3)


def test_late_is_told_in_days_and_counts_against_timeliness_but_not_completeness(
    office: al.Workspace, council: al.Workspace, ready: Ready
) -> None:
    council.set_deadline("T001", YEAR, date(2026, 7, 1))
    before = line(council)
    assert (before.timing.timeliness, before.timing.days_late) == ("overdue", 33)
    assert before.rates.completeness == 0
    office.submit(ready())
    after = line(council)
    assert (after.timing.timeliness, after.timing.days_late) == ("late", 33)
    assert {row.expectation.element for row in after.missing} == {"dialogue_meeting", "statement"}
    assert after.rates.completeness == Fraction(after.rates.owed - 2, after.rates.owed)
    assert after.rates.timeliness == 0


def test_a_municipality_of_location_sees_copies_and_owes_no_meeting_or_statement(neighbour: al.Workspace) -> None:
    home, copies = line(neighbour, OTHER), line(neighbour, al.LbfNumber("T002"))
    assert (home.leads, copies.leads) == (True, False)
    rows = [row for row in neighbour.status(year=YEAR) if row.organisation == copies.organisation]
    elements = {row.expectation.element for row in rows}
    assert not elements & {al.Element.DIALOGUE_MEETING, al.Element.STATEMENT}
    assert al.Element.GOVERNANCE_REPORT in elements


def test_who_sees_which_lines(operator: al.Workspace, office: al.Workspace, council: al.Workspace) -> None:
    def numbers(workspace: al.Workspace) -> list[str]:
        return [str(each.organisation) for each in workspace.overview([YEAR]).lines]

    assert numbers(council) == ["T001", "T002", "T003", "T004", "T005"]
    assert numbers(office) == ["T001"]
    assert numbers(operator) == [str(master.number) for master in operator.register()]
    with pytest.raises(al.NotAllowedError, match="only its own"):
        council.overview([YEAR], municipality="T02")


def test_the_rates_of_a_year_are_those_of_its_lines_together(council: al.Workspace) -> None:
    years = [YEAR, al.ReportYear(2025)]
    found = council.overview(years)
    assert list(found.rates) == sorted(years)
    for year, rates in found.rates.items():
        assert rates == total(each.rates for each in found.lines if each.report_year == year)


def test_nothing_owed_has_no_rate() -> None:
    nothing = total([])
    assert (nothing.completeness, nothing.timeliness) == (None, None)


# Progress and the index of the register stand for what they were made from


@settings(max_examples=10)
@given(st.lists(st.sampled_from(["send", "review", "return"]), max_size=12))
def test_the_progress_kept_step_by_step_is_that_of_the_whole_history(steps: list[str]) -> None:
    with al.connect("memory:", actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as operator:
        operator.import_register("synthetic:")
        records, at = Records(operator._store), StandingClock()()
        package = operator.open_package("T001", YEAR)
        sent: list[al.DocumentationPackage] = []
        for step in steps:
            package = _taken(package, step)
            if step == "send":
                sent.append(package)
                key, fields = year_key(OWN, YEAR, len(sent)), by_year(OWN, YEAR)
                records.sendings.put(key, package, expected_revision=0, actor="x", at=at, indexed=fields)
            package = operator._store_package(package, package.revision)
        kept = progress_of(records, OWN, YEAR)
        assert kept == PackageProgress.of(package, sent, opened=date(2026, 8, 3))


def _taken(package: al.DocumentationPackage, step: str) -> al.DocumentationPackage:
    """The package after a step, whatever the workflow says of it: progress is told of what there is."""
    day = date(2026, 8, 3)
    if step == "send":
        number = len(package.sendings) + 1
        at = StandingClock()()
        sending = al.Sending(
            number=number, on=day, at=at, by="x", standard="s", standard_hash="h", rules_version="1", due=day
        )
        return evolve(package, sendings=(*package.sendings, sending), status=al.PackageStatus.SENT)
    if step == "return":
        given = al.PackageReturn(on=day, by="x", reason="Uddyb.")
        return evolve(package, returns=(*package.returns, given), status=al.PackageStatus.RETURNED)
    return evolve(package, status=al.PackageStatus.UNDER_REVIEW)


class OldStore(MemoryStore):
    """A store as it was before progress was kept and the register could be found by municipality."""

    def get(self, kind: str, key: str, revision: int | None = None) -> Record | None:
        hidden = kind == "progress" or (kind, key) == ("settings", BY_MUNICIPALITY)
        return None if hidden else super().get(kind, key, revision)


def test_a_store_made_before_progress_was_kept_shows_the_same_overview() -> None:
    lines = []
    for make in (MemoryStore, OldStore):
        registry = al.Registry.discover(only={"builtin", "synthetic"})
        workspace = al.Workspace(make(), OPERATOR, registry, StandingClock(), source=None, test_mode=True)
        workspace.import_register("synthetic:")
        workspace.open_package("T001", YEAR)
        lines.append(workspace.overview([YEAR], municipality="T01").lines)
    assert lines[0] == lines[1]
    assert lines[0][0].opened == date(2026, 8, 3)


def test_a_register_imported_before_it_could_be_found_by_municipality_is_indexed_by_the_next_import(
    store: StoreDescriptor, tmp_path: Path
) -> None:
    address = f"{store.name}:{tmp_path / 'old.db'}"
    with al.connect(address, actor=OPERATOR, registry=REGISTRY, clock=StandingClock(), test_mode=True) as operator:
        operator.import_register("synthetic:")
        records, at = Records(operator._store), StandingClock()()
        for entry in list(records.register.find()):
            number = str(entry.value.number)
            records.register.put(
                number,
                entry.value,
                expected_revision=entry.record.revision,
                actor="x",
                at=at,
                indexed={"organisation": number},
            )
        assert not list(records.concerned(T01))
        assert operator.import_register("synthetic:") == 0, "nothing is new, it is only found again"
        assert [master.number for master in records.concerned(T02)] == [
            master.number for master in operator.register() if "concerns T02" in indexed_master(master)
        ]


# Fora and the meetings owed


def test_the_yearly_meeting_is_owed_without_a_model_and_without_a_report(council: al.Workspace) -> None:
    owed = council.obligations(al.Span.years(2026))
    assert {str(each.organisation) for each in owed} == {"T001", "T002", "T003", "T004", "T005"}
    assert {(each.forum.id, each.state, each.model) for each in owed} == {(STATUTORY, "owed_not_yet_due", None)}


def test_a_meeting_held_meets_its_obligation_and_a_year_that_is_over_has_missing_ones(council: al.Workspace) -> None:
    council.record_meeting(meeting(OWN, date(2026, 7, 1)))
    states = {
        (str(each.organisation), each.due.year): each.state for each in council.obligations(al.Span.years(2025, 2026))
    }
    assert (states["T001", 2025], states["T001", 2026]) == ("missing", "held")


def test_an_adopted_model_adds_its_fora_from_its_day_on_and_forgets_nothing(neighbour: al.Workspace) -> None:
    neighbour.adopt_model("norddjurs_2011", since=date(2023, 1, 1))
    decision = al.Decision(decided_on=date(2024, 10, 29), case_number="24/1")
    models = neighbour.adopt_model("norddjurs_2022", since=date(2024, 11, 1), decision=decision)
    assert models == neighbour.dialogue_models()
    assert [(each.model.id, each.decision) for each in models.adoptions] == [
        ("norddjurs_2011", None),
        ("norddjurs_2022", decision),
    ]
    owed = neighbour.obligations(al.Span.years(2023, 2026))
    assert {(each.forum.id, each.due.year) for each in owed if each.organisation is None} == {
        ("coordination_group", 2023),
        ("dialogue_forum", 2023),
        ("theme_meeting", 2025),
        ("theme_meeting", 2029),
    }


def test_adopting_again_from_the_same_day_corrects_a_wrong_adoption(neighbour: al.Workspace) -> None:
    neighbour.adopt_model("norddjurs_2011", since=date(2023, 1, 1))
    neighbour.adopt_model("slagelse_2011", since=date(2026, 1, 1))
    models = neighbour.adopt_model("norddjurs_2022", since=date(2026, 1, 1))
    assert models == neighbour.dialogue_models()
    assert [each.model.id for each in models.adoptions] == ["norddjurs_2011", "norddjurs_2022"]
    repository = Records(neighbour._store).adoptions
    history = [repository.entry(each).value.model.id for each in repository.history("T02/2026-01-01")]
    assert history == ["slagelse_2011", "norddjurs_2022"]


def test_an_adoption_is_taken_back_and_the_one_before_holds_again(neighbour: al.Workspace) -> None:
    first = neighbour.adopt_model("norddjurs_2011", since=date(2023, 1, 1))
    neighbour.adopt_model("slagelse_2011", since=date(2027, 1, 1))
    assert neighbour.withdraw_adoption("slagelse_2011", date(2027, 1, 1)) == first == neighbour.dialogue_models()
    repository = Records(neighbour._store).adoptions
    first_kept, withdrawn = (repository.entry(each).value for each in repository.history("T02/2027-01-01"))
    assert (first_kept.withdrawn_on, withdrawn.withdrawn_on) == (None, neighbour.today)
    again = neighbour.adopt_model("norddjurs_2022", since=date(2027, 1, 1))
    assert again == neighbour.dialogue_models() and len(again.adoptions) == 2


def test_what_has_begun_is_taken_back_only_with_a_reason(neighbour: al.Workspace) -> None:
    models = neighbour.adopt_model("slagelse_2011", since=neighbour.today)
    model = models.adoptions[0].model
    for reason in ("", "  "):
        said = refused(
            lambda given=reason: neighbour.withdraw_adoption(model, neighbour.today, reason=given),  # type: ignore[misc]
            al.NotAllowedError,
        )
        assert "has held since 2026-08-03" in said
    assert neighbour.withdraw_adoption(model, neighbour.today, reason="Forkert model").adoptions == ()
    [kept] = [each.value for each in Records(neighbour._store).adoptions.find()]
    assert kept.withdrawn_because == "Forkert model"


@pytest.mark.parametrize(
    ("model", "since"),
    [
        pytest.param("slagelse_2011", date(2026, 1, 2), id="another day"),
        pytest.param("norddjurs_2022", date(2026, 1, 1), id="another model"),
    ],
)
def test_only_what_was_adopted_is_taken_back(
    neighbour: al.Workspace, council: al.Workspace, office: al.Workspace, model: str, since: date
) -> None:
    before = neighbour.adopt_model("slagelse_2011", since=date(2026, 1, 1))
    said = refused(lambda: neighbour.withdraw_adoption(model, since, reason="Fejl"))
    assert "Adopted are: slagelse_2011 (2026-01-01)." in said
    refused(lambda: council.withdraw_adoption("slagelse_2011", date(2026, 1, 1), reason="Fejl"))
    with pytest.raises(al.NotAllowedError):
        office.withdraw_adoption("slagelse_2011", date(2026, 1, 1), reason="Fejl")
    assert neighbour.dialogue_models() == before


def test_an_unknown_model_is_told_with_those_there_are(neighbour: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError, match="slagelse_2011"):
        neighbour.adopt_model("slagelse", since=date(2026, 1, 1))


def test_an_organisation_sees_its_own_meetings_and_the_joint_ones_and_adopts_nothing(
    office: al.Workspace, council: al.Workspace
) -> None:
    council.adopt_model("slagelse_2011", since=date(2026, 1, 1))
    owed = office.obligations(al.Span.years(2026))
    assert {(each.forum.id, str(each.organisation)) for each in owed} == {
        (STATUTORY, "T001"),
        ("joint_meeting", "None"),
        ("cooperation_committee", "None"),
    }
    assert office.obligations(al.Span.years(2026), municipality="T02") == ()
    with pytest.raises(al.NotAllowedError):
        office.adopt_model("slagelse_2011", since=date(2027, 1, 1))


def test_the_operator_names_the_municipality_and_a_municipality_asks_for_itself(
    operator: al.Workspace, council: al.Workspace
) -> None:
    assert operator.obligations(al.Span.years(2026), municipality="T01") == council.obligations(al.Span.years(2026))
    with pytest.raises(al.NotAllowedError, match="Say which municipality"):
        operator.obligations(al.Span.years(2026))
    with pytest.raises(al.NotAllowedError, match="only its own"):
        council.obligations(al.Span.years(2026), municipality="T02")


# Years, days and spans


def test_a_year_may_be_given_as_a_number(council: al.Workspace) -> None:
    council.record_meeting(meeting(OWN, date(2026, 7, 1)))
    assert council.status(year=2026) == council.status(year=YEAR)
    assert council.overview([2026]).lines == council.overview([YEAR]).lines
    assert council.meeting("T001", 2026) == council.meeting("T001", YEAR) is not None
    assert council.meetings("T001", 2026) == council.meetings("T001", YEAR)
    assert council.minutes_gaps("T001", 2026) == council.minutes_gaps("T001", YEAR)
    assert council.forum_meetings(2026) == ()
    assert council.invitations(year=2026) == ()


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda w: w.status(year="2026"), id="status of a text"),
        pytest.param(lambda w: w.status(year=26), id="status of a short year"),
        pytest.param(lambda w: w.overview(["2026"]), id="overview of a text"),
        pytest.param(lambda w: w.overview(2026), id="overview of one year"),
        pytest.param(lambda w: w.overview("2026"), id="overview of figures"),
        pytest.param(lambda w: w.obligations((2026, 2027)), id="obligations in two years"),
        pytest.param(lambda w: w.obligations(2026), id="obligations in a number"),
        pytest.param(lambda w: w.adopt_model("slagelse_2011", since="2027-01-01"), id="a model from a text on"),
        pytest.param(lambda w: w.meeting("T001", None), id="the meeting of no year"),
        pytest.param(lambda w: w.meetings("T001", "2026"), id="the meetings of a text"),
        pytest.param(lambda w: w.minutes_gaps("T001", 2009), id="the gaps of a year before the dialogue"),
        pytest.param(lambda w: w.forum_meetings("2026"), id="other meetings of a text"),
        pytest.param(lambda w: w.invitations(year="2026"), id="invitations of a text"),
    ],
)
def test_what_is_no_year_day_or_span_is_refused_with_a_sentence(
    council: al.Workspace, ask: Callable[[al.Workspace], object]
) -> None:
    assert refused(lambda: ask(council), al.InvalidValueError)


# Next steps in words


@pytest.mark.parametrize("role", al.Role)
@pytest.mark.parametrize("status", [None, *al.PackageStatus])
def test_no_state_of_the_year_is_without_a_next_step(role: al.Role, status: al.PackageStatus | None) -> None:
    before = NEXT_STEPS[status or al.PackageStatus.CREATED, role]
    assert al.year_step(role, status) == before
    for published, reported in ((False, False), (True, False), (True, True)):
        step = al.year_step(role, status, meeting_held=True, published=published, reported=reported)
        assert step.da
        assert step.en


def test_after_the_meeting_the_municipality_writes_the_statement_and_a_late_report_is_still_owed() -> None:
    sent, opened = al.PackageStatus.SENT, al.PackageStatus.IN_PROGRESS
    assert "redegørelsen" in al.year_step(al.Role.MUNICIPALITY, sent, meeting_held=True).da
    assert "kvittering" in al.year_step(al.Role.MUNICIPALITY, sent, meeting_held=True, published=True).da
    assert al.year_step(al.Role.ORGANISATION, opened, meeting_held=True) == NEXT_STEPS[opened, al.Role.ORGANISATION]
    assert "Afvent kommunens redegørelse" in al.year_step(al.Role.ORGANISATION, sent, meeting_held=True).da
