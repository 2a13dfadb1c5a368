"""Which elements of a report year are owed, to whom, or why not, each with its paragraph.

The table follows DB §§ 72-74, 78, 110, 112 and 126 and ABL §§ 164 and 169. Expectation is per element:
a self-owning institution owes accounts but no report, an administration organisation owes a
report but no estate reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property

from attrs import frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.organisations.kinds import EstateKind, OrganisationKind
from almenstyring.domain.organisations.register import MasterData
from almenstyring.domain.organisations.relations import valid_on
from almenstyring.domain.organisations.units import Estate, Unit
from almenstyring.domain.values import EstateId, LegalReference, MunicipalityCode

_law = cache(LegalReference.parse)


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


def judged_on(master: MasterData, year: ReportYear) -> date:
    """The day on which it is judged what an organisation owes in a year: the last of its accounting period."""
    periods = master.periods_of(year)
    return periods[-1].end if periods else date(year.accounting_year, 12, 31)


def leader_of(master: MasterData, year: ReportYear, on: date | None = None) -> MunicipalityCode | None:
    """The home municipality that leads the dialogue of a report year, as it stands on a day (DB §§ 110 and 112).

    It follows the organisation's home until the report year, a calendar year, is over. Without a day, and where there
    is no home any more, it is the one at the end of the accounting period. None where that is not known.
    """
    ended = judged_on(master, year)
    home = master.home_municipality_on(max(ended, min(on, date(int(year), 12, 31)))) if on else None
    return home or master.home_municipality_on(ended)


def expectations(master: MasterData, year: ReportYear, on: date | None = None) -> tuple[Expectation, ...]:
    """All expectations to one organisation in one report year, judged on the last day of its accounting period.

    The home municipality is the ``leader_of`` the year on the day. The meeting is owed without a report, and so without
    an accounting period too (DB § 112, stk. 1).
    """
    day = judged_on(master, year)
    duties = _Duties(master, day, leader_of(master, year, on))
    if not master.periods_of(year):
        without = duties.not_owed(Element.GOVERNANCE_REPORT, "DB § 112, stk. 3", Reason.NO_ACCOUNTING_PERIOD)
        owed = (found for found in duties.dialogue() if found.element in _MEETING and found.owed and duties.home)
        return without, *owed
    return (
        *duties.dialogue(),
        *duties.organisations_papers(),
        *(found for estate in master.estates_on(day) for found in duties.estates_papers(estate)),
    )


_DIALOGUE = (Element.GOVERNANCE_REPORT, Element.DIALOGUE_MEETING, Element.STATEMENT)
_MEETING = (Element.DIALOGUE_MEETING, Element.STATEMENT)
_PAPERS = (Element.ACCOUNTS, Element.ANNUAL_REPORT, Element.AUDITORS_PROTOCOL)


@frozen
class _Duties:
    """The duties of one organisation on one day, and the home municipality they are owed to."""

    master: MasterData
    day: date
    home: MunicipalityCode | None

    @property
    def kind(self) -> OrganisationKind:
        return self.master.organisation.kind

    @cached_property
    def located_in(self) -> frozenset[MunicipalityCode]:
        return self.master.located_in(self.day)

    @cached_property
    def elsewhere(self) -> tuple[MunicipalityCode, ...]:
        """The municipalities that get copies, by code; for most organisations there is none."""
        return tuple(sorted(code for code in self.located_in if code.can_supervise and code != self.home))

    @cached_property
    def lies_in(self) -> Mapping[EstateId, set[MunicipalityCode]]:
        """The municipalities of each estate; made once, since a large organisation has hundreds of estates."""
        found: dict[EstateId, set[MunicipalityCode]] = {}
        for location in valid_on(self.master.locations, self.day):
            found.setdefault(location.estate, set()).add(location.municipality)
        return found

    def dialogue(self) -> Iterator[Expectation]:
        """Report, meeting and statement."""
        if not self.kind.takes_part_in_dialogue:
            law = "DB § 78, stk. 1" if self.kind.is_public else "ABL § 169, stk. 1"
            yield from (self.not_owed(element, law, Reason.NO_DIALOGUE_DUTY) for element in _DIALOGUE)
            return
        yield self._to_home(Element.GOVERNANCE_REPORT, "DB § 112, stk. 3")
        yield from self._copies(Element.GOVERNANCE_REPORT, "DB § 112, stk. 3")
        yield self._to_home(Element.DIALOGUE_MEETING, "DB § 112, stk. 1")
        by_other = self.master.organisation.other_authority
        leader = None if by_other else self.home
        yield self._expect(Element.STATEMENT, "DB § 112, stk. 7", receiver=Receiver.PUBLIC, municipality=leader)
        if self.kind is OrganisationKind.ADMINISTRATION_ORGANISATION:
            yield self.not_owed(Element.ESTATE_REPORT, "DB § 25", Reason.NO_ESTATES)

    def organisations_papers(self) -> Iterator[Expectation]:
        """Accounts, annual report, protocol and questionnaire of the organisation itself."""
        if self.kind.is_public:
            yield self.not_owed(Element.ACCOUNTS, "DB § 78, stk. 1", Reason.PUBLIC_ACCOUNTS)
            return
        for element in _PAPERS:
            yield self._to_home(element, _ACCOUNTS_LAW[self.kind])
            yield from self._copies(element, "DB § 74, stk. 1")
        yield self._to_home(Element.ACCOUNTS_QUESTIONNAIRE, "DB § 72, stk. 1")
        yield self._expect(Element.ACCOUNTS, "DB § 74, stk. 4", receiver=Receiver.LANDSBYGGEFONDEN)

    def estates_papers(self, estate: Estate) -> Iterator[Expectation]:
        """The estate's report, accounts and questionnaire."""
        if self.kind.is_public:
            return
        if self.kind.takes_part_in_dialogue:
            yield from self._estate_report(estate)
        if not estate.in_operation(self.day):
            yield self.not_owed(Element.ACCOUNTS, "DB § 72, stk. 2", Reason.NOT_IN_OPERATION, estate.id)
        elif estate.kind.accounts_go_home_only:
            yield self._to_home(Element.ACCOUNTS, "DB § 74, stk. 3", estate.id)
        else:
            yield self._to_home(Element.ACCOUNTS, _ACCOUNTS_LAW[self.kind], estate.id)
            yield from self._copies(Element.ACCOUNTS, "DB § 74, stk. 1", estate.id)
            yield self._expect(Element.ACCOUNTS, "DB § 74, stk. 4", unit=estate.id, receiver=Receiver.LANDSBYGGEFONDEN)
            yield self._to_home(Element.ACCOUNTS_QUESTIONNAIRE, "DB § 72, stk. 1", estate.id)

    def _estate_report(self, estate: Estate) -> Iterator[Expectation]:
        law = "DB § 112, stk. 5, nr. 1"
        if estate.kind is not EstateKind.HOUSING:
            yield self.not_owed(Element.ESTATE_REPORT, law, Reason.NOT_A_HOUSING_ESTATE, estate.id)
        elif not estate.in_operation(self.day):
            yield self.not_owed(Element.ESTATE_REPORT, law, Reason.NOT_IN_OPERATION, estate.id)
        else:
            yield self._to_home(Element.ESTATE_REPORT, law, estate.id)
            yield from self._copies(Element.ESTATE_REPORT, "DB § 112, stk. 3", estate.id)

    def not_owed(self, element: Element, law: str, reason: Reason, unit: Unit | None = None) -> Expectation:
        """What somebody might expect, and why it is not owed."""
        return self._expect(element, law, reason=reason, unit=unit)

    def _to_home(self, element: Element, law: str, unit: Unit | None = None) -> Expectation:
        """Owed to the home municipality, or to the authority that the articles name (DB §§ 110, 124)."""
        if self.master.organisation.other_authority:
            return self._expect(element, law, unit=unit, receiver=Receiver.OTHER_AUTHORITY)
        reason = Reason.OWED if self.home else Reason.HOME_MUNICIPALITY_UNKNOWN
        return self._expect(element, law, reason=reason, unit=unit, municipality=self.home)

    def _copies(self, element: Element, law: str, estate: EstateId | None = None) -> Iterator[Expectation]:
        """The same to the other municipalities in which the estate, or any of the estates, lies."""
        for code in self.elsewhere:
            if estate and code not in self.lies_in.get(estate, ()):
                continue
            yield self._expect(element, law, unit=estate, receiver=Receiver.LOCATION_MUNICIPALITY, municipality=code)

    def _expect(  # noqa: PLR0913 - one row of a table
        self,
        element: Element,
        law: str,
        *,
        reason: Reason = Reason.OWED,
        unit: Unit | None = None,
        receiver: Receiver = Receiver.HOME_MUNICIPALITY,
        municipality: MunicipalityCode | None = None,
    ) -> Expectation:
        return Expectation(
            element=element,
            unit=unit or self.master.number,
            receiver=receiver,
            municipality=municipality,
            reason=reason,
            law=_law(law),
        )


_ACCOUNTS_LAW = {
    OrganisationKind.HOUSING_ORGANISATION: "DB § 74, stk. 1",
    OrganisationKind.ADMINISTRATION_ORGANISATION: "DB § 74, stk. 2",
    OrganisationKind.SELF_OWNING_YOUTH: "DB § 78, stk. 2",
    OrganisationKind.SELF_OWNING_ELDERLY: "DB § 78, stk. 2",
}
