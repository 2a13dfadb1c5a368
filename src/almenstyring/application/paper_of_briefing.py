"""The councillors' briefing as a paper."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.application.paper_of_preparation import HOMES, agreement_table, area_table, homes_cells
from almenstyring.application.paper_parts import Paper, PaperChapter, known
from almenstyring.application.table_columns import TableCell, column, table
from almenstyring.content import label
from almenstyring.domain.dialogue.briefing import FEWEST, Briefing
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.domain.values import Number

_ABOUT = Text(
    "En boligorganisations bestyrelse har den overordnede ledelse (ABL § 14 b). Kommunen fører tilsyn (DB § 110) og "
    "holder et dialogmøde om året med hver organisation, der har hjemsted her (DB § 112, stk. 1).",
    "The board of a housing organisation has its overall management (ABL § 14 b). The municipality supervises "
    "(DB § 110) and holds one dialogue meeting a year with each organisation at home here (DB § 112, stk. 1).",
)
_UNKNOWN_HOMES = Text(
    "Plejeboliger er en del af ældreboligerne, handicapvenlige en del af alle. Hvor registret ikke siger det om hver "
    "afdeling, er det ukendt og ikke nul.",
    "Care homes are some of the homes for the elderly, accessible ones some of all. Where the register does not tell "
    "of every estate, it is unknown and not zero.",
)
_NO_RANKING = Text(
    "Nøgletal viser en spredning. Ingen afdeling eller organisation er nævnt eller rangordnet.",
    "Key figures show a spread. No estate or organisation is named or ranked.",
)


def briefing_paper(told: Briefing) -> Paper:
    """The briefing as a paper."""
    return Paper(
        id=f"briefing-{told.municipality}",
        title=Text("Den almene sektor i kommunen", "Social housing in the municipality"),
        subtitle=Text(
            f"Orientering til temamøde, kommune {told.municipality}, {told.on:%d-%m-%Y}",
            f"Briefing for a theme meeting, municipality {told.municipality}, {told.on}",
        ),
        facts=tuple(_facts(told)),
        chapters=tuple(_chapters(told)),
        notes=(_UNKNOWN_HOMES, _NO_RANKING),
        is_synthetic=told.is_synthetic,
    )


def _facts(told: Briefing) -> Iterator[tuple[Text, TableCell]]:
    home = sum(each.at_home for each in told.organisations)
    yield Text("Organisationer med hjemsted her", "Organisations at home here"), home
    yield Text("Andre med afdelinger her", "Others with estates here"), len(told.organisations) - home
    yield Text("Afdelinger her", "Estates here"), sum(each.estates for each in told.organisations)
    yield Text("Boliger i drift her", "Homes in operation here"), known(told.homes.total)
    for each, cell in zip(HOMES, homes_cells(told.homes), strict=True):
        yield each.title, cell
    yield Text("Boliger under opførelse", "Homes under construction"), known(told.homes.under_construction)
    if told.homes.unknown_estates:
        yield Text("Afdelinger uden kendte boliger", "Estates without known homes"), told.homes.unknown_estates


def _chapters(told: Briefing) -> Iterator[PaperChapter]:
    organisations = Text("Organisationerne og deres boliger", "The organisations and their homes")
    yield PaperChapter(
        id="organisations",
        title=organisations,
        paragraphs=(_ABOUT,),
        tables=(table("organisations", organisations, _ORGANISATIONS, _organisations(told)),),
    )
    practice = Text("Sådan ledes de, med bestyrelsernes egne svar", "How they are led, in the boards' own answers")
    rows = tuple(_practice(told))
    if rows:
        yield PaperChapter(
            id="practice", title=practice, law="ABL § 6 e", tables=(table("practice", practice, _PRACTICE, rows),)
        )
    if told.areas:
        yield PaperChapter(
            id="areas",
            title=Text("Boligområder", "Housing areas"),
            law="ABL §§ 61 a, 61 b",
            tables=(area_table(told.areas),),
        )
    if told.agreements:
        yield PaperChapter(
            id="agreements",
            title=Text("Aftaler, der gælder", "Agreements in force"),
            law="ABL § 6 f",
            tables=(agreement_table(told.agreements),),
        )
    if told.facts:
        facts = Text("Nøgletal", "Key figures")
        yield PaperChapter(id="facts", title=facts, tables=(table("key_facts", facts, _KEY_FACTS, _key_facts(told)),))


_ORGANISATIONS = (
    column("organisation", "Organisation", "Organisation", 13),
    column("name", "Navn", "Name", 34),
    column("kind", "Art", "Kind", 26),
    column("home", "Hjemsted", "Home", 14),
    column("administrator", "Administreres af", "Administered by", 30),
    column("estates", "Afdelinger her", "Estates here", 12, 0),
    *HOMES,
)


def _organisations(told: Briefing) -> Iterator[tuple[TableCell, ...]]:
    here, elsewhere = Text("her", "here"), Text("i en anden kommune", "elsewhere")
    for each in told.organisations:
        by = ", ".join(f"{name} ({number})".strip() for number, name in each.administrators) or _ITSELF
        place = here if each.at_home else elsewhere
        yield (
            str(each.organisation),
            each.name,
            label(each.kind),
            place,
            by,
            each.estates,
            *homes_cells(each.homes),
        )


_ITSELF = Text("sig selv", "itself")
_PRACTICE = (
    column("organisation", "Organisation", "Organisation", 34),
    column("report_year", "Styringsår", "Report year", 11, 0),
    column("question", "Spørgsmål", "Question", 50),
    column("answer", "Svar", "Answer", 60),
)


def _practice(told: Briefing) -> Iterator[tuple[TableCell, ...]]:
    for each in told.organisations:
        year = int(each.report_year) if each.report_year else None
        for question, answer in each.practice:
            yield each.name, year, question, answer


_KEY_FACTS = (
    column("figure", "Nøgletal", "Key figure", 36),
    column("measure", "Måles i", "Measured in", 18),
    column("n", "Afdelinger her", "Estates here", 12, 0),
    column("median", "Median her", "Median here", 14),
    column("peers", "Ved siden af", "Beside", 40),
    column("peers_n", "Antal", "Number", 9, 0),
    column("q1", "Nedre kvartil", "Lower quartile", 14),
    column("peers_median", "Median", "Median", 14),
    column("q3", "Øvre kvartil", "Upper quartile", 14),
)


def _key_facts(told: Briefing) -> Iterator[tuple[TableCell, ...]]:
    too_few = Text(f"vises ikke: færre end {FEWEST}", f"not shown: fewer than {FEWEST}")
    for each in told.facts:
        q: tuple[Number, ...] = (each.spread.q1, each.spread.median, each.spread.q3)
        measure = each.measure if all(each.measure[language] for language in LANGUAGES) else None
        median: TableCell = too_few if each.median is None else each.median
        yield each.name, measure, each.n, median, each.peers, each.peers_n, *q
