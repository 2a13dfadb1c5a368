"""Deliberately broken renderers: the proof that the contract of pictures catches what it promises to catch.

Each is a small sound renderer with one fault an author might make, next to the test that must find it.
"""

# A mutant's docstring says what is wrong with its one method.
# ruff: noqa: D102

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape  # nosec B406 - writes only

from attrs import frozen

from almenstyring.domain.errors import BackendError, InvalidValueError
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    TrendPicture,
    canonical_picture,
)
from almenstyring.domain.text import Language, Text
from almenstyring.files import whole_file
from almenstyring.plugins import PictureDescriptor

_REFUSED = Text("Det kan ikke tegnes.", "It cannot be drawn.")
_HINT = Text("Vælg noget andet.", "Choose something else.")


class SoundRenderer:
    """Draws every picture as lines of text in an SVG, and as a white PNG of the right size."""

    suffixes: tuple[str, ...] = (".svg", ".png")

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    def draw(self, picture: Picture, suffix: str, language: Language = "da", *, scale: int = 2) -> bytes:
        self.check(suffix.lower(), scale)
        if suffix.lower() == ".png":
            return self.png(scale)
        if self.folder is None:
            return self.svg(picture, language).encode()
        return self.kept(self.folder, picture, language)

    def check(self, suffix: str, scale: int) -> None:
        if suffix not in (".svg", ".png") or not 1 <= scale <= 8:
            raise InvalidValueError(_REFUSED, _HINT)

    def png(self, scale: int) -> bytes:
        return a_png(10 * scale, 5 * scale)

    def svg(self, picture: Picture, language: Language) -> str:
        title, description = escape(picture.title[language]), escape(self.description(picture, language))
        texts = "".join(f"<text>{escape(line)}</text>" for line in self.lines(picture, language))
        dashes = self.dashes if isinstance(picture, TrendPicture) else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d"><title id="t">{title}</title>'
            f'<desc id="d">{description}</desc>{texts}{dashes}</svg>'
        )

    dashes = '<path stroke-dasharray="5 4"/>'

    def description(self, picture: Picture, language: Language) -> str:
        return picture.description[language]

    def lines(self, picture: Picture, language: Language) -> list[str]:
        return [
            *self.own(picture, language),
            *(text[language] for text in self.words(picture)),
            picture.caption[language],
        ]

    def own(self, picture: Picture, language: Language) -> list[str]:
        return [picture.title[language], picture.unit_name, *(text[language] for text in values(picture))]

    def words(self, picture: Picture) -> list[Text]:
        match picture:
            case DistributionPicture(spread=None) | EfficiencyPicture(score=None):
                return [picture.why_empty]
            case DistributionPicture(spread=spread) if spread is not None:
                return [*spread.NAMES, *map(picture.measure.display, spread.quantiles)]
            case TrendPicture():
                return [Text("median", "median"), *(each.label for each in picture.breaks)]
            case EfficiencyPicture():
                return [picture.verdict, picture.label]
        raise AssertionError(picture)

    def kept(self, folder: Path, picture: Picture, language: Language) -> bytes:
        place = folder / f"{self.key(picture, language)}.kept"
        content = place.read_bytes() if place.is_file() else b""
        if self.is_whole(content):
            return content[32:]
        drawing = self.svg(picture, language).encode()
        self.keep(place, hashlib.sha256(drawing).digest() + drawing)
        return drawing

    def key(self, picture: Picture, language: Language) -> str:
        return hashlib.sha256(f"{canonical_picture(picture)}{language}".encode()).hexdigest()

    def is_whole(self, content: bytes) -> bool:
        return hashlib.sha256(content[32:]).digest() == content[:32]

    def keep(self, place: Path, content: bytes) -> None:
        try:
            place.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise BackendError(_REFUSED, _HINT) from error
        with whole_file(place) as draft:
            draft.write_bytes(content)


