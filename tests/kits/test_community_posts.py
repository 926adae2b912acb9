"""The main job of the kit `community-posts`, through the command line: sample, check, figures, bulletin."""

from __future__ import annotations

import re
import shutil
import tomllib
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.docx import texts
from tests.support.golden import Golden
from tests.support.structure import structure_problems

HERE = Path(__file__).parent / "community-posts"
FACTS = tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))["fact"]
# openpyxl does not know print areas that grow with the data (a formula in the name); Excel, WPS and LibreOffice do.
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
Run = Callable[..., tuple[int, dict[str, Any]]]


def folded(text: str) -> str:
    """Brackets, spaces, punctuation width and the kind of dash aside."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[—～~–-]+", "-", re.sub(r"[\s()（）]", "", text))


@pytest.fixture(scope="module")
def bulletin(sample: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("bulletin")
    code, envelope = run("report", sample, "-o", folder)
    assert code == 0, envelope["findings"]
    return Path(envelope["reports"][0]["path"]), envelope


@pytest.fixture(scope="module")
def figures(sample: Path, run: Run) -> dict[str, dict[str, Any]]:
    code, envelope = run("figures", sample)
    assert code == 0
    return {figure["id"]: figure for figure in envelope["figures"]}


@pytest.fixture
def filled(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    return Path(shutil.copy(sample, tmp_path / "s.xlsx"))


def test_the_sample_has_nothing_to_mend(sample: Path, run: Run) -> None:
    """`officeflow check` of the sample exits 0; only hints are left."""
    code, envelope = run("check", sample)

    assert (code, envelope["ok"]) == (0, True)
    assert {finding["severity"] for finding in envelope["findings"]} <= {"hint"}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_the_bulletin_holds_every_printed_fact(
    fact: dict[str, Any], bulletin: tuple[Path, dict[str, Any]]
) -> None:
    """Numeral and unit of every fact of the real bulletin stand in ours."""
    text = folded("".join(texts(bulletin[0].read_bytes())))

    assert [held for held in fact["held"] if folded(held) not in text] == []


@pytest.mark.parametrize("fact", [fact for fact in FACTS if "figure" in fact], ids=lambda fact: fact["id"])
def test_each_fact_has_its_exact_value(fact: dict[str, Any], figures: dict[str, dict[str, Any]]) -> None:
    """The figure behind a printed fact has the exact value, and names its cells."""
    figure = figures[fact["figure"]]
    value = "、".join(figure["value"]) if isinstance(figure["value"], list) else figure["value"]

    assert fact["value"] == value
    assert figure["sources"], figure


def test_the_text_of_the_bulletin(bulletin: tuple[Path, dict[str, Any]], golden: Golden) -> None:
    """A change of wording, order or number shows as the sentence that changed."""
    text = "\n".join(line for line in texts(bulletin[0].read_bytes()) if line) + "\n"

    golden.check(HERE / "document.txt", text)


def test_the_figures_and_their_cells(figures: dict[str, dict[str, Any]], golden: Golden) -> None:
    """Every figure's value, printed text and cells."""
    lines = [
        f"{figure['id']}｜{figure['text'] or figure['state']}｜"
        + " ".join(f"{source['sheet']}!{source['cells']}" for source in figure["sources"])
        for figure in figures.values()
    ]

    golden.check(HERE / "figures.txt", "\n".join(lines))


def test_the_bulletin_is_valid_and_says_where_its_numbers_come_from(
    bulletin: tuple[Path, dict[str, Any]],
) -> None:
    """Word, WPS and LibreOffice find nothing to repair; every printed figure is listed with its cells."""
    path, envelope = bulletin
    printed = {figure["id"]: figure for figure in envelope["reports"][0]["figures"]}

    assert structure_problems(path.read_bytes()) == []
    assert printed["捐款"]["sources"][0]["sheet"] == "捐款捐物"
    assert printed["捐款"]["sources"][0]["digest"]


def test_a_row_below_everything_counts(filled: Path, run: Run, tmp_path: Path) -> None:
    """A goods row typed outside the table and the formatted rows, three cells only: the bulletin says 258 件."""
    book = openpyxl.load_workbook(filled)
    sheet = book["捐款捐物"]
    headings = {str(cell.value).strip("●◐ \n").split("\n")[0]: cell.column for cell in sheet[4] if cell.value}
    row = sheet.max_row + 30
    column = {
        name: next(at for head, at in headings.items() if head.startswith(name))
        for name in ("日期", "类别", "数量")
    }
    for name, value in (("日期", date(2014, 5, 6)), ("类别", "衣物"), ("数量", 10)):
        sheet.cell(row, column[name], value)
    book.save(filled)

    code, envelope = run("report", filled, "-o", tmp_path)

    assert code == 0, envelope["findings"]
    assert "258件" in "".join(texts(Path(envelope["reports"][0]["path"]).read_bytes()))


def test_an_empty_issue_number_is_named_at_its_cell(filled: Path, run: Run) -> None:
    """期号 emptied: exit 1, and the finding points at the cell to fill."""
    book = openpyxl.load_workbook(filled)
    cell = next(cell for row in book["简报报头"].iter_rows() for cell in row if cell.value == 27)
    cell.value = None
    book.save(filled)

    code, envelope = run("check", filled)
    blank = [finding for finding in envelope["findings"] if finding["code"] == "REQUIRED_BLANK"]

    assert code == 1
    assert [(finding["sheet"], finding["cell"]) for finding in blank] == [("简报报头", cell.coordinate)]
