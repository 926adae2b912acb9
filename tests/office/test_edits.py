"""What clerks do in a spreadsheet program, through LibreOffice itself, and what check and figures then say."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from officeflow.cli import main
from tests.support import calc_edits
from tests.support.uno_office import run_job

pytestmark = pytest.mark.office("soffice")

# edit → (exit code of check, rules that need an answer, figures that differ from the sample's)
EXPECTED: dict[str, tuple[int, set[str], dict[str, str]]] = {
    "append": (0, set(), {"捐衣物": "258件"}),
    "insert": (0, set(), {"捐衣物": "258件"}),
    "delete": (0, set(), {"捐衣物": "152件"}),
    "paste": (
        1,
        {"CP-10"},
        {"党员数": "79名", "岗位数": "79个", "到岗数": "79名", "联系卡数": "79张", "登记表数": "79份"},
    ),
    "sort": (0, set(), {}),
    "hide": (0, set(), {}),
    "merge": (0, set(), {}),
}
WATCHED = (
    "党员数",
    "岗位数",
    "到岗数",
    "联系卡数",
    "登记表数",
    "捐衣物",
    "捐书籍",
    "捐款",
    "捐款人数",
    "服务人次",
    "协调资金",
)


def said(*words: str | Path) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*map(str, words), "--json"])
    return code, json.loads(out.getvalue())


def printed(path: Path) -> dict[str, str]:
    figures = {figure["id"]: figure["text"] for figure in said("figures", path)[1]["figures"]}
    return {name: figures[name] for name in WATCHED}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample after each edit, in each format."""
    folder = tmp_path_factory.mktemp("edited")
    said("sample", "community-posts", "-o", folder / "sample.xlsx")
    run_job("calc_edits", folder / "sample.xlsx", folder)
    return folder


def test_every_edit_is_expected() -> None:
    """No edit without an expectation."""
    assert set(EXPECTED) == {edit.__name__ for edit in calc_edits.EDITS}


@pytest.mark.parametrize("ending", calc_edits.FORMATS)
@pytest.mark.parametrize("edit", EXPECTED)
def test_work_in_calc_is_read_as_a_person_reads_it(edit: str, ending: str, edited: Path) -> None:
    """Appended, inserted, pasted, deleted, sorted, filtered, merged: every row counts once, in .xlsx, .ods and .xls."""
    path = edited / f"{edit}.{ending}"
    code, envelope = said("check", path)
    to_answer = {
        finding["rule"] or finding["code"]
        for finding in envelope["findings"]
        if finding["severity"] != "hint"
    }
    expected_code, rules, changed = EXPECTED[edit]

    assert (expected_code, rules) == (code, to_answer)
    assert printed(edited / "sample.xlsx") | changed == printed(path)


def test_what_was_appended_is_in_the_bulletin(edited: Path, tmp_path: Path) -> None:
    """The report follows the rows typed in Calc."""
    code, envelope = said("report", edited / "append.xlsx", "-o", tmp_path)

    assert 0 == code
    assert "258件" in {figure["text"] for figure in envelope["reports"][0]["figures"]}


def test_a_filtered_ledger_is_counted_whole_and_said_to_be_filtered(edited: Path) -> None:
    """Hidden rows count; a hint says that they are hidden."""
    assert "ROWS_HIDDEN" in {
        finding["code"] for finding in said("check", edited / "hide.xlsx")[1]["findings"]
    }
