"""What is written is read back the same, the same object always gives the same text, and nothing else is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almenstyring.codec import FORMATS, decode, encode, parse, plain, recognise, structure
from almenstyring.content import load_standard
from almenstyring.domain.agreements import Agreement
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.dialogue import Adoption, DialogueMeeting, ForumMeeting, Invitation, Statement
from almenstyring.domain.dialogue.critical_review import CriticalReview
from almenstyring.domain.dialogue.preparing import MunicipalGoals
from almenstyring.domain.errors import InvalidValueError
from almenstyring.domain.mandates import Mandate
from almenstyring.domain.notices import NoticeDelivery, NoticePlan
from almenstyring.domain.organisations import MasterData
from almenstyring.domain.persons import Person, Retention
from almenstyring.domain.pilots import Pilot
from almenstyring.domain.publication import LoggedCorrection
from almenstyring.domain.reporting import (
    Answer,
    CentralReceipt,
    Deadline,
    DocumentationPackage,
    FigureColumn,
    PackageProgress,
    Receipt,
    Review,
    Sending,
    Sourced,
    Standard,
    YearFigures,
)
from almenstyring.domain.supervision import SupervisoryAction
from almenstyring.domain.values import EstateId, LbfNumber, LegalReference, MunicipalityCode
from almenstyring.testing import dialogue_strategies, person_strategies, strategies
from almenstyring.testing.agreement_strategies import agreements, packages_with_agreements
from almenstyring.testing.builders import clean_package
from almenstyring.testing.supervision_strategies import supervisory_actions

STRATEGIES = {
    DocumentationPackage: packages_with_agreements(),
    MasterData: strategies.master_data(),
    Standard: strategies.standards(),
    Deadline: strategies.deadlines(),
    DialogueMeeting: strategies.meetings(),
    Statement: strategies.statements(),
    Agreement: agreements(),
    Invitation: dialogue_strategies.invitations(),
    ForumMeeting: dialogue_strategies.forum_meetings(),
    CentralReceipt: strategies.central_receipts(),
    Receipt: strategies.receipts(),
    Review: strategies.reviews(),
    LoggedCorrection: dialogue_strategies.corrections(),
    NoticePlan: dialogue_strategies.notice_plans(),
    NoticeDelivery: dialogue_strategies.notice_deliveries(),
    YearFigures: strategies.year_figures(),
    FigureColumn: strategies.figure_columns(),
    PackageProgress: strategies.progresses(),
    Adoption: dialogue_strategies.adoptions(),
    Person: person_strategies.persons(),
    Retention: person_strategies.retentions(),
    Mandate: person_strategies.mandates(),
    Pilot: person_strategies.pilots(),
    CriticalReview: dialogue_strategies.critical_reviews(),
    MunicipalGoals: dialogue_strategies.municipal_goals(),
    SupervisoryAction: supervisory_actions(),
}
documents = pytest.mark.parametrize("kind", list(FORMATS), ids=lambda kind: kind.__name__)
thorough = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def types_in(thing: object) -> object:
    """The type of everything inside, since a StrEnum equals its own text and a lost one goes unseen."""
    kind: Any = type(thing)
    if attrs.has(kind):
        inside: object = {f.name: types_in(getattr(thing, f.name)) for f in attrs.fields(kind)}
    elif isinstance(thing, Mapping):
        inside = {key: (type(key), types_in(value)) for key, value in thing.items()}
    else:
        inside = [types_in(item) for item in thing] if isinstance(thing, tuple) else None
    return Mapping if isinstance(thing, Mapping) else kind, inside


@documents
@thorough
@given(st.data())
def test_what_is_encoded_is_decoded_to_the_same_and_encoded_to_the_same_text(kind: type, data: st.DataObject) -> None:
    thing = data.draw(STRATEGIES[kind])
    text = encode(thing)
    read: object = decode(text, kind)
    assert read == thing
    assert types_in(read) == types_in(thing)
    assert encode(read) == text
    assert decode(text.encode(), kind) == thing


@documents
@settings(thorough, max_examples=10)
@given(st.data())
def test_a_document_with_line_breaks_and_indents_says_the_same(kind: type, data: st.DataObject) -> None:
    thing = data.draw(STRATEGIES[kind])
    pretty = encode(thing, indent=2)
    assert "\n  " in pretty
    assert json.loads(pretty) == json.loads(encode(thing))
    assert recognise(parse(pretty)) is kind


def test_no_two_formats_share_a_name() -> None:
    assert len({name for name, _ in FORMATS.values()}) == len(FORMATS)


@settings(thorough, max_examples=20)
@given(strategies.packages())
def test_what_belongs_to_a_running_workspace_is_never_written(package: DocumentationPackage) -> None:
    text = encode(evolve(package, revision=7, editor="somebody-7"))
    assert text == encode(evolve(package, revision=0, editor=""))
    assert "somebody-7" not in text
    assert decode(text, DocumentationPackage).revision == 0


@given(strategies.answers())
def test_every_kind_of_answer_keeps_its_value_and_type(answer: Answer) -> None:
    read = structure(plain(answer), Answer)
    assert read == answer
    assert type(read.value) is type(answer.value)
    assert type(read.provenance) is type(answer.provenance)


@given(strategies.instants())
def test_an_instant_is_kept_to_the_microsecond(at: datetime) -> None:
    sourced = Sourced(source="s", key="k", retrieved_at=at)
    assert structure(plain(sourced), Sourced).retrieved_at == at


def test_a_set_is_written_in_order() -> None:
    for question in json.loads(encode(load_standard(ReportYear(2026))))["sections"][0]["questions"]:
        assert question["applies_to"] == sorted(question["applies_to"])


def test_a_value_that_is_the_default_is_not_written() -> None:
    written = json.loads(encode(clean_package()))
    assert "analyses" not in written
    assert "master_data" in written


@pytest.mark.parametrize(
    ("written", "kind", "read"),
    [
        ("45", LbfNumber, LbfNumber("0045")),
        ("45-8501", EstateId, EstateId.parse("0045-08501")),
        ("0410", MunicipalityCode, MunicipalityCode("410")),
        ("DB §112 stk. 5 nr. 2", LegalReference, LegalReference.parse("DB § 112, stk. 5, nr. 2")),
    ],
)
def test_printed_forms_are_read_and_written_canonically(written: str, kind: type[object], read: object) -> None:
    assert structure(written, kind) == read
    assert plain(read) == str(read)


def _sending(at: datetime) -> Sending:
    return Sending(number=1, on=at.date(), at=at, by="kontor-1", standard="s", standard_hash="h", rules_version="1")


def test_an_instant_without_a_time_zone_is_not_written() -> None:
    naive = datetime(2026, 6, 29, 12)  # noqa: DTZ001
    with pytest.raises(InvalidValueError, match="no time zone"):
        encode(evolve(clean_package(), sendings=(_sending(naive),)))


def test_a_text_with_half_a_character_is_not_written() -> None:
    with pytest.raises(InvalidValueError, match="half a character"):
        encode(evolve(clean_package(), standard="\ud800"))


def test_a_number_that_could_not_be_read_back_is_not_written() -> None:
    sending = evolve(_sending(datetime(2026, 6, 29, 12, tzinfo=UTC)), number=2**63)
    with pytest.raises(InvalidValueError, match="too large"):
        encode(evolve(clean_package(), sendings=(sending,)))


def test_a_document_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(InvalidValueError, match="bytes") as refused:
        encode(evolve(clean_package(), standard="x" * 65_000_000))
    assert "byte" in refused.value.message.da


@pytest.mark.parametrize("wrong", [encode, lambda thing: decode("{}", type(thing))], ids=["encode", "decode"])
def test_what_is_no_document_is_refused_with_what_is(wrong: Callable[[object], object]) -> None:
    with pytest.raises(InvalidValueError, match="int is no document") as refused:
        wrong(3)
    assert "DocumentationPackage" in refused.value.hint.da
