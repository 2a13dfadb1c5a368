"""The statement's record and its text: from meetings, agreements and reports, by a template of one's own too."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import almenstyring as al
from almenstyring.application import statement_text as texts
from almenstyring.application.statement_text import FORMS, Form, statement_text
from almenstyring.application.statement_view import statement_page
from almenstyring.domain.text import Language
from almenstyring.rules.statements import StatementRecord
from almenstyring.testing.agreement_strategies import agreements
from almenstyring.testing.builders import clean_master_data

from .conftest import YEAR

ONE, TWO, HOME, HELD = al.LbfNumber("T001"), al.LbfNumber("T002"), al.MunicipalityCode("T01"), date(2026, 7, 15)
Ready = Callable[[], al.DocumentationPackage]
BOTH = pytest.mark.parametrize("form", FORMS)


def meeting(number: al.LbfNumber = ONE, **changes: Any) -> al.DialogueMeeting:
    plain: dict[str, Any] = {
        "organisation": number,
        "report_year": YEAR,
        "municipality": HOME,
        "held_on": HELD,
        "place": "Rådhuset",
        "organisations_assessment": f"SYNTETISK: {number} er i god gænge.",
        "municipalitys_assessment": f"SYNTETISK: {number} bør henlægge mere.",
    }
    return al.DialogueMeeting(**(plain | changes))


PARK = al.AreaMinutes(area="Opdigtet Park", organisations_assessment="Roligt.")


def agreement(agreement_id: str, **changes: Any) -> al.Agreement:
    plain: dict[str, Any] = {
        "id": agreement_id,
        "kind": al.AgreementKind.OTHER,
        "municipality": HOME,
        "organisations": (ONE,),
        "text": f"SYNTETISK: tekst {agreement_id}",
        "concluded_on": date(2025, 9, 1),
        "concluded_at": al.ReportYear(2025),
        "responsible": "driftschef",
    }
    return al.Agreement(**(plain | changes))


def record(*made: al.Agreement, **changes: Any) -> StatementRecord:
    statement = al.Statement(municipality=HOME, report_year=YEAR, organisations=(ONE,), text="x")
    plain: dict[str, Any] = {
        "statement": statement,
        "meetings": (meeting(areas=(PARK,)),),
        "agreements": made,
        "masters": (clean_master_data(),),
    }
    return StatementRecord(**(plain | changes))


EARLIER = agreement("A-1").followed_up(
    al.AgreementStep(on=date(2026, 2, 1), status=al.AgreementStatus.CONTINUED, note="SYNTETISK: går videre.", by="x")
)
NEW = agreement("A-2", concluded_on=HELD, concluded_at=YEAR)
SAID = al.FollowUp(
    agreement="A-1", organisation=ONE, report_year=YEAR, status=al.AgreementStatus.FULFILLED, text="Vi er færdige."
)


# The text


@BOTH
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_text_tells_meeting_both_assessments_areas_agreements_and_follow_up(form: Form, language: Language) -> None:
    text = statement_text(record(EARLIER, NEW), form, language=language, follow_ups=[SAID], proposal=True)
    da = language == "da"
    wanted = [
        "SYNTETISK. ",
        "Opdigtet Bolig T001",
        "15-07-2026" if da else "2026-07-15",
        "Rådhuset",
        "T001 er i god gænge.",
        "T001 bør henlægge mere.",
        "Opdigtet Park",
        "Roligt.",
        "tekst A-2",
        "tekst A-1",
        "går videre.",
        "Vi er færdige.",
        "videreført" if da else "continued",
        "Denne tekst er ikke indberetningen" if da else "This text is not the filing",
        "Dette er et forslag" if da else "This is a proposal",
    ]
    assert [word for word in wanted if word not in text] == []
    assert text.index("tekst A-2") < text.index("tekst A-1"), "what was agreed now comes before what was agreed then"


@BOTH
def test_a_published_and_filed_statement_says_where_and_by_which_receipt(form: Form) -> None:
    filed = (
        record()
        .statement.advanced(date(2026, 8, 1))
        .advanced(date(2026, 8, 2), website="https://t01.example/dialog")
        .advanced(date(2026, 8, 3), filing=al.StatementFiling(reference="SYN-9", filed_on=date(2026, 8, 3)))
    )
    text = statement_text(record(statement=filed), form, language="en")
    assert all(word in text for word in ("https://t01.example/dialog", "SYN-9", "reported", "2026-08-02"))


@BOTH
def test_a_published_one_without_receipt_says_so_and_a_draft_says_nothing_that_publishing_would_make_untrue(
    form: Form,
) -> None:
    published = record().statement.advanced(date(2026, 8, 1)).advanced(date(2026, 8, 2))
    assert "Ingen kvittering registreret" in statement_text(record(statement=published), form)
    for proposal in (False, True):
        draft = statement_text(record(), form, proposal=proposal)
        assert "kvittering" not in draft and "udkast" not in draft


@BOTH
def test_a_proposal_bears_no_status_and_no_days_of_a_statement_that_is_published(form: Form) -> None:
    filed = (
        record()
        .statement.advanced(date(2026, 8, 1))
        .advanced(date(2026, 8, 2), website="https://t01.example/dialog")
        .advanced(date(2026, 8, 3), filing=al.StatementFiling(reference="SYN-9", filed_on=date(2026, 8, 3)))
    )
    text = statement_text(record(statement=filed), form, language="en", proposal=True)
    assert not any(word in text for word in ("https://t01.example", "SYN-9", "reported", "2026-08-02"))
    assert "This is a proposal" in text


KEPT = (
    "## Kort sagt\n\nMødet var **godt**.\nTo linjer & x < y. <b>Nej</b> ![x](https://t01.example/x.png)\n\n- et punkt"
)


def test_the_text_that_is_kept_is_the_statement_as_it_was_written() -> None:
    kept = record(EARLIER, NEW, statement=evolve(record().statement, text=KEPT))
    plain, page = statement_text(kept), statement_text(kept, "html")
    assert KEPT in plain and plain.startswith("# Redegørelse for styringsdialogen 2026")
    assert all(
        word in page for word in ("<h2>Kort sagt</h2>", "<strong>godt</strong>", "<li>et punkt</li>", "&lt;b&gt;")
    )
    assert not {"b", "img", "script"} & set(Tags(page).seen) and Tags(page).open == []
    for text in (plain, page):
        assert "T001 er i god gænge" not in text and "tekst A-2" not in text and "forslag" not in text


@BOTH
def test_a_text_with_a_heading_of_its_own_is_given_no_second_one(form: Form) -> None:
    kept = record(statement=evolve(record().statement, text="# Vores egen overskrift\n\nOrd."))
    text = statement_text(kept, form)
    assert "Vores egen overskrift" in text and "SYNTETISK. " in text
    assert text.count("Redegørelse for styringsdialogen") == (1 if form == "html" else 0), "the title of the tab"


@BOTH
def test_a_kept_statement_without_words_says_so(form: Form) -> None:
    assert "Ikke angivet." in statement_text(record(statement=evolve(record().statement, text=" ")), form)


@BOTH
def test_what_is_not_there_is_said_to_be_missing(form: Form) -> None:
    text = statement_text(record(meetings=()), form, proposal=True)
    assert "Intet møde registreret" in text and "Ikke angivet." in text and "Der er ikke indgået aftaler." in text


class Tags(HTMLParser):
    """The tags of a page, and whether every one that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


