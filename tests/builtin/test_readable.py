"""A readable report says all that a package says, in its own year's words, and nothing in it comes alive."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import evolve

from almenstyring.builtin import readable
from almenstyring.builtin.readable import WIDTH, render_html, render_text, write_html, write_text
from almenstyring.builtin.readable_view import report_of
from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.errors import PluginError
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.organisations import OrganisationKind
from almenstyring.domain.reporting import (
    NOT_APPLICABLE,
    Analysis,
    AnnualReport,
    AnnualReportItem,
    Answer,
    Confirmation,
    DocumentationPackage,
    Level,
    PackageReturn,
    QuestionnaireSheet,
    QuestionType,
    Sending,
    Sourced,
)
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import Dkk
from almenstyring.plugins import ExporterDescriptor
from almenstyring.testing.builders import clean_package
from almenstyring.testing.exporter_contract import NASTY_TEXTS, ExporterContract, an_export

STANDARD = load_standard(ReportYear(2026))
ON = date(2026, 7, 1)
Render = Callable[..., str]
BOTH = pytest.mark.parametrize("render", [render_html, render_text], ids=["html", "text"])


class TestTheContractOfHtml(ExporterContract):
    writes_tables: ClassVar[bool] = False

    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        return ExporterDescriptor(
            name="html", suffixes=(".html",), export=write_html, description=Text("En side", "A page")
        )


class TestTheContractOfText(ExporterContract):
    writes_tables: ClassVar[bool] = False

    @pytest.fixture
    def descriptor(self) -> ExporterDescriptor:
        return ExporterDescriptor(
            name="text", suffixes=(".txt",), export=write_text, description=Text("Ren tekst", "Plain text")
        )


class Page(HTMLParser):
    """What a browser would see: every start tag with its attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def plain(rendered: str) -> str:
    """The text of a rendering on one line, without markup."""
    text = Page(rendered).text if rendered.startswith("<!DOCTYPE") else rendered
    return " ".join(text.split())


def asked(kind: QuestionType, *, required: bool = True) -> str:
    questions = STANDARD.asked_of(OrganisationKind.HOUSING_ORGANISATION, Level.ORGANISATION)
    return next(q.id for q in questions if q.type is kind and q.required is required)


@pytest.fixture
def package() -> DocumentationPackage:
    return clean_package(2026, estates=2)


@pytest.fixture
def full() -> DocumentationPackage:
    """A package with everything a package can have."""
    sending = Sending(
        number=1,
        on=date(2026, 7, 4),
        at=datetime(2026, 7, 4, tzinfo=UTC),
        by="kontor-1",
        standard=STANDARD.identity,
        standard_hash="ab" * 32,
        rules_version="regler 7",
        due=date(2026, 7, 1),
    )
    given = Confirmation(code="MOVE-OUTS-HIGH", fingerprint="f", reason="Rigtigt.", by="kontor-1", on=date(2026, 6, 1))
    unit = clean_package(2026).organisation
    sheet = QuestionnaireSheet(unit=unit, questionnaire="skema", version=3, answers={"q1": Answer(value="Svaret")})
    package = (
        clean_package(2026, estates=2)
        .answer("estate.efficiency_score", 60, estate=f"{unit}-T0101")
        .with_analysis(Analysis(title="Husleje", summary="Den er lav.", attachment="a.pdf"))
        .with_analysis(Analysis(title="Tom"))
        .with_protocol("", attachment="protokol.pdf")
        .attach("a.pdf", b"x" * 12_345)
        .sent(sending)
        .returned(PackageReturn(on=date(2026, 7, 9), by="kommune-1", reason="Bilag mangler."))
    )
    return evolve(
        package,
        confirmations=(given,),
        questionnaires=(sheet,),
        annual_report=evolve(package.annual_report, attachment="årsberetning.pdf"),
    )


@BOTH
def test_the_head_names_organisation_report_year_and_accounting_year(
    package: DocumentationPackage, render: Render
) -> None:
    text = plain(render(package, STANDARD, "da", ON))
    for part in ("Opdigtet Bolig T001", "styringsår 2026", "Regnskabstal for 2025", "01-01-2025 – 31-12-2025", "T01"):
        assert part in text


