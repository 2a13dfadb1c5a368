"""The preparation sheet: one page on one organisation, for the municipality's side of the table."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue.homes_offered import HomesOffered
from almenstyring.domain.dialogue.material import DeviatingFigure
from almenstyring.domain.dialogue.meetings import DialogueMeeting
from almenstyring.domain.dialogue.preparing import AgendaProposal, MunicipalGoals, SupervisionTheme
from almenstyring.domain.findings import Finding
from almenstyring.domain.organisations import HousingArea, OrganisationKind
from almenstyring.domain.reporting import PackageStatus, Timeliness, Timing
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.values import EstateId, LbfNumber, MunicipalityCode


@frozen(kw_only=True)
class ReportStanding:
    """How it stands with the report (da: rapportens stand): its status, when it came, and whether in time.

    ``status`` is None where no package was opened; a draft is never shown, only that there is one.
    """

    status: PackageStatus | None = None
    first_sent: date | None = None
    last_sent: date | None = None
    sendings: int = 0
    due: date | None = None
    timing: Timing = Timing(Timeliness.NO_DEADLINE)
    accounts_due: date | None = None

    @property
    def is_missing(self) -> bool:
        """Whether no report was sent; the meeting is owed all the same (DB § 112, stk. 1)."""
        return self.first_sent is None


@frozen(kw_only=True)
class EstateLine:
    """One estate in a line (da: afdelingslinje); ``homes`` is None where the register knows none."""

    estate: EstateId
    name: str
    homes: int | None
    in_operation: bool
    municipalities: tuple[MunicipalityCode, ...] = ()


@frozen(kw_only=True)
class PreparationSheet:
    """What the municipality prepares the dialogue meeting with (da: forberedelsesark).

    It is the municipality's own working paper: no organisation sees it, and nothing in it is a decision. ``figures``
    are those that deviate, beside their peers' median and the organisation's explanation; nobody is ranked.
    ``legality`` is what the critical review follows up as legality supervision, ``supervision`` the open supervisory
    actions that the municipality knows of; both are kept apart from the agenda.
    """

    municipality: MunicipalityCode
    organisation: LbfNumber
    name: str
    kind: OrganisationKind
    report_year: ReportYear
    made_on: date
    report: ReportStanding
    administrators: tuple[LbfNumber, ...] = ()
    estates: tuple[EstateLine, ...] = ()
    homes: HomesOffered = HomesOffered()
    figures: tuple[DeviatingFigure, ...] = ()
    agenda: tuple[AgendaProposal, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    areas: tuple[HousingArea, ...] = ()
    goals: MunicipalGoals | None = None
    theme: SupervisionTheme | None = None
    last_meeting: DialogueMeeting | None = None
    review_left: int | None = None
    review_concluded_on: date | None = None
    legality: tuple[Finding, ...] = ()
    supervision: tuple[SupervisoryAction, ...] = ()

    @property
    def is_synthetic(self) -> bool:
        """The sheet is about an invented organisation; every output of it says SYNTETISK."""
        return self.organisation.is_test
