"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from almenstyring.domain.errors import BackendError
from almenstyring.files import whole_file, write_whole


class _OnPurposeError(Exception):
    pass


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there."""
    path = tmp_path / "tal.txt"
    path.write_text("gammel", encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(target: Path, error: type[BaseException]) -> None:
    with whole_file(target) as draft:
        draft.write_text("halv", encoding="utf-8")
        raise error


def test_the_file_is_there_when_the_block_ends_and_not_before(tmp_path: Path) -> None:
    target = tmp_path / "ny.txt"
    with whole_file(target) as draft:
        draft.write_text("æøå", encoding="utf-8")
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "æøå"
    assert names(tmp_path) == ["ny.txt"]


@pytest.mark.parametrize("error", [_OnPurposeError, KeyboardInterrupt])
def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(old: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        write_half(old, error)
    assert old.read_text(encoding="utf-8") == "gammel"
    assert names(old.parent) == ["tal.txt"]


def test_a_failure_of_the_system_inside_the_block_becomes_ours(old: Path) -> None:
    with pytest.raises(BackendError) as caught, whole_file(old) as draft:
        draft.unlink()
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    assert caught.value.hint.da
    assert old.read_text(encoding="utf-8") == "gammel"


def test_a_system_error_without_a_number_is_told_by_its_kind(old: Path) -> None:
    with pytest.raises(BackendError, match="OSError"), whole_file(old):
        raise OSError


def test_half_a_surrogate_pair_is_written_as_its_escape(tmp_path: Path) -> None:
    write_whole(tmp_path / "x.txt", "a\ud83cb")
    assert (tmp_path / "x.txt").read_bytes() == rb"a\ud83cb"


def test_a_link_keeps_pointing_where_it_did(old: Path) -> None:
    link = old.with_name("link.txt")
    link.symlink_to(old)
    write_whole(link, "ny")
    assert link.is_symlink()
    assert old.read_text(encoding="utf-8") == "ny"


def test_a_file_that_is_replaced_keeps_its_permissions(old: Path) -> None:
    old.chmod(0o640)
    write_whole(old, "ny")
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_permissions_the_user_asked_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "ny.txt", "ny")
    finally:
        os.umask(before)
    assert (tmp_path / "ny.txt").stat().st_mode & 0o777 == 0o640


def test_a_name_as_long_as_a_file_can_have_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".txt")
    write_whole(target, "ny")
    assert target.read_text(encoding="utf-8") == "ny"


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        pytest.param("mappe", "er en mappe", id="a folder"),
        pytest.param("findes/ikke.txt", "mappen findes ikke", id="in no folder"),
        pytest.param("tal.txt/x.txt", "mappen findes ikke", id="in a file"),
        pytest.param("x" * 300, "File name too long", id="with a name that is too long"),
    ],
)
def test_a_place_where_no_file_can_be_is_refused_with_the_reason(old: Path, place: str, reason: str) -> None:
    (old.parent / "mappe").mkdir()
    with pytest.raises(BackendError) as caught:
        write_whole(old.parent / place, "ny")
    assert reason in caught.value.message.da
    assert names(old.parent) == ["mappe", "tal.txt"]


def test_a_folder_that_must_not_be_written_to_is_refused(old: Path) -> None:
    old.parent.chmod(0o555)
    try:
        if os.access(old.parent, os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(BackendError) as caught:
            write_whole(old, "ny")
    finally:
        old.parent.chmod(0o755)
    assert "må ikke skrives" in caught.value.message.da
    assert old.read_text(encoding="utf-8") == "gammel"


def test_a_device_is_not_replaced_by_a_file() -> None:
    with pytest.raises(BackendError, match="not a regular file"):
        write_whole(Path(os.devnull), "ny")
    assert not Path(os.devnull).is_file()
