"""Small words the tests of stores are written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from almenstyring.domain.errors import AlmenstyringError
from almenstyring.ports import Draft, IndexValue, Record

AT = datetime(2026, 6, 29, 9, 30, 15, 123456, tzinfo=UTC)

TEXTS = {
    "Danish letters": '{"navn": "Æblehavens Boligselskab, Århus Ø"}',
    "emoji": '{"note": "🏘️👩‍🔧"}',
    "letters that could be composed": "A\u030aben a\u0301",
    "quotes and line breaks": "'; DROP TABLE records; --\r\n\t\"",
    "a zero character": "before\x00after",
    "nothing": "",
    "spaces": "  ",
    "a megabyte": "{" + "æ" * 500_000 + "}",
}


def a_draft(
    key: str = "A",
    revision: int = 0,
    document: str = "{}",
    *,
    kind: str = "note",
    at: datetime = AT,
    **indexed: IndexValue,
) -> Draft:
    """A draft that only says what a test is about."""
    return Draft(
        kind=kind, key=key, document=document, expected_revision=revision, actor="actor-1", at=at, indexed=indexed
    )


def keys_of(records: Iterator[Record] | Sequence[Record]) -> list[str]:
    """The keys of some records, in their order."""
    return [record.key for record in records]


def explains_itself(error: AlmenstyringError) -> bool:
    """Whether an error says in both languages what happened and what to do."""
    texts = (error.message, error.hint)
    return all(text.da and text.en and text.da != text.en and "{" not in text.da + text.en for text in texts)
