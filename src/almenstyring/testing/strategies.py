"""Hypothesis strategies for everything a document holds, for authors of adapters.

All are invented: identifiers come from the test range only. What they draw is valid by type, not in
good order: sheets answer questions nobody asked and accounts do not balance. For packages without findings
see ``almenstyring.testing.builders``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.dialogue import (
    AgendaItem,
    DialogueMeeting,
    Participant,
    Statement,
    StatementFiling,
    StatementStatus,
    Task,
)
from almenstyring.domain.expressions import Expression
from almenstyring.domain.figures.distribution import Minimum
from almenstyring.domain.notices import YearDay
from almenstyring.domain.organisations import Homes, MasterData, Validity
from almenstyring.domain.reporting import (
    LARGEST_ATTACHMENT,
    Answer,
    Attachment,
    Cell,
    CentralReceipt,
    Computed,
    Deadline,
    DocumentationPackage,
    FigureColumn,
    GroupBenchmark,
    PackageProgress,
    Provenance,
    Receipt,
    Review,
    Row,
    Sourced,
    Special,
    Standard,
    Typed,
    UnitFigures,
    Value,
    YearFigures,
)
from almenstyring.domain.values import (
    Act,
    Cvr,
    Dkk,
    EstateId,
    EstateNumber,
    LbfNumber,
    LegalReference,
    MunicipalityCode,
    Number,
    Quantity,
)

T = TypeVar("T")
Q = TypeVar("Q", bound=Quantity)
_LARGEST_COUNT = 2**63 - 1


def _tuples(items: SearchStrategy[T], most: int = 2) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=most).map(tuple)


# Texts and identifiers


def texts(most: int = 20) -> SearchStrategy[str]:
    """Any text that can be written as UTF-8: Danish, control characters, emoji, empty."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=most)


def words() -> SearchStrategy[str]:
    """Texts that say something."""
    return texts().filter(str.strip)


def names() -> SearchStrategy[str]:
    """Ids such as of questions, options, columns and accounts, and a few nobody would choose."""
    usual = st.from_regex(r"[a-z_]{1,8}(\.[a-z_0-9]{1,8})?", fullmatch=True)
    return usual | st.sampled_from(["112.1", "åben plan", '"'])


def organisation_numbers() -> SearchStrategy[LbfNumber]:
    """Numbers of invented organisations, T001 to T999."""
    return st.integers(1, 999).map(lambda number: LbfNumber(f"T{number:03}"))


def estate_ids(organisation: LbfNumber | None = None) -> SearchStrategy[EstateId]:
    """Invented estates, of the given organisation or of any."""
    numbers = st.integers(1, 9999).map(lambda number: EstateNumber(f"T{number:04}"))
    return st.builds(EstateId, organisation_numbers() if organisation is None else st.just(organisation), numbers)


def municipality_codes() -> SearchStrategy[MunicipalityCode]:
    """Invented municipalities, T01 to T99."""
    return st.integers(1, 99).map(lambda number: MunicipalityCode(f"T{number:02}"))


def cvr_numbers() -> SearchStrategy[Cvr]:
    """Invented business numbers."""
    return st.integers(0, 9_999_999).map(lambda number: Cvr(f"T{number:07}"))


# Figures and dates


def whole_numbers() -> SearchStrategy[int]:
    """Counts as a document holds them: not negative, up to 64 bits, mostly small."""
    return st.integers(0, 200) | st.integers(0, _LARGEST_COUNT)


def quantities(kind: type[Q]) -> SearchStrategy[Q]:
    """Figures of one unit, negative and zero too."""
    return st.integers(-_LARGEST_COUNT, _LARGEST_COUNT).map(kind)


def numbers() -> SearchStrategy[Number]:
    """Bare numbers with up to six decimals."""
    return st.builds(Number, st.integers(-_LARGEST_COUNT, _LARGEST_COUNT), st.integers(0, Number.MOST_DECIMALS))


def days(first: date = date(1900, 1, 1), last: date = date(2999, 12, 31)) -> SearchStrategy[date]:
    """Days; without bounds any that the calendar knows."""
    return st.dates(first, last)


def instants() -> SearchStrategy[datetime]:
    """Instants in UTC."""
    return st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def report_years() -> SearchStrategy[ReportYear]:
    """Report years from the first on."""
    return st.integers(2010, 2999).map(ReportYear)


