"""A workbook that went through another program says the same."""

from pathlib import Path

import pytest

from officeflow.kits.catalogue import kit_source
from officeflow.workbook.blank.build import build_workbook
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.stamp import read_stamp
from officeflow.workbook.reading.submission import read_submission
from tests.support.office import convert


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_saved_by_libreoffice(kind: str, tmp_path: Path):
    """The filled sample has one digest, whatever format it was saved in, and keeps its stamp."""
    source = kit_source("community-posts")
    assert source is not None
    original = tmp_path / "样表.xlsx"
    original.write_bytes(build_workbook(source.kit, rows=source.sample))
    (tmp_path / "再存").mkdir()
    books = [open_book(path).value for path in (original, convert(original, kind, tmp_path / "再存"))]
    first, second = [read_submission(book, source.kit) for book in books if book is not None]

    assert first.value.digest == second.value.digest
    assert first.findings == second.findings == ()
    assert [source.kit.id] * 2 == [stamp.kit for book in books if book and (stamp := read_stamp(book))]
