"""The vocabulary in which a case file says how its package differs from a clean one.

One function per word; its parameters are the word's fields. An answer's value is written as TOML has it: a text
or an option's id, a whole number, a date, a list of texts, a list of rows; ``{ number = "8.5" }``,
``{ dkk = "12.50" }`` and ``{ special = "none" }`` stand for what TOML has no form for.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from attrs import evolve

from almenstyring.domain.agreements import Agreement, AgreementKind
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.figures.critical import CriticalBy
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.findings import Location
from almenstyring.domain.organisations import (
    Estate,
    EstateKind,
    Homes,
    MasterData,
    Ownership,
    Unit,
)
from almenstyring.domain.reporting import (
    Analysis,
    Answer,
    DocumentationPackage,
    EarlierFigures,
    KeptFigure,
    PackageReturn,
    ReviewComment,
    Sheet,
    Sourced,
    Special,
    Typed,
    UnitFigures,
    as_value,
)
from almenstyring.domain.reporting.changes import ESTATE_REPORT, REPORT
from almenstyring.domain.text import Text
from almenstyring.domain.values import Dkk, EstateId, LbfNumber, MunicipalityCode, Number, TenancyUnits
from almenstyring.testing.builders import AUTHOR, calendar_period, clean_accounts

Change = Callable[..., DocumentationPackage]
_RETRIEVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def changed(package: DocumentationPackage, change: Mapping[str, Any]) -> DocumentationPackage:
    """The package after one change; InvalidValueError names the words there are, or the word's fields.

    >>> from almenstyring.testing.builders import clean_package
    >>> package = changed(clean_package(), {"do": "clear", "question": "economy.sound_operation"})
    >>> package.report["economy.sound_operation"].is_missing
    True
    """
    word, fields = change.get("do"), {key: value for key, value in change.items() if key != "do"}
    verb = WORDS.get(str(word))
    if verb is None:
        known = ", ".join(WORDS)
        raise _wrong(f"{word} er ikke et af ordene {known}.", f"{word} is not one of the words {known}.")
    try:
        arguments = inspect.signature(verb).bind(package, **fields)
    except TypeError as error:
        raise _wrong(f"{word}: {error}.", f"{word}: {error}.") from error
    return verb(*arguments.args, **arguments.kwargs)


def answer(  # noqa: PLR0913 - the fields of the word
    package: DocumentationPackage,
    question: str,
    value: object = None,
    comment: str = "",
    estate: str = "",
    imported: str = "",
) -> DocumentationPackage:
    """Put this answer in place of the clean one; ``imported`` is the status of a value that a source delivered."""
    typed = Typed(AUTHOR)
    sourced = Sourced(source="test", key=question, retrieved_at=_RETRIEVED, status=FigureStatus(imported or "final"))
    given = Answer(value=_value(value), comment=comment, provenance=sourced if imported else typed)
    return _with_sheet(package, package.sheet(estate or None).with_answer(question, given))


def clear(package: DocumentationPackage, question: str, estate: str = "") -> DocumentationPackage:
    """Remove an answer with its comment."""
    return package.clear(question, estate=estate or None)


def report(package: DocumentationPackage, unit: str) -> DocumentationPackage:
    """Add an estate report without answers."""
    return evolve(package, estate_reports=(*package.estate_reports, Sheet(unit=_unit(unit))))


def drop(package: DocumentationPackage, part: str, unit: str) -> DocumentationPackage:
    """Remove a unit's "accounts" or its "estate_report"."""
    gone = _unit(unit)
    if part == "accounts":
        return evolve(package, accounts=tuple(given for given in package.accounts if given.unit != gone))
    return evolve(package, estate_reports=tuple(sheet for sheet in package.estate_reports if sheet.unit != gone))


def tell(package: DocumentationPackage, item: str, text: object) -> DocumentationPackage:
    """Write an item of the annual report; an empty text leaves it untold."""
    return package.tell(item, _value(text))


def protocol(package: DocumentationPackage, summary: str = "", attachment: str = "") -> DocumentationPackage:
    """Put this extract of the auditor's protocol in place of the clean one."""
    return package.with_protocol(summary, attachment=attachment)


def refer(package: DocumentationPackage, attachment: str, part: str = "annual_report") -> DocumentationPackage:
    """Let the annual report, or an analysis, refer to an attachment by name."""
    if part == "annual_report":
        return evolve(package, annual_report=evolve(package.annual_report, attachment=attachment))
    return package.with_analysis(Analysis(title="SYNTETISK", attachment=attachment))


def attach(package: DocumentationPackage, name: str) -> DocumentationPackage:
    """List an attachment."""
    return package.attach(name, b"SYNTETISK")


def post(package: DocumentationPackage, unit: str, account: str, amount: str = "") -> DocumentationPackage:
    """Post an amount in kroner to an account of a unit's accounts, or remove the account."""
    given = package.accounts_of(_unit(unit)) or clean_accounts(_unit(unit), int(package.report_year))
    postings = {number: dkk for number, dkk in given.postings.items() if number != account}
    postings |= {account: Dkk.of(amount)} if amount else {}
    return package.with_accounts(evolve(given, postings=postings))


def accounts(package: DocumentationPackage, unit: str, period: str = "", status: str = "final") -> DocumentationPackage:
    """Give a unit accounts of another period or status; clean ones where it has none."""
    given = package.accounts_of(_unit(unit)) or clean_accounts(_unit(unit), int(package.report_year))
    other = AccountingPeriod.parse(period) if period else given.period
    return package.with_accounts(evolve(given, period=other, status=FigureStatus(status)))


