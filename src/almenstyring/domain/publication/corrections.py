"""The log of corrections: what was public and is another now, with cause and approver.

Nothing is overwritten. The old revision stays in the store's history; the log tells the difference in plain words.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import Attribute, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Statement, StatementStatus
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.findings import Location
from almenstyring.domain.publication.policy import ContentKind
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import as_text, member, refusal


class CorrectedRecord(StrEnum):
    """What was corrected after the public could see it (da: det rettede)."""

    STATEMENT = "statement"
    DATA_SHEET = "data_sheet"


def _said(_instance: object, attribute: Attribute[str], value: object) -> None:
    if not as_text(value):
        raise refusal(
            Text(
                "En rettelse skal have en årsag og en, der har godkendt den; {value} er det ikke.",
                "A correction needs cause and approver; {value} is none.",
            ),
            Text("Skriv, hvorfor det offentliggjorte rettes.", "Say why what was published is corrected."),
            value,
            field=attribute.name,
        )


def _corrected(given: CorrectedRecord | str) -> CorrectedRecord:
    return member(CorrectedRecord, given, _NOT_CORRECTED, _ONE_OF)


def _content(given: ContentKind | str) -> ContentKind:
    return member(ContentKind, given, _NOT_CORRECTED, _ONE_OF)


_NOT_CORRECTED = Text("{value} kan ikke rettes.", "{value} is not what a correction is of.")
_ONE_OF = Text("Brug en af: {known}.", "Use one of: {known}.")


def _is_day(_instance: object, _attribute: Attribute[date], value: object) -> None:
    if type(value) is not date:
        raise refusal(
            Text("{value} er ikke rettelsens dag.", "{value} is not the day of a correction."),
            Text("Angiv en dag, ikke en tekst.", "Give a day as a date, not as a text."),
            value,
        )


@frozen(kw_only=True)
class LoggedCorrection:
    """One difference between what was public and what is now (da: rettelse efter offentliggørelse).

    ``content`` is the kind of content, so that the correction is public where the content is. ``old`` and ``new`` are
    the values as kept, empty where there was none. ``cause`` is public. ``detail`` is not: it is the reason of the
    return that led to a second sending, for those who may read the package. ``approved_by`` is an opaque id.
    """

    id: str
    record: CorrectedRecord = field(converter=_corrected)
    content: ContentKind = field(converter=_content)
    municipality: MunicipalityCode | None
    organisations: tuple[LbfNumber, ...]
    report_year: ReportYear
    place: Location
    old: str
    new: str
    cause: str = field(validator=_said)
    detail: str = ""
    approved_by: str = field(validator=_said)
    on: date = field(validator=_is_day)


PUBLISHED_FIELDS = ("organisations", "title", "text", "agreements", "website", "filing")
"""What the public reads of a statement, and what only a correction can change once it is published."""


def statement_differences(before: Statement, after: Statement) -> tuple[tuple[Location, str, str], ...]:
    """What the public reads another way in ``after``: the place, the old and the new value.

    The receipt that comes with the step to reported is no difference: nothing was said of one before.
    """
    unit = str(before.municipality)
    reports = before.status is not after.status is StatementStatus.REPORTED
    names = (name for name in PUBLISHED_FIELDS if not (reports and name == "filing"))
    pairs = ((name, _printed(before, name), _printed(after, name)) for name in names)
    return tuple((Location(part="statement", unit=unit, item=name), o, n) for name, o, n in pairs if o != n)


def _printed(statement: Statement, name: str) -> str:
    value = getattr(statement, name)
    if value is None:
        return ""
    return ", ".join(sorted(map(str, value))) if isinstance(value, tuple) else str(value)


def refuse_silent_correction(published: Statement, given: Statement) -> None:
    """NotAllowedError if recording ``given`` would change what is published, or the days of the steps taken."""
    kept = given.dates[: len(published.dates)] == published.dates
    places = [place.item for place, _, _ in statement_differences(published, given)]
    if published.published_on is None or (kept and not places):
        return
    raise NotAllowedError(
        Text(
            f"Redegørelsen blev offentliggjort {published.published_on} og kan ikke ændres i stilhed.",
            f"The statement was published on {published.published_on} and cannot be changed silently.",
        ),
        Text(
            "Ret den med en årsag; rettelsen kommer i rettelsesloggen.",
            "Use correct_statement with a cause; the correction is logged.",
        ),
        published_on=published.published_on,
        places=tuple(places),
    )
