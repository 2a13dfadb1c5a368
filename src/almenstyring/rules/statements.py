"""What a statement must hold before it is published (DB § 112, stk. 7): plain rules over the dialogue's records.

None of them blocks: the municipality answers for its statement, and no source says that one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from almenstyring.domain.agreements import Agreement
from almenstyring.domain.dialogue import DialogueMeeting, Statement
from almenstyring.domain.dialogue.meetings import minutes_together
from almenstyring.domain.findings import CheckReport, Finding, Location, Severity
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.organisations.relations import valid_on
from almenstyring.domain.text import Text
from almenstyring.domain.values import LbfNumber, LegalReference
from almenstyring.domain.values.faults import as_text


@frozen(kw_only=True)
class StatementRecord:
    """A statement with all that it is about (da: redegørelsens grundlag).

    The ``agreements`` are all that the municipality has; those that count are the ones with the organisations, and of
    these must be named the ones made at the meetings of the statement's year.
    """

    statement: Statement
    meetings: tuple[DialogueMeeting, ...]
    agreements: tuple[Agreement, ...] = ()
    masters: tuple[MasterData, ...] = ()

    @cached_property
    def held(self) -> Mapping[LbfNumber, DialogueMeeting]:
        """The minutes of the year's meetings with the municipality, taken together, by organisation."""
        met = dict.fromkeys(each.organisation for each in self.meetings)
        together = ((number, minutes_together(self.held_with(number))) for number in met)
        return {number: minutes for number, minutes in together if minutes}

    def held_with(self, organisation: LbfNumber) -> tuple[DialogueMeeting, ...]:
        """The single meetings of the year with an organisation, the earliest first."""
        own = (organisation, self.statement.municipality, self.statement.report_year)
        found = (each for each in self.meetings if (each.organisation, each.municipality, each.report_year) == own)
        return tuple(sorted(found, key=lambda each: each.held_on))

    def concluded_with(self, organisation: LbfNumber) -> tuple[Agreement, ...]:
        """The agreements that were made at the year's meeting with an organisation."""
        own = (self.statement.municipality, self.statement.report_year)
        made = (each for each in self.agreements if (each.municipality, each.concluded_at) == own)
        return tuple(each for each in made if organisation in each.organisations)

    def master(self, organisation: LbfNumber) -> MasterData | None:
        """The organisation's master data, if they are known."""
        return next((each for each in self.masters if each.number == organisation), None)


_Found = tuple[LbfNumber, str, Mapping[str, object]]


@frozen(kw_only=True)
class StatementRule:
    """One demand on a statement (da: krav til redegørelsen); ``find`` yields organisation, item and values."""

    code: str
    severity: Severity
    law: LegalReference
    message: Text
    hint: Text
    find: Callable[[StatementRecord], Iterator[_Found]]

    def findings(self, record: StatementRecord) -> Iterator[Finding]:
        """What the rule finds, each with both texts filled."""
        for organisation, item, values in self.find(record):
            master = record.master(organisation)
            name = f"{master.organisation.name} ({organisation})" if master else str(organisation)
            seen = {"place": name, **values}
            yield Finding(
                code=self.code,
                severity=self.severity,
                location=Location(part="statement", unit=str(organisation), item=item),
                message=self.message.fill(**seen),
                hint=self.hint,
                law=self.law,
                values={key: str(value) for key, value in seen.items()},
            )


def _without_meeting(record: StatementRecord) -> Iterator[_Found]:
    return ((number, "", {}) for number in record.statement.organisations if number not in record.held)


_PARTIES = (
    ("organisations_assessment", Text("boligorganisationens", "the organisation's")),
    ("municipalitys_assessment", Text("kommunens", "the municipality's")),
)


def _without_assessment(record: StatementRecord) -> Iterator[_Found]:
    for number in record.statement.organisations:
        meeting = record.held.get(number)
        for name, party in _PARTIES if meeting else ():
            if not as_text(getattr(meeting, name)):
                yield number, name, {"party": party}


def _agreements_left_out(record: StatementRecord) -> Iterator[_Found]:
    for number in record.statement.organisations:
        for agreement in record.concluded_with(number):
            if agreement.id not in record.statement.agreements:
                yield number, agreement.id, {"agreement": agreement.id, "text": agreement.text[:120]}


def _agreements_of_nobody(record: StatementRecord) -> Iterator[_Found]:
    own, covered = record.statement.municipality, set(record.statement.organisations)
    known = {each.id for each in record.agreements if each.municipality == own and covered & set(each.organisations)}
    for named in record.statement.agreements:
        if named not in known:
            yield record.statement.organisations[0], named, {"agreement": named}


def _areas_left_out(record: StatementRecord) -> Iterator[_Found]:
    for number in record.statement.organisations:
        master, meeting = record.master(number), record.held.get(number)
        told = {section.area for section in meeting.areas} if meeting else set()
        areas = valid_on(master.areas, meeting.held_on) if master and meeting else ()
        for name in dict.fromkeys(area.name for area in areas):
            if name not in told:
                yield number, name, {"area": name}


