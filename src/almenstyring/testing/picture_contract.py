"""What every renderer of pictures must do, as tests that an adapter's author inherits."""

# A test's name is its description.
# ruff: noqa: D102

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree as ET  # nosec B405 - reads what the renderer under test has just written

import pytest
from attrs import evolve

from almenstyring.domain.errors import AlmenstyringError
from almenstyring.domain.figures.picture_parts import Measure, Spread
from almenstyring.domain.figures.pictures import (
    DistributionPicture,
    EfficiencyPicture,
    Picture,
    TrendBreak,
    TrendPicture,
    TrendPoint,
)
from almenstyring.domain.figures.provenance import FigureStatus
from almenstyring.domain.text import LANGUAGES, Language, Text
from almenstyring.plugins import PictureDescriptor
from almenstyring.testing.applicable import leave_out_unoffered
from almenstyring.testing.exporter_contract import NASTY_TEXTS, _a_full_disk

SVG = "{http://www.w3.org/2000/svg}"
_UNIT = "T001-T0101 Prøvehaven"
_RENT = Measure(
    name=Text("Husleje", "Rent"),
    unit=Text("kr. pr. m²", "DKK per m²"),
    decimals=0,
    pattern=Text("{figure} kr. pr. m²", "DKK {figure} per m²"),
)
_GROUP = Text("opdigtede afdelinger", "invented estates")
_SPREAD = Spread(n=12, p10=801, q1=862, median=923, q3=1039, p90=1151, method=Text("type 7", "type 7"))
DISTRIBUTION = DistributionPicture(
    unit_name=_UNIT,
    is_synthetic=True,
    measure=_RENT,
    group=_GROUP,
    year=2025,
    value=Fraction(1085),
    spread=_SPREAD,
    status=FigureStatus.PROJECTED,
    single_values=tuple(Fraction(800 + 30 * number) for number in range(12)),
)
TREND = TrendPicture(
    unit_name=_UNIT,
    is_synthetic=True,
    measure=_RENT,
    group=_GROUP,
    points=(
        TrendPoint(year=2021, value=1021, median=870),
        TrendPoint(year=2022, value=1034, median=888),
        TrendPoint(year=2023, median=905),
        TrendPoint(year=2024, value=1071, median=917),
        TrendPoint(year=2025, value=1085, median=923, status=FigureStatus.PROVISIONAL),
    ),
    breaks=(TrendBreak(year=2024, label=Text("ny kontoplan", "new chart of accounts")),),
)
EFFICIENCY = EfficiencyPicture(
    unit_name=_UNIT, is_synthetic=True, year=2025, score=Fraction(643, 10), potential=Fraction(357, 10), peers=34
)
PICTURES: dict[str, Picture] = {"distribution": DISTRIBUTION, "trend": TREND, "efficiency": EFFICIENCY}
SPARSE: dict[str, Picture] = {
    "a suppressed distribution": evolve(DISTRIBUTION, spread=None, single_values=()),
    "a distribution without the unit's value": evolve(DISTRIBUTION, value=None),
    "a distribution of one value": evolve(
        DISTRIBUTION,
        single_values=(),
        value=Fraction(0),
        spread=Spread(n=1, p10=0, q1=0, median=0, q3=0, p90=0, method=Text("type 7", "type 7")),
    ),
    "a distribution far from the unit": evolve(DISTRIBUTION, value=Fraction(10**9)),
    "a trend without figures": evolve(TREND, points=(TrendPoint(year=2025),)),
    "a trend of one year": evolve(TREND, points=TREND.points[:1], breaks=()),
    "a trend without a median": evolve(TREND, points=(TrendPoint(year=2024, value=-5), TrendPoint(year=2025, value=5))),
    "no score": evolve(EFFICIENCY, score=None),
    "a score without a potential": evolve(EFFICIENCY, score=Fraction(100), potential=None),
}
SAID = {
    "distribution": Text("1.085 kr. pr. m²", "DKK 1,085 per m²"),
    "trend": Text("1.085", "1,085"),
    "efficiency": Text("64,30", "64.30"),
}
"""What can be read beside the unit in the drawing of each picture."""

WORDS = {
    "distribution": (Text("median", "median"), Text("nedre kvartil", "lower quartile"), Text("923", "923")),
    "trend": (Text("median", "median"), Text("ny kontoplan", "new chart of accounts")),
    "efficiency": (Text("rød (under 70)", "red (below 70)"), Text("ikke det officielle", "not the official")),
}
"""What would be lost if a drawing left it to colour or shape alone."""

_OUTSIDE = re.compile(r"""(?:href|src)=["'][^#"']+|url\([^#)]|@import|<script|<image|<foreignObject""")
_NASTY = {
    "nasty characters": " ".join(text for name, text in NASTY_TEXTS.items() if name != "100 kB"),
    "100 kB": NASTY_TEXTS["100 kB"],
}