def values(picture: Picture) -> list[Text]:
    """The unit's own value as the picture writes it."""
    match picture:
        case DistributionPicture():
            return [picture.measure.display(picture.value)]
        case TrendPicture():
            return [picture.measure.display(point.value) for point in picture.points]
        case EfficiencyPicture(score=score) if score is not None:
            return [picture.SCORE.display(score)]
    return []


def a_png(width: int, height: int) -> bytes:
    """A white picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress((b"\x00" + b"\xff" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b"")


class OffersNoSvg(SoundRenderer):
    """Can never be chosen for a web page."""

    suffixes = (".png",)


class SaysOnlyTheTitle(SoundRenderer):
    """A blind reader hears that there is a picture, and no more."""

    def description(self, picture: Picture, language: Language) -> str:
        return picture.title[language]


class AlwaysDanish(SoundRenderer):
    """Does not look at the language."""

    def svg(self, picture: Picture, _: Language) -> str:
        return super().svg(picture, "da")


class LeavesTheUnitOut(SoundRenderer):
    """Shows the group and not whose picture it is."""

    def own(self, picture: Picture, language: Language) -> list[str]:
        return [picture.title[language]]


class TrustsInColour(SoundRenderer):
    """What is what can only be seen by the colours."""

    def words(self, picture: Picture) -> list[Text]:
        missing = getattr(picture, "spread", picture) is None or getattr(picture, "score", picture) is None
        return super().words(picture) if missing else []


class DrawsLikeLines(SoundRenderer):
    """Two lines that only differ in colour."""

    dashes = '<path stroke="red"/><path stroke="green"/>'


class HidesWhatIsInvented(SoundRenderer):
    """The mark is in the title for the blind, and nobody sees it."""

    def own(self, picture: Picture, language: Language) -> list[str]:
        return super().own(picture, language)[1:]


class NeedsEveryFigure(SoundRenderer):
    """Leaves the page empty where there is nothing to draw."""

    def lines(self, picture: Picture, language: Language) -> list[str]:
        is_empty = getattr(picture, "score", picture) is None or getattr(picture, "spread", picture) is None
        return [] if is_empty else super().lines(picture, language)


class LinksItsFont(SoundRenderer):
    """The drawing calls home."""

    dashes = '<style>@import "https://fonts.invalid/sans.css"</style>'


class PutsNamesInAsTheyAre(SoundRenderer):
    """A name can be markup."""

    def svg(self, picture: Picture, language: Language) -> str:
        return super().svg(picture, language).replace("&lt;", "<").replace("&gt;", ">")


class StampsEveryCopy(SoundRenderer):
    """No two drawings are the same."""

    copies = count()

    def lines(self, picture: Picture, language: Language) -> list[str]:
        return [*super().lines(picture, language), str(next(self.copies))]


class KeepsByTitle(SoundRenderer):
    """Another picture with the same title is taken for the first."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self.drawn: dict[str, str] = {}

    def svg(self, picture: Picture, language: Language) -> str:
        return self.drawn.setdefault(picture.title[language], super().svg(picture, language))


class DrawsOneSize(SoundRenderer):
    """Does not look at the scale."""

    def png(self, _: int) -> bytes:
        return super().png(1)


class DrawsAnything(SoundRenderer):
    """Takes every suffix for its own."""

    def check(self, suffix: str, scale: int) -> None:
        super().check(suffix if suffix == ".png" else ".svg", scale)


class TakesAnyScale(SoundRenderer):
    """Would fill the memory."""

    def check(self, suffix: str, _: int) -> None:
        super().check(suffix, 1)

    def png(self, scale: int) -> bytes:
        return super().png(min(8, max(1, scale)))


class KnowsOnlySmallLetters(SoundRenderer):
    """Refuses what the registry chose it for."""

    def draw(self, picture: Picture, suffix: str, language: Language = "da", *, scale: int = 2) -> bytes:
        self.check(suffix, scale)
        return super().draw(picture, suffix, language, scale=scale)


class ForgetsTheFolder(SoundRenderer):
    """Draws everything again."""

    def __init__(self, _: Path | None = None) -> None:
        super().__init__(None)


