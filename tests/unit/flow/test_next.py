"""`next`: the next period's workbook has what goes on, remembers last period's figures, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from officeflow.flow import next as next_
from officeflow.flow.answers import Exit, RowsAnswer
from officeflow.intake.desk import Desk
from officeflow.kits.build import filled
from officeflow.kits.next_period import next_period
from officeflow.model.kit import NextPeriod
from officeflow.model.submission import Submission
from officeflow.model.values import Period
from tests.support.cases import case_kit
from tests.support.filled import SOURCE, opened, reading, record, write
from tests.support.grid import read_grid

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the test, never those of the desk it runs on."""
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings.toml"))


@pytest.fixture(scope="module")
def next_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next period's workbook of the sample, one matter done."""
    folder = tmp_path_factory.mktemp("desk")
    matters = [dict(row) for row in SOURCE.sample["matters"]]
    matters[0] |= {"progress": "已解决", "done_on": date(2014, 5, 1)}
    old = write(folder / "旧.xlsx", matters=matters, unit_tag="T1")
    target = folder / "新.xlsx"
    assert Exit.DONE == next_.run(Desk.here(), file=old, output=target).code
    return target


def typed(submission: Submission, form_id: str) -> dict[str, object]:
    table = submission.tables[form_id]
    return {
        field.id: table.value(field.id)
        for field in table.form.fields
        if table.value(field.id) is not None and (field.id, 0) not in table.defaulted
    }


def test_people_unit_and_masthead_go_on(next_workbook: Path):
    """The issue counts on, days move on, what belongs to last period's issue stays behind."""
    submission = reading(next_workbook).submission
    filing, masthead = typed(submission, "filing"), typed(submission, "masthead")

    assert ("县林业局党委", "示例甲", "00000000") == (submission.unit, filing["filler"], filing["phone"])
    assert Decimal(28) == masthead["issue"]
    assert {"filed_on", "attempt", "classified", "zero_funds"}.isdisjoint(filing)
    assert {"issued_on", "note", "series_from", "series_to"}.isdisjoint(masthead)
    assert {"name", "issuer", "copies", "order"} <= masthead.keys()


def test_master_data_and_open_matters_go_on_and_nothing_else(next_workbook: Path):
    """The matter that is done stays behind; ledgers of the period begin empty."""
    tables = reading(next_workbook).submission.tables

    assert ("河北社区", "西山社区", "大东社区") == tables["communities"].columns["name"]
    assert {"正在办理", "列入计划"} >= set(tables["matters"].columns["progress"])
    assert {"communities": 3, "matters": 2, "slogans": 6, "distribution": 10} == {
        form_id: len(table)
        for form_id, table in tables.items()
        if len(table) and table.form.kind == "ledger" and form_id != "outline"
    }
    assert {} == typed(reading(next_workbook).submission, "document")


def test_checking_it_asks_only_for_what_a_new_period_must_fill(next_workbook: Path):
    """Blank required cells and empty ledgers; nothing about what was carried."""
    findings = reading(next_workbook).findings

    assert {"CP-01", "CP-21"} == {found.rule for found in findings}
    assert {"", "填报信息", "文稿信息", "简报报头"} >= {found.sheet for found in findings if found.cell}


def test_a_cumulative_figure_below_last_period_is_found(next_workbook: Path, tmp_path: Path):
    """CP-22 compares with what `next` remembered: 捐款 was 16000, now 3000."""
    previous = reading(next_workbook).submission.previous
    assert "16000" == previous["捐款"]
    assert str(reading(next_workbook).submission.previous_period) == previous["@period"]
    donations = [dict(row) for row in SOURCE.sample["donations"]]
    cash = [row for row in donations if row["category"] == "现金"]
    less = [row for row in donations if row not in cash[1:]]
    path = write(tmp_path / "少.xlsx", donations=less, previous=previous)

    found = [one for one in reading(path).findings if one.rule == "CP-22"]
    assert ["16000"] == [one.value for one in found]


def test_figures_about_people_are_not_remembered(next_workbook: Path):
    """The hidden sheet holds no personal value, and is veryHidden."""
    assert "示例" not in "".join(reading(next_workbook).submission.previous.values())
    assert "veryHidden" == opened(next_workbook)["上期"].sheet_state


def test_it_says_what_was_carried(tmp_path: Path):
    """Sheets with their rows; the file is named after unit, table and period, the old one not changed."""
    old = write(tmp_path / "旧.xlsx")
    before = old.read_bytes()

    result = next_.run(Desk.here(), file=old, period="2014Q4")

    assert ((str(tmp_path / "县林业局党委-在职党员进社区情况表-2014Q4.xlsx"),)) == result.answer.files
    assert RowsAnswer(sheet="联系社区", rows=3) in result.answer.carried
    assert "2014-10-01/2014-12-31" == result.answer.period
    assert Period.parse("2014Q4") == reading(Path(result.answer.files[0])).submission.period
    assert before == old.read_bytes()


