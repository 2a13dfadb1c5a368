"""How the demonstration tells its story: a clock that the story moves, and tables in Danish or English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum

from attrs import define, frozen
from rich.console import Console
from rich.progress import track
from rich.table import Table

import almenstyring as al


@define
class StoryClock:
    """The story's own clock, so that it ends the same whenever it is played."""

    day: date = date(2026, 1, 5)

    def __call__(self) -> datetime:
        """Ten o'clock UTC on the story's day."""
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=UTC)


@frozen
class Story:
    """Tells what happens as tables; colours and progress bars only on a terminal."""

    console: Console
    lang: al.Language = "da"

    def chapter(self, da: str, en: str) -> None:
        """A heading."""
        self.console.print()
        self.console.rule(al.Text(da, en)[self.lang], align="left")

    def table(self, titles: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> None:
        """A table with Danish and English titles."""
        table = Table(header_style="bold")
        for da, en in titles:
            table.add_column(al.Text(da, en)[self.lang], overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else self._text(cell) for cell in row))
        self.console.print(table)

    def line(self, text: str) -> None:
        """A text as it is."""
        self.console.print(text, markup=False)

    def _text(self, cell: object) -> str:
        if isinstance(cell, StrEnum):
            cell = al.label(cell)
        return cell[self.lang] if isinstance(cell, al.Text) else str(cell)

    def steps(self, items: Sequence[al.MasterData], da: str, en: str) -> Iterable[al.MasterData]:
        """The items, with a progress bar on a terminal."""
        shown = self.console.is_terminal
        return track(items, al.Text(da, en)[self.lang], console=self.console, disable=not shown, transient=True)
