"""The statement, which may cover one or several organisations (DB § 112, stk. 7). It changes no package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise

from attrs import Attribute, evolve, field, frozen

from almenstyring.domain.calendar import ReportYear, as_year
from almenstyring.domain.errors import NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.converting import to_municipality, to_organisation
from almenstyring.domain.values.faults import as_text, member, refusal


class StatementStatus(StrEnum):
    """Where a statement is (da: redegørelsens status)."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPORTED = "reported"


_STEPS = list(StatementStatus)
_NEXT = dict(pairwise(_STEPS))

STATEMENT_PARTS = {
    "municipality": Text("kommunen", "the municipality"),
    "report_year": Text("styringsåret", "the report year"),
    "organisations": Text("boligorganisationerne", "the organisations"),
    "text": Text("teksten", "the text"),
    "status": Text("redegørelsens status", "the status"),
    "dates": Text("skridtenes dage", "the days of the steps"),
    "title": Text("overskriften", "the title"),
    "agreements": Text("aftalerne", "the agreements"),
    "website": Text("webadressen", "the web address"),
    "filing": Text("kvitteringen", "the receipt"),
    "reference": Text("kvitteringens nummer", "the number of the receipt"),
    "filed_on": Text("kvitteringens dag", "the day of the receipt"),
    "cause": Text("årsagen", "the cause"),
    "approved_by": Text("den, der har godkendt", "the approver"),
}
"""What the parts of a statement and of its correction are called in messages."""

_A_TEXT = Text("Skriv en tekst.", "Write a text.")
_A_LIST = Text("Skriv en liste, også når der kun er én.", "Write a list, also where there is only one.")
_A_DAY = Text("Angiv en dag, ikke en tekst.", "Give a day as a date, e.g. date(2026, 6, 29), not as a text.")
_A_RECEIPT = Text("Angiv kvitteringens nummer og dag.", "Give the receipt as StatementFiling(reference=…, filed_on=…).")


def wrong_part(part: str, value: object, hint: Text) -> Exception:
    """The error to raise for a part of a statement that cannot be what was given."""
    message = Text("{value} kan ikke bruges som {what}.", "{value} cannot be used as {what}.")
    return refusal(message, hint, value, part=part, what=STATEMENT_PARTS[part])


def require_text(part: str, value: object) -> str:
    """The text given for a part; InvalidValueError for anything else."""
    if not isinstance(value, str):
        raise wrong_part(part, value, _A_TEXT)
    return value


