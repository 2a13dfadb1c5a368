"""What is wrong with a chart of accounts beyond the form of its lines: formulas, circles, idents, identities."""

from __future__ import annotations

from collections.abc import Iterator

from almenstyring.domain.expressions import CycleError, ExpressionError, in_order
from almenstyring.domain.figures.chart import AccountLine, ChartOfAccounts, Identity, IdentityKind, Ledger
from almenstyring.domain.figures.idents import IdentLine
from almenstyring.domain.figures.sums import Sum, Term
from almenstyring.domain.text import Text

Complaint = tuple[tuple[str, ...], Text]
"""Where in the chart, and what is wrong there."""

_UNREACHED = Text("kun en primosaldo kan komme fra sidste år", "only an opening balance can come from last year")


def faults_of(chart: ChartOfAccounts) -> Iterator[Complaint]:
    """Every fault of a chart whose lines are of the right form; none where it can be used."""
    for ledger in Ledger:
        broken = False
        for line in chart.lines(ledger):
            for complaint in _in_line(chart, ledger, line):
                broken = True
                yield complaint
        if not broken:
            yield from _circle(chart, ledger)
    for ident in chart.ident.values():
        yield from _in_ident(chart, ident)
    for identity in chart.identity.values():
        yield from _in_identity(chart, identity)
    if chart.until is not None and chart.until < chart.since:
        yield ("until",), Text("kontoplanen slutter, før den begynder", "the chart ends before it begins")


def _in_line(chart: ChartOfAccounts, ledger: Ledger, line: AccountLine) -> Iterator[Complaint]:
    place = (ledger.value, line.number, "formula")
    if line.formula is None:
        return
    for why in _in_sum(chart, ledger, line.formula):
        yield place, why


def _in_sum(chart: ChartOfAccounts, ledger: Ledger, text: str, *, reaches_back: bool = False) -> Iterator[Text]:
    try:
        terms = Sum.read(text).terms
    except ExpressionError as error:
        yield error.message
        return
    for term in terms:
        yield from _in_term(chart, ledger, term)
        if term.years_back > (1 if reaches_back else 0):
            yield _UNREACHED


def _in_term(chart: ChartOfAccounts, ledger: Ledger, term: Term) -> Iterator[Text]:
    known = [line for number in term.numbers if (line := chart.line(ledger, number))]
    if not known:
        yield Text(f"kontoplanen har ikke {term}", f"the chart does not have {term}")
    for line in known if term.until else ():
        if line.is_total:
            yield Text(f"{term} går hen over summen {line.number}", f"{term} runs across the total {line.number}")


def _circle(chart: ChartOfAccounts, ledger: Ledger) -> Iterator[Complaint]:
    lines = chart.of(ledger)
    needs = {
        number: [part for term in line.sum.terms for part in term.numbers if part in lines]
        for number, line in lines.items()
        if line.sum
    }
    try:
        in_order(needs)
    except CycleError as error:
        yield (ledger.value, error.path[0], "formula"), error.message


def _in_ident(chart: ChartOfAccounts, ident: IdentLine) -> Iterator[Complaint]:
    place = ("ident", str(ident.ident), "account")
    if chart.of_ident(ident.ident) is None:
        yield place, Text(f"kontoplanen har ikke {ident.account}", f"the chart does not have {ident.account}")
    elif ident.ident.account != ident.account.partition(".")[0]:
        said = ident.ident.account
        yield place, Text(f"identen siger konto {said}", f"the ident says account {said}")


def _in_identity(chart: ChartOfAccounts, identity: Identity) -> Iterator[Complaint]:
    rolls = identity.kind is IdentityKind.ROLL_FORWARD
    for side, text in (("left", identity.left), ("right", identity.right)):
        for why in _in_sum(chart, identity.ledger, text, reaches_back=rolls):
            yield ("identity", identity.id, side), why
