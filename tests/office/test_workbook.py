"""Built workbooks in a real office program: formulas give what we stored, every sheet prints on A4."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from officeflow.kits.build import build
from officeflow.kits.catalogue import catalogue, kit_source
from tests.support.office import convert, read_pages, to_pdf

KITS = [kit.id for kit in catalogue()]
pytestmark = [
    pytest.mark.office,
    # Of a print area that grows with the rows openpyxl keeps nothing, which does not matter here.
    pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning"),
]


@pytest.fixture(scope="module", params=KITS)
def files(request, tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    made = {
        name: content for name, content in build(kit_source(request.param)).items() if name.endswith(".xlsx")
    }
    for name, content in made.items():
        (folder / Path(name).name).write_bytes(content)
    return {
        kind: folder / f"{request.param}{end}.xlsx" for kind, end in (("blank", ""), ("sample", ".sample"))
    }


def formulas(file: Path) -> set[tuple[str, str]]:
    book = load_workbook(file)
    return {(s.title, c.coordinate) for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


def results(file: Path, cells: set[tuple[str, str]]) -> dict[tuple[str, str], object]:
    book = load_workbook(io.BytesIO(file.read_bytes()), data_only=True)
    # A formula that shows nothing is stored as '' here and as no value there.
    return {(sheet, cell): book[sheet][cell].value or "" for sheet, cell in cells}


@pytest.mark.parametrize("kind", ["blank", "sample"])
def test_recalculated_formulas_show_what_was_stored(files, tmp_path, kind):
    """Protected View and phones show the stored results, so they must be those of the program."""
    cells = formulas(files[kind])
    # LibreOffice trusts stored results of a file from another program; openpyxl stores none.
    bare = tmp_path / "bare" / files[kind].name
    bare.parent.mkdir()
    load_workbook(files[kind]).save(bare)
    recalculated = convert(bare, "xlsx", tmp_path)

    assert results(files[kind], cells) == results(recalculated, cells)


def test_a_blank_prints_in_as_many_pages_as_somebody_would_fill_by_hand(files, tmp_path):
    """LibreOffice prints every row with a formula: two pages of a ledger at most, most of them one sheet of paper."""
    pages = read_pages(to_pdf(files["blank"], tmp_path))

    assert len(pages) < 2 * len(load_workbook(files["blank"]).sheetnames)


def test_every_sheet_of_the_sample_prints_on_a4(files, tmp_path):
    """A4, standing or across; no page is empty, and the widest ledger is one page wide."""
    pages = read_pages(to_pdf(files["sample"], tmp_path))
    sizes = {(round(page.width), round(page.height)) for page in pages}

    assert {(210, 297), (297, 210)} == sizes
    assert [] == [number for number, page in enumerate(pages, start=1) if len(page.lines) < 4]
    assert 1 == sum("校验码：待定" in page.text for page in pages)
    assert len(pages) < 2 * len(load_workbook(files["sample"]).sheetnames)
