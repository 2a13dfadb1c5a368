"""The accounts: there for every estate, in known accounts, and in balance.

No source says that an imbalance stops a sending, and the account numbers of the totals are general knowledge
only: every rule here asks or warns.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import EstateKind, Unit
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, LbfNumber
from almenstyring.rules.mechanism import WITH_ESTATES, WITH_PAPERS, Case, Need, Problem, at, rule
from almenstyring.rules.reading import organisation_name, unit_name

TOLERANCE = Dkk.of(1)
"""Two totals may differ by this much, because each may have been rounded to whole kroner (project-authored)."""

_CHART = "Kontonumrene er almen viden; den officielle kontoplan (bilag til DB § 72) er ikke fundet"


@frozen(kw_only=True)
class _Pair:
    """Two accounts that belong together, in the accounts of an estate and of an organisation."""

    estate: tuple[str, str]
    organisation: tuple[str, str]

    def of(self, unit: Unit) -> tuple[str, str]:
        return self.organisation if isinstance(unit, LbfNumber) else self.estate


_EXPENDITURE_AND_INCOME = _Pair(estate=("150", "220"), organisation=("560", "630"))
_ASSETS_AND_LIABILITIES = _Pair(estate=("310", "430"), organisation=("750", "850"))
_SURPLUS_AND_DEFICIT = _Pair(estate=("140", "210"), organisation=("551", "621"))


def _shown(amount: Dkk) -> Text:
    return Text(amount.display("da"), amount.display("en"))


def _unequal(case: Case, pair: _Pair) -> Iterator[Problem]:
    for accounts in case.package.accounts:
        first, second = pair.of(accounts.unit)
        one, other = accounts.amount(first), accounts.amount(second)
        if one is not None and other is not None and abs(one - other) > TOLERANCE:
            yield _two(case, accounts, (first, one), (second, other))


def _two(case: Case, accounts: Accounts, first: tuple[str, Dkk], second: tuple[str, Dkk]) -> Problem:
    return at(
        "accounts",
        accounts.unit,
        first[0],
        place=unit_name(case, accounts.unit),
        first=first[0],
        first_amount=_shown(first[1]),
        second=second[0],
        second_amount=_shown(second[1]),
        difference=_shown(abs(first[1] - second[1])),
    )


@rule(
    "INCOME-NOT-EXPENDITURE",
    Severity.CONFIRM,
    "DB § 72, stk. 1",
    source=_CHART,
    message=Text(
        "{place}: udgifter i alt (konto {first}) {first_amount} og indtægter i alt (konto {second}) {second_amount} "
        "skal være ens, men afviger {difference}",
        "{place}: total expenditure (account {first}) {first_amount} and total income (account {second}) "
        "{second_amount} must be equal but differ by {difference}.",
    ),
    hint=Text(
        "Kontroller overskud eller underskud og de enkelte konti; 1 kr. er tilladt for afrunding.",
        "Check the surplus or deficit and the single accounts; DKK 1 is allowed for rounding.",
    ),
)
def income_not_expenditure(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which expenditure with any surplus equals income with any deficit.

    Social rents are balanced rents; the account numbers of the totals are general knowledge.
    """
    return _unequal(case, _EXPENDITURE_AND_INCOME)


@rule(
    "ASSETS-NOT-LIABILITIES",
    Severity.CONFIRM,
    "DB § 75, stk. 1",
    source=_CHART,
    message=Text(
        "{place}: aktiver i alt (konto {first}) {first_amount} og passiver i alt (konto {second}) {second_amount} "
        "skal være ens, men afviger {difference}",
        "{place}: total assets (account {first}) {first_amount} and total liabilities (account {second}) "
        "{second_amount} must be equal but differ by {difference}.",
    ),
    hint=Text(
        "Kontroller balancens konti; 1 kr. er tilladt for afrunding.",
        "Check the accounts of the balance sheet; DKK 1 is allowed for rounding.",
    ),
)
def assets_not_liabilities(case: Case) -> Iterator[Problem]:
    """DB § 75, stk. 1: the accounts give a true and fair view of assets and liabilities, which balance."""
    return _unequal(case, _ASSETS_AND_LIABILITIES)


@rule(
    "SURPLUS-AND-DEFICIT",
    Severity.CONFIRM,
    "DB § 72, stk. 1",
    source=_CHART,
    message=Text(
        "{place} har både overskud (konto {first}) {first_amount} og underskud (konto {second}) {second_amount}",
        "{place} has both a surplus (account {first}) {first_amount} and a deficit (account {second}) {second_amount}.",
    ),
    hint=Text(
        "Et regnskab har enten overskud eller underskud; før forskellen på den ene konto.",
        "Accounts have either a surplus or a deficit; post the difference to one of the two.",
    ),
)
def surplus_and_deficit(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which a year ends with a surplus or a deficit, never both."""
    for accounts in case.package.accounts:
        first, second = _SURPLUS_AND_DEFICIT.of(accounts.unit)
        surplus, deficit = accounts.amount(first), accounts.amount(second)
        if surplus and deficit and surplus.count and deficit.count:
            yield _two(case, accounts, (first, surplus), (second, deficit))


@rule(
    "ACCOUNT-UNKNOWN",
    Severity.WARNING,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
    source=_CHART,
    message=Text(
        "{place} bruger konto {account} ({amount}), som kontoplanen ikke kender.",
        "{place} uses account {account} ({amount}), which the chart of accounts does not know.",
    ),
    hint=Text(
        "Kontroller kontonummeret; kontoplanen her er ikke komplet og kan udskiftes.",
        "Check the account number; the chart used here is not complete and can be replaced.",
    ),
)
def account_unknown(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart of accounts. A subaccount of a known account is known."""
    chart = case.references.chart
    for accounts in case.package.accounts:
        lines = chart.organisation if isinstance(accounts.unit, LbfNumber) else chart.estate
        for number, amount in accounts.postings.items():
            if number not in lines and number.partition(".")[0] not in lines:
                place = unit_name(case, accounts.unit)
                yield at("accounts", accounts.unit, number, place=place, account=number, amount=_shown(amount))


@rule(
    "ACCOUNTS-MISSING",
    Severity.CONFIRM,
    "DB § 74, stk. 1",
    kinds=WITH_PAPERS,
    needs=(Need.MASTER_DATA,),
    message=Text(
        "Regnskabet for {place} mangler. Organisationens regnskab og alle afdelingers skal indsendes.",
        "The accounts of {place} are missing. The organisation's accounts and those of all estates must be sent.",
    ),
    hint=Text(
        "Hent regnskabet fra kilden, eller bekræft med en begrundelse, hvorfor der ikke er noget.",
        "Fetch the accounts from the source, or confirm with a reason why there are none.",
    ),
)
def accounts_missing(case: Case) -> Iterator[Problem]:
    """DB § 74, stk. 1: the organisation's accounts and those of all its estates in operation are sent.

    The estates of DB § 24, stk. 4 and 6, send theirs to the home municipality alone (stk. 3).
    """
    day = case.package.period.end
    units = {accounts.unit for accounts in case.package.accounts if accounts.postings}
    organisation = case.package.organisation
    if organisation not in units:
        yield at("accounts", organisation, place=organisation_name(case))
    estates = case.master.estates_on(day) if case.kind in WITH_ESTATES else ()
    for estate in estates:
        owed = estate.kind in (EstateKind.HOUSING, EstateKind.SERVICE_AREA) and estate.in_operation(day)
        if owed and estate.id not in units:
            yield at("accounts", estate.id, place=unit_name(case, estate.id))
