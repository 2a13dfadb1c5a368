"""The renderer: checks what is asked, looks in the cache, and draws what is not there."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import ClassVar

from almenstyring import InvalidValueError, Language, Text
from almenstyring.ports import Picture, canonical_picture, digest_of
from almenstyring_altair.cache import Cache

_MADE_BY = ("almenstyring-altair", "altair", "vl-convert-python")


class AltairRenderer:
    """Draws SVG and PNG; what was drawn is kept in memory, and in a folder if one is given."""

    SUFFIXES: ClassVar[tuple[str, ...]] = (".svg", ".png")
    HIGHEST_SCALE: ClassVar[int] = 8

    def __init__(self, folder: Path | None = None) -> None:
        self._cache = Cache(folder)

    def draw(self, picture: Picture, suffix: str, language: Language = "da", *, scale: int = 2) -> bytes:
        """The picture as the content of an SVG or PNG file."""
        wanted = suffix.lower()
        self._check(wanted, scale)
        key = key_of(picture, wanted, language, scale if wanted == ".png" else 1)
        kept = self._cache.get(key)
        if kept is None:
            kept = self._drawn(picture, wanted, language, scale)
            self._cache.put(key, kept)
        return kept

    def _drawn(self, picture: Picture, suffix: str, language: Language, scale: int) -> bytes:
        from almenstyring_altair import drawing  # altair takes most of a second to load

        if suffix == ".svg":
            return drawing.svg_of(picture, language)
        return drawing.png_of(self.draw(picture, ".svg", language), scale)

    def _check(self, suffix: str, scale: int) -> None:
        if suffix not in self.SUFFIXES:
            raise InvalidValueError(
                Text(f"Billeder tegnes ikke som '{suffix}'.", f"Pictures are not drawn as '{suffix}'."),
                Text("Brug .svg eller .png.", "Use .svg or .png."),
                suffix=suffix,
            )
        if type(scale) is not int or not 1 <= scale <= self.HIGHEST_SCALE:
            raise InvalidValueError(
                Text(f"{scale} er ikke en målestok.", f"{scale} is not a scale."),
                Text(f"Giv et helt tal fra 1 til {self.HIGHEST_SCALE}.", f"Give 1 to {self.HIGHEST_SCALE}."),
                scale=scale,
            )


def key_of(picture: Picture, suffix: str, language: str, scale: int) -> str:
    """What a drawing is kept under: the SHA-256 of all that it depends on, the versions of its makers included."""
    return digest_of(json.dumps([canonical_picture(picture), suffix, language, scale, _versions()]))


@cache
def _versions() -> list[str]:
    return [_version(name) for name in _MADE_BY]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from a source tree
        return "0"
