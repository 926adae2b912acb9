"""Last period's figures of a longer or shorter period are not compared, and it is said once."""

from __future__ import annotations

import pytest

from officeflow.checks import run_checks
from officeflow.figures import Tally
from tests.support.cases import case_kit
from tests.support.grid import read_grid

GRID = """
填报信息
| 统计起 | 2022-10-1 |
| 统计止 | 2022-10-31 |
"""
FIGURES = [
    {"id": "次数", "use": "total", "of": "posts.times"},
    {"id": "上期次数", "use": "value", "of": "次数", "previous": True},
    {"id": "增减", "use": "change", "of": "次数", "to": {"use": "value", "of": "次数", "previous": True}},
]


@pytest.mark.parametrize(
    ("before", "figures", "codes"),
    [
        ("2022-04-01/2022-09-30", FIGURES, ["PREVIOUS_UNLIKE"]),
        ("2022-09-01/2022-09-30", FIGURES, []),
        ("2022-10-01/2022-10-15", FIGURES, []),  # counts that go on from one first day
        ("2022-04-01/2022-09-30", FIGURES[:1], []),
        ("no period", FIGURES, []),
    ],
)
def test_a_period_of_another_length_is_named_once(before: str, figures: list, codes: list[str]) -> None:
    """Two figures that look back make one hint."""
    submission = read_grid(GRID, case_kit(figure=figures), previous={"次数": "3969", "@period": before})
    findings = run_checks(submission, Tally(submission))

    assert codes == [finding.code for finding in findings if finding.code == "PREVIOUS_UNLIKE"]
