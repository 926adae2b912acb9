"""Marks and repairs as LibreOffice sees them: opened, shown, saved again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from officeflow.kits.build import blank, sample
from officeflow.kits.catalogue import kit_source
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.marks.writer import mark, unmark
from officeflow.workbook.reading.submission import read_submission
from officeflow.workbook.repair.writer import repair_workbook
from tests.support.foreign import with_foreign_parts
from tests.support.marks import FINDINGS, KIT
from tests.support.office import convert, read_pages, to_pdf

pytestmark = [
    pytest.mark.office,
    pytest.mark.filterwarnings("ignore:Data Validation extension", "ignore:Print area cannot be set"),
]
SOURCE = kit_source("community-posts")
COLOURED = {"活动开展": ("G5", "G6", "H7"), "填报信息": ("B11",)}


def digest(path: Path) -> str:
    book = open_book(path).value
    assert book is not None
    return read_submission(book, KIT).value.digest


def saved_again(data: bytes, name: str, folder: Path) -> Path:
    """What LibreOffice makes of a workbook."""
    (folder / "再存").mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return convert(path, "xlsx", folder / "再存")


def test_a_marked_workbook_survives_another_program(tmp_path: Path):
    """Values stay when it is saved again; colours and notes are there, and unmarking takes both out."""
    data = sample(SOURCE)
    marked = saved_again(mark(data, FINDINGS, kit=KIT), "标注.xlsx", tmp_path)
    (tmp_path / "原.xlsx").write_bytes(data)
    unmarked = tmp_path / "去标.xlsx"
    unmarked.write_bytes(unmark(marked.read_bytes()))
    plain = load_workbook(saved_again(data, "原.xlsx", tmp_path))
    with_marks, without = load_workbook(marked), load_workbook(unmarked)

    assert digest(tmp_path / "原.xlsx") == digest(marked) == digest(unmarked)
    for sheet, names in COLOURED.items():
        assert all(with_marks[sheet][name].comment for name in names)
        assert not any(without[sheet][name].comment for name in names)
        looks = [
            [(book[sheet][name].fill.fgColor.rgb, book[sheet][name].number_format) for name in names]
            for book in (plain, without)
        ]
        assert looks[0] == looks[1]
    assert ["还没有核对", None, None] == [
        str(without["校验结果"]["A2"].value)[:5],
        without["校验结果"]["A4"].value,
        without["情况说明"]["B5"].value,
    ]


def test_a_workbook_with_other_programs_parts_opens_after_marking(tmp_path: Path):
    """LibreOffice reads chart, picture and shape, and prints the results."""
    path = tmp_path / "标注.xlsx"
    path.write_bytes(mark(with_foreign_parts(sample(SOURCE), "活动开展"), FINDINGS, kit=KIT))
    text = "".join(page.text for page in read_pages(to_pdf(path, tmp_path)))

    assert "共4处：必须改2处，请核实1处，提示1处" in text


def test_a_repaired_workbook_computes_in_another_program(tmp_path: Path):
    """Formulas that were put back, and sheets, show results when it is opened."""
    source = tmp_path / "乱.xlsx"
    source.write_bytes(sample(SOURCE))
    book = load_workbook(source)
    sheet = book["岗位认领"]
    sheet["K3"], sheet["A2"] = 1, None
    for row in range(5, 44):
        sheet.cell(row, 1).value = None
    del book["目录"]
    book.save(source)
    repaired = repair_workbook(source.read_bytes(), kit=KIT, blank=blank(SOURCE))
    shown = load_workbook(saved_again(repaired.data, "修.xlsx", tmp_path), data_only=True)

    assert digest(source) == digest(tmp_path / "修.xlsx") == digest(tmp_path / "再存" / "修.xlsx")
    assert [137, 1, 39] == [shown["岗位认领"][name].value for name in ("K3", "A5", "A43")]
    assert shown["岗位认领"]["A2"].value.startswith("填报单位：县林业局党委")
    filled = {row[0]: row[3] for row in shown["目录"].iter_rows(values_only=True)}
    assert 39 == filled["岗位认领"]
