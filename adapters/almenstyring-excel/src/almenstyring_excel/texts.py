"""What Excel cannot hold in a cell, and how it is shown instead: visibly, and nothing is lost."""

from __future__ import annotations

import re

LONGEST_CELL = 32_767
"""The most a cell holds, in UTF-16 units; many emoji are two."""

PIECE = 16_000
"""Characters of one piece of a long text: at most two units each, and room for the note behind the first."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def fitting(text: str) -> str:
    r"""The text with every character Excel has no place for made visible.

    Control characters become their pictures, half surrogates and non-characters the replacement character, and line
    ends one kind. ``_x0041_`` would be read as "A" and is escaped the way the format wants it.

    >>> fitting("a\x01b\r\nc"), fitting("_x0041_")
    ('a␁b\nc', '_x005F_x0041_')
    """
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def _picture(match: re.Match[str]) -> str:
    character = match[0]
    if character == "_":
        return "_x005F_"
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def is_unfit(text: str) -> bool:
    """Whether ``fitting`` would change more than line ends."""
    return any(match[0] not in "\r_" for match in _UNFIT.finditer(text))


def is_too_long(text: str) -> bool:
    """Whether a cell cannot hold the text."""
    return 2 * len(text) > LONGEST_CELL and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL


def pieces(text: str) -> list[str]:
    """A long text in parts that fit, in order; joined they are the text."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def lines_of(text: str, width: int) -> int:
    r"""About how many lines the text takes in a column of that many characters.

    >>> lines_of("to linjer\nog en lang, som knækker", 20)
    3
    """
    return sum(1 + len(line) // (width + 1) for line in text.split("\n"))


def looks_like_formula(text: str) -> bool:
    """Whether Excel would take the text for a formula, were it typed again by a person."""
    return text.startswith(_FORMULA_SIGNS)


def sheet_name(title: str, taken: set[str]) -> str:
    r"""A valid name for a sheet: at most 31 characters, none of ``[]:*?/\``, and not taken, whatever the case.

    >>> taken = set()
    >>> sheet_name("Svar: 2025/2026?", taken), sheet_name("svar  2025 2026", taken)
    ('Svar 2025 2026', 'svar 2025 2026 (2)')
    """
    wanted = " ".join(re.sub(r"[\[\]:*?/\\]", " ", fitting(title)).split()).strip("'")[:31].strip(" '") or "Ark"
    wanted = f"{wanted}_" if wanted.lower() == "history" else wanted  # Excel keeps that name for itself
    name, number = wanted, 1
    while name.lower() in taken:
        number += 1
        ending = f" ({number})"
        name = wanted[: 31 - len(ending)] + ending
    taken.add(name.lower())
    return name
