"""The accounts: there for every estate, and in known accounts.

No source says that this stops a sending, and the chart is not the official one: the rules here ask or warn.
"""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.findings import Severity
from almenstyring.domain.organisations import EstateKind
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import WITH_ESTATES, WITH_PAPERS, Case, Need, Problem, at, rule
from almenstyring.rules.reading import organisation_name, shown, unit_name

_CHART = "Kontonumrene er almen viden; den officielle kontoplan (bilag til DB § 72) er ikke fundet"


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
        lines = chart.of(accounts.ledger)
        for number, amount in accounts.postings.items():
            if number not in lines and number.partition(".")[0] not in lines:
                place = unit_name(case, accounts.unit)
                yield at("accounts", accounts.unit, number, place=place, account=number, amount=shown(amount))


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