NASTY = '<script>alert(1)</script>\n# Overskrift\n"&\x1b[31m {{ page.title }}'


def test_nothing_that_was_written_comes_alive() -> None:
    spoilt = record(
        agreement("A-2", text=NASTY, concluded_at=YEAR),
        meetings=(
            meeting(
                organisations_assessment=NASTY,
                place=NASTY,
                agreements=(NASTY,),
                areas=(al.AreaMinutes(area=NASTY, municipalitys_assessment=NASTY),),
            ),
        ),
    )
    page = Tags(statement_text(spoilt, "html", proposal=True))
    assert "script" not in page.seen and page.open == []
    plain = statement_text(spoilt, proposal=True)
    assert "<script" not in plain and "\x1b" not in plain
    assert "\n# Overskrift" not in plain and "\n> # Overskrift" in plain
    assert "{{ page.title }}" in plain


def test_real_units_are_not_called_synthetic() -> None:
    real = al.Statement(
        municipality=al.MunicipalityCode("410"), report_year=YEAR, organisations=(al.LbfNumber("0045"),), text="x"
    )
    text = statement_text(StatementRecord(statement=real, meetings=()))
    assert "SYNTETISK" not in text and "Denne tekst er ikke indberetningen" in text


@settings(max_examples=25)
@given(st.lists(agreements(ONE), max_size=4, unique_by=lambda each: each.id))
def test_every_agreement_that_was_open_at_the_meeting_or_made_there_is_in_the_text(kept: list[al.Agreement]) -> None:
    made = [evolve(each, municipality=HOME) for each in kept]
    page = statement_page(record(*made), "da")
    told = [line.id for line in (*page.parts[0].agreements, *page.parts[0].earlier)]
    must = {each.id for each in made if each.concluded_at == YEAR or each.is_open_on(HELD)}
    assert must <= set(told)
    assert len(set(told)) == len(told)


