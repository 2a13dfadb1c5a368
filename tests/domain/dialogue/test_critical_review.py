"""The checklist: the material points, a person judges, and a new sending keeps what was judged before in sight."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.content.critical_review import load_checklist
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.critical_review import (
    CriticalReview,
    ItemResult,
    Pointer,
    ReviewGroup,
    ReviewSheet,
    Suggestion,
    Verdict,
    asked_on,
    review_sheet,
    suggested,
)
from almenstyring.domain.dialogue.material import DeviatingFigure, Material, Received
from almenstyring.domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.organisations import Element
from almenstyring.domain.reporting import AuditorsProtocol, DocumentationPackage, Timeliness, Timing
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode
from almenstyring.testing.builders import clean_package

DAY = date(2026, 8, 3)
T001, ESTATE, ELSEWHERE = LbfNumber("T001"), EstateId.parse("T001-T0101"), EstateId.parse("T001-T0201")
ITEMS = load_checklist()


def finding(code: str, unit: str = "T001") -> Finding:
    return Finding(
        code=code,
        severity=Severity.CONFIRM,
        location=Location(unit=unit),
        message=Text("fundet", "found"),
        hint=Text("", ""),
    )


def figure(name: str) -> DeviatingFigure:
    word = Text("1", "1")
    return DeviatingFigure(unit=ESTATE, unit_name="", figure=name, name=word, value=word, why=word)


def suggestions(package: DocumentationPackage | None = None, **material: object) -> dict[str, Suggestion]:
    found = suggested(ITEMS, Material(package=package or clean_package(), **material))  # type: ignore[arg-type]
    return {each.item.id: each for each in found}


def review(**changes: object) -> CriticalReview:
    plain = CriticalReview(
        organisation=T001, report_year=ReportYear(2026), municipality=MunicipalityCode("T01"), sending=1
    )
    return evolve(plain, **changes)  # type: ignore[arg-type]


def sheet(judged: CriticalReview, package: DocumentationPackage | None = None) -> ReviewSheet:
    return review_sheet(judged, suggestions(package).values())


def judged(item: str, verdict: Verdict = Verdict.OK, note: str = "") -> CriticalReview:
    return review().judged(suggestions()[item], verdict, note, by="tilsyn-1", on=DAY)


# suggestions


def test_a_clean_package_points_nowhere_and_some_items_are_the_reviewers_own() -> None:
    pointers = {name: each.pointer for name, each in suggestions().items()}
    assert Pointer.LOOK not in pointers.values()
    assert pointers["disposition_fund"] is Pointer.NOTHING_FOUND
    assert pointers["special_declaration"] is Pointer.OWN_JUDGEMENT


@pytest.mark.parametrize(
    ("material", "item"),
    [
        ({"findings": (finding("COSTS-NOT-COVERED"),)}, "results"),
        ({"figures": (figure("vacancy_rate"),)}, "rent_losses"),
        ({"received": (Received(element=Element.ACCOUNTS, unit=ESTATE),)}, "accounts_on_time"),
    ],
    ids=["a finding", "a key figure", "an element that never came"],
)
def test_what_speaks_about_an_item_points_there_and_is_no_verdict(material: dict[str, object], item: str) -> None:
    found = suggestions(clean_package(), **material)
    assert found[item].pointer is Pointer.LOOK
    assert review_sheet(review(), found.values()).entry(item).result is None


def test_being_late_is_a_matter_of_the_first_group_alone() -> None:
    late = Received(element=Element.ACCOUNTS, unit=T001, on=DAY, timing=Timing(Timeliness.LATE, 5))
    found = suggestions(received=(late,))
    assert found["accounts_on_time"].lacking == (late,)
    assert found["accounts_add_up"].lacking == ()


def test_a_confirmed_finding_is_shown_with_the_organisations_reason() -> None:
    raised = finding("COSTS-NOT-COVERED")
    package = clean_package().confirm(raised, reason="Dækkes næste år.", on=DAY)
    [given] = suggestions(package, findings=(raised,))["results"].confirmations
    assert given.reason == "Dækkes næste år."


def test_a_municipality_of_location_sees_its_estates_and_the_organisation_but_no_estate_elsewhere() -> None:
    every = [finding("COSTS-NOT-COVERED", unit=str(unit)) for unit in (T001, ESTATE, ELSEWHERE)]
    found = suggestions(findings=tuple(every), estates=frozenset({ESTATE}))
    assert [each.location.unit for each in found["results"].findings] == ["T001", "T001-T0101"]


@pytest.mark.parametrize(
    ("ends", "asked"), [(date(2016, 12, 31), False), (date(2017, 12, 31), True)], ids=["before 2017", "since 2017"]
)
def test_own_control_is_asked_of_accounts_since_the_order_of_2017(ends: date, asked: bool) -> None:
    assert ("own_control_done" in {item.id for item in asked_on(ITEMS, ends)}) is asked


def test_items_come_group_by_group() -> None:
    groups = [list(ReviewGroup).index(item.group) for item in asked_on(reversed(ITEMS), DAY)]
    assert groups == sorted(groups)


# judging


@pytest.mark.parametrize("verdict", [Verdict.REMARK, Verdict.FOLLOW_UP])
def test_a_remark_and_a_follow_up_need_words(verdict: Verdict) -> None:
    with pytest.raises(InvalidValueError) as refused:
        judged("provisions", verdict, "  ")
    assert refused.value.hint.da == "Skriv, hvad der skal bemærkes eller følges op."


def test_judging_anew_replaces_the_verdict() -> None:
    again = judged("provisions").judged(
        suggestions()["provisions"], Verdict.REMARK, "Lidt lave.", by="tilsyn-2", on=DAY
    )
    assert [(each.verdict, each.by) for each in again.results] == [(Verdict.REMARK, "tilsyn-2")]


def test_a_name_is_no_id_of_a_reviewer() -> None:
    with pytest.raises(InvalidValueError):
        ItemResult(item="provisions", verdict=Verdict.OK, by="Anne Andersen", on=DAY)


def test_a_review_is_concluded_when_every_item_is_judged_and_not_before() -> None:
    found, given = suggestions(), judged("provisions")
    with pytest.raises(NotAllowedError) as refused:
        given.concluded([each.item for each in found.values()], DAY)
    assert "accounts_on_time" in refused.value.hint.da and "provisions" not in refused.value.hint.da
    for each in found.values():
        given = given.judged(each, Verdict.OK, by="tilsyn-1", on=DAY)
    done = given.concluded([each.item for each in found.values()], DAY)
    assert done.concluded_on == DAY
    with pytest.raises(NotAllowedError):
        done.judged(found["provisions"], Verdict.OK, by="tilsyn-1", on=DAY)
    with pytest.raises(NotAllowedError):
        done.concluded([], DAY)


def test_an_unknown_item_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFoundError) as refused:
        sheet(review()).entry("no_such_item")
    assert "provisions" in refused.value.hint.en


# follow-up, and legality apart


def test_only_follow_ups_reach_the_meeting_in_the_reviewers_words_and_never_legality() -> None:
    given = review()
    for item, verdict, note in (
        ("provisions", Verdict.FOLLOW_UP, "Drøftes."),
        ("rent_losses", Verdict.REMARK, "Bemærket."),
        ("approvals", Verdict.FOLLOW_UP, "Undersøges."),
    ):
        given = given.judged(suggestions()[item], verdict, note, by="tilsyn-1", on=DAY)
    found = sheet(given)
    assert [(each.code, each.hint.da) for each in found.follow_ups()] == [("REVIEW-PROVISIONS", "Drøftes.")]
    assert [each.location.item for each in found.follow_ups(legality=True)] == ["approvals"]


# a new sending


def test_a_new_sending_opens_a_new_review_and_keeps_the_old_judgements_in_sight() -> None:
    renewed = judged("provisions").renewed(2)
    assert (renewed.sending, renewed.results, renewed.concluded_on) == (2, (), None)
    entry = sheet(renewed).entry("provisions")
    assert entry.result is None and entry.earlier is not None and entry.earlier.sending == 1


@pytest.mark.parametrize(
    ("item", "changed"),
    [("protocol_read", True), ("true_and_fair", True), ("disposition_fund", False)],
    ids=["what was changed", "an own judgement rests on everything", "what is the same"],
)
def test_a_judgement_whose_basis_changed_is_marked(item: str, changed: bool) -> None:
    other = evolve(clean_package(), auditors_protocol=AuditorsProtocol(summary="Et nyt protokollat."))
    assert sheet(judged(item).renewed(2), other).entry(item).basis_changed is changed


def test_taking_over_judges_again_only_what_rests_on_the_same() -> None:
    given = judged("disposition_fund", Verdict.REMARK, "Under grænsen.").judged(
        suggestions()["protocol_read"], Verdict.OK, by="tilsyn-1", on=DAY
    )
    other = evolve(clean_package(), auditors_protocol=AuditorsProtocol(summary="Et nyt protokollat."))
    later = date(2026, 9, 1)
    over = given.renewed(2).taken_over(suggestions(other).values(), by="tilsyn-2", on=later)
    assert [(each.item, each.note, each.on, each.sending) for each in over.results] == [
        ("disposition_fund", "Under grænsen.", later, 2)
    ]


@given(st.lists(st.tuples(st.sampled_from([item.id for item in ITEMS]), st.integers(1, 3)), max_size=12))
def test_no_judgement_is_ever_lost(steps: list[tuple[str, int]]) -> None:
    found, given_so_far, current = suggestions(), review(), set()
    for item, sending in steps:
        if sending > given_so_far.sending:
            given_so_far = given_so_far.renewed(sending)
        given_so_far = given_so_far.judged(found[item], Verdict.OK, by="x", on=DAY)
        current.add((item, given_so_far.sending))
    kept = {(each.item, each.sending) for each in (*given_so_far.earlier, *given_so_far.results)}
    assert kept == current
