"""The critical review of the accounts (da: kritisk gennemgang; DB § 116), as a checklist that a person judges.

The council sees to it that the accounts come in time, and goes through them to see whether operation and economy are
sound and follow the rules. Findings and elements of the package suggest where to look; only a person gives a verdict.
What may be unlawful is legality supervision and no matter of the dialogue, so its group is kept apart (DB § 111).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.dialogue.material import DeviatingFigure, Material, Received, digest_of, worded
from almenstyring.domain.errors import NotAllowedError, NotFoundError
from almenstyring.domain.findings import Finding, Location, Severity
from almenstyring.domain.organisations import Element, Validity, valid_on
from almenstyring.domain.reporting import MISSING, AnnualReportItem, Answer, Confirmation
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, LegalReference, MunicipalityCode
from almenstyring.domain.values.faults import as_text, refusal
from almenstyring.domain.values.opaque import opaque_id


class ReviewGroup(StrEnum):
    """What part of the review an item belongs to (da: gennemgangens afsnit), in the order they are gone through."""

    RECEIVED = "received"
    ACCOUNTS = "accounts"
    AUDITOR = "auditor"
    ANNUAL_REPORT = "annual_report"
    SOUND_OPERATION = "sound_operation"
    OWN_CONTROL = "own_control"
    LEGALITY = "legality"

    @property
    def is_for_the_dialogue(self) -> bool:
        """Whether what is found can be taken up at the meeting; legality supervision goes its own way (DB § 111)."""
        return self is not ReviewGroup.LEGALITY


class Verdict(StrEnum):
    """What a person judged of an item (da: vurdering af et punkt); the list is the project's own."""

    OK = "ok"
    REMARK = "remark"
    FOLLOW_UP = "follow_up"
    NOT_APPLICABLE = "not_applicable"


class Pointer(StrEnum):
    """What the material says of an item before anybody judged it (da: fingerpeg); never a verdict."""

    LOOK = "look"
    NOTHING_FOUND = "nothing_found"
    OWN_JUDGEMENT = "own_judgement"


@frozen(kw_only=True)
class ChecklistItem:
    """One question of the review (da: kontrolpunkt): its paragraph, and what in the material speaks about it.

    ``rules`` are codes of findings, ``elements`` what must have come in, ``annual_report`` items of DB § 73,
    ``questions`` of the governance report, ``figures`` key figures. With none of them it is the reviewer's own
    judgement. ``valid`` says for accounts of which days it is asked.
    """

    id: str
    group: ReviewGroup
    text: Text
    law: LegalReference
    source: str
    certainty: Certainty
    rules: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    annual_report: tuple[AnnualReportItem, ...] = ()
    questions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    valid: Validity = Validity()

    @property
    def is_own_judgement(self) -> bool:
        """Nothing in the material speaks about it."""
        return not (self.rules or self.elements or self.annual_report or self.questions or self.figures)


