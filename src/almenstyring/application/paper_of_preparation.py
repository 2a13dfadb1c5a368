"""The preparation sheet as a paper: one page on one organisation."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.application.paper_parts import Paper, PaperChapter, brief, known
from almenstyring.application.supervision_rows import SUPERVISION, supervision_cells
from almenstyring.application.table_columns import TableCell, column, table
from almenstyring.application.wording import day_text, timing_text
from almenstyring.content import label
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue.homes_offered import HomesOffered
from almenstyring.domain.dialogue.points import few, same
from almenstyring.domain.dialogue.preparation_sheet import EstateLine, PreparationSheet
from almenstyring.domain.dialogue.preparing import GOALS, AgendaProposal, ProposalSource
from almenstyring.domain.dialogue.proposing import by_part
from almenstyring.domain.organisations import HousingArea
from almenstyring.domain.text import Text
from almenstyring.ports import Table

_INTERNAL = Text(
    "Kommunens eget arbejdspapir. Forslagene er ikke beslutninger, og mødets dagsorden er parternes.",
    "The municipality's own working paper. Proposals are no decisions, and the meeting's agenda is the parties'.",
)
_NO_RANKING = Text(
    "Tal er vist ved siden af de sammenligneliges median og organisationens egen forklaring; ingen rangordnes.",
    "Figures are shown beside the peers' median and the organisation's own explanation; nobody is ranked.",
)
_MISSING = Text(
    "Der er ikke sendt nogen styringsrapport. Dialogmødet skal holdes alligevel (DB § 112, stk. 1).",
    "No governance report was sent. The dialogue meeting is owed all the same (DB § 112, stk. 1).",
)
_LEGALITY = Text(
    "Lovstridige forhold hører under legalitetstilsynet og ikke på dialogmødets dagsorden.",
    "Unlawful matters belong to legality supervision and not on the agenda of the dialogue meeting.",
)


def preparation_paper(sheet: PreparationSheet) -> Paper:
    """The sheet as a paper."""
    return Paper(
        id=f"preparation-{sheet.organisation}-{sheet.report_year}",
        title=Text("Forberedelsesark: {name}", "Preparation sheet: {name}").fill(name=sheet.name),
        subtitle=Text(
            f"{sheet.organisation}, dialogmøde for styringsår {sheet.report_year}, kommune {sheet.municipality}",
            f"{sheet.organisation}, dialogue meeting of report year {sheet.report_year}, "
            f"municipality {sheet.municipality}",
        ),
        facts=tuple(_facts(sheet)),
        chapters=tuple(_chapters(sheet)),
        notes=(_INTERNAL, _NO_RANKING),
        is_synthetic=sheet.is_synthetic,
    )


def _facts(sheet: PreparationSheet) -> Iterator[tuple[Text, TableCell]]:
    report = sheet.report
    yield Text("Art", "Kind"), label(sheet.kind)
    yield Text("Administreres af", "Administered by"), ", ".join(map(str, sheet.administrators)) or "-"
    yield Text("Boliger i drift", "Homes in operation"), known(sheet.homes.total)
    yield Text("Rapportens status", "Status of the report"), label(report.status) if report.status else _NOT_OPENED
    yield Text("Først sendt", "First sent"), report.first_sent or _NOT_SENT
    if report.sendings > 1:
        yield Text("Senest sendt", "Last sent"), report.last_sent
    yield Text("Frist", "Due"), report.due or Text("ikke fastsat", "not set")
    yield Text("Rettidighed", "Timeliness"), timing_text(report.timing)
    yield Text("Regnskab til kommunen senest", "Accounts due to the municipality"), known(report.accounts_due)
    yield Text("Kritisk gennemgang", "Critical review"), _review(sheet)


_NOT_OPENED = Text("ikke åbnet", "not opened")
_NOT_SENT = Text("ikke sendt", "not sent")


def _review(sheet: PreparationSheet) -> Text:
    if sheet.review_left is None:
        return Text("intet at gennemgå", "nothing to review")
    if sheet.review_concluded_on:
        day = day_text(sheet.review_concluded_on)
        return Text(f"afsluttet {day.da}", f"concluded {day.en}")
    return Text(f"{sheet.review_left} punkter mangler", f"{sheet.review_left} items left")


def _chapters(sheet: PreparationSheet) -> Iterator[PaperChapter]:
    if sheet.report.is_missing:
        yield PaperChapter(id="missing", title=Text("Rapporten mangler", "No report"), paragraphs=(_MISSING,))
    yield PaperChapter(
        id="agenda",
        title=Text("Forslag til dagsorden", "Proposed agenda"),
        tables=(table("agenda", Text("Forslag til dagsorden", "Proposed agenda"), _AGENDA, _agenda(sheet)),),
        on_page=(table("agenda", Text("Forslag til dagsorden", "Proposed agenda"), _ON_PAGE, _on_page(sheet)),),
        most=24,
    )
    if sheet.figures:
        yield PaperChapter(
            id="figures",
            title=Text("Nøgletal, der afviger", "Key figures that deviate"),
            law="DB § 112, stk. 5, nr. 2",
            tables=(table("figures", Text("Afvigende nøgletal", "Deviating key figures"), _FIGURES, _figures(sheet)),),
            most=5,
        )
    if sheet.agreements:
        yield PaperChapter(
            id="agreements",
            title=Text("Aftaler", "Agreements"),
            law="ABL § 6 f",
            tables=(agreement_table(sheet.agreements),),
            most=8,
        )
    if sheet.areas:
        yield PaperChapter(
            id="areas",
            title=Text("Boligområder", "Housing areas"),
            law="DB § 112, stk. 1",
            tables=(area_table(sheet.areas),),
        )
    yield from _closing(sheet)


def _closing(sheet: PreparationSheet) -> Iterator[PaperChapter]:
    if apart := tuple(_kept_apart(sheet)):
        yield PaperChapter(
            id="legality",
            title=Text("Legalitetstilsyn, for sig", "Legality supervision, kept apart"),
            law="DB § 111",
            paragraphs=(_LEGALITY,),
            tables=apart,
        )
    if sheet.last_meeting:
        yield PaperChapter(
            id="last_meeting", title=Text("Sidste møde", "The last meeting"), paragraphs=tuple(_last(sheet))
        )
    if sheet.estates:
        yield PaperChapter(
            id="estates",
            title=Text("Afdelinger", "Estates"),
            paragraphs=(few((_estate_words(each) for each in sheet.estates), most=12),),
            on_page=(),
            tables=(table("estates", Text("Afdelinger", "Estates"), _ESTATES, _estates(sheet)),),
        )


_AGENDA = (
    column("part", "Del", "Part", 20),
    column("title", "Punkt", "Item", 44),
    column("why", "Hvorfor", "Why", 70),
    column("goal", "Målsætning", "Goal", 22),
    column("source", "Kilde", "Source", 40),
    column("law", "Hjemmel", "Law", 20),
)


def _agenda(sheet: PreparationSheet) -> Iterator[tuple[TableCell, ...]]:
    for part, proposals in by_part(sheet.agenda).items():
        for each in proposals:
            goal = GOALS[each.goal] if each.goal else None
            law = str(each.law) if each.law else None
            yield label(part), each.title, each.why, goal, source_words(each), law


_ON_PAGE = (
    column("title", "Punkt", "Item", 44),
    column("why", "Hvorfor", "Why", 70),
    column("source", "Kilde og hjemmel", "Source and law", 40),
)


def _on_page(sheet: PreparationSheet) -> Iterator[tuple[TableCell, ...]]:
    for each in sheet.agenda:
        words = source_words(each)
        law = f", {each.law}" if each.law else ""
        fixed = each.source is ProposalSource.FIXED
        source = label(each.source) if fixed else brief(words, 60)
        why = None if fixed and each.reference != "missing_report" else brief(each.why)
        yield brief(each.title, 90), why, Text(source.da + law, source.en + law)


def source_words(proposal: AgendaProposal) -> Text:
    """What a proposal comes from, in words."""
    kind = label(proposal.source)
    return Text(f"{kind.da}: {proposal.reference}", f"{kind.en}: {proposal.reference}")


_FIGURES = (
    column("unit", "Enhed", "Unit", 26),
    column("figure", "Nøgletal", "Key figure", 34),
    column("value", "Værdi", "Value", 18),
    column("median", "De sammenligneliges median", "The peers' median", 26),
    column("why", "Hvorfor kritisk", "Why critical", 26),
    column("explanation", "Organisationens forklaring", "The organisation's explanation", 60),
)


def _figures(sheet: PreparationSheet) -> Iterator[tuple[TableCell, ...]]:
    for each in sheet.figures:
        median = Text("{m} (n = {n})", "{m} (n = {n})").fill(m=each.median, n=each.n) if each.median.da else None
        unit = f"{each.unit} {each.unit_name}".strip()
        yield unit, each.name, each.value, median, each.why, each.explanation or _UNEXPLAINED


_UNEXPLAINED = Text("ingen forklaring", "no explanation")
_LEGAL = (
    column("item", "Punkt", "Item", 60),
    column("note", "Kommunens ord", "The municipality's words", 60),
    column("law", "Hjemmel", "Law", 20),
)


def _kept_apart(sheet: PreparationSheet) -> Iterator[Table]:
    if sheet.legality:
        yield table("legality", Text("Legalitetstilsyn", "Legality supervision"), _LEGAL, _legal(sheet))
    if sheet.supervision:
        rows = map(supervision_cells, sheet.supervision)
        yield table("supervision", Text("Tilsynsskridt", "Supervisory actions"), SUPERVISION, rows)


def _legal(sheet: PreparationSheet) -> Iterator[tuple[TableCell, ...]]:
    for each in sheet.legality:
        yield each.message, each.hint, str(each.law) if each.law else None


def agreement_table(agreements: tuple[Agreement, ...]) -> Table:
    """Agreements with what holds of each now."""
    columns = (
        column("id", "Aftale", "Agreement", 14),
        column("kind", "Art", "Kind", 30),
        column("parties", "Parter", "Parties", 20),
        column("text", "Tekst", "Text", 60),
        column("status", "Status", "Status", 14),
        column("review_by", "Revideres senest", "Review by", 14),
        column("law", "Hjemmel", "Law", 20),
    )
    rows = (
        (
            each.id,
            label(each.kind),
            ", ".join(map(str, each.organisations)),
            each.current_text,
            label(each.status),
            each.review_by,
            str(each.kind.law),
        )
        for each in agreements
    )
    return table("agreements", Text("Aftaler", "Agreements"), columns, rows)


def area_table(areas: tuple[HousingArea, ...]) -> Table:
    """Housing areas with their status on the lists of ABL §§ 61 a and 61 b."""
    columns = (
        column("area", "Boligområde", "Housing area", 30),
        column("status", "Status", "Status", 26),
        column("estates", "Afdelinger", "Estates", 50),
    )
    none = Text("ikke på listerne", "not on the lists")
    rows = ((a.name, label(a.status) if a.status else none, ", ".join(map(str, a.estates))) for a in areas)
    return table("areas", Text("Boligområder", "Housing areas"), columns, rows)


def _last(sheet: PreparationSheet) -> Iterator[Text]:
    meeting = sheet.last_meeting
    if meeting is None:
        return
    day, year = day_text(meeting.held_on), meeting.report_year
    yield Text(f"Holdt {day.da}, styringsår {year}.", f"Held on {day.en}, report year {year}.")
    who = (Text("Organisationen: ", "The organisation: "), Text("Kommunen: ", "The municipality: "))
    said = (meeting.organisations_assessment, meeting.municipalitys_assessment)
    for speaker, words in zip(who, said, strict=True):
        if words:
            yield Text(speaker.da + words, speaker.en + words)
    yield from (same(f"– {text}") for text in meeting.agreements)


_ESTATES = (
    column("estate", "Afdeling", "Estate", 14),
    column("name", "Navn", "Name", 30),
    column("homes", "Boliger", "Homes", 10, 0),
    column("in_operation", "I drift", "In operation", 12),
    column("municipality", "Kommune", "Municipality", 14),
)


def _estate_words(each: EstateLine) -> Text:
    homes = Text("ukendt antal boliger", "unknown number of homes")
    if each.homes is not None:
        homes = Text(f"{each.homes} boliger", f"{each.homes} homes")
    state = Text("", "") if each.in_operation else Text(", ikke i drift", ", not in operation")
    return Text("{name} ({homes}{state})", "{name} ({homes}{state})").fill(
        name=f"{each.estate} {each.name}".strip(), homes=homes, state=state
    )


_YES, _NO = Text("ja", "yes"), Text("nej", "no")


def _estates(sheet: PreparationSheet) -> Iterator[tuple[TableCell, ...]]:
    for each in sheet.estates:
        places = ", ".join(map(str, each.municipalities)) or None
        yield str(each.estate), each.name, known(each.homes), _YES if each.in_operation else _NO, places


def homes_cells(homes: HomesOffered) -> tuple[TableCell, ...]:
    """Family, elderly, care, accessible and youth homes, each as known or unknown."""
    return tuple(map(known, (homes.family, homes.elderly, homes.care, homes.accessible, homes.youth)))


HOMES = (
    column("family", "Familieboliger", "Family homes", 14, 0),
    column("elderly", "Ældreboliger", "Homes for the elderly", 14, 0),
    column("care", "Plejeboliger", "Care homes", 14, 0),
    column("accessible", "Handicapvenlige boliger", "Accessible homes", 14, 0),
    column("youth", "Ungdomsboliger", "Youth homes", 14, 0),
)
"""The columns of ``homes_cells``."""
