"""What is kept to save time is given back whole and by nobody else, or not at all."""

import sys
from pathlib import Path

import pytest

from officeflow.ooxml import keep, kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    keep(tmp_path / "own" / "entry", b"content")
    return tmp_path / "own" / "entry"


def test_what_was_kept_is_given_back(path: Path):
    """Byte for byte."""
    assert b"content" == kept(path)


def test_what_is_not_there_is_none(path: Path):
    """Nor is a folder, nor one that cannot be written to."""
    keep(path / "inside a file", b"content")

    assert [None, None] == [kept(path.parent / "other"), kept(path / "inside a file")]


@pytest.mark.parametrize("damage", [lambda held: held[:-1], lambda held: held + b"\0", lambda _: b""])
def test_what_was_damaged_is_none(path: Path, damage):
    """A disk that was full, a copy that broke off."""
    path.write_bytes(damage(path.read_bytes()))

    assert kept(path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="folders carry no such bits")
def test_what_others_could_have_written_is_none(path: Path):
    """It would run with the user's rights."""
    path.parent.chmod(0o777)

    assert kept(path) is None