def accounting_periods() -> SearchStrategy[AccountingPeriod]:
    """Periods of any length."""
    return st.tuples(days(), days()).map(lambda pair: AccountingPeriod(min(pair), max(pair)))


def validities() -> SearchStrategy[Validity]:
    """From a day, until a day, between two, or always."""
    between = st.tuples(days(), days()).map(lambda pair: Validity(min(pair), max(pair)))
    return between | st.builds(Validity, start=st.none() | days()) | st.builds(Validity, end=days())


def legal_references() -> SearchStrategy[LegalReference]:
    """References to any paragraph of the known acts."""
    section, part = st.from_regex("[1-9][0-9]{0,2}( [a-z])?", fullmatch=True), st.none() | st.integers(1, 999)
    return st.builds(LegalReference, st.sampled_from(Act), section, part, part, part)


def conditions() -> SearchStrategy[Expression]:
    """Conditions of questions that look at nothing but the master data, so that any standard can have them."""
    texts = ("True", "master.homes > 0", "not missing(master.residents)", "master.homes_family < master.homes")
    return st.sampled_from([Expression.read(text) for text in texts])


# Answers


def cells() -> SearchStrategy[Cell]:
    """One scalar: a text, a number, money or a date."""
    return st.one_of(texts(), numbers(), quantities(Dkk), days())


def rows() -> SearchStrategy[Row]:
    """One row of a table."""
    return st.dictionaries(names(), cells(), max_size=3)


def values() -> SearchStrategy[Value]:
    """A value of every kind: scalars, lists and tables, empty ones too."""
    return st.one_of(cells(), _tuples(texts(), 3), _tuples(rows(), 3))


def provenances() -> SearchStrategy[Provenance]:
    """Typed by somebody, delivered by a source, or computed."""
    return records(Typed) | records(Sourced) | records(Computed)


def answers() -> SearchStrategy[Answer]:
    """Every kind of answer: a value, "ingen", not applicable, only a comment, or nothing."""
    return st.builds(
        Answer,
        value=st.one_of(st.none(), st.sampled_from(Special), values()),
        comment=texts(),
        provenance=st.none() | provenances(),
    )


# Whole documents


def packages() -> SearchStrategy[DocumentationPackage]:
    """Packages with every part, in any state; for agreements in them see ``agreement_strategies``."""
    return records(DocumentationPackage, agreements=st.just(()), follow_ups=st.just(()))


def master_data() -> SearchStrategy[MasterData]:
    """Organisations with estates and every dated relation."""
    return records(MasterData)


def standards() -> SearchStrategy[Standard]:
    """Standards that ask anything of anybody."""
    return records(Standard)


def deadlines() -> SearchStrategy[Deadline]:
    """Deadlines, extended or not."""
    return records(Deadline)


def meetings() -> SearchStrategy[DialogueMeeting]:
    """Dialogue meetings with minutes."""
    return records(DialogueMeeting, agenda=agendas(), tasks=tasks())


def opaque_ids() -> SearchStrategy[str]:
    """Roles and ids in one word."""
    return st.from_regex(r"[a-zæøå0-9_.:-]{1,12}", fullmatch=True)


def participants() -> SearchStrategy[Participant]:
    """Participants of a meeting."""
    return records(Participant, id=opaque_ids())


def agendas() -> SearchStrategy[tuple[AgendaItem, ...]]:
    """Agendas of a meeting."""
    return st.lists(records(AgendaItem, id=opaque_ids()), max_size=3, unique_by=lambda item: item.id).map(tuple)


def tasks() -> SearchStrategy[tuple[Task, ...]]:
    """The tasks of a meeting."""
    task = records(Task, id=opaque_ids(), responsible=opaque_ids())
    return st.lists(task, max_size=3, unique_by=lambda each: each.id).map(tuple)


def statements() -> SearchStrategy[Statement]:
    """Statements in any state, with a day for each step taken."""

    def at(status: StatementStatus) -> SearchStrategy[Statement]:
        steps = list(StatementStatus).index(status)
        dates = st.lists(days(), min_size=steps, max_size=steps).map(lambda drawn: tuple(sorted(drawn)))
        organisations = st.lists(organisation_numbers(), min_size=1, max_size=3).map(tuple)
        receipts = st.none() | records(StatementFiling, reference=words())
        return records(
            Statement,
            organisations=organisations,
            status=st.just(status),
            dates=dates,
            website=st.sampled_from(["", "https://t01.example/dialog"]),
            filing=receipts if status is StatementStatus.REPORTED else st.none(),
        )

    return st.sampled_from(StatementStatus).flatmap(at)