def master(package: DocumentationPackage, estate: str, **fields: object) -> DocumentationPackage:
    """Change an estate in the master data, or add one that the organisation owns.

    Fields: kind, homes (a table with family, youth, elderly), garages, published_units, in_operation_from,
    in_operation_until.
    """
    data = package.master_data
    assert data is not None
    found = EstateId.parse(estate)
    before = data.estate(found) or Estate(id=found, name=f"Opdigtet Afdeling {found.number}")
    new: dict[str, Any] = {name: _FIELDS[name](value) for name, value in fields.items()}
    return evolve(package, master_data=_with_estate(data, evolve(before, **new)))


def package(
    package: DocumentationPackage, period: str = "", standard: str = "", report_year: int = 0
) -> DocumentationPackage:
    """Change what the package says of itself."""
    return evolve(
        package,
        period=AccountingPeriod.parse(period) if period else package.period,
        standard=standard or package.standard,
        report_year=ReportYear(report_year) if report_year else package.report_year,
    )


def key_figure(  # noqa: PLR0913 - the fields of the word
    package: DocumentationPackage,
    figure: str,
    unit: str,
    value: str = "",
    definition: int = 1,
    critical: Sequence[str] = (),
) -> DocumentationPackage:
    """Keep a key figure of the organisation or of an estate, critical for these reasons; no value means missing."""
    kept = KeptFigure(
        figure=figure,
        definition=definition,
        value=Number.of(value) if value else None,
        critical=tuple(map(CriticalBy, critical)),
    )
    wanted = _unit(unit)
    before = package.figures_of(wanted) or UnitFigures(unit=wanted, period=package.period)
    others = tuple(each for each in package.figures if each.unit != wanted)
    return evolve(package, figures=(*others, evolve(before, figures=(*before.figures, kept))))


def earlier_figure(
    package: DocumentationPackage, figure: str, unit: str, year: int, value: str
) -> DocumentationPackage:
    """Keep a key figure of an earlier accounting year of the organisation or of an estate."""
    wanted, period = _unit(unit), calendar_period(year + 1)
    before = package.figures_of(wanted) or UnitFigures(unit=wanted, period=package.period)
    others = tuple(each for each in package.figures if each.unit != wanted)
    kept = EarlierFigures(period=period, values={f"{figure}/1": Number.of(value)})
    return evolve(package, figures=(*others, evolve(before, earlier=(*before.earlier, kept))))


def comment(package: DocumentationPackage, question: str, text: str, estate: str = "") -> DocumentationPackage:
    """Return the package with one comment on an answer as it is now."""
    sheet = package.sheet(estate or None)
    where = Location(part=ESTATE_REPORT if estate else REPORT, unit=str(sheet.unit), item=question)
    day = _RETRIEVED.date()
    asked = ReviewComment(id="K1", location=where, text=text, by="tilsyn-1", on=day, answer=sheet[question])
    given = PackageReturn(on=day, by="tilsyn-1", reason=text, comments=(asked,))
    return evolve(package, returns=(*package.returns, given))


def agree(  # noqa: PLR0913 - the fields of the word
    package: DocumentationPackage,
    agreement: str,
    concluded_on: date,
    kind: str = "other",
    text: str = "SYNTETISK",
    review_due: date | None = None,
) -> DocumentationPackage:
    """Hold one agreement more that the report must answer."""
    made = Agreement(
        id=agreement,
        kind=AgreementKind(kind),
        municipality=MunicipalityCode("T01"),
        organisations=(package.organisation,),
        text=text,
        concluded_on=concluded_on,
        responsible="tilsyn-1",
        review_due=review_due,
    )
    return evolve(package, agreements=(*package.agreements, made))


def follow_up(package: DocumentationPackage, agreement: str, status: str, text: str = "") -> DocumentationPackage:
    """Say how an agreement stands."""
    return package.follow_up(agreement, status, text)


def maintain(package: DocumentationPackage, text: str) -> DocumentationPackage:
    """Reply to the comment of the last return."""
    return package.reply("K1", text, on=_RETRIEVED.date())


WORDS: Mapping[str, Change] = {
    verb.__name__: verb
    for verb in (
        answer,
        clear,
        report,
        drop,
        tell,
        protocol,
        refer,
        attach,
        post,
        accounts,
        master,
        package,
        key_figure,
        earlier_figure,
        comment,
        maintain,
        agree,
        follow_up,
    )
}
"""Every word of the vocabulary."""

_FIELDS: Mapping[str, Callable[[Any], object]] = {
    "kind": EstateKind,
    "homes": lambda counts: Homes(**counts),
    "garages": int,
    "published_units": TenancyUnits.of,
    "in_operation_from": lambda day: day,
    "in_operation_until": lambda day: day,
}
_FORMS: Mapping[str, Callable[[str], object]] = {"number": Number.of, "dkk": Dkk.of, "special": Special}


def _value(raw: object) -> Any:
    if isinstance(raw, dict) and len(raw) == 1 and (name := next(iter(raw))) in _FORMS:
        return _FORMS[name](raw[name])
    return as_value(raw)


def _unit(text: str) -> Unit:
    return EstateId.parse(text) if "-" in text else LbfNumber(text)


def _with_sheet(package: DocumentationPackage, sheet: Sheet) -> DocumentationPackage:
    if sheet.unit == package.report.unit:
        return evolve(package, report=sheet)
    reports = tuple(sheet if old.unit == sheet.unit else old for old in package.estate_reports)
    return evolve(package, estate_reports=reports)


def _with_estate(data: MasterData, estate: Estate) -> MasterData:
    others = tuple(old for old in data.estates if old.id != estate.id)
    owned = (*data.ownerships, Ownership(organisation=data.number, estate=estate.id))
    return evolve(data, estates=(*others, estate), ownerships=owned)


def _wrong(da: str, en: str) -> InvalidValueError:
    return InvalidValueError(Text(da, en))