@BOTH
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_invented_organisation_is_marked_and_a_real_one_is_not(render: Render, language: Language) -> None:
    invented = evolve(clean_package(2026, estates=0), annual_report=AnnualReport())
    assert "SYNTETISK" in plain(render(invented, STANDARD, language, ON))[:200]
    report = report_of(invented, STANDARD, language, ON)
    page = readable.page("report.html", [evolve(report, is_synthetic=False, chapters=())], language)
    assert "SYNTETISK" not in Page(page).text


@BOTH
def test_everything_a_package_has_is_there(full: DocumentationPackage, render: Render) -> None:
    text = plain(render(full, STANDARD, "da", ON))
    wanted = (
        "Analyse: Husleje", "Den er lav.", "Se bilaget a.pdf.", "Se bilaget protokol.pdf.", "12.345",
        "Se bilaget årsberetning.pdf.", "MOVE-OUTS-HIGH", "Rigtigt.", "regler 7", "ab" * 32, "Bilag mangler.",
        "Bilag om afdeling T001-T0101 Opdigtet Afdeling T0101", "Bestyrelsesvederlag", "80.000,00 kr.",
        "Regnskabsspørgeskema: skema 3", "Svaret", "DB § 112, stk. 6", "ikke en officiel tekst",
        "04-07-2026 (frist 01-07-2026, for sen, 3 dage)", STANDARD.identity, "nr. 5 Revisors bemærkninger",
    )  # fmt: skip
    assert [part for part in wanted if part not in text] == []
    for section in STANDARD.sections:
        assert section.name.da in text


@BOTH
def test_what_a_package_does_not_have_leaves_no_empty_chapter(package: DocumentationPackage, render: Render) -> None:
    bare = evolve(package.with_protocol(), accounts=(), estate_reports=(), master_data=None)
    text = plain(render(bare, STANDARD, "da", ON))
    for absent in ("Fremsendelse til kommunen", "Bekræftede fund", "Bilag om afdeling", "Kontonavn", "Hjemsted"):
        assert absent not in text
    assert re.search(r"revisionsprotokollen .{0,120}mangler", text)


@BOTH
def test_the_english_report_has_no_danish_furniture(full: DocumentationPackage, render: Render) -> None:
    text = plain(render(full, STANDARD, "en", ON))
    for part in ("Governance report for report year 2026", "late by 3 days", "Annex on estate", "DKK 80,000.00"):
        assert part in text
    for part in ("Fremsendelse til", "Årsberetning", "Bilag om", "Kommentar", "frist"):
        assert part not in text


@BOTH
def test_a_report_is_in_the_order_of_a_governance_report(full: DocumentationPackage, render: Render) -> None:
    text = plain(render(full, STANDARD, "da", ON))
    chapters = (
        "Konklusion DB", "Målsætning om økonomi", "Behov for aftaler", "Årsberetning DB", "Bilag om afdeling",
        "Fremsendelse til kommunen", "Om dette dokument",
    )  # fmt: skip
    places = [re.sub(r"[()-]", "", text).find(chapter) for chapter in chapters]
    assert -1 not in places
    assert places == sorted(places)


@BOTH
def test_every_state_of_an_answer_is_told_apart(package: DocumentationPackage, render: Render) -> None:
    number, optional = asked(QuestionType.NUMBER), asked(QuestionType.DATE, required=False)
    states = {
        "mangler": package.clear(number),
        "0 pct.": package.answer(number, 0),
        "ikke relevant": package.answer(number, NOT_APPLICABLE),
        "kun kommentar": package.clear(number).answer(number, comment="senere"),
        "ikke besvaret": package.clear(optional),
    }
    for shown, changed in states.items():
        assert shown in plain(render(changed, STANDARD, "da", ON)), shown
    assert "mangler" not in plain(render(package, STANDARD, "da", ON))


@BOTH
def test_a_prefilled_value_says_where_it_is_from(package: DocumentationPackage, render: Render) -> None:
    sourced = Sourced(
        source="lbf", key="T001/104", retrieved_at=datetime(2026, 5, 1, tzinfo=UTC), status=FigureStatus.PROVISIONAL
    )
    text = plain(render(package.answer(asked(QuestionType.NUMBER), 3, provenance=sourced), STANDARD, "da", ON))
    assert "Forudfyldt fra lbf (T001/104), hentet 01-05-2026, foreløbig" in text


