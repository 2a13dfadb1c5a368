"""What a statement's text says before it is laid out: plain words in one language, for a template of one's own too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from almenstyring.application import wording
from almenstyring.content import label
from almenstyring.domain.agreements import Agreement, FollowUp
from almenstyring.domain.dialogue import AreaMinutes, DialogueMeeting
from almenstyring.domain.text import Language, Text
from almenstyring.domain.values import LbfNumber
from almenstyring.rules.statements import StatementRecord

NOT_THE_CENTRAL_FILING = Text(
    "Denne tekst er ikke indberetningen: kommunen indberetter redegørelsen til det centrale it-system "
    "(DB § 112, stk. 8).",
    "This text is not the filing: the municipality files the statement in the central system (DB § 112, stk. 8).",
)

A_PROPOSAL = Text(
    "Dette er et forslag, dannet af møder, aftaler og rapporter; det er ikke den redegørelse, kommunen har gemt.",
    "This is a proposal made from meetings, agreements and reports; it is not the statement the municipality has kept.",
)


@frozen(kw_only=True)
class AgreementLine:
    """One agreement in a statement; ``told`` is what the organisation's report says of it, empty where nothing."""

    id: str
    kind: str
    law: str
    text: str
    concluded_on: str
    period: str
    review_by: str
    responsible: str
    status: str
    note: str = ""
    told: str = ""


@frozen(kw_only=True)
class StatementPart:
    """What a statement says of one organisation."""

    number: str
    name: str
    met_on: str
    place: str
    organisations_assessment: str
    municipalitys_assessment: str
    areas: tuple[AreaMinutes, ...]
    agreements: tuple[AgreementLine, ...]
    in_minutes: tuple[str, ...]
    earlier: tuple[AgreementLine, ...]


@frozen(kw_only=True)
class StatementPage:
    """A statement ready to be laid out; every field is plain text in the chosen language.

    ``text`` is the statement as it is kept, laid out in the form that is asked for; empty in a proposal, which is made
    of the ``parts`` and has no status and no days. ``notices`` must be shown: that the text is not the central filing,
    that it is a proposal, and SYNTETISK for invented units.
    """

    title: str
    municipality: str
    year: str
    status: str
    published_on: str
    website: str
    filing: str
    notices: tuple[str, ...]
    is_synthetic: bool
    is_proposal: bool
    text: str
    parts: tuple[StatementPart, ...]


def statement_page(
    record: StatementRecord,
    language: Language,
    follow_ups: Iterable[FollowUp] = (),
    *,
    text: str = "",
    proposal: bool = False,
) -> StatementPage:
    """The statement in one language: its ``text``, or a proposal from its record and what the reports say."""
    statement, said = record.statement, tuple(follow_ups)
    numbers = statement.organisations
    synthetic = statement.municipality.is_test or any(number.is_test for number in numbers)
    town = f"{label_of_town(language)} {statement.municipality}"
    plain = Text(
        f"Redegørelse for styringsdialogen {statement.report_year}, {town}",
        f"Statement on the governance dialogue {statement.report_year}, {town}",
    )
    filing = statement.filing
    return StatementPage(
        title=statement.title or plain[language],
        municipality=str(statement.municipality),
        year=str(statement.report_year),
        status="" if proposal else label(statement.status)[language],
        published_on="" if proposal else wording.said(statement.published_on, language),
        website="" if proposal else statement.website,
        filing=f"{filing.reference}, {wording.said(filing.filed_on, language)}" if filing and not proposal else "",
        notices=tuple(_notices(synthetic, proposal, language)),
        is_synthetic=synthetic,
        is_proposal=proposal,
        text=text,
        parts=tuple(_part(record, number, language, said) for number in numbers),
    )


def label_of_town(language: Language) -> str:
    """The word for a municipality in a title."""
    return Text("kommune", "municipality")[language]


def _notices(synthetic: bool, proposal: bool, language: Language) -> Iterator[str]:
    if synthetic:
        yield wording.SYNTHETIC_NOTICE[language]
    if proposal:
        yield A_PROPOSAL[language]
    yield NOT_THE_CENTRAL_FILING[language]


def _part(record: StatementRecord, number: LbfNumber, language: Language, said: tuple[FollowUp, ...]) -> StatementPart:
    master, meeting = record.master(number), record.held.get(number)
    listed = {each.id for each in record.concluded_with(number)}  # minutes may name them by their ids
    told = {each.agreement: each for each in said if each.organisation == number and each.says_something}
    return StatementPart(
        number=str(number),
        name=master.organisation.name if master else str(number),
        met_on=", ".join(wording.said(each.held_on, language) for each in record.held_with(number)),
        place=meeting.place if meeting else "",
        organisations_assessment=meeting.organisations_assessment if meeting else "",
        municipalitys_assessment=meeting.municipalitys_assessment if meeting else "",
        areas=meeting.areas if meeting else (),
        agreements=tuple(_line(each, language) for each in record.concluded_with(number)),
        in_minutes=tuple(text for text in meeting.agreements if text not in listed) if meeting else (),
        earlier=tuple(_line(each, language, told) for each in earlier_agreements(record, number, meeting)),
    )


def earlier_agreements(
    record: StatementRecord, number: LbfNumber, meeting: DialogueMeeting | None
) -> tuple[Agreement, ...]:
    """The agreements with an organisation from before the year's meeting that were open in the year before it.

    Without a meeting those that are still open.
    """
    own = record.statement.municipality
    year, made = record.statement.report_year, (each for each in record.agreements if each.municipality == own)
    known = (each for each in made if number in each.organisations and each.concluded_at != year)
    if meeting is None:
        return tuple(each for each in known if each.status.is_open)
    day, since = meeting.held_on, meeting.held_on - timedelta(days=365)
    before = (each for each in known if each.concluded_on <= day)
    return tuple(each for each in before if each.is_open_on(day) or (each.history and each.history[-1].on > since))


def _line(agreement: Agreement, language: Language, told: Mapping[str, FollowUp] | None = None) -> AgreementLine:
    given = (told or {}).get(agreement.id)
    words = [label(given.status)[language], given.text] if given else []
    return AgreementLine(
        id=agreement.id,
        kind=label(agreement.kind)[language],
        law=str(agreement.kind.law),
        text=agreement.current_text,
        concluded_on=wording.said(agreement.concluded_on, language),
        period=_period(agreement.period.start, agreement.period.end, language),
        review_by=wording.said(agreement.review_by, language) if agreement.status.is_open else "",
        responsible=agreement.responsible,
        status=label(agreement.status)[language],
        note=agreement.history[-1].note if agreement.history else "",
        told=": ".join(filter(None, words)),
    )


def _period(start: date | None, end: date | None, language: Language) -> str:
    return f"{wording.said(start, language)} – {wording.said(end, language)}" if start or end else ""
