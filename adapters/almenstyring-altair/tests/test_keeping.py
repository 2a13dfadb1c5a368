"""What was drawn is kept under all that it depends on, in memory or in a folder, and never mistaken for another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from almenstyring import BackendError
from almenstyring.ports import EfficiencyPicture
from almenstyring.testing.picture_contract import EFFICIENCY, TREND
from almenstyring_altair import RENDERER, almenstyring_pictures
from almenstyring_altair.cache import Cache
from almenstyring_altair.drawing import png_of, svg_of
from almenstyring_altair.renderer import AltairRenderer, _version, key_of

DRAWN = AltairRenderer()

# What is kept


def test_a_key_depends_on_all_that_a_drawing_depends_on_and_on_nothing_else() -> None:
    asked = (EFFICIENCY, ".png", "da", 2)
    assert key_of(*asked) == key_of(EfficiencyPicture(**vars_of(EFFICIENCY)), ".png", "da", 2)
    others = [
        (evolve(EFFICIENCY, score=Fraction(643, 10) + Fraction(1, 10**9)), ".png", "da", 2),
        (EFFICIENCY, ".svg", "da", 2),
        (EFFICIENCY, ".png", "en", 2),
        (EFFICIENCY, ".png", "da", 3),
    ]
    assert len({key_of(*asked), *(key_of(*each) for each in others)}) == 5


def vars_of(picture: EfficiencyPicture) -> dict[str, Any]:
    names = ("unit_name", "is_synthetic", "year", "score", "potential", "peers")
    return {name: getattr(picture, name) for name in names}


def test_a_drawing_that_is_kept_is_not_drawn_again(tmp_path: Path) -> None:
    Cache(tmp_path).put(key_of(EFFICIENCY, ".svg", "da", 1), b"kept")
    assert AltairRenderer(tmp_path).draw(EFFICIENCY, ".svg", scale=5) == b"kept"
    assert AltairRenderer(tmp_path).draw(EFFICIENCY, ".svg", "en") != b"kept"


def test_a_png_is_made_from_the_svg_that_is_kept(tmp_path: Path) -> None:
    svg = DRAWN.draw(TREND, ".svg")
    Cache(tmp_path).put(key_of(EFFICIENCY, ".svg", "da", 1), svg)
    assert AltairRenderer(tmp_path).draw(EFFICIENCY, ".png") == DRAWN.draw(TREND, ".png") == png_of(svg, 2)


def test_a_kept_svg_that_is_none_is_a_fault_of_the_renderer(tmp_path: Path) -> None:
    Cache(tmp_path).put(key_of(EFFICIENCY, ".svg", "da", 1), b"no drawing")
    with pytest.raises(BackendError, match="could not be drawn"):
        AltairRenderer(tmp_path).draw(EFFICIENCY, ".png")


def test_what_is_kept_in_memory_needs_no_folder_and_is_its_own() -> None:
    one, other = Cache(), Cache()
    one.put("key", b"drawing")
    assert (one.get("key"), one.get("other"), other.get("key")) == (b"drawing", None, None)


def test_a_kept_file_begins_with_the_digest_of_its_drawing_and_is_read_once(tmp_path: Path) -> None:
    Cache(tmp_path / "a" / "b").put("key", b"drawing")
    [file] = (tmp_path / "a" / "b").iterdir()
    assert file.read_bytes() == hashlib.sha256(b"drawing").digest() + b"drawing"
    cache = Cache(tmp_path / "a" / "b")
    assert cache.get("key") == b"drawing"
    file.unlink()
    assert cache.get("key") == b"drawing"
    assert Cache(tmp_path / "a" / "b").get("key") is None


def test_a_folder_that_is_a_file_is_refused_when_something_is_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file")
    assert cache.get("key") is None
    with pytest.raises(BackendError, match="cannot be used"):
        cache.put("key", b"drawing")
    assert cache.get("key") is None


@pytest.mark.parametrize("change", [lambda kept: kept[:40], lambda kept: kept[:-1] + b"!", lambda kept: b""])
def test_a_kept_file_that_is_damaged_counts_as_none(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    Cache(tmp_path).put("key", b"a whole drawing")
    [file] = tmp_path.iterdir()
    file.write_bytes(change(file.read_bytes()))
    assert Cache(tmp_path).get("key") is None


# What the adapter is


def test_the_adapter_offers_its_renderer_to_the_library() -> None:
    assert list(almenstyring_pictures()) == [RENDERER]
    assert isinstance(RENDERER.open(None), AltairRenderer)


def test_what_is_no_picture_is_not_drawn() -> None:
    nothing: Any = None
    with pytest.raises(BackendError, match="could not be drawn"):
        svg_of(nothing, "da")


def test_a_package_that_is_not_installed_has_no_version_and_does_no_harm() -> None:
    assert _version("almenstyring-nonesuch") == "0"
    assert _version("altair") != "0"
