"""What a readable report is made of before it is HTML or text: chapters of answers, tables, drawings and paragraphs."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Drawing:
    """A drawing as SVG, and in words for a page without drawings."""

    svg: str
    words: str

    def __str__(self) -> str:
        return self.words

    def __len__(self) -> int:
        return len(self.words)


@frozen(kw_only=True)
class Grid:
    """A small table: its headings, which of its columns hold figures, and its rows as text or drawings."""

    caption: str = ""
    heads: tuple[str, ...]
    figures: tuple[int, ...] = ()
    rows: tuple[tuple[str | Drawing, ...], ...]


@frozen(kw_only=True)
class Reply:
    """One question and its answer as shown; ``state`` is a key of the style sheet."""

    label: str
    text: str
    state: str
    answer: str = ""
    items: tuple[str, ...] = ()
    grid: Grid | None = None
    comment: str = ""
    source: str = ""


@frozen(kw_only=True)
class Chapter:
    """A heading with what stands under it."""

    id: str
    title: str
    law: str = ""
    level: int = 2
    replies: tuple[Reply, ...] = ()
    grids: tuple[Grid, ...] = ()
    paragraphs: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()


@frozen(kw_only=True)
class Report:
    """One package, ready to be laid out."""

    id: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    is_synthetic: bool
    notes: tuple[str, ...]
    chapters: tuple[Chapter, ...]
