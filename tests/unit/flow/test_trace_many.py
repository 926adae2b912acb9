"""A figure that was added up from three workbooks says which cells of each it comes from."""

from __future__ import annotations

import json
from functools import reduce
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from officeflow.figures import contributions, figures_of, merge
from officeflow.flow import refresh, trace, verify
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading
from officeflow.model.document import Origin
from officeflow.model.figures import Figure
from tests.support.docx import docx, p, texts
from tests.support.filled import SOURCE, reading, record, write

UNITS = ("东社区", "西社区", "南社区")

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")


def merged(readings: list[Reading]) -> dict[str, Figure]:
    """The figures of all workbooks together, each cell with the index of its own."""
    parts = [
        {name: part.at_origin(index) for name, part in contributions(one.submission).items()}
        for index, one in enumerate(readings)
    ]
    joint = {name: reduce(merge, (each[name] for each in parts)) for name in parts[0]}
    return {figure.id: figure for figure in figures_of(joint, SOURCE.kit)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Three workbooks, each with other clothes given, and the bulletin of all."""
    folder = tmp_path_factory.mktemp("many")
    for number, unit in enumerate(UNITS):
        gifts = [dict(row) for row in SOURCE.sample["donations"]]
        gifts[1]["quantity"] += number
        write(folder / f"{number}.xlsx", filing=record("filing", unit=unit), donations=gifts)
    readings = [reading(folder / f"{number}.xlsx") for number in range(len(UNITS))]
    outcome = compose(
        docx(p("全街道捐衣物{{ 捐衣物 }}，捐款{{ 捐款 }}，合计{{ 捐衣物 + 捐款 }}。")),
        merged(readings),
        origins=[Origin.of(one.submission) for one in readings],
    )
    assert outcome.value is not None, outcome.findings
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {**files, "简报.docx": outcome.value.document}


@pytest.fixture
def document(made: dict[str, bytes], tmp_path: Path) -> Path:
    """The document at one place, the workbooks in a folder."""
    (tmp_path / "表").mkdir()
    for name, content in made.items():
        (tmp_path / name if name.endswith(".docx") else tmp_path / "表" / name).write_bytes(content)
    return tmp_path / "简报.docx"


def one(document: Path, figure: str, *places: Path):
    result = trace.run(Desk.here(), document=document, figure=figure, places=places)
    (answer,) = result.answer.figures
    return answer, [finding.code for finding in result.findings]


def test_record_names_each_workbook_once(document: Path):
    """The first one as in a document of one workbook, sources of the others with their index."""
    known = read_record(document.read_bytes())
    assert known is not None
    (clothes,) = (one for one in known.figures.values() if one.id == "捐衣物")

    assert list(UNITS) == [origin.unit for origin in known.origins]
    assert UNITS[0] == known.origin.unit
    assert dict.fromkeys(("捐款捐物", "[1]捐款捐物", "[2]捐款捐物"), "H6,H11:H12") == clothes.sources


def test_rows_of_every_workbook_are_shown(document: Path):
    """747件: the clothes of the three, each under whose they are; together exactly the value."""
    answer, findings = one(document, "捐衣物", document.parent / "表")
    hop = answer.chain[0]

    assert [] == findings
    assert [f"{unit}·捐款捐物" for unit in UNITS] == [rows.place for rows in hop.rows]
    assert [("96", "84", "68"), ("97", "84", "68"), ("98", "84", "68")] == [
        tuple(row.cells[row.sources[0]] for row in rows.rows) for rows in hop.rows
    ]
    assert ("747", "747") == (answer.value, hop.sum)


def test_sources_name_file_digest_sheet_and_cells_of_each(document: Path, capsys: pytest.CaptureFixture[str]):
    """As a program reads them."""
    main(["trace", str(document), "捐衣物", "--with", str(document.parent / "表"), "--json"])
    (figure,) = json.loads(capsys.readouterr().out)["figures"]

    assert [(f"{number}.xlsx", unit, "捐款捐物", "H6,H11:H12", 64) for number, unit in enumerate(UNITS)] == [
        (Path(one["file"]).name, one["unit"], one["sheet"], one["cells"], len(one["sha256"]))
        for one in figure["sources"]
    ]
    assert 3 == len({one["digest"] for one in figure["sources"]})


def test_a_derived_figure_keeps_the_cells_of_all(document: Path):
    """Those of both figures it is calculated from."""
    known = read_record(document.read_bytes())
    assert known is not None
    (derived,) = (one for one in known.figures.values() if "+" in one.recipe)

    assert {"捐款捐物", "[1]捐款捐物", "[2]捐款捐物"} == derived.sources.keys()


def test_what_is_not_found_is_counted(document: Path):
    """Rows of those at hand are shown, the others are named."""
    (document.parent / "表" / "1.xlsx").unlink()
    answer, findings = one(document, "捐衣物", document.parent / "表")

    assert ["TRACE_SOURCES_AWAY"] == findings
    assert [f"{unit}·捐款捐物" for unit in (UNITS[0], UNITS[2])] == [
        rows.place for rows in answer.chain[0].rows
    ]
    assert 3 == len(answer.sources)
    assert "" == answer.chain[0].sum


def test_screen_page_and_table_say_whose_each_row_is(document: Path, capsys: pytest.CaptureFixture[str]):
    """Wherever a sheet is named its unit stands before it."""
    folder = document.parent / "表"
    page, table = document.with_suffix(".html"), document.with_name("来源.docx")
    main(["trace", str(document), "捐衣物", "--with", str(folder)])
    screen = capsys.readouterr().out
    trace.run(Desk.here(), document=document, places=[folder], html=page, docx=table)

    for shown in (screen, page.read_text(encoding="utf-8"), "".join(texts(table.read_bytes()))):
        assert [] == [unit for unit in UNITS if f"{unit}·捐款捐物" not in shown]


def test_one_workbook_cannot_settle_a_document_of_three(document: Path):
    """It is said plainly; no figure is called wrong, nothing is written."""
    workbook = document.parent / "表" / "0.xlsx"
    results = [
        verify.run(Desk.here(), document=document, file=workbook),
        refresh.run(Desk.here(), document=document, file=workbook),
        refresh.run(Desk.here(), document=document, file=workbook, as_next=True),
    ]

    assert [(Exit.FINDINGS, ["DOCUMENT_MANY_ORIGINS"])] * 3 == [
        (each.code, [finding.code for finding in each.findings]) for each in results
    ]
    assert {"简报.docx", "表"} == {path.name for path in document.parent.iterdir()}
