"""Packages as tables: typed cells in the words of each package's own standard, and nothing lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from almenstyring.application import wording
from almenstyring.application.entries import account_name
from almenstyring.application.tables import tables
from almenstyring.content import label, load_references, load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.figures.chart import Charts
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import (
    NONE,
    NOT_APPLICABLE,
    Analysis,
    AnnualReportItem,
    Answer,
    Confirmation,
    Deadline,
    DocumentationPackage,
    Level,
    PackageReturn,
    PackageStatus,
    Question,
    QuestionnaireSheet,
    QuestionType,
    Sending,
    Sourced,
    Timeliness,
)
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, MunicipalityCode, Number
from almenstyring.ports import Table
from almenstyring.testing.builders import clean_package

STANDARD = load_standard(ReportYear(2026))
CHARTS = Charts(charts=(load_references().chart,))
Row = dict[str, object]


def asked(kind: QuestionType, level: Level = Level.ORGANISATION) -> Question:
    """A question of a type that every organisation is asked."""
    questions = STANDARD.asked_of(OrganisationKind.HOUSING_ORGANISATION, level)
    return next(question for question in questions if question.type is kind)


def table(name: str, *packages: DocumentationPackage, **options: object) -> Table:
    return next(t for t in tables(packages, [STANDARD] * len(packages), **options) if t.id == name)  # type: ignore[arg-type]


def rows(name: str, *packages: DocumentationPackage, **options: object) -> list[Row]:
    """The rows of one table as column id to cell."""
    found = table(name, *packages, **options)
    columns = [column.id for column in found.columns]
    return [dict(zip(columns, row, strict=True)) for row in found.rows]


def answer_to(question: str, package: DocumentationPackage, name: str = "answers") -> Row:
    (row,) = [row for row in rows(name, package) if row["id"] == question]
    return row


def a_sending(number: int, on: date, due: date | None = date(2026, 7, 1)) -> Sending:
    return Sending(
        number=number,
        on=on,
        at=datetime(2026, 6, 29, 12, tzinfo=UTC),
        by="kontor-1",
        standard=STANDARD.identity,
        standard_hash="ab" * 32,
        rules_version="1",
        due=due,
    )


@pytest.fixture
def package() -> DocumentationPackage:
    return evolve(clean_package(2026, estates=2), status=PackageStatus.IN_PROGRESS)


def test_every_table_is_there_even_for_no_package() -> None:
    found = tables((), ())
    assert [t.id for t in found] == [t.id for t in tables((clean_package(2026),), (STANDARD,))]
    assert all(t.rows == () for t in found)


def test_every_row_has_a_cell_per_column_and_every_name_both_languages(package: DocumentationPackage) -> None:
    for found in tables((package,), (STANDARD,), charts=CHARTS):
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert len({column.id for column in found.columns}) == len(found.columns)
        for text in (found.title, *(column.title for column in found.columns)):
            assert text.da and text.en


def test_the_overview_has_one_row_per_package(package: DocumentationPackage) -> None:
    (row,) = rows("overview", package)
    assert row["organisation"] == "T001"
    assert row["name"] == "Opdigtet Bolig T001"
    assert (row["report_year"], row["accounting_year"], row["estates"], row["sendings"]) == (2026, 2025, 2, 0)
    assert row["status"] == label(PackageStatus.IN_PROGRESS)
    assert (row["period_start"], row["period_end"]) == (date(2025, 1, 1), date(2025, 12, 31))
    assert (row["first_sent"], row["due"], row["days_late"]) == (None, None, None)


def test_the_first_sending_decides_how_late_a_package_is(package: DocumentationPackage) -> None:
    sent = evolve(package, sendings=(a_sending(1, date(2026, 7, 4)), a_sending(2, date(2026, 9, 1))))
    (row,) = rows("overview", sent)
    assert (row["first_sent"], row["last_sent"], row["due"]) == (date(2026, 7, 4), date(2026, 9, 1), date(2026, 7, 1))
    assert (row["days_late"], row["timeliness"]) == (3, label(Timeliness.LATE))


def test_the_deadline_at_the_first_sending_counts_whatever_was_extended_later(package: DocumentationPackage) -> None:
    deadline = Deadline(
        organisation=LbfNumber("T001"),
        report_year=ReportYear(2026),
        municipality=MunicipalityCode("T01"),
        due=date(2026, 8, 1),
        set_by="kommune-1",
        set_on=date(2026, 1, 1),
    )
    sent = evolve(package, sendings=(a_sending(1, date(2026, 7, 4)),))
    (row,) = rows("overview", sent, deadlines=[deadline])
    assert (row["due"], row["days_late"]) == (date(2026, 7, 1), 3)
    (row,) = rows("overview", package, deadlines=[deadline], on=date(2026, 8, 3))
    assert (row["timeliness"], row["days_late"]) == (label(Timeliness.OVERDUE), 2)
    (row,) = rows("overview", package, deadlines=[deadline])
    assert row["days_late"] is None


def test_there_is_one_row_per_question_the_organisation_is_asked(package: DocumentationPackage) -> None:
    wanted = [q.id for q in STANDARD.asked_of(OrganisationKind.HOUSING_ORGANISATION, Level.ORGANISATION)]
    assert [row["id"] for row in rows("answers", package)] == wanted


def test_an_administration_organisation_is_not_asked_what_does_not_concern_it() -> None:
    kind = OrganisationKind.ADMINISTRATION_ORGANISATION
    package = clean_package(2026, kind=kind)
    assert [row["id"] for row in rows("answers", package)] == [
        q.id for q in STANDARD.asked_of(kind, Level.ORGANISATION)
    ]
    assert rows("estate_answers", package) == []


def test_a_package_without_master_data_shows_every_question_and_no_names(package: DocumentationPackage) -> None:
    bare = evolve(package, master_data=None)
    everything = [q.id for q in STANDARD if q.level is Level.ORGANISATION]
    found = rows("answers", bare)
    assert [row["id"] for row in found] == everything
    assert {row["name"] for row in found} == {None}


def test_every_estate_has_its_own_rows_with_its_name(package: DocumentationPackage) -> None:
    found = rows("estate_answers", package)
    assert {row["unit"] for row in found} == {"T001-T0101", "T001-T0201"}
    assert found[0]["unit_name"] == "Opdigtet Afdeling T0101"


def test_an_estate_that_the_master_data_do_not_know_has_no_name(package: DocumentationPackage) -> None:
    assert wording.name_of(package, EstateId.parse("T001-T0901")) == ""


def test_an_option_is_shown_by_its_text_in_both_languages(package: DocumentationPackage) -> None:
    question = asked(QuestionType.DEGREE)
    row = answer_to(question.id, package.answer(question.id, question.options[0].id))
    assert row["answer"] == question.options[0].text
    assert row["question"] == question.text
    assert row["certainty"] == label(question.certainty)
    assert (row["definition"], row["law"]) == (question.definition, str(question.law))


def test_an_option_the_standard_does_not_know_is_shown_as_it_stands(package: DocumentationPackage) -> None:
    question = asked(QuestionType.DEGREE)
    assert answer_to(question.id, package.answer(question.id, "very_high"))["answer"] == "very_high"


def test_figures_and_dates_keep_their_types(package: DocumentationPackage) -> None:
    number, money, day = (asked(kind) for kind in (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.DATE))
    package = package.answer(number.id, Number.of("85.5")).answer(money.id, Dkk.of(7)).answer(day.id, date(2026, 1, 2))
    assert answer_to(number.id, package)["answer"] == Number.of("85.5")
    assert answer_to(number.id, package)["measure"] == number.unit
    assert answer_to(money.id, package)["answer"] == Dkk.of(7)
    assert answer_to(day.id, package)["answer"] == date(2026, 1, 2)


def test_missing_zero_ingen_and_not_applicable_are_four_things(package: DocumentationPackage) -> None:
    question = next(
        q for q in STANDARD if q.type is QuestionType.NUMBER and q.required and q.level is Level.ORGANISATION
    )
    changed = {
        "missing": package.clear(question.id),
        "zero": package.answer(question.id, 0),
        "none": package.answer(question.id, NONE),
        "not applicable": package.answer(question.id, NOT_APPLICABLE),
        "comment only": package.clear(question.id).answer(question.id, comment="senere"),
    }
    shown = {name: answer_to(question.id, p) for name, p in changed.items()}
    assert {name: (str(row["state"]), row["answer"]) for name, row in shown.items()} == {
        "missing": ("mangler", None),
        "zero": ("besvaret", Number(0)),
        "none": ("ingen", wording.NONE_TEXT),
        "not applicable": ("ikke relevant", wording.NOT_APPLICABLE_TEXT),
        "comment only": ("kun kommentar", None),
    }
    assert shown["comment only"]["comment"] == "senere"


def test_what_need_not_be_answered_is_not_called_missing(package: DocumentationPackage) -> None:
    question = next(q for q in STANDARD if not q.required and q.level is Level.ORGANISATION)
    assert answer_to(question.id, package.clear(question.id))["state"] == wording.UNANSWERED_TEXT


def test_a_prefilled_value_tells_its_source_and_a_typed_one_who_typed_it(package: DocumentationPackage) -> None:
    question = asked(QuestionType.NUMBER)
    sourced = Sourced(
        source="lbf", key="T001/104", retrieved_at=datetime(2026, 5, 1, tzinfo=UTC), status=FigureStatus.PROJECTED
    )
    row = answer_to(question.id, package.answer(question.id, 3, provenance=sourced))
    assert [row[name] for name in ("source", "source_key", "retrieved", "typed_by")] == [
        "lbf", "T001/104", date(2026, 5, 1), None,
    ]  # fmt: skip
    assert row["firmness"] == Text("fremskrevet", "projected")
    row = answer_to(question.id, package.answer(question.id, 3))
    assert (row["source"], row["typed_by"]) == (None, "tester")


def test_an_answer_of_unknown_origin_has_no_source(package: DocumentationPackage) -> None:
    question = asked(QuestionType.NUMBER)
    report = package.report.with_answer(question.id, Answer(value=Number(3)))
    row = answer_to(question.id, evolve(package, report=report))
    assert (row["source"], row["typed_by"]) == (None, None)
    assert wording.source_of(None) == Text("", "")


def test_a_list_is_shown_in_lines(package: DocumentationPackage) -> None:
    question = asked(QuestionType.LIST)
    row = answer_to(question.id, package.answer(question.id, ["det ene", "det andet"]))
    assert row["answer"] == Text("• det ene\n• det andet", "• det ene\n• det andet")


def test_the_rows_of_a_table_answer_keep_the_types_of_their_cells(package: DocumentationPackage) -> None:
    question = asked(QuestionType.TABLE)
    known = question.columns[0]
    answered = package.answer(question.id, [{known.id: "x", "andet": Dkk.of("2.50")}, {known.id: date(2026, 1, 2)}])
    found = [row for row in rows("answer_rows", answered) if row["id"] == question.id]
    assert [(row["row"], row["column"], row["value"]) for row in found] == [
        (1, known.text, "x"),
        (1, Text("andet", "andet"), Dkk.of("2.50")),
        (2, known.text, date(2026, 1, 2)),
    ]
    shown = answer_to(question.id, answered)["answer"]
    assert isinstance(shown, Text)
    assert shown.da == f"• {known.text.da}: x; andet: 2,50 kr.\n• {known.text.da}: 02-01-2026"
    assert shown.en.endswith(": 2026-01-02")


def test_an_answer_to_nothing_that_was_asked_is_not_lost(package: DocumentationPackage) -> None:
    row = rows("answers", package.answer("nobody.asked", ["a"]))[-1]
    assert (row["id"], row["question"], row["definition"]) == ("nobody.asked", "nobody.asked", None)
    assert row["section"] == Text("Ikke i standarden", "Not in the standard")
    assert row["answer"] == Text("• a", "• a")


def test_an_estates_question_answered_for_the_organisation_is_shown_in_its_place(package: DocumentationPackage) -> None:
    question = asked(QuestionType.NUMBER, Level.ESTATE)
    assert answer_to(question.id, package.answer(question.id, 4))["question"] == question.text


def test_accounts_have_an_amount_per_posting_and_names_from_the_chart(package: DocumentationPackage) -> None:
    found, chart = rows("accounts", package, charts=CHARTS), load_references().chart
    assert len(found) == sum(len(accounts.postings) for accounts in package.accounts)
    assert found[0]["account"] == "501"
    assert found[0]["amount"] == Dkk.of(80000)
    assert str(found[0]["account_name"]).startswith("Bestyrelsesvederlag")
    assert found[-1]["unit"] == "T001-T0201"
    assert {row["account_name"] for row in rows("accounts", package)} == {None}
    assert account_name(chart, package.organisation, "999999") is None


def test_the_annual_report_has_a_row_per_item_of_section_73(package: DocumentationPackage) -> None:
    found = rows("annual_report", package.tell(AnnualReportItem.OWN_CONTROL, "Godt."))
    assert [row["law"] for row in found] == [f"DB § 73, nr. {number}" for number in range(1, 6)]
    assert found[0]["state"] == wording.NONE_TEXT
    assert found[2]["text"] == "Godt."


def test_protocol_analyses_and_attachments_are_listed(package: DocumentationPackage) -> None:
    package = package.with_analysis(Analysis(title="Husleje", attachment="a.pdf")).attach("a.pdf", b"12345")
    protocol, analysis = rows("documents", package)
    assert (protocol["kind"], protocol["title"]) == (Text("Revisionsprotokol", "Auditor's protocol"), None)
    assert (analysis["title"], analysis["text"], analysis["attachment"]) == ("Husleje", None, "a.pdf")
    (attachment,) = rows("attachments", package)
    assert (attachment["attachment"], attachment["size"], len(str(attachment["sha256"]))) == ("a.pdf", 5, 64)
    assert len(rows("documents", package.with_protocol())) == 1


def test_a_questionnaire_is_listed_answer_by_answer(package: DocumentationPackage) -> None:
    sheet = QuestionnaireSheet(
        unit=package.organisation, questionnaire="organisation", version=1, answers={"q1": Answer(value="Ja")}
    )
    (row,) = rows("questionnaires", evolve(package, questionnaires=(sheet,)))
    assert (row["questionnaire"], row["version"], row["id"], row["answer"]) == ("organisation", 1, "q1", "Ja")


def test_confirmations_sendings_and_returns_are_listed(package: DocumentationPackage) -> None:
    given = Confirmation(code="MOVE-OUTS-HIGH", fingerprint="f", reason="Rigtigt.", by="kontor-1", on=date(2026, 6, 1))
    back = PackageReturn(on=date(2026, 7, 9), by="kommune-1", reason="Bilag mangler.")
    package = evolve(package, confirmations=(given,), sendings=(a_sending(1, date(2026, 6, 30)),), returns=(back,))
    (confirmed,) = rows("confirmations", package)
    assert (confirmed["code"], confirmed["reason"], confirmed["by"]) == ("MOVE-OUTS-HIGH", "Rigtigt.", "kontor-1")
    sent, returned = rows("sendings", package)
    assert (sent["event"], sent["number"], sent["on"]) == (Text("sendt", "sent"), 1, date(2026, 6, 30))
    assert (sent["rules_version"], sent["standard"]) == ("1", STANDARD.identity)
    assert (returned["reason"], returned["number"]) == ("Bilag mangler.", None)


def test_each_package_is_shown_in_its_own_years_words() -> None:
    older = load_standard(ReportYear(2025))
    packages = (clean_package(2025), clean_package(2026))
    found = next(t for t in tables(packages, (older, STANDARD)) if t.id == "answers")
    by_year = {year: [row for row in found.rows if row[2] == year] for year in (2025, 2026)}
    for year, standard in ((2025, older), (2026, STANDARD)):
        wanted = standard.asked_of(OrganisationKind.HOUSING_ORGANISATION, Level.ORGANISATION)
        assert [row[7] for row in by_year[year]] == [question.text for question in wanted]


def test_two_packages_of_one_year_are_each_shown_in_the_words_they_were_sent_with() -> None:
    first = next(iter(STANDARD))
    reworded = evolve(first, text=Text("Ny ordlyd", "New wording"))
    opening = evolve(STANDARD.sections[0], questions=(reworded, *STANDARD.sections[0].questions[1:]))
    corrected = evolve(STANDARD, sections=(opening, *STANDARD.sections[1:]))
    packages = (clean_package(2026), clean_package(2026, number="T002"))

    found = next(t for t in tables(packages, (STANDARD, corrected)) if t.id == "answers")

    shown = {row[0]: row[7] for row in reversed(found.rows) if row[-3] == first.id}
    assert shown == {"T001": first.text, "T002": reworded.text}


def test_every_member_of_a_list_has_its_words() -> None:
    assert list(wording.ANNUAL_REPORT) == list(AnnualReportItem)


@given(st.text(min_size=1).filter(str.strip))
def test_a_text_is_a_cell_as_it_is_written(text: str) -> None:
    assert wording.cell_of(Answer(value=text), None) == text
    assert wording.said(text, "da") == text


@pytest.mark.parametrize(
    ("value", "da", "en"),
    [
        pytest.param(None, "", "", id="nothing"),
        pytest.param(Text("ja", "yes"), "ja", "yes", id="a text"),
        pytest.param(Number.of("1234.5"), "1.234,5", "1,234.5", id="a number"),
        pytest.param(2026, "2026", "2026", id="a whole number"),
    ],
)
def test_a_cell_is_said_in_both_languages(value: object, da: str, en: str) -> None:
    assert (wording.said(value, "da"), wording.said(value, "en")) == (da, en)  # type: ignore[arg-type]
