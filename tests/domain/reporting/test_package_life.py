"""Whatever is done to a package, in whatever order: no answer is lost and the table is never left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.reporting import (
    NONE,
    WORKFLOW,
    AnnualReportItem,
    DocumentationPackage,
    PackageReturn,
    PackageStatus,
    Sending,
    Sheet,
    Special,
    as_value,
)
from almenstyring.testing.builders import clean_package

Verb = Callable[[DocumentationPackage], DocumentationPackage]
Place = tuple[str, str | None]

START = clean_package(estates=1)
NEW = DocumentationPackage(
    organisation=START.organisation,
    report_year=START.report_year,
    period=START.period,
    standard=START.standard,
    report=Sheet(unit=START.organisation),
    estate_reports=tuple(Sheet(unit=sheet.unit) for sheet in START.estate_reports),
)
DAY = date(2026, 6, 29)
TABLE = {(row.source, row.target) for row in WORKFLOW}


def send(package: DocumentationPackage) -> DocumentationPackage:
    number = len(package.sendings) + 1
    on = DAY + timedelta(days=number)
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    return package.sent(
        Sending(number=number, on=on, at=at, by="kontor-1", standard="", standard_hash="", rules_version="", due=None)
    )


OTHERS: dict[str, Verb] = {
    "tell": lambda p: p.tell(AnnualReportItem.OWN_CONTROL, NONE),
    "attach": lambda p: p.attach("a.pdf", b"x"),
    "send": send,
    "review": DocumentationPackage.under_review,
    "return": lambda p: p.returned(PackageReturn(on=DAY, by="kommune-1", reason="Ret det.")),
}
places = st.tuples(st.sampled_from("abc"), st.sampled_from([None, "T001-T0101"]))
values = st.sampled_from(Special) | st.integers(-5, 5) | st.sampled_from(["none", "x"]) | st.lists(st.just("x"))
steps = st.lists(
    st.tuples(st.just("answer"), places, values)
    | st.tuples(st.just("clear"), places, st.none())
    | st.tuples(st.sampled_from([*OTHERS, "send", "return"]), places, st.none()),
    max_size=30,
)


def taken(package: DocumentationPackage, name: str, place: Place, value: object) -> DocumentationPackage:
    question, estate = place
    if name == "answer":
        return package.answer(question, value, estate=estate)
    return package.clear(question, estate=estate) if name == "clear" else OTHERS[name](package)


@given(steps)
def test_no_order_of_verbs_loses_an_answer_or_leaves_the_table(given_steps: list[tuple[str, Place, object]]) -> None:
    package, answers = NEW, dict[Place, object]()
    for name, place, value in given_steps:
        try:
            later = taken(package, name, place, value)
        except NotAllowedError:
            continue
        assert (package.status, later.status) in TABLE
        package = later
        if name == "answer":
            answers[place] = as_value(value)
        elif name == "clear":
            answers.pop(place, None)
    held = {
        (key, unit): sheet
        for unit, sheet in zip([None, "T001-T0101"], package.sheets(), strict=True)
        for key in sheet.answers
    }
    assert {place: sheet[place[0]].value for place, sheet in held.items()} == answers


@given(steps)
def test_a_closed_package_is_what_was_sent_until_it_is_returned(given_steps: list[tuple[str, Place, object]]) -> None:
    package = NEW
    sent: list[DocumentationPackage] = []
    for name, place, value in given_steps:
        try:
            package = taken(package, name, place, value)
        except NotAllowedError:
            continue
        if name == "send":
            sent.append(package)
        if not package.status.is_editable:
            assert list(package.sheets()) == list(sent[-1].sheets())
            assert (package.annual_report, package.attachments) == (sent[-1].annual_report, sent[-1].attachments)
    closed = package.status in (PackageStatus.SENT, PackageStatus.UNDER_REVIEW)
    assert len(package.sendings) == len(sent) == len(package.returns) + closed
    assert package.first_sent == (sent[0].sendings[-1].on if sent else None)
