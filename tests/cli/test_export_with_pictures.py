"""``export --pictures``: what a readable report shows is drawn into it, and other formats are as they were."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

import almenstyring as al
from almenstyring.application.picturing import pictures_of

from .conftest import Cli

PLACE = ("--year", "2026", "--organisation", "T006", "--store")


@pytest.fixture(scope="module")
def address(store: tuple[al.Workspace, str]) -> str:
    """A store with a computed year and a package of T006; these tests only read it."""
    return store[1]


def test_a_page_holds_the_pictures_with_their_titles_and_one_without_holds_none(
    cli: Cli, address: str, operator: al.Workspace, tmp_path: Path
) -> None:
    drawn, plain = tmp_path / "med.html", tmp_path / "uden.html"
    ran = cli("export", drawn, *PLACE, address, "--pictures", "--lang", "en")
    assert (ran.code, ran.err) == (0, "") and drawn.name in ran.out
    assert cli("export", plain, *PLACE, address, "--lang", "en").code == 0
    with_pictures, without = (unescape(path.read_text(encoding="utf-8")) for path in (drawn, plain))
    [package] = operator.packages(year=al.ReportYear(2026), organisation="T006")
    shown = [picture.title.en for _, picture in pictures_of(package)]
    assert shown
    assert [title for title in shown if f">{title}</title>" not in with_pictures] == []
    assert [title for title in shown if f">{title}</title>" in without] == []


def test_a_format_that_shows_none_is_written_as_without(cli: Cli, address: str, tmp_path: Path) -> None:
    drawn, plain = tmp_path / "med.json", tmp_path / "uden.json"
    assert cli("export", drawn, *PLACE, address, "--pictures").code == 0
    assert cli("export", plain, *PLACE, address).code == 0
    assert drawn.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(("language", "words"), [("da", "findes ikke"), ("en", "There is no picture format")])
def test_without_a_renderer_a_sentence_says_what_to_install_and_nothing_is_written(
    cli: Cli, address: str, tmp_path: Path, language: str, words: str
) -> None:
    page = tmp_path / "med.html"
    ran = cli("--only", "sqlite", "export", page, *PLACE, address, "--pictures", "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err and ".svg" in ran.err and "almenstyring-altair" in ran.err and "Traceback" not in ran.err
    assert not page.exists()
    assert cli("--only", "sqlite", "export", page, *PLACE, address).code == 0
