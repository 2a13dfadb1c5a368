"""The public data sheet of an organisation or of one estate, made of what was sent last and never of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.certainty import Certainty
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.findings import Location
from almenstyring.domain.organisations import Unit, Validity
from almenstyring.domain.publication.corrections import LoggedCorrection
from almenstyring.domain.publication.policy import NO_TEXT, ContentKind, Visibility
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, LegalReference, MunicipalityCode, Number

NOT_AVAILABLE = Text("i/t", "n/a")
"""What stands in place of a key figure until it is shown (da: ikke tilgængelig), as on the portal."""


class FigureState(StrEnum):
    """What a data sheet says of a key figure (da: nøgletallets visning)."""

    SHOWN = "shown"
    NOT_AVAILABLE = "not_available"
    MISSING = "missing"


@frozen(kw_only=True)
class SheetFact:
    """One line of master data on a data sheet (da: stamoplysning); ``value`` is as printed."""

    id: str
    name: Text
    value: Text | str | int | Number | date


@frozen(kw_only=True)
class SheetFigure:
    """One selected key figure on a data sheet (da: nøgletal på dataarket).

    ``value`` is None unless ``state`` is SHOWN. ``note`` says of a computed efficiency score that it is not official.
    """

    id: str
    name: Text
    unit: Text
    state: FigureState
    value: Number | None = None
    status: FigureStatus = FigureStatus.FINAL
    note: Text = NO_TEXT
    source: str = ""
    certainty: Certainty = Certainty.PROJECT_AUTHORED

    @property
    def shown(self) -> Text:
        """The value with its unit of measure; "i/t" where it is not shown, empty where there is none."""
        if self.state is FigureState.NOT_AVAILABLE:
            return NOT_AVAILABLE
        if self.value is None:
            return NO_TEXT
        return Text(
            f"{self.value.display('da')} {self.unit.da}".strip(), f"{self.value.display('en')} {self.unit.en}".strip()
        )


@frozen(kw_only=True)
class SheetAccount:
    """One account on a data sheet, in kroner and øre (da: konto på dataarket)."""

    number: str
    name: Text | None
    amount: Dkk
    status: FigureStatus = FigureStatus.FINAL
    source: Text = NO_TEXT


@frozen(kw_only=True)
class SheetStatement:
    """A published statement about the organisation and its address (da: henvisning til redegørelsen)."""

    municipality: MunicipalityCode
    published_on: date
    organisations: tuple[LbfNumber, ...]
    text: str
    website: str = ""


@frozen(kw_only=True)
class SheetAgreement:
    """An agreement in force on criteria of letting (da: udlejningskriterier på dataarket; ABL §§ 60 and 60 a).

    ``text`` is the wording that holds now; without ``estates`` and ``areas`` it covers the organisation whole.
    """

    content: ContentKind
    law: LegalReference
    municipality: MunicipalityCode
    id: str
    text: str
    concluded_on: date
    valid: Validity = Validity()
    estates: tuple[EstateId, ...] = ()
    areas: tuple[str, ...] = ()


@frozen(kw_only=True)
class DataSheet:
    """What the public is shown of one organisation, or one estate, in a report year (da: dataark).

    ``sent_on`` is the day of the sending it is made of; None where nothing was sent, and the master data are the
    register's then, and also where the policy does not tell yet. ``agreements`` are those whose criteria of letting the
    law makes public. ``visibility`` tells of each part why it is shown or not. There are no answers, comments or
    comparisons with others in it.
    """

    organisation: LbfNumber
    report_year: ReportYear
    unit: Unit
    name: str
    made_on: date
    policy: str
    period: AccountingPeriod | None = None
    sending: int | None = None
    sent_on: date | None = None
    master_data: tuple[SheetFact, ...] = ()
    figures: tuple[SheetFigure, ...] = ()
    accounts: tuple[SheetAccount, ...] = ()
    statements: tuple[SheetStatement, ...] = ()
    agreements: tuple[SheetAgreement, ...] = ()
    corrections: tuple[LoggedCorrection, ...] = ()
    visibility: Mapping[ContentKind, Visibility] = field(factory=dict, hash=False)
    notices: tuple[Text, ...] = ()

    @property
    def is_synthetic(self) -> bool:
        """The organisation is invented; everything made of the sheet says SYNTETISK."""
        return self.organisation.is_test

    def figure(self, figure_id: str) -> SheetFigure | None:
        """One key figure by its id, or None where it is not on the sheet."""
        return next((each for each in self.figures if each.id == figure_id), None)

    def places(self) -> Iterator[tuple[Location, str]]:
        """Every master datum, key figure and account that is shown, with its value as it is kept in the log."""
        unit = str(self.unit)
        for fact in self.master_data:
            yield Location(part=ContentKind.MASTER_DATA.value, unit=unit, item=fact.id), str(fact.value)
        for figure in self.figures:
            if figure.state is not FigureState.NOT_AVAILABLE:
                value = "" if figure.value is None else str(figure.value)
                yield Location(part=ContentKind.KEY_FIGURES.value, unit=unit, item=figure.id), value
        for account in self.accounts:
            yield Location(part=ContentKind.ACCOUNTS.value, unit=unit, item=account.number), str(account.amount)


def sheet_differences(before: DataSheet, after: DataSheet) -> tuple[tuple[Location, str, str], ...]:
    """Where two sheets of one unit differ in what they show: the place, the old and the new value, empty if none."""
    old, new = dict(before.places()), dict(after.places())
    places = {**old, **new}
    return tuple((p, old.get(p, ""), new.get(p, "")) for p in places if old.get(p, "") != new.get(p, ""))
