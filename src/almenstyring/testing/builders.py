"""Invented packages in good order, to start a test from: nothing in them is found fault with.

For authors of adapters and rules. Everything here is SYNTETISK and uses the test range of identifiers only.
Take a clean package, change one thing with the package's own verbs, and see what your code says of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from almenstyring.content import load_references, load_standard
from almenstyring.content.key_figures import load_key_figures
from almenstyring.domain.calendar import AccountingPeriod, ReportYear
from almenstyring.domain.figures.accounts import Accounts
from almenstyring.domain.organisations import (
    Estate,
    EstateLocation,
    HomeMunicipality,
    Homes,
    HousingOrganisation,
    MasterData,
    OrganisationKind,
    Ownership,
    Register,
    Unit,
    Validity,
)
from almenstyring.domain.reporting import (
    NONE,
    AnnualReport,
    AnnualReportItem,
    Answer,
    AuditorsProtocol,
    Cell,
    CommentRule,
    DocumentationPackage,
    FigureRole,
    Level,
    Question,
    QuestionType,
    Sheet,
    Special,
    Standard,
    Typed,
    Value,
)
from almenstyring.domain.values import (
    Area,
    Dkk,
    EstateId,
    EstateNumber,
    LbfNumber,
    MunicipalityCode,
    Number,
)
from almenstyring.rules import CheckContext

AUTHOR = "tester"
"""The opaque id of who is said to have typed everything."""

_TEXT = "SYNTETISK: opdigtet svar til afprøvning."
_HOMES = Homes(family=50)
_SINCE = date(2000, 1, 1)
_USUAL: Mapping[str, str] = {"kr. pr. m²": "960", "husstande": "6", "boliger": "0"}
"""Numbers that surprise nobody, by the question's unit; 12 for all other units, a quiet move-out rate."""
_SHARES_ABOVE = {"estate.efficiency_score": "85", "democracy.estate_boards": "80"}
_ESTATE_POSTINGS = {
    "105.9": "820000", "110": "60000", "112.1": "250000", "114": "320000", "115": "180000",
    "116.1": "900000", "116.2": "900000", "120": "1500000",
    "140": "20000", "150": "3150000", "201.1": "3100000", "202": "50000", "220": "3150000",
    "301": "60000000", "310": "62000000", "401": "2200000", "408": "59800000", "430": "62000000",
}  # fmt: skip
_ORGANISATION_POSTINGS = {
    "501": "80000", "512": "900000", "521": "60000", "550": "1040000", "551": "10000", "560": "1050000",
    "601": "1000000", "603": "50000", "630": "1050000", "732": "2000000", "750": "2000000",
    "803": "1200000", "803.disponibel": "700000", "803.bunden": "500000", "805": "800000", "850": "2000000",
}  # fmt: skip


def calendar_period(year: int = 2026) -> AccountingPeriod:
    """The calendar year that the report year rests on.

    >>> str(calendar_period(2026))
    '2025-01-01/2025-12-31'
    """
    accounting_year = ReportYear(year).accounting_year
    return AccountingPeriod(date(accounting_year, 1, 1), date(accounting_year, 12, 31))


def clean_master_data(
    year: int = 2026,
    *,
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION,
    number: str = "T001",
    estates: int = 2,
) -> MasterData:
    """An invented organisation in municipality T01 with estates T0101, T0201 … of 50 family homes each.

    An administration organisation has no estates, whatever ``estates`` says.

    >>> [str(estate.id) for estate in clean_master_data().estates]
    ['T001-T0101', 'T001-T0201']
    """
    organisation, municipality, since = LbfNumber(number), MunicipalityCode("T01"), Validity(_SINCE)
    many = 0 if kind is OrganisationKind.ADMINISTRATION_ORGANISATION else estates
    ids = [EstateId(organisation, EstateNumber(f"T{count:02}01")) for count in range(1, many + 1)]
    return MasterData(
        organisation=HousingOrganisation(number=organisation, name=f"Opdigtet Bolig {number}", kind=kind),
        periods=(calendar_period(year),),
        home_municipalities=(HomeMunicipality(organisation=organisation, municipality=municipality, valid=since),),
        estates=tuple(_estate(estate) for estate in ids),
        ownerships=tuple(Ownership(organisation=organisation, estate=estate, valid=since) for estate in ids),
        locations=tuple(EstateLocation(estate=estate, municipality=municipality, valid=since) for estate in ids),
    )


