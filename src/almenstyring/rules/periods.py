"""The accounting period: that of the report year, and of what length."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import Case, Problem, at, rule
from almenstyring.rules.reading import organisation_name, unit_name


@rule(
    "PERIOD-OF-ANOTHER-YEAR",
    Severity.CONFIRM,
    "DB § 112, stk. 3",
    source="LBF orienterer 2014/3: styringsår = regnskabsår + 1, regnskabsåret efter periodens udløb",
    message=Text(
        "Pakken fra {place} for styringsår {year} har regnskabsperioden {period}, som hører til et andet styringsår.",
        "The package from {place} for report year {year} has the accounting period {period}, "
        "which belongs to another report year.",
    ),
    hint=Text(
        "Styringsåret er året efter det kalenderår, perioden slutter i; ret perioden eller året.",
        "The report year is the year after the calendar year in which the period ends; mend the period or the year.",
    ),
)
def period_of_another_year(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 3: the report rests on the accounts of the latest accounting year."""
    package = case.package
    if package.period.report_year != package.report_year:
        place = organisation_name(case)
        yield at(unit=package.organisation, place=place, year=package.report_year, period=package.period)


@rule(
    "PERIOD-NOT-TWELVE-MONTHS",
    Severity.NOTE,
    "ABL § 12, nr. 9",
    message=Text(
        "{place} har en regnskabsperiode på {days} dage ({period}), ikke tolv måneder; tal kan ikke uden videre "
        "sammenlignes.",
        "{place} has an accounting period of {days} days ({period}), not twelve months; figures cannot be compared "
        "without more.",
    ),
    hint=Text(
        "Det er i orden ved omlægning af regnskabsåret; skriv det gerne i kommentarerne.",
        "That is in order when the accounting year is changed; say so in the comments.",
    ),
)
def period_not_twelve_months(case: Case) -> Iterator[Problem]:
    """ABL § 12, nr. 9: the articles lay down the accounting year; changing it gives a period of another length."""
    period = case.package.period
    if not period.is_twelve_months:
        place = organisation_name(case)
        yield at(unit=case.package.organisation, place=place, days=period.days, period=period)


@rule(
    "ACCOUNTS-PERIOD-DIFFERS",
    Severity.WARNING,
    "DB § 112, stk. 3",
    message=Text(
        "Regnskabet for {place} dækker {period}, men pakken dækker {expected}.",
        "The accounts of {place} cover {period}, but the package covers {expected}.",
    ),
    hint=Text(
        "Det er i orden for en afdeling, der er taget i brug eller lukket i årets løb; kontroller ellers perioden.",
        "That is in order for an estate taken into use or closed during the year; otherwise check the period.",
    ),
)
def accounts_period_differs(case: Case) -> Iterator[Problem]:
    """DB § 112, stk. 3: the accounts are those of the latest accounting year.

    Accounts of the right year may cover a part of it, or more; accounts of another year are an error of their own.
    """
    package = case.package
    for accounts in package.accounts:
        period = accounts.period
        if period != package.period and period.report_year == package.report_year:
            place = unit_name(case, accounts.unit)
            yield at("accounts", accounts.unit, place=place, period=period, expected=package.period)
