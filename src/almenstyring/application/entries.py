"""The questions of a package with their answers, in the words of the package's own standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.figures.chart import ChartOfAccounts, Ledger
from almenstyring.domain.organisations import Unit
from almenstyring.domain.reporting import (
    Answer,
    DocumentationPackage,
    Level,
    Question,
    Section,
    Sheet,
    Standard,
    activity,
)
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
    """What a sheet is asked and what it answers, in the standard's order; answers to what the standard lacks come last.

    A question that is not asked, as the answers stand, is left out, also where it keeps an answer (``inactive``).
    """
    active, known = activity(standard, package), set()
    for section in standard.sections:
        for question in section.questions:
            known.add(question.id)
            is_of_sheet = _is_of_sheet(package, sheet, question)
            is_asked = is_of_sheet and active.is_asked(sheet, question)
            if is_asked or (not is_of_sheet and question.id in sheet.answers):
                yield Entry(id=question.id, answer=sheet[question.id], section=section, question=question)
    for unknown in (key for key in sheet.answers if key not in known):
        yield Entry(id=unknown, answer=sheet[unknown])


def inactive(package: DocumentationPackage, standard: Standard) -> Mapping[Unit, tuple[str, ...]]:
    """The answers that are kept though their questions are not asked, by unit, in the standard's order.

    A unit without any is not there (da: inaktive svar).
    """
    active = activity(standard, package)
    questions = {question.id: question for question in standard}
    found = {
        sheet.unit: tuple(key for key in active.kept(sheet) if _is_of_sheet(package, sheet, questions[key]))
        for sheet in package.sheets()
    }
    return {unit: keys for unit, keys in found.items() if keys}


def _is_of_sheet(package: DocumentationPackage, sheet: Sheet, question: Question) -> bool:
    """Whether the question is for the sheet's level and the organisation's kind, as far as that is known."""
    level = Level.ORGANISATION if sheet.unit == package.report.unit else Level.ESTATE
    kind = package.master_data.organisation.kind if package.master_data else None
    return question.level is level and (kind is None or kind in question.applies_to)


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
