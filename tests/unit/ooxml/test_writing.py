"""Writing packages and files."""

import errno
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from officeflow.ooxml import open_package, write_beside, write_file, write_package

PARTS = {"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>", "空.txt": b""}


def test_same_parts_give_same_bytes():
    """No clock, no platform: two builds are equal byte by byte."""
    assert write_package(PARTS) == write_package(dict(PARTS))


def test_parts_keep_their_order_after_the_content_types():
    """[Content_Types].xml comes first, the rest as given."""
    with ZipFile(BytesIO(write_package(PARTS))) as archive:
        assert ["[Content_Types].xml", "word/document.xml", "空.txt"] == archive.namelist()


def test_what_was_written_can_be_opened():
    """write_package and open_package are inverse."""
    package = open_package(write_package(PARTS)).value
    assert package is not None

    assert PARTS == {name: package.read(name) for name in package.names}


def test_a_file_is_replaced_whole(tmp_path: Path):
    """The new content is there and nothing else is left in the folder."""
    path = tmp_path / "简报.docx"
    path.write_bytes(b"old")
    write_file(path, b"new")

    assert b"new" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_name_of_full_length_can_be_written(tmp_path: Path):
    """A Chinese name may fill the 255 bytes that a file system allows."""
    path = tmp_path / f"{'报' * 83}.docx"
    write_file(path, b"new")

    assert b"new" == path.read_bytes()


class Failing:
    """Makes the n-th of a kind of system call fail, as a full disk or an open file does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, *, times: int, code: int) -> None:
        self._real, self._left, self._code = getattr(os, name), times, code
        monkeypatch.setattr(os, name, self)

    def __call__(self, *args: object, **kwargs: object) -> object:
        if self._left:
            self._left -= 1
            raise OSError(self._code, os.strerror(self._code))
        return self._real(*args, **kwargs)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_save_that_fails_leaves_the_old_file(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A full disk: the old file is whole, no half file is left beside it."""
    path = tmp_path / "简报.docx"
    path.write_bytes(b"old")
    Failing(monkeypatch, call, times=1, code=errno.ENOSPC)

    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")
    assert b"old" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_target_open_elsewhere_is_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The first free number is taken; files that are there already stay."""
    path, second = tmp_path / "简报.docx", tmp_path / "简报(2).docx"
    path.write_bytes(b"open in Word")
    second.write_bytes(b"older")
    Failing(monkeypatch, "replace", times=1, code=errno.EACCES)
    written = write_beside(path, b"new")

    assert (tmp_path / "简报(3).docx", b"new") == (written, written.read_bytes())
    assert [b"open in Word", b"older"] == [path.read_bytes(), second.read_bytes()]


def test_a_document_open_in_libreoffice_is_left_to_it(tmp_path: Path):
    """Linux would let us replace it under the editor, whose next saving would take the new text away."""
    path = tmp_path / "简报.docx"
    path.write_bytes(b"open in LibreOffice")
    (tmp_path / ".~lock.简报.docx#").write_text(",clerk,desk;", encoding="utf-8")

    assert tmp_path / "简报(2).docx" == write_beside(path, b"new")
    assert b"open in LibreOffice" == path.read_bytes()


def test_a_free_target_is_written_itself(tmp_path: Path):
    """Without a reason no number is added."""
    assert tmp_path / "简报.docx" == write_beside(tmp_path / "简报.docx", b"new")


def test_a_folder_that_refuses_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """When the folder itself takes no file, no number helps."""
    Failing(monkeypatch, "replace", times=99, code=errno.EACCES)

    with pytest.raises(PermissionError):
        write_beside(tmp_path / "简报.docx", b"new")
    assert [] == list(tmp_path.iterdir())