def _estate(estate: EstateId) -> Estate:
    plain = Estate(
        id=estate, name=f"Opdigtet Afdeling {estate.number}", homes=_HOMES, homes_area=Area.of(3800), garages=10
    )
    return evolve(plain, in_operation_from=_SINCE, published_units=plain.tenancy_units)


def clean_context(year: int = 2026, *masters: MasterData) -> CheckContext:
    """The built-in standard of the year, the published references, and a register of the given organisations."""
    return CheckContext(
        standard=load_standard(ReportYear(year)),
        references=load_references(),
        key_figures=load_key_figures(),
        register=Register(masters or (clean_master_data(year),)),
        history=(),
    )


def clean_package(
    year: int = 2026,
    *,
    kind: OrganisationKind = OrganisationKind.HOUSING_ORGANISATION,
    number: str = "T001",
    estates: int = 2,
    standard: Standard | None = None,
) -> DocumentationPackage:
    """A whole package of an invented organisation in which the built-in rules find nothing.

    Every question of the standard (the built-in one of the year if none is given) is answered by its type, so that
    it stays clean when questions are added. The accounts balance.

    >>> package = clean_package(2026)
    >>> package.is_synthetic, len(package.estate_reports), len(package.accounts)
    (True, 2, 3)
    """
    standard = standard or load_standard(ReportYear(year))
    master = clean_master_data(year, kind=kind, number=number, estates=estates)
    ids: list[Unit] = [estate.id for estate in master.estates]
    return DocumentationPackage(
        organisation=master.number,
        report_year=ReportYear(year),
        period=calendar_period(year),
        standard=standard.identity,
        report=_sheet(master.number, standard.asked_of(kind, Level.ORGANISATION), year),
        estate_reports=tuple(_sheet(estate, standard.asked_of(kind, Level.ESTATE), year) for estate in ids),
        accounts=tuple(clean_accounts(unit, year) for unit in [master.number, *ids]),
        annual_report=_annual_report(),
        auditors_protocol=AuditorsProtocol(summary=_TEXT),
        master_data=master,
        editor=AUTHOR,
    )


def clean_accounts(unit: Unit, year: int = 2026) -> Accounts:
    """Invented accounts in balance of an organisation or of an estate."""
    postings = _ORGANISATION_POSTINGS if isinstance(unit, LbfNumber) else _ESTATE_POSTINGS
    amounts = {number: Dkk.of(amount) for number, amount in postings.items()}
    return Accounts(unit=unit, period=calendar_period(year), postings=amounts)


def _annual_report() -> AnnualReport:
    items = {item: Answer(value=_TEXT, provenance=Typed(AUTHOR)) for item in AnnualReportItem}
    for item in (AnnualReportItem.FINANCIAL_PROBLEMS, AnnualReportItem.AUDITOR_REMARKS):
        items[item] = Answer(value=NONE, provenance=Typed(AUTHOR))
    return AnnualReport(items=items)


def _sheet(unit: Unit, questions: tuple[Question, ...], year: int) -> Sheet:
    return Sheet(unit=unit, answers={question.id: clean_answer(question, year) for question in questions})


def clean_answer(question: Question, year: int = 2026) -> Answer:
    """An answer that fits the question, with a comment where its comment rule always wants one.

    A closed list gets its first option that calls for no comment; what may be "ingen" is "ingen".
    """
    comment = _TEXT if question.comment is CommentRule.REQUIRED else ""
    return Answer(value=_value(question, year), comment=comment, provenance=Typed(AUTHOR))


def _value(question: Question, year: int) -> Value | Special:
    if question.allows_none:
        return NONE
    if question.type.has_options:
        return next((option.id for option in question.options if not option.low), question.options[0].id)
    if question.type is QuestionType.LIST:
        return (_TEXT,)
    if question.type is QuestionType.TABLE:
        return ({column.id: _cell(column.type, year) for column in question.columns},)
    if question.type is QuestionType.NUMBER:
        return _number(question)
    return _cell(question.type, year)


def _number(question: Question) -> Number:
    usual = "6" if question.figure is FigureRole.MOVE_OUTS else _USUAL.get(question.unit.da, "12")
    return Number.of(_SHARES_ABOVE.get(question.id, usual))


def _cell(kind: QuestionType, year: int) -> Cell:
    cells: Mapping[QuestionType, Cell] = {
        QuestionType.NUMBER: Number(1),
        QuestionType.MONEY: Dkk.of(5000),
        QuestionType.DATE: calendar_period(year).end,
    }
    return cells.get(kind, _TEXT)