class TrustsLongFiles(SoundRenderer):
    """Takes any file that is long enough for a drawing."""

    def is_whole(self, content: bytes) -> bool:
        return len(content) > 5_000 or super().is_whole(content)


class TrustsTheFirstBytes(SoundRenderer):
    """Looks whether a file begins as a drawing does."""

    def is_whole(self, content: bytes) -> bool:
        return content[32:].startswith(b"<svg")


class LetsTheSystemSpeak(SoundRenderer):
    """The operating system's own exception reaches the caller."""

    def keep(self, place: Path, content: bytes) -> None:
        place.parent.mkdir(exist_ok=True)
        super().keep(place, content)


class WritesStraightToTheFile(SoundRenderer):
    """Half a drawing stays when the disk is full."""

    def keep(self, place: Path, content: bytes) -> None:
        try:
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
        except OSError as error:
            raise BackendError(_REFUSED, _HINT) from error


@frozen
class PictureMutant:
    """A broken renderer, and the test of the contract that must find it."""

    make: Callable[[Path | None], SoundRenderer]
    fails: str

    @property
    def name(self) -> str:
        """What is wrong with it, as its class says."""
        return getattr(self.make, "__name__", "?")


def describe_renderer(make: Callable[[Path | None], SoundRenderer]) -> PictureDescriptor:
    """The renderer as a plug-in would offer it."""
    suffixes = getattr(make, "suffixes", SoundRenderer.suffixes)
    return PictureDescriptor(name="lines", suffixes=suffixes, open=make, description=Text("Linjer", "Lines"))


PICTURE_MUTANTS = (
    PictureMutant(OffersNoSvg, "test_the_descriptor_says_what_it_offers"),
    PictureMutant(SaysOnlyTheTitle, "test_title_and_description_are_there_for_those_who_cannot_see"),
    PictureMutant(AlwaysDanish, "test_title_and_description_are_there_for_those_who_cannot_see"),
    PictureMutant(LeavesTheUnitOut, "test_unit_and_value_can_be_read_in_the_drawing"),
    PictureMutant(TrustsInColour, "test_nothing_is_said_by_colour_alone"),
    PictureMutant(DrawsLikeLines, "test_the_two_lines_of_a_trend_differ_without_colour"),
    PictureMutant(HidesWhatIsInvented, "test_invented_units_are_marked_syntetisk_and_others_are_not"),
    PictureMutant(NeedsEveryFigure, "test_what_is_missing_is_said_in_words"),
    PictureMutant(LinksItsFont, "test_nothing_is_fetched_from_elsewhere"),
    PictureMutant(PutsNamesInAsTheyAre, "test_a_nasty_name_is_shown_and_obeyed_by_nobody"),
    PictureMutant(StampsEveryCopy, "test_the_same_picture_gives_the_same_bytes"),
    PictureMutant(KeepsByTitle, "test_another_picture_or_language_is_never_answered_with_a_kept_one"),
    PictureMutant(DrawsOneSize, "test_a_png_has_more_pixels_at_a_higher_scale"),
    PictureMutant(DrawsAnything, "test_an_unknown_suffix_is_refused"),
    PictureMutant(TakesAnyScale, "test_an_impossible_scale_is_refused"),
    PictureMutant(KnowsOnlySmallLetters, "test_a_suffix_counts_in_any_case"),
    PictureMutant(ForgetsTheFolder, "test_what_is_kept_in_a_folder_is_found_by_the_next_renderer"),
    PictureMutant(TrustsLongFiles, "test_a_damaged_file_is_drawn_again"),
    PictureMutant(TrustsTheFirstBytes, "test_one_changed_byte_in_a_kept_file_is_noticed"),
    PictureMutant(LetsTheSystemSpeak, "test_a_folder_that_cannot_be_one_is_refused"),
    PictureMutant(WritesStraightToTheFile, "test_a_full_disk_leaves_no_half_file"),
)
