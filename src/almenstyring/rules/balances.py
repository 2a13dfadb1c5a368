"""The accounts add up: totals against their parts, one side against the other, this year against last year.

What must hold is declared in the chart of accounts, and so is how much rounding may move an amount. No source says
that a difference stops a sending, and the account numbers of the totals are general knowledge only: every rule here
asks or warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import Identity, IdentityKind
from almenstyring.domain.figures.identities import Bookkeeping, Difference
from almenstyring.domain.findings import Severity
from almenstyring.domain.text import Text
from almenstyring.rules.mechanism import Case, Need, Problem, at, rule
from almenstyring.rules.reading import shown, unit_name

_CHART = "Kontonumrene er almen viden; den officielle kontoplan (bilag til DB § 72) er ikke fundet"


def _books(case: Case) -> Iterator[Bookkeeping]:
    chart = case.references.chart
    return (Bookkeeping(accounts=each, chart=chart, before=_before(case, each)) for each in case.package.accounts)


def _before(case: Case, accounts: Accounts) -> Accounts | None:
    """The unit's accounts of the period that ended the day before, from the newest package that has them."""
    day = accounts.period.start - timedelta(days=1)
    for package in case.context.history or ():
        earlier = package.accounts_of(accounts.unit)
        if earlier and earlier.period.end == day:
            return earlier
    return None


def _differing(case: Case, kind: IdentityKind) -> Iterator[Problem]:
    for books in _books(case):
        for identity, difference in books.identities(kind):
            if difference.matters:
                yield _two(case, books.accounts, identity, difference)


def _two(case: Case, accounts: Accounts, identity: Identity, difference: Difference) -> Problem:
    left, right = identity.sides
    return at(
        "accounts",
        accounts.unit,
        left.terms[0].account,
        place=unit_name(case, accounts.unit),
        first=left.shown,
        first_amount=shown(difference.one),
        second=right.shown,
        second_amount=shown(difference.other),
        difference=shown(difference.amount),
    )


@rule(
    "INCOME-NOT-EXPENDITURE",
    Severity.CONFIRM,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
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
    return _differing(case, IdentityKind.INCOME_AND_EXPENDITURE)


@rule(
    "ASSETS-NOT-LIABILITIES",
    Severity.CONFIRM,
    "DB § 75, stk. 1",
    needs=(Need.REFERENCES,),
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
    return _differing(case, IdentityKind.ASSETS_AND_LIABILITIES)


@rule(
    "SURPLUS-AND-DEFICIT",
    Severity.CONFIRM,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
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
    for books in _books(case):
        for identity, sides in books.identities(IdentityKind.SURPLUS_OR_DEFICIT):
            if sides.one.count and sides.other.count:
                yield _two(case, books.accounts, identity, sides)


@rule(
    "SUBTOTAL-DIFFERS",
    Severity.WARNING,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
    source=_CHART,
    message=Text(
        '{place}: "{name}" (konto {account}) er {stated}, men {parts} giver {computed}; det afviger {difference}',
        '{place}: "{name}" (account {account}) is {stated}, but {parts} make {computed}, a difference of {difference}.',
    ),
    hint=Text(
        "Kontroller summen og dens konti; {tolerance} er tilladt for afrunding.",
        "Check the sum and its accounts; {tolerance} is allowed for rounding.",
    ),
)
def subtotal_differs(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which a subtotal is the sum of the accounts above it.

    The formulas are the chart's own and general knowledge. A part that is not there counts as zero where it is a
    posting and another part is there.
    """
    for books in _books(case):
        for line, difference in books.totals():
            if difference.matters and line.sum:
                yield at(
                    "accounts",
                    books.accounts.unit,
                    line.number,
                    place=unit_name(case, books.accounts.unit),
                    name=line.name,
                    account=line.number,
                    stated=shown(difference.one),
                    parts=line.sum.shown,
                    computed=shown(difference.other),
                    difference=shown(difference.amount),
                    tolerance=shown(difference.tolerance),
                )


def _named(case: Case, kind: IdentityKind) -> Iterator[Problem]:
    """Problems that say which identity it is about, and how much was allowed."""
    for books in _books(case):
        for identity, difference in books.identities(kind):
            if difference.matters:
                found = _two(case, books.accounts, identity, difference)
                yield at(
                    "accounts",
                    books.accounts.unit,
                    found.location.item,
                    **found.values,
                    name=identity.name,
                    tolerance=shown(difference.tolerance),
                )


@rule(
    "COSTS-NOT-COVERED",
    Severity.WARNING,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
    source='DAB budgetforslag 2020/21: "Dækket af henlæggelser"',
    message=Text(
        "{place}: konto {first} er {first_amount}, men konto {second}, der skulle dække den, er {second_amount}; "
        "det afviger {difference}",
        "{place}: account {first} is {first_amount}, but account {second}, which should cover it, is {second_amount}, "
        "a difference of {difference}.",
    ),
    hint=Text(
        "Planlagt vedligeholdelse betales normalt af henlæggelserne; kontroller posteringen ({tolerance} er tilladt).",
        "Planned maintenance is normally paid from provisions; check the posting ({tolerance} is allowed).",
    ),
)
def costs_not_covered(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which provisions normally cover planned maintenance in full."""
    return _named(case, IdentityKind.COVERED)


@rule(
    "OPENING-BALANCE-DIFFERS",
    Severity.WARNING,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
    source=_CHART,
    message=Text(
        '{place}: "{name}" (konto {first}) er {first_amount}, men {second} giver {second_amount}; '
        "det afviger {difference}",
        '{place}: "{name}" (account {first}) is {first_amount}, but {second} make {second_amount}, '
        "a difference of {difference}.",
    ),
    hint=Text(
        "Kontroller primosaldoen, årets henlæggelse og forbruget; {tolerance} er tilladt for afrunding.",
        "Check the opening balance, what was put aside and what was used; {tolerance} is allowed for rounding.",
    ),
)
def opening_balance_differs(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which provisions roll forward from one year to the next.

    Only checked where a package sent before has the unit's accounts of the period just before.
    """
    return _named(case, IdentityKind.ROLL_FORWARD)


@rule(
    "FUND-SPLIT-DIFFERS",
    Severity.CONFIRM,
    "DB § 72, stk. 1",
    needs=(Need.REFERENCES,),
    since=2018,
    source="LBF orienterer 764/2018 (boris.lbf.dk)",
    message=Text(
        "{place}: {name}: konto {first} er {first_amount}, men {second} giver {second_amount}; "
        "det afviger {difference}",
        "{place}: {name}: account {first} is {first_amount}, but {second} make {second_amount}, "
        "a difference of {difference}.",
    ),
    hint=Text(
        "Kontroller, hvor meget af fonden der er disponibelt og bundet; {tolerance} er tilladt for afrunding.",
        "Check how much of the fund is disposable and tied; {tolerance} is allowed for rounding.",
    ),
)
def fund_split_differs(case: Case) -> Iterator[Problem]:
    """DB § 72, stk. 1: accounts follow the chart, in which the disposition fund is its disposable and its tied part.

    Landsbyggefonden has checked the split since 2018.
    """
    return _named(case, IdentityKind.SPLIT)