def _not_at_home(record: StatementRecord) -> Iterator[_Found]:
    own = record.statement.municipality
    for number in record.statement.organisations:
        master = record.master(number)
        for meeting in record.held_with(number) if master else ():
            if master and (home := master.home_municipality_on(meeting.held_on)) != own:
                yield number, "", {"home": home or "-", "own": own, "on": meeting.held_on}


def _without_text(record: StatementRecord) -> Iterator[_Found]:
    if not as_text(record.statement.text):
        yield record.statement.organisations[0], "text", {}


STATEMENT_RULES = (
    StatementRule(
        code="STATEMENT-MEETING-MISSING",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 1"),
        message=Text(
            "Redegørelsen omfatter {place}, men årets dialogmøde er ikke registreret som holdt.",
            "The statement covers {place}, but the year's dialogue meeting is not recorded as held.",
        ),
        hint=Text(
            "Registrér mødet, eller tag organisationen ud af redegørelsen.",
            "Record the meeting, or take the organisation out of the statement.",
        ),
        find=_without_meeting,
    ),
    StatementRule(
        code="STATEMENT-ASSESSMENT-MISSING",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 7, nr. 1"),
        message=Text(
            "Referatet af mødet med {place} siger ikke, hvad {party} vurdering er.",
            "The minutes of the meeting with {place} do not tell {party} assessment.",
        ),
        hint=Text(
            "Begge parters vurdering af virksomhed og udfordringer skal fremgå.",
            "Both parties' assessments of activities and challenges must be shown.",
        ),
        find=_without_assessment,
    ),
    StatementRule(
        code="STATEMENT-AGREEMENT-MISSING",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 7, nr. 2"),
        message=Text(
            "Redegørelsen nævner ikke aftalen {agreement} med {place}: {text}",
            "The statement does not mention agreement {agreement} with {place}: {text}",
        ),
        hint=Text(
            "Beskriv kort de aftaler, der er indgået på mødet, og nævn deres id'er.",
            "Describe in brief the agreements made at the meeting, and name their ids.",
        ),
        find=_agreements_left_out,
    ),
    StatementRule(
        code="STATEMENT-AGREEMENT-UNKNOWN",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 7, nr. 2"),
        message=Text(
            "Redegørelsen nævner {agreement}, som ingen aftale er mellem kommunen og en af organisationerne.",
            "The statement names {agreement}, which is no agreement of the municipality with one of the organisations.",
        ),
        hint=Text(
            "Brug id'et, som aftalen er indgået med; en redegørelse med et ukendt kan ikke gemmes.",
            "Use the id that the agreement was concluded with; a statement with an unknown one cannot be kept.",
        ),
        find=_agreements_of_nobody,
    ),
    StatementRule(
        code="STATEMENT-AREA-MISSING",
        severity=Severity.WARNING,
        law=LegalReference.parse("DB § 112, stk. 1"),
        message=Text(
            "Referatet af mødet med {place} har intet afsnit om boligområdet {area}.",
            "The minutes of the meeting with {place} have no section on the housing area {area}.",
        ),
        hint=Text(
            "Dialogen omfatter udviklingen i de enkelte boligområder.",
            "The dialogue covers how each housing area develops.",
        ),
        find=_areas_left_out,
    ),
    StatementRule(
        code="STATEMENT-NOT-AT-HOME",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 2"),
        message=Text(
            "{place} havde ikke hjemsted i kommune {own}, da mødet blev holdt {on}, men i {home}.",
            "{place} was not at home in municipality {own} when the meeting was held on {on}, but in {home}.",
        ),
        hint=Text(
            "Hjemstedskommunen fører styringsdialogen og offentliggør redegørelsen.",
            "The home municipality leads the dialogue and publishes the statement.",
        ),
        find=_not_at_home,
    ),
    StatementRule(
        code="STATEMENT-TEXT-MISSING",
        severity=Severity.CONFIRM,
        law=LegalReference.parse("DB § 112, stk. 7"),
        message=Text("Redegørelsen har ingen tekst.", "The statement has no text."),
        hint=Text(
            "Dan teksten af møder og aftaler, og ret den til.",
            "Make the text from meetings and agreements, and edit it.",
        ),
        find=_without_text,
    ),
)
"""Every demand once; the order has no meaning."""


def check_statement(
    statement: Statement,
    meetings: Iterable[DialogueMeeting],
    agreements: Iterable[Agreement] = (),
    masters: Iterable[MasterData] = (),
) -> CheckReport:
    """What a statement still lacks by DB § 112, stk. 1, 2 and 7, judged by the records it is made from.

    Where an organisation's master data are not given, its home and its housing areas are not judged.
    """
    record = StatementRecord(
        statement=statement,
        meetings=tuple(meetings),
        agreements=tuple(agreements),
        masters=tuple(masters),
    )
    return CheckReport(tuple(finding for rule in STATEMENT_RULES for finding in rule.findings(record)))