def test_a_file_that_is_there_is_left_alone(tmp_path: Path):
    """Next month's workbook may be half filled already."""
    old = write(tmp_path / "旧.xlsx")

    result = next_.run(Desk.here(), file=old, output=old)

    assert (Exit.FINDINGS, ["FILE_EXISTS"]) == (result.code, [found.code for found in result.findings])


def test_without_a_period_it_asks_for_one(tmp_path: Path):
    """Nothing is guessed; --period helps."""
    old = write(tmp_path / "旧.xlsx", filing=record("filing", to=None))

    assert ["PERIOD_NEXT_UNKNOWN"] == [found.code for found in next_.run(Desk.here(), file=old).findings]
    assert ["PERIOD_UNKNOWN"] == [
        found.code for found in next_.run(Desk.here(), file=old, period="下月").findings
    ]


def test_it_says_that_the_old_workbook_is_not_mended(tmp_path: Path):
    """The figures it remembers may still change; the workbook is written all the same."""
    old = write(tmp_path / "旧.xlsx", funds=[{**SOURCE.sample["funds"][0], "amount": "一大笔"}])

    result = next_.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert (Exit.DONE, ["NEXT_FROM_OPEN"]) == (result.code, [found.code for found in result.findings])
    assert "协调资金" not in reading(tmp_path / "新.xlsx").submission.previous


def test_what_a_clerk_added_to_a_carried_sheet_is_named(tmp_path: Path):
    """An own column of 联系社区 stays behind and is told; one of 岗位认领, which is not carried, is no news."""
    old = write(tmp_path / "旧.xlsx")
    book = opened(old)
    for name in ("联系社区", "岗位认领"):
        column = book[name].max_column + 1
        book[name].cell(4, column).value = "网格员"
        book[name].cell(5, column).value = "示例丁"
    book.save(old)

    result = next_.run(Desk.here(), file=old, output=tmp_path / "新.xlsx")

    assert [("LEFT_COLUMN", "联系社区")] == [(found.code, found.sheet) for found in result.findings]


def test_a_year_left_out_stays_the_year_that_was_meant(tmp_path: Path):
    """3月下旬 was 2014's; in a workbook of 2015 it is written with its year."""
    matters = [{**SOURCE.sample["matters"][0], "raised_on": "3月下旬"}]
    old = write(tmp_path / "旧.xlsx", matters=matters)

    next_.run(Desk.here(), file=old, output=tmp_path / "新.xlsx", period="2015Q1")

    was, is_ = (reading(path).submission.tables["matters"] for path in (old, tmp_path / "新.xlsx"))
    assert was.columns["raised_on"] == is_.columns["raised_on"]


RULES = {"keeps_start": {"filing.scope": "累计"}}
YEAR = {"year_start": {"filing.scope": "累计"}}


@pytest.mark.parametrize(
    ("last", "scope", "rule", "expected"),
    [
        ("2026-11", "本期发生", {}, "2026-12"),
        ("2026-12", "本期发生", {}, "2027-01"),
        ("2027-01", "本期发生", {}, "2027-02"),
        ("2026Q4", "本期发生", {}, "2027Q1"),
        ("2026H2", "本期发生", {}, "2027H1"),
        ("2026", "本期发生", {}, "2027"),
        ("2026-10-26/2026-11-25", "本期发生", {}, "2026-11-26/2026-12-25"),
        ("2026-03-02/2026-03-08", "本期发生", {}, "2026-03-09/2026-03-15"),
        ("2014-03-01/2014-06-05", "累计", RULES, "2014-03-01/2014-09-10"),
        ("2014-03-01/2014-06-05", "本期发生", RULES, "2014-06-06/2014-09-10"),
        ("2026-01-01/2026-06-30", "累计", {**YEAR, "every": "quarter"}, "2026-01-01/2026-09-30"),
        ("2026", "累计", {**YEAR, "every": "quarter"}, "2027-01-01/2027-03-31"),
        ("9999", "本期发生", {}, None),
        ("2026-06-30/2026-06-01", "本期发生", {}, None),
    ],
)
def test_the_period_moves_on(last: str, scope: str, rule: dict[str, object], expected: str | None):
    """By the kit's rule, else as long as the last; whole months stay whole, cumulative counts keep their start."""
    period = Period.parse(last)
    grid = f"填报信息\n| 统计起 | {period.first} |\n| 统计止 | {period.last} |\n| 统计口径 | {scope} |\n"
    submission = read_grid(grid, case_kit(next=NextPeriod(**rule)))

    assert (expected and Period.parse(expected)) == next_period(submission)


def test_same_workbook_same_bytes(next_workbook: Path):
    """No clock in it: what `next` writes can be compared."""
    rows = {"communities": SOURCE.sample["communities"]}
    previous = reading(next_workbook).submission.previous

    assert filled(SOURCE, rows, previous=previous) == filled(SOURCE, rows, previous=previous)


def test_its_own_self_check_shows_no_cross_before_anybody_has_typed(next_workbook: Path):
    """What was carried over is in order; the results stored beside the formulas say so too."""
    page = load_workbook(next_workbook, data_only=True)["本期汇总"]
    shown = [cell for row in page.iter_rows(values_only=True) for cell in row]

    assert "√" in shown
    assert "×" not in shown
