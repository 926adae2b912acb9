"""Working days of years whose holidays are not known are asked about, once per figure; deadlines can be compared."""

from __future__ import annotations

from officeflow.checks import run_checks
from officeflow.figures import Tally
from tests.support.brief import brief
from tests.support.cases import case_kit
from tests.support.grid import read_grid

DUE = {
    "id": "限期",
    "use": "deadline",
    "of": "matters.raised_on",
    "plus": 5,
    "by": "row",
    "options": {"days": "working"},
}
LATE = {"use": "at_most", "of": "matters.done_on", "to": "限期"}


def found(*rows: str) -> list[str]:
    grid = "\n".join(["帮办事项", "| 问题 | 提出日期 | 办结日期 |", *rows])
    submission = read_grid(grid, case_kit(figure=[DUE], check=[LATE]))
    findings = run_checks(submission, Tally(submission))
    return [line for line in brief(findings) if "WORKDAYS" in line or "TOO_MANY" in line]


def test_the_first_row_of_an_unknown_year_is_asked_about():
    """Two rows make one finding."""
    assert ["帮办事项!B5 WORKDAYS_UNKNOWN"] == found(
        "| 绿化 | 1999-3-3 | 1999-3-4 |", "| 音响 | 1999-3-3 | |"
    )


def test_what_was_done_after_its_deadline_is_found():
    """Sunday the 28th is worked, the first to the seventh are holidays: the fifth day is the ninth of October."""
    assert 1 == len(found("| 绿化 | 2014-9-26 | 2014-10-10 |", "| 音响 | 2014-9-26 | 2014-10-9 |"))
