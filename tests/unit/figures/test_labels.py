"""What the members of a figure are called in charts and lists of names."""

from __future__ import annotations

import pytest

from officeflow.figures import Tally
from officeflow.figures._printing import label_of
from tests.support.cases import case_kit
from tests.support.grid import read_grid

GRID = """
岗位认领
| 姓名 | 报到日期 | 履职次数 |
| 甲 | 2022-4-上旬 | 3 |
| 乙 | 2022-4-26 | 4 |
"""
BY_DAY = {"id": "各日", "use": "total", "of": "posts.times", "by": "reported_on"}


@pytest.mark.parametrize(
    ("labels", "names"),
    [("月日", ["4月上旬", "4月26日"]), ("年月日", ["2022年4月上旬", "2022年4月26日"]), ("", ["", ""])],
)
def test_days_are_called_as_people_call_them(labels: str, names: list[str]) -> None:
    """The key stays what it is, so that a template still finds the member by it."""
    rule = BY_DAY | ({"labels": labels} if labels else {})
    figure = Tally(read_grid(GRID, case_kit(figure=[rule]))).figure("各日")

    assert names == [member.label for member in figure.members]
    assert ["2022-04-上旬", "2022-04-26"] == [member.key for member in figure.members]


@pytest.mark.parametrize(
    ("key", "label"), [("2022-04", "4月"), ("2022-H1", "上半年"), ("帮困岗", ""), ("2022-13", "")]
)
def test_a_key_that_is_no_date_stays_as_it_is(key: str, label: str) -> None:
    """Where the format does not fit there is no label, and the key is shown."""
    assert label == label_of(key, "月日")


def test_the_largest_is_named_by_its_label() -> None:
    """4月26日最多, not 2022-04-26最多."""
    rules = [BY_DAY | {"labels": "月日"}, {"id": "最多", "use": "top", "of": "各日"}]

    assert ("4月26日",) == Tally(read_grid(GRID, case_kit(figure=rules))).figure("最多").value
