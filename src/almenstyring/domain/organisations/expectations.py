"""Which elements of a report year are owed, to whom, or why not, each with its paragraph.

The table follows DB §§ 72-74, 78, 110, 112 and 126 and ABL §§ 164 and 169. Expectation is per element:
a self-owning institution owes accounts but no report, an administration organisation owes a
report but no estate reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.organisations.kinds import EstateKind, OrganisationKind
from almenstyring.domain.organisations.register import MasterData
from almenstyring.domain.organisations.units import Estate, Unit
from almenstyring.domain.values import LegalReference, MunicipalityCode

_law = LegalReference.parse


class Element(StrEnum):
    """The parts of a report year that somebody owes (da: element)."""

    GOVERNANCE_REPORT = "governance_report"
    ESTATE_REPORT = "estate_report"
    ACCOUNTS = "accounts"
    ACCOUNTS_QUESTIONNAIRE = "accounts_questionnaire"
    ANNUAL_REPORT = "annual_report"
    AUDITORS_PROTOCOL = "auditors_protocol"
    DIALOGUE_MEETING = "dialogue_meeting"
    STATEMENT = "statement"


class Receiver(StrEnum):
    """Who an element is owed to (da: modtager)."""

    HOME_MUNICIPALITY = "home_municipality"
    LOCATION_MUNICIPALITY = "location_municipality"
    OTHER_AUTHORITY = "other_authority"
    LANDSBYGGEFONDEN = "landsbyggefonden"
    PUBLIC = "public"


class Reason(StrEnum):
    """Why an element is owed or not (da: begrundelse)."""

    OWED = "owed"
    NO_DIALOGUE_DUTY = "no_dialogue_duty"
    PUBLIC_ACCOUNTS = "public_accounts"
    NO_ESTATES = "no_estates"
    NOT_IN_OPERATION = "not_in_operation"
    NOT_A_HOUSING_ESTATE = "not_a_housing_estate"
    NO_ACCOUNTING_PERIOD = "no_accounting_period"
    HOME_MUNICIPALITY_UNKNOWN = "home_municipality_unknown"


@frozen(kw_only=True)
class Expectation:
    """One element of one unit: owed to a receiver, or not owed and why (da: forventning)."""

    element: Element
    unit: Unit
    receiver: Receiver
    municipality: MunicipalityCode | None
    reason: Reason
    law: LegalReference

    @property
    def owed(self) -> bool:
        """Whether the element must be delivered."""
        return self.reason is Reason.OWED


def expectations(master: MasterData, year: ReportYear) -> tuple[Expectation, ...]:
    """All expectations to one organisation in one report year, judged on the last day of its accounting period."""
    periods = master.periods_of(year)
    if not periods:
        return (_expect(master, Element.GOVERNANCE_REPORT, "DB § 112, stk. 3", Reason.NO_ACCOUNTING_PERIOD),)
    day = periods[-1].end
    return (
        *_dialogue(master, day),
        *_organisation_papers(master, day),
        *(found for estate in master.estates_on(day) for found in _estate_elements(master, estate, day)),
    )


def _expect(  # noqa: PLR0913 - one row of a table
    master: MasterData,
    element: Element,
    law: str,
    reason: Reason = Reason.OWED,
    *,
    unit: Unit | None = None,
    receiver: Receiver = Receiver.HOME_MUNICIPALITY,
    municipality: MunicipalityCode | None = None,
) -> Expectation:
    return Expectation(
        element=element,
        unit=unit or master.number,
        receiver=receiver,
        municipality=municipality,
        reason=reason,
        law=_law(law),
    )


def _home(master: MasterData, element: Element, law: str, day: date, unit: Unit | None = None) -> Expectation:
    """Owed to the home municipality, or to the authority that the articles name (DB §§ 110, 124)."""
    if master.organisation.other_authority:
        return _expect(master, element, law, unit=unit, receiver=Receiver.OTHER_AUTHORITY)
    home = master.home_municipality_on(day)
    reason = Reason.OWED if home else Reason.HOME_MUNICIPALITY_UNKNOWN
    return _expect(master, element, law, reason, unit=unit, municipality=home)


def _elsewhere(master: MasterData, day: date, estates: tuple[Estate, ...]) -> tuple[MunicipalityCode, ...]:
    """The municipalities other than home in which the estates lie."""
    found = {code for estate in estates for code in master.municipalities_of(estate.id, day)}
    return tuple(sorted(found - {master.home_municipality_on(day)} - {None}))


def _dialogue(master: MasterData, day: date) -> Iterator[Expectation]:
    dialogue = (Element.GOVERNANCE_REPORT, Element.DIALOGUE_MEETING, Element.STATEMENT)
    kind = master.organisation.kind
    if not kind.takes_part_in_dialogue:
        law = "ABL § 169, stk. 1" if kind.value.startswith("self_owning") else "DB § 78, stk. 1"
        for element in dialogue:
            yield _expect(master, element, law, Reason.NO_DIALOGUE_DUTY)
        return
    yield _home(master, Element.GOVERNANCE_REPORT, "DB § 112, stk. 3", day)
    for code in _elsewhere(master, day, _supervised_where_they_lie(master, day)):
        yield _expect(
            master,
            Element.GOVERNANCE_REPORT,
            "DB § 112, stk. 3",
            receiver=Receiver.LOCATION_MUNICIPALITY,
            municipality=code,
        )
    yield _home(master, Element.DIALOGUE_MEETING, "DB § 112, stk. 1", day)
    yield _expect(
        master,
        Element.STATEMENT,
        "DB § 112, stk. 7",
        receiver=Receiver.PUBLIC,
        municipality=master.home_municipality_on(day),
    )
    if kind is OrganisationKind.ADMINISTRATION_ORGANISATION:
        yield _expect(master, Element.ESTATE_REPORT, "DB § 25", Reason.NO_ESTATES)


def _supervised_where_they_lie(master: MasterData, day: date) -> tuple[Estate, ...]:
    return tuple(e for e in master.estates_on(day) if not e.kind.accounts_go_home_only)


def _accounts_law(kind: OrganisationKind) -> str:
    if kind is OrganisationKind.ADMINISTRATION_ORGANISATION:
        return "DB § 74, stk. 2"
    return "DB § 74, stk. 1" if kind is OrganisationKind.HOUSING_ORGANISATION else "DB § 78, stk. 2"


def _organisation_papers(master: MasterData, day: date) -> Iterator[Expectation]:
    kind = master.organisation.kind
    if kind in (OrganisationKind.MUNICIPAL_ELDERLY, OrganisationKind.REGIONAL_ELDERLY):
        yield _expect(master, Element.ACCOUNTS, "DB § 78, stk. 1", Reason.PUBLIC_ACCOUNTS)
        return
    law = _accounts_law(kind)
    papers = (Element.ACCOUNTS, Element.ANNUAL_REPORT, Element.AUDITORS_PROTOCOL)
    for element in papers:
        yield _home(master, element, law, day)
    for code in _elsewhere(master, day, _supervised_where_they_lie(master, day)):
        for element in papers:
            yield _expect(
                master,
                element,
                "DB § 74, stk. 1",
                receiver=Receiver.LOCATION_MUNICIPALITY,
                municipality=code,
            )
    yield _home(master, Element.ACCOUNTS_QUESTIONNAIRE, "DB § 72, stk. 1", day)
    yield _expect(master, Element.ACCOUNTS, "DB § 74, stk. 4", receiver=Receiver.LANDSBYGGEFONDEN)


def _estate_elements(master: MasterData, estate: Estate, day: date) -> Iterator[Expectation]:
    if master.organisation.kind.takes_part_in_dialogue:
        yield from _estate_report(master, estate, day)
    if estate.kind.accounts_go_home_only:
        yield _home(master, Element.ACCOUNTS, "DB § 74, stk. 3", day, estate.id)
        return
    if not estate.in_operation(day):
        yield _expect(master, Element.ACCOUNTS, "DB § 72, stk. 2", Reason.NOT_IN_OPERATION, unit=estate.id)
        return
    yield _home(master, Element.ACCOUNTS, "DB § 74, stk. 1", day, estate.id)
    yield _home(master, Element.ACCOUNTS_QUESTIONNAIRE, "DB § 72, stk. 1", day, estate.id)
    for code in _elsewhere(master, day, (estate,)):
        yield _expect(
            master,
            Element.ACCOUNTS,
            "DB § 74, stk. 1",
            unit=estate.id,
            receiver=Receiver.LOCATION_MUNICIPALITY,
            municipality=code,
        )


def _estate_report(master: MasterData, estate: Estate, day: date) -> Iterator[Expectation]:
    law = "DB § 112, stk. 5, nr. 1"
    if estate.kind is not EstateKind.HOUSING:
        yield _expect(master, Element.ESTATE_REPORT, law, Reason.NOT_A_HOUSING_ESTATE, unit=estate.id)
    elif not estate.in_operation(day):
        yield _expect(master, Element.ESTATE_REPORT, law, Reason.NOT_IN_OPERATION, unit=estate.id)
    else:
        yield _home(master, Element.ESTATE_REPORT, law, day, estate.id)
        for code in _elsewhere(master, day, (estate,)):
            yield _expect(
                master,
                Element.ESTATE_REPORT,
                "DB § 112, stk. 3",
                unit=estate.id,
                receiver=Receiver.LOCATION_MUNICIPALITY,
                municipality=code,
            )