def listed(part: str, given: object) -> tuple[object, ...]:
    """What is given as a list; InvalidValueError for a text, which would be taken letter by letter."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise wrong_part(part, given, _A_LIST)
    return tuple(given)


def ids_of_agreements(given: Iterable[str]) -> tuple[str, ...]:
    """The ids of agreements; InvalidValueError for anything that is no list of texts."""
    return tuple(require_text("agreements", each) for each in listed("agreements", given))


def numbers_of_organisations(given: Iterable[LbfNumber | str]) -> tuple[LbfNumber, ...]:
    """The numbers of organisations; InvalidValueError for anything that is no list of them."""
    return tuple(to_organisation(each) for each in listed("organisations", given))  # type: ignore[arg-type]


def _status(given: StatementStatus | str) -> StatementStatus:
    return member(
        StatementStatus,
        given,
        Text("{value} er ikke en status for en redegørelse.", "{value} is not a status of a statement."),
        Text("Brug en af: {known}.", "Use one of: {known}."),
    )


def _days(given: Iterable[date]) -> tuple[date, ...]:
    return tuple(_a_day("dates", day) for day in listed("dates", given))


def _a_day(part: str, given: object) -> date:
    if type(given) is not date:
        raise wrong_part(part, given, _A_DAY)
    return given


def _is_text(_: object, attribute: Attribute[str], value: object) -> None:
    require_text(attribute.name, value)


def _is_day(_: object, attribute: Attribute[date], value: object) -> None:
    _a_day(attribute.name, value)


@frozen(kw_only=True)
class StatementFiling:
    """The central system's receipt of a statement (da: indberetning af redegørelsen; DB § 112, stk. 8).

    The filing itself is made in the system that the authority designates. Without a reference: ``InvalidValueError``.
    """

    reference: str
    filed_on: date = field(validator=_is_day)

    def __attrs_post_init__(self) -> None:
        if not as_text(self.reference):
            raise refusal(
                Text("{value} er ikke en reference.", "{value} is not a reference."),
                Text("Skriv kvitteringens nummer.", "Write the number of the receipt."),
                self.reference,
            )

    def __str__(self) -> str:
        return f"{self.reference}, {self.filed_on}"


def _web_address(_instance: object, attribute: Attribute[str], address: object) -> None:
    if require_text(attribute.name, address) and not str(address).startswith(("https://", "http://")):
        raise refusal(
            Text("{value} er ikke en webadresse.", "{value} is not a web address."),
            Text("Begynd med https://.", "Begin with https://."),
            address,
        )


def _is_receipt(_: object, attribute: Attribute[StatementFiling | None], value: object) -> None:
    if not (value is None or isinstance(value, StatementFiling)):
        raise wrong_part(attribute.name, value, _A_RECEIPT)


@frozen(kw_only=True)
class Statement:
    """The municipality's published account of the dialogue (da: redegørelse; DB § 112, stk. 7-8).

    ``dates`` holds the day of each step taken. ``agreements`` are the ids of those that it describes (stk. 7, nr. 2),
    ``website`` is where it was published, and ``filing`` the central system's receipt, without which only an old
    record is reported. A statement about no organisation, whose dates do not belong to its status, or with a receipt
    though it is not reported, raises InvalidValueError, and so does a part of another kind than it says.
    """

    municipality: MunicipalityCode = field(converter=to_municipality)
    report_year: ReportYear = field(converter=as_year)
    organisations: tuple[LbfNumber, ...] = field(converter=numbers_of_organisations)
    text: str = field(validator=_is_text)
    status: StatementStatus = field(default=StatementStatus.DRAFT, converter=_status)
    dates: tuple[date, ...] = field(default=(), converter=_days)
    title: str = field(default="", validator=_is_text)
    agreements: tuple[str, ...] = field(default=(), converter=ids_of_agreements)
    website: str = field(default="", validator=_web_address)
    filing: StatementFiling | None = field(default=None, validator=_is_receipt)

    def __attrs_post_init__(self) -> None:
        steps = _STEPS.index(self.status)
        disordered = len(self.dates) != steps or list(self.dates) != sorted(self.dates)
        if not self.organisations or disordered or (self.filing and self.status is not StatementStatus.REPORTED):
            raise refusal(
                Text(
                    "En redegørelse skal have mindst en boligorganisation og en dato, i rækkefølge, for hvert skridt; "
                    "kun en indberettet har en kvittering.",
                    "A statement needs at least one organisation and one date, in order, for each step; only a "
                    "reported one has a receipt.",
                ),
                Text(
                    "Begynd med et udkast, og tag ét skridt ad gangen, hvert med sin dag.",
                    "Begin with a draft and use advanced(date) for each step.",
                ),
                self.status.value,
            )

    @property
    def published_on(self) -> date | None:
        """The day the statement was published on the municipality's website, if it was."""
        return self._day_of(StatementStatus.PUBLISHED)

    @property
    def reported_on(self) -> date | None:
        """The day the statement was reported to the central system, if it was (DB § 112, stk. 8)."""
        return self._day_of(StatementStatus.REPORTED)

    def _day_of(self, status: StatementStatus) -> date | None:
        step = _STEPS.index(status)
        return self.dates[step - 1] if len(self.dates) >= step else None

    def advanced(self, on: date, *, website: str = "", filing: StatementFiling | None = None) -> Statement:
        """The statement one step further: draft, approved, published on the website, reported.

        The last step needs the central system's receipt: NotAllowedError without ``filing``.
        """
        if self.status not in _NEXT:
            raise NotAllowedError(
                Text("Redegørelsen er allerede indberettet.", "The statement is already reported."),
                Text("Der er ikke flere skridt at tage.", "There are no more steps to take."),
                status=self.status.value,
            )
        following = _NEXT[self.status]
        if following is StatementStatus.REPORTED and filing is None:
            raise NotAllowedError(
                Text(
                    "Redegørelsen kan ikke være indberettet uden det centrale systems kvittering.",
                    "The statement cannot be reported without the central system's receipt.",
                ),
                Text(
                    "Indberet den i det centrale system, og angiv kvitteringens nummer og dag.",
                    "File it in the central system and give the receipt: filing=StatementFiling(…).",
                ),
                status=self.status.value,
            )
        return evolve(self, status=following, dates=(*self.dates, on), website=website or self.website, filing=filing)