def central_receipts() -> SearchStrategy[CentralReceipt]:
    """Receipts of the statutory filing."""
    return records(CentralReceipt)


def receipts() -> SearchStrategy[Receipt]:
    """Receipts of a sending."""
    return records(Receipt)


def year_figures() -> SearchStrategy[YearFigures]:
    """An organisation's compared key figures of a year."""
    return records(YearFigures)


def reviews() -> SearchStrategy[Review]:
    """A municipality's comments on a report."""
    return records(Review)


def progresses() -> SearchStrategy[PackageProgress]:
    """How far a package has come; its sendings need not be in order."""
    return records(PackageProgress)


def figure_columns() -> SearchStrategy[FigureColumn]:
    """One key figure of several units; their rows need not be as many in every column."""
    return records(FigureColumn)


def ratios() -> SearchStrategy[Fraction]:
    """Exact fractions of the size that documents hold."""
    return st.fractions(-(10**12), 10**12, max_denominator=10**9)


def records(kind: type[T], **given: SearchStrategy[Any]) -> SearchStrategy[T]:
    """Any record of the domain: every field is drawn by its type, or by the strategy given for it."""
    hints = get_type_hints(kind)
    fields = {field.name: hints[field.name] for field in attrs.fields(kind)}  # type: ignore[arg-type]
    return st.builds(kind, **{name: given[name] if name in given else _of(hint) for name, hint in fields.items()})


def _of(hint: Any) -> SearchStrategy[Any]:
    if hint in _BY_TYPE:
        return _BY_TYPE[hint]()
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of(*(_of(member) for member in inside))
    if origin is tuple:
        return _tuples(_of(inside[0]))
    if origin is frozenset:
        return st.frozensets(_of(inside[0]), max_size=3)
    if origin is Mapping:
        keys = names() if inside[0] is str else _of(inside[0])
        return st.dictionaries(keys, _of(inside[1]), max_size=3)
    if issubclass(hint, Quantity):
        return quantities(hint)
    return st.sampled_from(list(hint)) if issubclass(hint, Enum) else records(hint)


def _minimums() -> SearchStrategy[Minimum]:
    return st.builds(Minimum, members=st.integers(1, 100), residents=st.integers(0, 1000))


def _year_days() -> SearchStrategy[YearDay]:
    return st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(lambda day: YearDay(day.month, day.day))


def _homes() -> SearchStrategy[Homes]:
    def of(family: int, youth: int, elderly: int) -> SearchStrategy[Homes]:
        some = {"family": st.just(family), "youth": st.just(youth), "elderly": st.just(elderly)}
        accessible = st.none() | st.integers(0, family + youth + elderly)
        return st.builds(Homes, **some, care=st.none() | st.integers(0, elderly), accessible=accessible)

    counts = whole_numbers()
    return st.tuples(counts, counts, counts).flatmap(lambda drawn: of(*drawn))


def _attachments() -> SearchStrategy[Attachment]:
    return st.builds(
        Attachment,
        name=texts(),
        media_type=texts(),
        size=st.integers(0, LARGEST_ATTACHMENT),
        sha256=st.from_regex("[0-9a-f]{64}", fullmatch=True),
    )


_BY_TYPE: Mapping[object, Callable[[], SearchStrategy[Any]]] = {
    type(None): st.none,
    str: texts,
    int: whole_numbers,
    bool: st.booleans,
    date: days,
    datetime: instants,
    AccountingPeriod: accounting_periods,
    Answer: answers,
    Attachment: _attachments,
    Number: numbers,
    Minimum: _minimums,
    UnitFigures: lambda: st.deferred(lambda: records(UnitFigures)),
    GroupBenchmark: lambda: st.deferred(lambda: records(GroupBenchmark)),
    Cvr: cvr_numbers,
    EstateId: estate_ids,
    Homes: _homes,
    Fraction: ratios,
    Expression: conditions,
    LbfNumber: organisation_numbers,
    LegalReference: legal_references,
    MunicipalityCode: municipality_codes,
    ReportYear: report_years,
    Validity: validities,
    Participant: participants,
    YearDay: _year_days,
}