@frozen(kw_only=True)
class Suggestion:
    """What the material says about an item (da: forslag til vurdering), for a person to read before judging.

    ``confirmations`` are the organisation's own reasons for findings that it confirmed; ``answers`` what the annual
    report and the governance report say. ``basis`` is a digest of it all.
    """

    item: ChecklistItem
    findings: tuple[Finding, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    lacking: tuple[Received, ...] = ()
    figures: tuple[DeviatingFigure, ...] = ()
    answers: tuple[tuple[str, Answer], ...] = ()
    basis: str = ""

    @property
    def pointer(self) -> Pointer:
        """Where to look; "nothing found" says only that nothing was found by what is looked at."""
        if self.findings or self.lacking or self.figures:
            return Pointer.LOOK
        return Pointer.OWN_JUDGEMENT if self.item.is_own_judgement else Pointer.NOTHING_FOUND


def asked_on(items: Iterable[ChecklistItem], day: date) -> tuple[ChecklistItem, ...]:
    """The items that hold for accounts that end on the day, group by group."""
    order = list(ReviewGroup)
    return tuple(sorted(valid_on(items, day), key=lambda item: order.index(item.group)))


def suggested(items: Iterable[ChecklistItem], material: Material) -> tuple[Suggestion, ...]:
    """What the material says about each item that is asked of these accounts."""
    everything = _everything(material)
    asked = asked_on(items, material.package.period.end)
    return tuple(_suggestion(item, material, everything) for item in asked)


def _suggestion(item: ChecklistItem, material: Material, everything: str) -> Suggestion:
    package = material.package
    findings = tuple(each for each in material.findings if each.code in item.rules)
    prints = {each.fingerprint for each in findings}
    confirmed = tuple(each for each in package.confirmations if each.fingerprint in prints)
    came = tuple(each for each in material.received if each.element in item.elements)
    figures = tuple(each for each in material.figures if each.figure in item.figures)
    told: list[tuple[str, Answer]] = [(each.value, package.annual_report[each]) for each in item.annual_report]
    told += [(question, package.report[question]) for question in item.questions]
    parts = [
        *sorted(prints),
        *sorted(f"{each.fingerprint} {each.reason}" for each in confirmed),
        *sorted(f"{each.element} {each.unit} {each.on}" for each in came),
        *sorted(f"{each.unit} {each.figure} {each.value} {each.explanation}" for each in figures),
        *(f"{name} {worded(answer)} {answer.comment}" for name, answer in told),
        *(_of_element(material, element) for element in item.elements),
    ]
    return Suggestion(
        item=item,
        findings=findings,
        confirmations=confirmed,
        lacking=tuple(each for each in came if _lacks(each, item)),
        figures=figures,
        answers=tuple((name, answer) for name, answer in told if answer != MISSING),
        basis=everything if item.is_own_judgement else digest_of(parts),
    )


def _lacks(came: Received, item: ChecklistItem) -> bool:
    """What never came lacks everywhere; what came late is a matter of the first group alone."""
    return came.is_lacking and (came.on is None or item.group is ReviewGroup.RECEIVED)


def _of_element(material: Material, element: Element) -> str:
    package, protocol = material.package, material.package.auditors_protocol
    match element:
        case Element.ACCOUNTS:
            each = (f"{one.unit} {one.period} {sorted(one.postings.items())}" for one in package.accounts)
            return digest_of(sorted(each))
        case Element.AUDITORS_PROTOCOL:
            return f"{protocol.summary} {protocol.attachment}"
        case Element.ANNUAL_REPORT:
            items = (f"{item} {worded(package.annual_report[item])}" for item in AnnualReportItem)
            return digest_of((*items, package.annual_report.attachment))
    return ""


def _everything(material: Material) -> str:
    """A digest of all that is reviewed, on which an own judgement rests."""
    elements = (Element.ACCOUNTS, Element.AUDITORS_PROTOCOL, Element.ANNUAL_REPORT)
    attached = (each.sha256 for each in material.package.attachments)
    answers = (
        f"{sheet.unit} {name} {worded(answer)} {answer.comment}"
        for sheet in material.package.sheets()
        for name, answer in sorted(sheet.answers.items())
    )
    return digest_of((*(_of_element(material, element) for element in elements), *sorted(attached), *answers))


@frozen(kw_only=True)
class ItemResult:
    """A person's verdict on one item (da: vurdering): with which words, by whom (an opaque id), on what basis.

    A remark or a follow-up needs a note: InvalidValueError without.
    """

    item: str
    verdict: Verdict
    by: str = field(validator=opaque_id)
    on: date
    note: str = ""
    sending: int = 0
    basis: str = ""

    def __attrs_post_init__(self) -> None:
        if self.verdict in (Verdict.REMARK, Verdict.FOLLOW_UP) and not as_text(self.note):
            raise refusal(
                Text("{value} uden ord siger ingenting.", "{value} without words says nothing."),
                Text("Skriv, hvad der skal bemærkes eller følges op.", "Say what to remark or to follow up."),
                self.verdict.value,
                item=self.item,
            )


@frozen(kw_only=True)
class CriticalReview:
    """A municipality's critical review of one sending (da: kritisk gennemgang; DB § 116, stk. 2).

    The home municipality reviews the organisation and its estates, a municipality of location the estates that lie
    with it (DB § 110, stk. 1), each in a record of its own. ``earlier`` holds the judgements of earlier sendings.
    """

    organisation: LbfNumber
    report_year: ReportYear
    municipality: MunicipalityCode
    sending: int
    results: tuple[ItemResult, ...] = ()
    earlier: tuple[ItemResult, ...] = ()
    concluded_on: date | None = None

    def result(self, item: str) -> ItemResult | None:
        """The verdict on the item in this review, if it was judged."""
        return next((each for each in self.results if each.item == item), None)

    def before(self, item: str) -> ItemResult | None:
        """The latest verdict on the item from an earlier sending."""
        return next((each for each in reversed(self.earlier) if each.item == item), None)

    def judged(self, suggestion: Suggestion, verdict: Verdict, note: str = "", *, by: str, on: date) -> CriticalReview:
        """The review with the item judged, or judged anew; NotAllowedError once it is concluded."""
        return self._with(
            ItemResult(
                item=suggestion.item.id,
                verdict=verdict,
                note=note,
                by=by,
                on=on,
                sending=self.sending,
                basis=suggestion.basis,
            )
        )

    def taken_over(self, suggestions: Iterable[Suggestion], *, by: str, on: date) -> CriticalReview:
        """The review with every earlier verdict whose basis is the same, where the item is not judged yet."""
        review = self
        for suggestion in suggestions:
            earlier = review.before(suggestion.item.id)
            if earlier and earlier.basis == suggestion.basis and review.result(suggestion.item.id) is None:
                review = review.judged(suggestion, earlier.verdict, earlier.note, by=by, on=on)
        return review

    def concluded(self, items: Iterable[ChecklistItem], on: date) -> CriticalReview:
        """The review concluded; NotAllowedError names the items that nobody judged."""
        left = [item.id for item in items if self.result(item.id) is None]
        if left or self.concluded_on is not None:
            raise NotAllowedError(
                Text("Gennemgangen kan ikke afsluttes.", "The review cannot be concluded."),
                Text(f"Vurder først: {', '.join(left) or '-'}.", f"Judge first: {', '.join(left) or '-'}."),
                organisation=str(self.organisation),
            )
        return evolve(self, concluded_on=on)

    def renewed(self, sending: int) -> CriticalReview:
        """The review of a new sending: nothing is judged in it, and all earlier judgements can be seen."""
        return evolve(self, sending=sending, results=(), earlier=(*self.earlier, *self.results), concluded_on=None)

    def _with(self, given: ItemResult) -> CriticalReview:
        if self.concluded_on is not None:
            raise NotAllowedError(
                Text(
                    f"Gennemgangen blev afsluttet {self.concluded_on}.",
                    f"The review was concluded {self.concluded_on}.",
                ),
                Text("En ny fremsendelse åbner en ny.", "A new sending opens a new one."),
                organisation=str(self.organisation),
            )
        kept = (each for each in self.results if each.item != given.item)
        return evolve(self, results=(*kept, given))


@frozen(kw_only=True)
class ReviewedItem:
    """An item as it is shown (da: gennemgået punkt): the suggestion, the verdict, and the one before."""

    suggestion: Suggestion
    result: ItemResult | None = None
    earlier: ItemResult | None = None

    @property
    def item(self) -> ChecklistItem:
        """The item itself."""
        return self.suggestion.item

    @property
    def basis_changed(self) -> bool:
        """Whether what the latest verdict rests on is another now."""
        latest = self.result or self.earlier
        return latest is not None and latest.basis != self.suggestion.basis


@frozen(kw_only=True)
class ReviewSheet:
    """A critical review with everything to judge by (da: gennemgangsskema)."""

    review: CriticalReview
    items: tuple[ReviewedItem, ...]

    def entry(self, item: str) -> ReviewedItem:
        """One item; NotFoundError lists those that are asked."""
        for entry in self.items:
            if entry.item.id == item:
                return entry
        known = ", ".join(entry.item.id for entry in self.items)
        raise NotFoundError(
            Text(f"Gennemgangen har intet punkt {item}.", f"The review has no item {item}."),
            Text(f"Punkterne er {known}.", f"The items are {known}."),
            item=item,
        )

    @property
    def left(self) -> tuple[ChecklistItem, ...]:
        """The items that nobody judged yet."""
        return tuple(entry.item for entry in self.items if entry.result is None)

    def follow_ups(self, *, legality: bool = False) -> tuple[Finding, ...]:
        """What is to be followed up, as findings that say it in the reviewer's words.

        Those for the dialogue meeting; with ``legality`` those of legality supervision, which are no matter of it.
        """
        return tuple(self._follow_ups(legality))

    def _follow_ups(self, legality: bool) -> Iterator[Finding]:
        for entry in self.items:
            if entry.result is None or entry.result.verdict is not Verdict.FOLLOW_UP:
                continue
            if entry.item.group.is_for_the_dialogue is not legality:
                yield Finding(
                    code=f"REVIEW-{entry.item.id.upper().replace('_', '-')}",
                    severity=Severity.WARNING,
                    location=Location(part="critical_review", unit=str(self.review.organisation), item=entry.item.id),
                    message=entry.item.text,
                    hint=Text(entry.result.note, entry.result.note),
                    law=entry.item.law,
                    values={"verdict": entry.result.verdict.value, "sending": str(entry.result.sending)},
                    source=entry.item.source,
                )


def review_sheet(review: CriticalReview, suggestions: Iterable[Suggestion]) -> ReviewSheet:
    """The review beside what the material suggests."""
    return ReviewSheet(
        review=review,
        items=tuple(
            ReviewedItem(suggestion=each, result=review.result(each.item.id), earlier=review.before(each.item.id))
            for each in suggestions
        ),
    )