# Forms and what they need


def test_there_are_two_forms() -> None:
    with pytest.raises(al.InvalidValueError, match="markdown or html"):
        statement_text(record(), "pdf")  # type: ignore[arg-type]


def test_without_jinja_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("jinja2"):
            raise ImportError(name)
        return real(name, *rest, **named)

    texts._environment.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(al.PluginError, match="jinja2"):
        statement_text(record())
    texts._environment.cache_clear()


# In the workspace


def test_a_draft_is_made_from_meetings_and_agreements_and_lacks_nothing(
    council: al.Workspace, office: al.Workspace, ready: Ready
) -> None:
    council.conclude_agreement(agreement("A-1"))
    office.submit(office.save(ready().follow_up("A-1", "fulfilled", "Vi er færdige.")))
    council.record_meeting(meeting())
    council.record_meeting(meeting(TWO))
    council.conclude_agreement(agreement("A-2", concluded_on=HELD, concluded_at=YEAR, organisations=(ONE, TWO)))

    draft = council.draft_statement(YEAR)
    assert (draft.organisations, draft.agreements) == ((ONE, TWO), ("A-2",))
    assert "Vi er færdige." in draft.text and "T002 er i god gænge." in draft.text
    areas = {"STATEMENT-AREA-MISSING"}
    assert council.check_statement(draft).codes() <= areas
    assert council.check_statement(evolve(draft, agreements=())).codes() - areas == {"STATEMENT-AGREEMENT-MISSING"}
    assert council.statements(YEAR) == (), "a draft is kept when somebody keeps it"
    assert council.draft_statement(YEAR, ["T001"]).organisations == (ONE,)

    council.record_statement(evolve(draft, title="SYNTETISK: vores redegørelse"))
    page = council.statement_text("T01", YEAR, "html")
    assert page.count("vores redegørelse") == 2 and "T002 er i god gænge." in page and "forslag" not in page


def test_the_kept_text_is_shown_through_every_step_and_correction_and_a_proposal_only_when_asked_for(
    council: al.Workspace,
) -> None:
    council.record_meeting(meeting())
    edited = evolve(council.draft_statement(YEAR), text="SYNTETISK: vores egne ord.")
    published = edited.advanced(council.today).advanced(council.today)
    for statement in (edited, edited.advanced(council.today), published):
        council.record_statement(statement)
        text = council.statement_text("T01", YEAR)
        assert "vores egne ord" in text and "T001 er i god gænge" not in text and "forslag" not in text
    council.correct_statement(published, text="SYNTETISK: rettede ord.", cause="Skrivefejl")
    shown = council.statement_text("T01", YEAR)
    assert "rettede ord" in shown and "Offentliggjort: 03-08-2026" in shown
    proposal = council.statement_text("T01", YEAR, proposal=True)
    assert "T001 er i god gænge" in proposal and "Dette er et forslag" in proposal
    assert "rettede ord" not in proposal and "Offentliggjort" not in proposal


def test_without_a_kept_statement_the_text_is_a_proposal_and_of_several_one_must_choose(council: al.Workspace) -> None:
    with pytest.raises(al.NotFoundError, match="no meetings"):
        council.statement_text("T01", YEAR)
    council.record_meeting(meeting())
    council.record_meeting(meeting(TWO))
    assert "T002 bør henlægge" in council.statement_text("T01", YEAR)
    assert "Dette er et forslag" in council.statement_text("T01", YEAR)
    assert "T002 bør henlægge" not in council.statement_text("T01", YEAR, organisations=["T001"])
    for number in ("T001", "T002"):
        council.record_statement(council.draft_statement(YEAR, [number]))
    with pytest.raises(al.NotFoundError, match="several") as caught:
        council.statement_text("T01", YEAR)
    assert "T001; T002" in caught.value.hint.en
    assert "T001" not in council.statement_text("T01", YEAR, organisations=["T002"])
    both = council.statement_text("T01", YEAR, proposal=True)
    assert "T001 bør henlægge" in both and "T002 bør henlægge" in both


def test_only_the_municipality_itself_writes_its_statement(
    operator: al.Workspace, office: al.Workspace, council: al.Workspace
) -> None:
    council.record_meeting(meeting())
    neighbour = operator.acting_as(al.Actor("tilsyn-2", role="municipality", municipality="T02"))
    for workspace in (operator, office, neighbour):
        with pytest.raises(al.NotAllowedError):
            workspace.statement_text("T01", YEAR)
        with pytest.raises(al.NotAllowedError):
            workspace.check_statement(council.draft_statement(YEAR))
    with pytest.raises(al.NotFoundError):
        neighbour.draft_statement(YEAR)
