"""The critical review as a paper: the checklist with what the material suggests, and what was judged."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.application.paper_parts import Paper, PaperChapter, heading
from almenstyring.application.table_columns import TableCell, column, table
from almenstyring.application.wording import timing_text
from almenstyring.content import label
from almenstyring.domain.dialogue.critical_review import ItemResult, ReviewedItem, ReviewGroup, ReviewSheet, Suggestion
from almenstyring.domain.text import Text, joined

_NOT_A_VERDICT = Text(
    "Fingerpegene er fundet af kontrollen og pakkens indhold; kun et menneskes vurdering tæller.",
    "The pointers come from the check and the package's content; only a person's judgement counts.",
)
_OWN_WORDING = Text(
    "Punkternes ordlyd er projektets egen; ingen officiel tjekliste er fundet.",
    "The wording of the items is the project's own; no official checklist was found.",
)
_APART = Text(
    "Lovstridige forhold er legalitetstilsyn og holdes ude af dialogen (DB § 111).",
    "Unlawful matters are legality supervision and kept out of the dialogue (DB § 111).",
)


def review_paper(sheet: ReviewSheet) -> Paper:
    """The review as a paper."""
    review = sheet.review
    return Paper(
        id=f"review-{review.organisation}-{review.report_year}",
        title=Text(f"Kritisk gennemgang: {review.organisation}", f"Critical review: {review.organisation}"),
        subtitle=Text(
            f"Styringsår {review.report_year}, fremsendelse {review.sending}, kommune {review.municipality}",
            f"Report year {review.report_year}, sending {review.sending}, municipality {review.municipality}",
        ),
        facts=(
            (Text("Punkter", "Items"), len(sheet.items)),
            (Text("Mangler vurdering", "Not judged yet"), len(sheet.left)),
            (Text("Følges op", "To follow up"), len(sheet.follow_ups()) + len(sheet.follow_ups(legality=True))),
            (Text("Afsluttet", "Concluded"), review.concluded_on or Text("nej", "no")),
        ),
        chapters=tuple(_chapters(sheet)),
        notes=(_NOT_A_VERDICT, _OWN_WORDING),
        is_synthetic=review.organisation.is_test,
    )


def _chapters(sheet: ReviewSheet) -> Iterator[PaperChapter]:
    for group in ReviewGroup:
        rows = tuple(_row(entry) for entry in sheet.items if entry.item.group is group)
        if rows:
            yield PaperChapter(
                id=group.value,
                title=heading(label(group)),
                paragraphs=() if group.is_for_the_dialogue else (_APART,),
                tables=(table(group.value, heading(label(group)), _COLUMNS, rows),),
            )


_COLUMNS = (
    column("id", "Id", "Id", 22),
    column("item", "Punkt", "Item", 60),
    column("law", "Hjemmel", "Law", 20),
    column("pointer", "Fingerpeg", "Pointer", 24),
    column("material", "Hvad materialet siger", "What the material says", 70),
    column("verdict", "Vurdering", "Verdict", 16),
    column("note", "Note", "Note", 50),
    column("earlier", "Ved en tidligere fremsendelse", "At an earlier sending", 40),
    column("changed", "Grundlaget er ændret", "The basis changed", 14),
)
_YES = Text("ja", "yes")


def _row(entry: ReviewedItem) -> tuple[TableCell, ...]:
    result, suggestion = entry.result, entry.suggestion
    material = said_by(suggestion)
    return (
        entry.item.id,
        entry.item.text,
        str(entry.item.law),
        label(suggestion.pointer),
        material if material.da else None,
        label(result.verdict) if result else None,
        result.note or None if result else None,
        _before(entry.earlier),
        _YES if entry.basis_changed else None,
    )


def _before(earlier: ItemResult | None) -> Text | None:
    if earlier is None:
        return None
    words = label(earlier.verdict)
    tail = f": {earlier.note}" if earlier.note else ""
    return Text(f"{words.da} ({earlier.sending}){tail}", f"{words.en} ({earlier.sending}){tail}")


_MISSING = Text("mangler", "missing")


def said_by(suggestion: Suggestion) -> Text:
    """What in the material speaks about an item, in words: what lacks, findings, confirmations and figures."""
    confirmed = {each.fingerprint: each.reason for each in suggestion.confirmations}
    lacking = [
        Text("{what} {unit}: {how}", "{what} {unit}: {how}").fill(
            what=label(each.element),
            unit=each.unit,
            how=_MISSING if each.on is None else timing_text(each.timing),
        )
        for each in suggestion.lacking
    ]
    found = [
        Text(f'{each.message.da} ("{reason}")', f'{each.message.en} ("{reason}")')
        if (reason := confirmed.get(each.fingerprint))
        else each.message
        for each in suggestion.findings
    ]
    figures = [
        Text("{unit} {name} {value}", "{unit} {name} {value}").fill(
            unit=str(each.unit), name=each.name, value=each.value
        )
        for each in suggestion.figures
    ]
    return joined((*lacking, *found, *figures))