@BOTH
def test_lists_rows_and_strays_are_shown(package: DocumentationPackage, render: Render) -> None:
    table = asked(QuestionType.TABLE)
    changed = package.answer(asked(QuestionType.LIST), ["det ene", "det andet"]).answer("nobody.asked", "stray")
    changed = changed.answer(table, [{"ukendt kolonne": Dkk.of(5)}, {"ukendt kolonne": Dkk.of(6)}])
    text = plain(render(changed, STANDARD, "da", ON))
    for part in (
        "det ene",
        "det andet",
        "Svar uden for standarden",
        "nobody.asked",
        "stray",
        "ukendt kolonne",
        "6,00 kr.",
    ):
        assert part in text


@BOTH
@pytest.mark.parametrize("text", NASTY_TEXTS.values(), ids=NASTY_TEXTS)
def test_nothing_a_person_writes_comes_alive(package: DocumentationPackage, render: Render, text: str) -> None:
    question = asked(QuestionType.TABLE)
    nasty = package.answer(question, [{text: text}], comment=text).tell(AnnualReportItem.OWN_CONTROL, text)
    nasty = nasty.answer(asked(QuestionType.LIST), [text]).with_protocol(text).answer(text[:40], text)
    rendered = render(nasty, STANDARD, "da", ON)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", rendered)
    if render is render_html:
        assert Page(rendered).all("script") == []
    words = [word for word in re.split(r"[\s\x00-\x1f\ud83c]+", text) if word]
    assert all(word in plain(rendered) for word in words[:3] + words[-3:])


def test_the_page_needs_nothing_from_outside(full: DocumentationPackage) -> None:
    html = render_html(full, STANDARD, "da", ON)
    page = Page(html)
    assert page.open == []
    assert {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"} == set()
    assert "://" not in html
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_is_accessible(full: DocumentationPackage, language: Language) -> None:
    page = Page(render_html(full, STANDARD, language, ON))
    assert page.all("html") == [{"lang": language}]
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))
    assert len(page.all("main")) == len(page.all("title")) == 1
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [("ink", "pale"), ("soft", "pale"), ("deep", "#ffffff"), ("alarm", "#ffffff"), ("#0b4f94", "#ffffff")],
)
def test_the_colours_have_enough_contrast_to_be_read(ink: str, paper: str, package: DocumentationPackage) -> None:
    names = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", render_html(package, STANDARD, "da", ON)))
    lighter, darker = sorted((luminance(names.get(c, c)) for c in (ink, paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_all_packages_stand_on_one_page_with_a_list_of_contents(tmp_path: Path) -> None:
    packages = tuple(clean_package(2026, number=number, estates=1) for number in ("T001", "T002"))
    write_html(evolve(an_export(), packages=packages, standards=(STANDARD, STANDARD)), tmp_path / "alle.html")
    page = Page((tmp_path / "alle.html").read_text(encoding="utf-8"))
    assert [article["id"] for article in page.all("article")] == ["pT001-2026", "pT002-2026"]
    assert [link["href"] for link in page.all("a")] == ["#pT001-2026", "#pT002-2026"]
    assert len(page.all("nav")) == 1


def test_text_stays_within_its_width_outside_of_tables(package: DocumentationPackage) -> None:
    long = package.answer(asked(QuestionType.DEGREE), comment="ord " * 500)
    text = render_text(long, STANDARD, "da", ON)
    assert max(len(line) for line in text.splitlines() if "ord" in line) <= WIDTH


def test_without_jinja2_one_sentence_says_what_to_install(
    package: DocumentationPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def no_jinja2(name: str, *rest: Any) -> Any:
        if name == "jinja2":
            raise ImportError(name)
        return real(name, *rest)

    readable._templates.cache_clear()
    monkeypatch.setattr(builtins, "__import__", no_jinja2)
    with pytest.raises(PluginError, match=r"Install it with: pip install 'almenstyring\[cli\]'"):
        render_text(package, STANDARD, "da", ON)
