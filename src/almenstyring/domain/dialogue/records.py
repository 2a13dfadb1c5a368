"""The statement, which may cover one or several organisations (DB § 112, stk. 7). It changes no package."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.given import a, a_municipality, a_year, many, one_of, several
from almenstyring.domain.errors import InvalidValueError, NotAllowedError
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, MunicipalityCode
from almenstyring.domain.values.faults import as_text, refusal


class StatementStatus(StrEnum):
    """Where a statement is (da: redegørelsens status)."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    REPORTED = "reported"


_STEPS = list(StatementStatus)
_NEXT = dict(pairwise(_STEPS))


@frozen(kw_only=True)
class StatementFiling:
    """The central system's receipt of a statement (da: indberetning af redegørelsen; DB § 112, stk. 8).

    The filing itself is made in the system that the authority designates. Without a reference: ``InvalidValueError``.
    """

    reference: str
    filed_on: date = field(validator=a(date))

    def __attrs_post_init__(self) -> None:
        if not as_text(self.reference):
            raise refusal(
                Text("{value} er ikke en reference.", "{value} is not a reference."),
                Text("Skriv kvitteringens nummer.", "Write the number of the receipt."),
                self.reference,
            )


def _status(given: StatementStatus | str) -> StatementStatus:
    return one_of(StatementStatus, given)


def _web_address(_instance: object, _attribute: object, address: str) -> None:
    if address and not address.startswith(("https://", "http://")):
        raise refusal(
            Text("{value} er ikke en webadresse.", "{value} is not a web address."),
            Text("Begynd med https://.", "Begin with https://."),
            address,
        )


@frozen(kw_only=True)
class Statement:
    """The municipality's published account of the dialogue (da: redegørelse; DB § 112, stk. 7-8).

    ``dates`` holds the day of each step taken. ``agreements`` are the ids of those that it describes (stk. 7, nr. 2),
    ``website`` is where it was published, and ``filing`` the central system's receipt, without which only an old
    record is reported. A statement about no organisation, whose dates do not belong to its status, or with a receipt
    though it is not reported, raises InvalidValueError.
    """

    municipality: MunicipalityCode = field(converter=a_municipality)
    report_year: ReportYear = field(converter=a_year)
    organisations: tuple[LbfNumber, ...] = field(converter=several)
    text: str = field(validator=a(str))
    status: StatementStatus = field(default=StatementStatus.DRAFT, converter=_status)
    dates: tuple[date, ...] = field(default=(), validator=many(date))
    title: str = field(default="", validator=a(str))
    agreements: tuple[str, ...] = field(default=(), validator=many(str))
    website: str = field(default="", validator=[a(str), _web_address])
    filing: StatementFiling | None = field(default=None, validator=a(StatementFiling, optional=True))

    def __attrs_post_init__(self) -> None:
        steps = _STEPS.index(self.status)
        disordered = len(self.dates) != steps or list(self.dates) != sorted(self.dates)
        if not self.organisations or disordered or (self.filing and self.status is not StatementStatus.REPORTED):
            raise InvalidValueError(
                Text(
                    "En redegørelse skal have mindst en boligorganisation og en dato, i rækkefølge, for hvert skridt; "
                    "kun en indberettet har en kvittering.",
                    "A statement needs at least one organisation and one date, in order, for each step; only a "
                    "reported one has a receipt.",
                ),
                Text(
                    "Begynd med et udkast, og brug advanced(dato) for hvert skridt.",
                    "Begin with a draft and use advanced(date) for each step.",
                ),
                value=self.status.value,
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
                    "Indberet den i det centrale system, og angiv kvitteringen: filing=StatementFiling(…).",
                    "File it in the central system and give the receipt: filing=StatementFiling(…).",
                ),
                status=self.status.value,
            )
        return evolve(self, status=following, dates=(*self.dates, on), website=website or self.website, filing=filing)
