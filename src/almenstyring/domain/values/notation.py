"""How numbers are written: plain notation for machines, Danish and English notation for people.

A number is here a pair of integers, ``(count, decimals)``: 1234.50 is ``(123450, 2)``.
"""

from __future__ import annotations

import re
from decimal import Decimal

from almenstyring.domain.text import Language, Text
from almenstyring.domain.values.faults import as_text, refusal

_LONGEST = 40
_PLAIN = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?")
_DANISH = re.compile(r"(?P<sign>[-−]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?")
_SWAPPED = str.maketrans(",.", ".,")
_NOT_A_NUMBER = Text("{value} er ikke et tal.", "{value} is not a number.")
_PLAIN_HINT = Text(
    "Giv et helt tal, en Decimal eller en tekst som 1234.50; aldrig float.",
    "Give an int, a Decimal or a text such as 1234.50; never a float.",
)
_DANISH_HINT = Text(
    "Skriv tallet på dansk: 1234,50 eller 1.234,50 (punktum kun mellem tusinder).",
    "Write the number in Danish: 1234,50 or 1.234,50 (dots only between thousands).",
)


def read_plain(value: str | int | Decimal) -> tuple[int, int]:
    """Read a number exactly as given: an int, a finite Decimal, or a text with a decimal point.

    >>> read_plain("1234.50"), read_plain(7), read_plain(Decimal("1.50"))
    ((123450, 2), (7, 0), (15, 1))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value), 0
    if isinstance(value, Decimal):
        return _read_text(_PLAIN, _written_out(value), _PLAIN_HINT)
    return _read_text(_PLAIN, value, _PLAIN_HINT)


def read_danish(text: str) -> tuple[int, int]:
    """Read Danish notation strictly: "12.34" is refused, because nobody can know what it means.

    >>> read_danish("1.234,50"), read_danish("-7")
    ((123450, 2), (-7, 0))
    """
    return _read_text(_DANISH, text, _DANISH_HINT)


def write_plain(count: int, decimals: int) -> str:
    """The number with a decimal point and nothing else: ``1234.50``."""
    return _written(count, decimals, "")


def write_grouped(count: int, decimals: int, language: Language) -> str:
    """The number as people of the language write it.

    >>> write_grouped(123450, 2, "da"), write_grouped(123450, 2, "en")
    ('1.234,50', '1,234.50')
    """
    written = _written(count, decimals, ",")
    return written.translate(_SWAPPED) if language == "da" else written


def _written(count: int, decimals: int, thousands: str) -> str:
    whole, part = divmod(abs(count), 10**decimals)
    return f"{'-' if count < 0 else ''}{whole:{thousands}}" + (f".{part:0{decimals}d}" if decimals else "")


def _read_text(notation: re.Pattern[str], text: object, hint: Text) -> tuple[int, int]:
    stripped = as_text(text)
    match = notation.fullmatch(stripped) if stripped and len(stripped) <= _LONGEST else None
    if match is None:
        raise refusal(_NOT_A_NUMBER, hint, text)
    part = match["part"] or ""
    count = int(match["whole"].replace(".", "") + part)
    return (-count if match["sign"] else count), len(part)


def _written_out(value: Decimal) -> str:
    exponent = value.as_tuple().exponent  # a letter for NaN and infinity
    if not isinstance(exponent, int) or abs(exponent) >= _LONGEST:
        raise refusal(_NOT_A_NUMBER, _PLAIN_HINT, value)
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
