"""The questions of a package with their answers, in the words of the package's own standard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import ChartOfAccounts, Ledger
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import Answer, DocumentationPackage, Level, Question, Section, Sheet, Standard
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId


@frozen(kw_only=True)
class Entry:
    """One question of a sheet with its answer; ``section`` and ``question`` are None where the standard has none."""

    id: str
    answer: Answer
    section: Section | None = None
    question: Question | None = None


def entries(package: DocumentationPackage, standard: Standard, sheet: Sheet) -> Iterator[Entry]:
    """What a sheet was asked and what it answers, in the standard's order; answers to nothing asked come last."""
    level = Level.ORGANISATION if sheet.unit == package.report.unit else Level.ESTATE
    kind = package.master_data.organisation.kind if package.master_data else None
    shown = set()
    for section in standard.sections:
        for question in section.questions:
            asked = question.level is level and (kind is None or kind in question.applies_to)
            if asked or question.id in sheet.answers:
                shown.add(question.id)
                yield Entry(id=question.id, answer=sheet[question.id], section=section, question=question)
    for unknown in (key for key in sheet.answers if key not in shown):
        yield Entry(id=unknown, answer=sheet[unknown])


def account_name(chart: ChartOfAccounts | None, unit: Unit, number: str) -> Text | None:
    """What the chart calls an account of an estate or an organisation; None without a chart or a line."""
    statement = Ledger.ESTATE if isinstance(unit, EstateId) else Ledger.ORGANISATION
    line = chart.line(statement, number) if chart else None
    return line.name if line else None


def by_account(accounts: Accounts) -> list[tuple[str, Dkk]]:
    """The postings in the order of the chart: 112 before 112.1 before 113, whatever order they came in."""
    return sorted(accounts.postings.items(), key=lambda posting: _order(posting[0]))


def _order(number: str) -> tuple[list[int], str]:
    return [int(part) for part in re.findall(r"[0-9]+", number)], number