Draw = Callable[..., bytes]


class PictureContract:
    """Subclass this in your tests and override the fixture ``descriptor``; pytest does the rest.

    A renderer draws at least SVG. One that draws no PNG sets ``draws_png`` to False, and one that keeps nothing in a
    folder sets ``keeps_files`` to False; their tests are then not collected.
    """

    draws_png: ClassVar[bool] = True
    keeps_files: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        leave_out_unoffered(cls, {"draw_png": cls.draws_png, "folder": cls.keeps_files})

    @pytest.fixture
    def descriptor(self) -> PictureDescriptor:
        """The renderer under test."""
        pytest.fail("override the fixture descriptor", pytrace=False)

    @pytest.fixture
    def draw(self, descriptor: PictureDescriptor) -> Draw:
        """Draws SVG with a renderer that keeps nothing in a folder."""
        renderer = descriptor.open(None)

        def svg(picture: Picture, language: Language = "da") -> bytes:
            return renderer.draw(picture, ".svg", language)

        return svg

    @pytest.fixture
    def draw_png(self, descriptor: PictureDescriptor) -> Draw:
        """Draws PNG, where the renderer offers it."""
        renderer = descriptor.open(None)

        def png(picture: Picture, scale: int = 1) -> bytes:
            return renderer.draw(picture, ".png", scale=scale)

        return png

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Where drawings are kept; it is not there yet."""
        return tmp_path / "billeder"

    def test_the_descriptor_says_what_it_offers(self, descriptor: PictureDescriptor) -> None:
        assert ".svg" in descriptor.suffixes
        assert (".png" in descriptor.suffixes) is self.draws_png
        assert descriptor.description.da
        assert descriptor.description.en

    @pytest.mark.parametrize("name", PICTURES)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_title_and_description_are_there_for_those_who_cannot_see(
        self, draw: Draw, name: str, language: Language
    ) -> None:
        picture = PICTURES[name]
        root = ET.fromstring(draw(picture, language))  # nosec B314 - see the import
        told = {child.get("id"): child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")}
        assert list(told.values()) == [picture.title[language], picture.description[language]]
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby") or "").split() == list(told)

    @pytest.mark.parametrize("name", PICTURES)
    def test_unit_and_value_can_be_read_in_the_drawing(self, draw: Draw, name: str) -> None:
        text = visible(draw(PICTURES[name], "en"))
        assert _UNIT in text
        assert SAID[name].en in text

    @pytest.mark.parametrize("name", PICTURES)
    def test_nothing_is_said_by_colour_alone(self, draw: Draw, name: str) -> None:
        text = visible(draw(PICTURES[name]))
        assert [each.da for each in WORDS[name] if each.da not in text] == []

    def test_the_two_lines_of_a_trend_differ_without_colour(self, draw: Draw) -> None:
        assert b"stroke-dasharray" in draw(evolve(TREND, breaks=()))

    @pytest.mark.parametrize("name", PICTURES)
    def test_invented_units_are_marked_syntetisk_and_others_are_not(self, draw: Draw, name: str) -> None:
        assert "SYNTETISK" in visible(draw(PICTURES[name], "en"))
        assert b"SYNTETISK" not in draw(evolve(PICTURES[name], is_synthetic=False), "en")

    @pytest.mark.parametrize("name", SPARSE)
    def test_what_is_missing_is_said_in_words(self, draw: Draw, name: str) -> None:
        picture = SPARSE[name]
        assert _UNIT in visible(draw(picture))
        if isinstance(picture, EfficiencyPicture) and picture.score is None:
            assert picture.why_empty.da in visible(draw(picture))
        if isinstance(picture, DistributionPicture) and picture.spread is None:
            assert picture.why_empty.da in visible(draw(picture))

    @pytest.mark.parametrize("name", PICTURES)
    def test_nothing_is_fetched_from_elsewhere(self, draw: Draw, name: str) -> None:
        drawing = draw(PICTURES[name]).decode()
        assert _OUTSIDE.findall(drawing) == []

    @pytest.mark.parametrize("name", _NASTY)
    def test_a_nasty_name_is_shown_and_obeyed_by_nobody(self, draw: Draw, name: str) -> None:
        picture = evolve(EFFICIENCY, unit_name=_NASTY[name])
        root = ET.fromstring(draw(picture))  # nosec B314 - see the import
        assert root.findtext(f"{SVG}desc") == picture.description.da
        assert not [each.tag for each in root.iter() if each.tag.endswith(("script", "foreignObject"))]

    @pytest.mark.parametrize("name", PICTURES)
    def test_the_same_picture_gives_the_same_bytes(self, descriptor: PictureDescriptor, name: str) -> None:
        first, second = descriptor.open(None), descriptor.open(None)
        drawn = [first.draw(PICTURES[name], suffix) for suffix in descriptor.suffixes]
        first.draw(DISTRIBUTION, ".svg", "en")
        assert drawn == [second.draw(PICTURES[name], suffix) for suffix in descriptor.suffixes]

    def test_another_picture_or_language_is_never_answered_with_a_kept_one(self, draw: Draw) -> None:
        others = [
            evolve(DISTRIBUTION, value=Fraction(1086)),
            evolve(DISTRIBUTION, year=2024),
            evolve(DISTRIBUTION, spread=evolve(_SPREAD, n=12, p90=1152)),
            evolve(DISTRIBUTION, group=Text("andre afdelinger", "other estates")),
        ]
        drawings = [draw(each) for each in (DISTRIBUTION, *others)] + [draw(DISTRIBUTION, "en")]
        assert len(set(drawings)) == len(drawings)

    def test_a_png_has_more_pixels_at_a_higher_scale(self, draw_png: Draw) -> None:
        small, large = (_size(draw_png(TREND, scale)) for scale in (1, 3))
        assert large == (3 * small[0], 3 * small[1])

    @pytest.mark.parametrize("suffix", ["", ".gif", "svg", "../x.svg"])
    def test_an_unknown_suffix_is_refused(self, descriptor: PictureDescriptor, suffix: str) -> None:
        _is_refused(lambda: descriptor.open(None).draw(DISTRIBUTION, suffix))

    @pytest.mark.parametrize("scale", [0, -1, 10**6])
    def test_an_impossible_scale_is_refused(self, descriptor: PictureDescriptor, scale: int) -> None:
        _is_refused(lambda: descriptor.open(None).draw(DISTRIBUTION, descriptor.suffixes[-1], scale=scale))

    def test_a_suffix_counts_in_any_case(self, descriptor: PictureDescriptor, draw: Draw) -> None:
        assert descriptor.open(None).draw(EFFICIENCY, ".SVG") == draw(EFFICIENCY)

    def test_what_is_kept_in_a_folder_is_found_by_the_next_renderer(
        self, descriptor: PictureDescriptor, folder: Path
    ) -> None:
        drawing = descriptor.open(folder).draw(EFFICIENCY, ".svg")
        kept = _contents(folder)
        assert kept
        assert descriptor.open(folder).draw(EFFICIENCY, ".svg") == drawing
        assert _contents(folder) == kept

    @pytest.mark.parametrize("damage", [b"", b"x", b"x" * 10_000], ids=["emptied", "cut off", "overwritten"])
    def test_a_damaged_file_is_drawn_again(self, descriptor: PictureDescriptor, folder: Path, damage: bytes) -> None:
        drawing = descriptor.open(folder).draw(EFFICIENCY, ".svg")
        before = _contents(folder)
        for path in before:
            path.write_bytes(damage)
        assert descriptor.open(folder).draw(EFFICIENCY, ".svg") == drawing
        assert _contents(folder) == before

    def test_one_changed_byte_in_a_kept_file_is_noticed(self, descriptor: PictureDescriptor, folder: Path) -> None:
        drawing = descriptor.open(folder).draw(EFFICIENCY, ".svg")
        for path, content in _contents(folder).items():
            path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
        assert descriptor.open(folder).draw(EFFICIENCY, ".svg") == drawing

    def test_a_folder_that_cannot_be_one_is_refused(self, descriptor: PictureDescriptor, folder: Path) -> None:
        folder.write_text("en fil")
        _is_refused(lambda: descriptor.open(folder).draw(EFFICIENCY, ".svg"))
        assert folder.read_text() == "en fil"

    def test_a_full_disk_leaves_no_half_file(self, descriptor: PictureDescriptor, folder: Path) -> None:
        descriptor.open(None).draw(TREND, ".svg")  # loads what it needs
        folder.mkdir()
        with _a_full_disk():
            _is_refused(lambda: descriptor.open(folder).draw(EFFICIENCY, ".svg"))
        assert _contents(folder) == {}


def visible(drawing: bytes) -> str:
    """What can be read in an SVG by looking at it: its texts one after another, title and description left out."""
    root = ET.fromstring(drawing)  # nosec B314 - see the import
    texts = ("".join(each.itertext()) for each in root.iter(f"{SVG}text"))
    return " ".join(" ".join(texts).split())


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(AlmenstyringError) as caught:
        call()
    message, hint = caught.value.message, caught.value.hint
    assert message.da and message.en, "an error says what happened in both languages"
    assert hint.da and hint.en, "an error says what to do in both languages"
