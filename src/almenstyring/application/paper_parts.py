"""A paper for people beside the packages (da: papir): a title, facts, and chapters of paragraphs and neutral tables."""

from __future__ import annotations

import textwrap

from attrs import frozen

from almenstyring.application.table_columns import TableCell, column, table
from almenstyring.application.wording import SYNTHETIC_NOTICE
from almenstyring.domain.text import LANGUAGES, Text
from almenstyring.ports import Table


@frozen(kw_only=True)
class PaperChapter:
    """A heading with what stands under it; ``law`` as printed, empty where there is none.

    On a page ``on_page`` stands in place of the tables where it is given, and at most ``most`` rows of each are shown,
    with how many more there are; workbooks have them all.
    """

    id: str
    title: Text
    law: str = ""
    paragraphs: tuple[Text, ...] = ()
    tables: tuple[Table, ...] = ()
    on_page: tuple[Table, ...] | None = None
    most: int | None = None


@frozen(kw_only=True)
class Paper:
    """A preparation sheet, a briefing or a review, ready to be laid out or written as tables."""

    id: str
    title: Text
    subtitle: Text
    facts: tuple[tuple[Text, TableCell], ...]
    chapters: tuple[PaperChapter, ...]
    notes: tuple[Text, ...]
    is_synthetic: bool

    @property
    def notices(self) -> tuple[Text, ...]:
        """What an export of tables says on top."""
        return (*((SYNTHETIC_NOTICE,) if self.is_synthetic else ()), *self.notes)

    def tables(self) -> tuple[Table, ...]:
        """The facts as a table, and every table of the chapters."""
        about = table("facts", Text("Fakta", "Facts"), _FACTS, self.facts)
        return (about, *(each for chapter in self.chapters for each in chapter.tables))


_FACTS = (column("name", "Oplysning", "Fact", 40), column("value", "Værdi", "Value", 50))

UNKNOWN = Text("ukendt", "unknown")


def brief(text: Text, length: int = 130) -> Text:
    """The text cut at a word so that it fits a page; the whole of it is in workbooks and data.

    >>> print(brief(Text("Henlæggelserne er for små.", ""), 20))
    Henlæggelserne er …
    """
    return Text(*(textwrap.shorten(text[each], length, placeholder=" …") for each in LANGUAGES))


def heading(text: Text) -> Text:
    """The text as a heading begins.

    >>> print(heading(Text("årsberetning", "annual report")))
    Årsberetning
    """
    return Text(*(text[each][:1].upper() + text[each][1:] for each in LANGUAGES))


def known(value: TableCell) -> TableCell:
    """The value, or that it is unknown; never 0 for what nobody knows."""
    return UNKNOWN if value is None else value
