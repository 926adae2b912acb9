"""The data of a chart: put in, read back, and in agreement with the workbook inside."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from officeflow.document.authoring.charts import chart_part
from officeflow.document.authoring.markdown import ChartBlock
from officeflow.document.wml.chart_xml import (
    C,
    ChartData,
    Series,
    can_be_filled,
    cells_of,
    fill_chart,
    read_chart,
)
from officeflow.ooxml.small_workbook import build_small_workbook


def built(kind: str = "柱状图", *columns: str) -> etree._Element:
    return etree.fromstring(chart_part(ChartBlock(kind, "标题", "捐物", columns), "仿宋")[0])


def data(*series: tuple[str, list[int | str | None]], categories: str = "甲乙丙") -> ChartData:
    values = ((name, tuple(None if one is None else Decimal(one) for one in own)) for name, own in series)
    return ChartData(tuple(categories), tuple(Series(name, own) for name, own in values))


@pytest.mark.parametrize("kind", ["柱状图", "条形图", "折线图", "饼图"])
@pytest.mark.parametrize("count", [0, 1, 3, 12])
def test_what_is_put_in_is_read_back(kind, count):
    """As many points as there are, whatever the template had."""
    root = built(kind)
    put = data(("捐物（件）", list(range(count))), categories="子丑寅卯辰巳午未申酉戌亥"[:count])
    fill_chart(root, put)

    assert put == read_chart(root)


def test_series_follow_the_data():
    """Too many go, more are added with numbers of their own."""
    root = built("柱状图", "社区", "户数")
    three = data(("户数", [1, 2, 3]), ("人数", [4, None, 6]), ("楼数", [7, 8, 9]))
    fill_chart(root, three)
    assert three == read_chart(root)
    assert ["0", "1", "2"] == root.xpath("//c:ser/c:idx/@val", namespaces={"c": C})
    one = data(("户数", [1, 2, 3]))
    fill_chart(root, one)

    assert one == read_chart(root)


def test_workbook_says_what_the_chart_shows():
    """The cells that the chart refers to hold its cached values; a gap is an empty cell."""
    root = built("柱状图", "社区", "户数", "人数")
    fill_chart(root, data(("户数", ["1.5", 2, 3]), ("人数", [4, None, 6])))

    sheet = openpyxl.load_workbook(io.BytesIO(build_small_workbook(cells_of(root))))["Sheet1"]

    assert [(None, "户数", "人数"), ("甲", 1.5, 4), ("乙", 2, None), ("丙", 3, 6)] == list(sheet.values)


def test_cells_are_where_the_formulas_say():
    """Sheets with spaces in their names and data in rows are found as well."""
    root = etree.fromstring(
        f"<c:chartSpace xmlns:c=\"{C}\"><c:ser><c:val><c:numRef><c:f>'表 1'!$C$4:$E$4</c:f><c:numCache>"
        '<c:ptCount val="3"/><c:pt idx="0"><c:v>7</c:v></c:pt><c:pt idx="2"><c:v>9</c:v></c:pt></c:numCache>'
        "</c:numRef></c:val></c:ser></c:chartSpace>"
    )

    assert {"表 1": {(4, 3): Decimal(7), (4, 5): Decimal(9)}} == cells_of(root)


def test_axis_begins_at_zero_unless_something_is_below():
    """A bar that is cut off at its foot misleads; a negative one must be seen."""
    root = built()
    fill_chart(root, data(("变化", [1, 2, 3])))
    assert root.xpath("//c:valAx/c:scaling/c:min", namespaces={"c": C})
    fill_chart(root, data(("变化", [1, -2, 3])))

    assert not root.xpath("//c:valAx/c:scaling/c:min", namespaces={"c": C})


def test_looks_of_points_that_are_gone_go():
    """A slice's colour for a slice that is not there makes Word repair the file."""
    root = built("饼图")
    fill_chart(root, data(("捐物", [1, 2, 3])))

    assert ["0", "1", "2"] == root.xpath("//c:dPt/c:idx/@val", namespaces={"c": C})


def test_points_in_a_plane_are_not_filled():
    """A scatter chart has no categories to name its points by."""
    root = etree.fromstring(f'<c:chartSpace xmlns:c="{C}"><c:ser><c:xVal/><c:yVal/></c:ser></c:chartSpace>')

    assert not can_be_filled(root)


def test_text_of_a_chart_names_each_point():
    """What is recorded and compared: every point, series by name when there are several."""
    assert "甲 1、乙 —" == data(("户数", [1, None]), categories="甲乙").text
    assert (
        "户数：甲 1、乙 2；人数：甲 3、乙 4"
        == data(("户数", [1, 2]), ("人数", [3, 4]), categories="甲乙").text
    )
