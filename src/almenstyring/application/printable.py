"""Control characters shown instead of obeyed, wherever text that others wrote is laid out."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: object) -> object:
    """Control characters by their pictures: no page may hold them, and a terminal would obey them."""
    if isinstance(value, str) and _CONTROL.search(value):
        return type(value)(_CONTROL.sub(_picture, value.replace("\r\n", "\n").replace("\r", "\n")))
    return value


def _picture(match: re.Match[str]) -> str:
    character = match[0]
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"
