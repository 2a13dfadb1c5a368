"""How the reports that come after answer an agreement: which must, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from almenstyring.domain.agreements.concluding import Agreement
from almenstyring.domain.agreements.kinds import AgreementStatus, to_agreement_status
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.values import LbfNumber
from almenstyring.domain.values.converting import is_a, is_text, to_organisation
from almenstyring.domain.values.faults import as_text
from almenstyring.domain.values.opaque import opaque_id


@frozen(kw_only=True)
class FollowUp:
    """What an organisation's report says of an agreement made before (da: opfølgning; DB § 112, stk. 5, nr. 4).

    It is the organisation's own statement: it does not move the agreement, which takes the parties.
    """

    agreement: str = field(validator=opaque_id)
    organisation: LbfNumber = field(converter=to_organisation)
    report_year: ReportYear = field(validator=is_a(ReportYear))
    status: AgreementStatus = field(converter=to_agreement_status)
    text: str = field(default="", validator=is_text)

    @property
    def says_something(self) -> bool:
        """Whether there is a status to be read; "open" alone says no more than that there was an agreement."""
        return self.status is not AgreementStatus.OPEN or bool(as_text(self.text))


def unanswered(
    agreements: Iterable[Agreement],
    follow_ups: Iterable[FollowUp],
    *,
    organisation: LbfNumber,
    report_year: ReportYear,
    on: date,
) -> tuple[Agreement, ...]:
    """The agreements that the organisation's report of the year must answer and does not, each once.

    It must answer those the organisation is a party to, that are open on the day (of the report) and were not made at
    a meeting of that year or later. Source: DB § 112, stk. 5, nr. 4.
    """
    answers = [each for each in follow_ups if (each.organisation, each.report_year) == (organisation, report_year)]
    answered = {each.agreement for each in answers if each.says_something}
    asked = to_answer(agreements, organisation=organisation, report_year=report_year, on=on)
    return tuple(each for each in asked if each.id not in answered)


def to_answer(
    agreements: Iterable[Agreement], *, organisation: LbfNumber, report_year: ReportYear, on: date
) -> tuple[Agreement, ...]:
    """The agreements that the organisation's report of the year must answer, each once; of two versions the last.

    An id is an organisation's only once, though another municipality may have given it to an agreement with others.
    """
    return tuple(
        each
        for each in {each.id: each for each in agreements if organisation in each.organisations}.values()
        if each.is_open_on(on) and (each.concluded_at is None or each.concluded_at < report_year)
    )


def dangling(follow_ups: Iterable[FollowUp], agreements: Iterable[Agreement]) -> tuple[FollowUp, ...]:
    """The follow-ups to an agreement that is not there, or that the organisation is no party to."""
    parties = {(each.id, organisation) for each in agreements for organisation in each.organisations}
    return tuple(each for each in follow_ups if (each.agreement, each.organisation) not in parties)
