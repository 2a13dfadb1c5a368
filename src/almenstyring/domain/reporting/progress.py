"""How far an organisation's year has come, kept small so that an overview reads no whole package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from attrs import evolve, field, frozen

from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.organisations import Element, Unit
from almenstyring.domain.reporting.package import DocumentationPackage
from almenstyring.domain.reporting.workflow import PackageStatus
from almenstyring.domain.values import LbfNumber

_NO_DAYS: Mapping[Unit, date] = {}


@frozen(kw_only=True)
class SentElements:
    """What one sending held (da: fremsendelsens indhold): per element the units that it was sent for."""

    on: date
    held: Mapping[Element, tuple[Unit, ...]] = field(hash=False)
    due: date | None = None


@frozen(kw_only=True)
class PackageProgress:
    """Where an organisation's package of a year is (da: pakkens fremdrift); it follows from the package wholly.

    ``opened`` is the day it was created, ``returned`` the days of its returns.
    """

    organisation: LbfNumber
    report_year: ReportYear
    status: PackageStatus
    opened: date
    sendings: tuple[SentElements, ...] = ()
    returned: tuple[date, ...] = ()

    @classmethod
    def of(
        cls, package: DocumentationPackage, sent: Iterable[DocumentationPackage], *, opened: date
    ) -> PackageProgress:
        """The progress of a package, given every sending of it in order."""
        return cls(
            organisation=package.organisation,
            report_year=package.report_year,
            status=package.status,
            opened=opened,
            sendings=_as_came(package, map(sent_elements, sent)),
            returned=tuple(given.on for given in package.returns),
        )

    def after(self, package: DocumentationPackage) -> PackageProgress:
        """The progress after one more step of the package, of which at most the last sending is new."""
        is_sent = len(package.sendings) > len(self.sendings)
        sendings = (*self.sendings, sent_elements(package)) if is_sent else self.sendings
        return evolve(
            self,
            status=package.status,
            sendings=_as_came(package, sendings),
            returned=tuple(given.on for given in package.returns),
        )

    def due(self, current: date | None) -> date | None:
        """The day the report is judged by: the deadline at the first sending, until then the current one."""
        written = self.sendings[0].due if self.sendings else None
        return written or current

    def delivered_on(self, element: Element, unit: Unit) -> date | None:
        """The day the element was first sent, if the latest sending still has it."""
        return self._first_days.get(element, _NO_DAYS).get(unit)

    @cached_property
    def _first_days(self) -> Mapping[Element, Mapping[Unit, date]]:
        """The first day of each element that the latest sending has, for each of its units."""
        if not self.sendings:
            return {}
        *earlier, latest = self.sendings
        days = {element: dict.fromkeys(units, latest.on) for element, units in latest.held.items()}
        for sending in reversed(earlier):
            for element, known in days.items():
                known.update((unit, sending.on) for unit in sending.held.get(element, ()) if unit in known)
        return days


def _as_came(package: DocumentationPackage, sendings: Iterable[SentElements]) -> tuple[SentElements, ...]:
    """What was sent, the first of it on the day that it came."""
    return tuple(
        evolve(sending, on=package.first_sent) if number == 0 and package.first_sent else sending
        for number, sending in enumerate(sendings)
    )


def sent_elements(package: DocumentationPackage) -> SentElements:
    """What the package held at its last sending."""
    told = any(not answer.is_missing for answer in package.annual_report.items.values())
    own, nothing = (package.organisation,), ()
    held: dict[Element, tuple[Unit, ...]] = {
        Element.GOVERNANCE_REPORT: own,
        Element.ESTATE_REPORT: tuple(sheet.unit for sheet in package.estate_reports),
        Element.ACCOUNTS: tuple(accounts.unit for accounts in package.accounts),
        Element.ACCOUNTS_QUESTIONNAIRE: tuple(sheet.unit for sheet in package.questionnaires),
        Element.ANNUAL_REPORT: own if told or package.annual_report.attachment else nothing,
        Element.AUDITORS_PROTOCOL: nothing if package.auditors_protocol.is_missing else own,
    }
    sending = package.sendings[-1]
    return SentElements(
        on=sending.on, held={element: units for element, units in held.items() if units}, due=sending.due
    )
