"""What a workspace keeps: keys, sendings in order, standards and attachments under their hash, settings."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from almenstyring import codec
from almenstyring.application.records import Records, by_year, year_key
from almenstyring.builtin.memory import MemoryStore
from almenstyring.content import load_standard
from almenstyring.domain.calendar import ReportYear
from almenstyring.domain.reporting import DocumentationPackage, Receipt, Sending, Standard
from almenstyring.domain.values import LbfNumber
from almenstyring.ports import digest_of
from almenstyring.testing.builders import clean_master_data, clean_package

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
YEAR = ReportYear(2026)
OWNER = LbfNumber("T001")


@pytest.fixture
def records() -> Records:
    return Records(MemoryStore())


def sending(number: int) -> DocumentationPackage:
    """The package as it was sent for the number'th time."""
    given = Sending(
        number=number,
        on=date(2026, 6, number),
        at=NOW,
        by="kontor-1",
        standard="s",
        standard_hash="h",
        rules_version="1",
    )
    return evolve(clean_package(), sendings=(given,))


def keep_sending(records: Records, number: int) -> None:
    """Keep a sending as the workspace does."""
    key, indexed = year_key(OWNER, YEAR, number), by_year(OWNER, YEAR)
    records.sendings.put(key, sending(number), expected_revision=0, actor="x", at=NOW, indexed=indexed)


def test_keys_are_read_by_people() -> None:
    assert year_key(LbfNumber("0045"), YEAR) == "0045/2026"
    assert year_key(LbfNumber("0045"), YEAR, 3) == "0045/2026/3"
    assert by_year(LbfNumber("0045"), YEAR) == {"organisation": "0045", "year": 2026}


def test_there_is_a_repository_for_every_kind_of_record(records: Records) -> None:
    repositories = (
        records.register,
        records.packages,
        records.sendings,
        records.standards,
        records.deadlines,
        records.meetings,
        records.statements,
        records.agreements,
        records.central_receipts,
        records.figures,
        records.columns,
        records.reviews,
        records.progress,
        records.adoptions,
        records.person,
        records.retentions,
        records.mandates,
        records.pilots,
        records.corrections,
        records.critical_reviews,
        records.municipal_goals,
        records.invitations,
        records.forum_meetings,
        records.notice_plans,
        records.notices,
        records.supervision,
    )
    assert len({repository.kind for repository in repositories}) == len(repositories)
    assert {repository.type for repository in repositories} == set(codec.FORMATS) - {Receipt}


def test_the_register_holds_every_organisation(records: Records) -> None:
    assert len(records.whole_register()) == 0
    for number in ("T002", "T001"):
        master = clean_master_data(number=number)
        records.register.put(number, master, expected_revision=0, actor="x", at=NOW, indexed={})
    assert [str(master.number) for master in records.whole_register()] == ["T001", "T002"]


def test_sendings_come_in_the_order_of_their_number_and_the_tenth_is_after_the_second(records: Records) -> None:
    for number in range(10, 0, -1):
        keep_sending(records, number)
    assert [entry.value.sendings[-1].number for entry in records.sent(OWNER, YEAR)] == list(range(1, 11))
    last = records.last_sent(OWNER, YEAR)
    assert last is not None
    assert last.value == sending(10)


def test_other_years_and_organisations_have_sent_nothing(records: Records) -> None:
    keep_sending(records, 1)
    assert records.last_sent(OWNER, ReportYear(2025)) is None
    assert records.last_sent(LbfNumber("T002"), YEAR) is None
    assert records.sent(OWNER, ReportYear(2025)) == ()


def test_a_standard_is_kept_once_under_the_hash_of_its_document(records: Records) -> None:
    standard: Standard = load_standard(YEAR)
    key = records.keep_standard(standard, "x", NOW)
    assert key == digest_of(codec.encode(standard))
    assert records.keep_standard(standard, "y", NOW) == key
    [entry] = records.standards.find(year=2026, id=standard.id)
    assert (entry.value, entry.record.actor) == (standard, "x")
    corrected = evolve(standard, content_version=standard.content_version + 1)
    assert records.keep_standard(corrected, "x", NOW) != key
    assert records.store.head().sequence == 2


def test_an_attachment_is_kept_once_byte_for_byte(records: Records) -> None:
    content = bytes(range(256))
    own, other = LbfNumber("T001"), LbfNumber("T002")
    sha256 = hashlib.sha256(content).hexdigest()
    assert records.attachment(own, sha256) is None
    records.keep_attachment(own, content, "x", NOW)
    records.keep_attachment(own, content, "x", NOW)
    assert records.attachment(own, sha256) == content
    assert records.attachment(other, sha256) is None, "the hash of another one's document opens nothing"
    assert records.store.head().sequence == 1


def test_a_setting_is_written_only_when_it_changes(records: Records) -> None:
    assert records.setting("source") is None
    for value in ("synthetic:", "synthetic:", "example:mappe/æ"):
        records.keep_setting("source", value, "drift", NOW)
    assert records.setting("source") == "example:mappe/æ"
    assert [record.revision for record in records.store.history("settings", "source")] == [1, 2]
