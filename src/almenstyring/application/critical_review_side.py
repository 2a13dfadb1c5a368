"""The critical review of the accounts by the municipality that supervises (da: kritisk gennemgang; DB § 116)."""

from __future__ import annotations

from datetime import date

from almenstyring.application.checking import check
from almenstyring.application.deliveries import deliveries
from almenstyring.application.material import deviating_figures, received
from almenstyring.application.reading import Reading
from almenstyring.application.records import by_year, year_key
from almenstyring.application.status import status_rows
from almenstyring.content.critical_review import load_checklist
from almenstyring.domain.access import Permission
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.critical_review import (
    CriticalReview,
    ReviewSheet,
    Verdict,
    review_sheet,
    suggested,
)
from almenstyring.domain.dialogue.material import Material
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.reporting import DocumentationPackage
from almenstyring.domain.text import Text
from almenstyring.domain.values import EstateId, LbfNumber


class CriticalReviewSide(Reading):
    """The use cases of the critical review; each municipality has its own, and no organisation sees it."""

    def critical_review(self, organisation: LbfNumber | str, year: ReportYear) -> ReviewSheet:
        """The checklist of the last sending, with what the material suggests and what was judged.

        The home municipality reviews the organisation and its estates, a municipality of location the estates that lie
        with it (DB § 110, stk. 1). After a new sending nothing is judged, and earlier judgements are shown beside,
        marked where their basis changed. Its adviser reads along and judges nothing.
        NotAllowedError for everybody else, NotFoundError before anything was sent.
        """
        return self._opened(organisation, year, Permission.COMMENT_PACKAGE)

    def judge(
        self, organisation: LbfNumber | str, year: ReportYear, item: str, verdict: Verdict | str, note: str = ""
    ) -> ReviewSheet:
        """Judge one item; a remark or a follow-up needs a note. NotFoundError for an item that is not asked."""
        sheet = self._opened(organisation, year)
        suggestion = sheet.entry(item).suggestion
        given = sheet.review.judged(suggestion, _verdict(verdict), note, by=self.actor.id, on=self.today)
        return self._keep_critical(given, sheet)

    def take_over_judgements(self, organisation: LbfNumber | str, year: ReportYear) -> ReviewSheet:
        """Judge as before every item whose basis is the same in the new sending; the others are left to judge."""
        sheet = self._opened(organisation, year)
        suggestions = [entry.suggestion for entry in sheet.items]
        return self._keep_critical(sheet.review.taken_over(suggestions, by=self.actor.id, on=self.today), sheet)

    def conclude_review(self, organisation: LbfNumber | str, year: ReportYear) -> ReviewSheet:
        """Conclude the review; NotAllowedError names the items that nobody judged."""
        sheet = self._opened(organisation, year)
        return self._keep_critical(sheet.review.concluded([entry.item for entry in sheet.items], self.today), sheet)

    def _opened(
        self, organisation: LbfNumber | str, year: ReportYear, permission: Permission = Permission.REVIEW_PACKAGE
    ) -> ReviewSheet:
        master = self._reviewed(organisation, year, permission)
        return review_sheet(self._review(master, year), suggested(load_checklist(), self._material_of(master, year)))

    def _reviewed(self, organisation: LbfNumber | str, year: ReportYear, permission: Permission) -> MasterData:
        master = self.master_data(organisation)
        if not self.actor.may(permission) or not self._may_read(master.number, year):
            doing = (
                Text("se den kritiske gennemgang", "see the critical review")
                if permission is Permission.COMMENT_PACKAGE
                else Text("gennemgå regnskabet kritisk", "review the accounts critically")
            )
            raise self._not_allowed(permission, master.number, doing)
        return master

    def _review(self, master: MasterData, year: ReportYear) -> CriticalReview:
        """The review of the last sending, as it is stored or as a new sending opens it."""
        sending = self.sent_package(master.number, year).sendings[-1].number
        entry = self._records.critical_reviews.get(year_key(master.number, year, self._own_municipality()))
        if entry is None:
            return CriticalReview(
                organisation=master.number, report_year=year, municipality=self._own_municipality(), sending=sending
            )
        return entry.value if entry.value.sending == sending else entry.value.renewed(sending)

    def _keep_critical(self, review: CriticalReview, sheet: ReviewSheet) -> ReviewSheet:
        """Store the review, and show it beside the suggestions it was judged by."""
        key = year_key(review.organisation, review.report_year, review.municipality)
        indexed = {**by_year(review.organisation, review.report_year), "municipality": str(review.municipality)}
        self._keep(self._records.critical_reviews, key, review, indexed)
        return review_sheet(review, [entry.suggestion for entry in sheet.items])

    def _material_of(self, master: MasterData, year: ReportYear) -> Material:
        """What was sent last, with findings and timeliness, narrowed to what the municipality supervises."""
        package = self.sent_package(master.number, year)
        rows = status_rows(
            [master], deliveries(self._records, [master.number], year), year, self.today, self._own_municipality()
        )
        return Material(
            package=package,
            findings=check(package, self._context(package), rules=self.rules).findings,
            received=tuple(received(rows)),
            figures=deviating_figures(package),
            estates=self._supervised(master, package),
        )

    def _supervised(self, master: MasterData, package: DocumentationPackage) -> frozenset[EstateId]:
        """The estates that lie with the municipality; empty for the home municipality, which reviews them all."""
        day = package.period.end
        if self._leads(master, self.today) or self._leads(master, day):
            return frozenset()
        here = (e.id for e in master.estates_on(day) if self._own_municipality() in master.municipalities_of(e.id, day))
        return frozenset(here)

    def _leads(self, master: MasterData, day: date) -> bool:
        return self.actor.is_municipal and master.home_municipality_on(day) == self.actor.municipality


def _verdict(given: Verdict | str) -> Verdict:
    try:
        return Verdict(given)
    except ValueError:
        raise InvalidValueError(
            Text(f"{given!r} er ingen vurdering.", f"{given!r} is no verdict."),
            Text(f"Vurderingerne er {', '.join(Verdict)}.", f"The verdicts are {', '.join(Verdict)}."),
            value=given,
        ) from None
