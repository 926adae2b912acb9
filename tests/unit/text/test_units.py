"""Units: the same thing, another scale of it, or something else."""

from decimal import Decimal

import pytest

from officeflow.text.units import factor, unit_named, unit_of_header, unit_or_own

TIMES = [
    ("万元", "元", "10000"),
    ("元", "万元", "0.0001"),
    ("亿元", "万元", "10000"),
    ("角", "元", "0.1"),
    ("名", "人", "1"),
    ("万人", "人", "10000"),
    ("㎡", "平方米", "1"),
    ("公顷", "平方米", "10000"),
    ("万亩", "亩", "10000"),
    ("吨", "公斤", "1000"),
    ("个", "名", "1"),
    ("项", "个", "1"),
    ("锦旗", "锦旗", "1"),
    ("‰", "%", "0.1"),
]
STRANGERS = [
    ("人", "人次"),
    ("件", "套"),
    ("亩", "平方米"),
    ("分钟", "小时"),
    ("元", "美元"),
    ("%", "百分点"),
    ("个", "元"),
    ("锦旗", "面"),
]


@pytest.mark.parametrize(("source", "target", "times"), TIMES)
def test_one_unit_is_so_many_of_another(source: str, target: str, times: str):
    """Exact factors only."""
    assert Decimal(times) == factor(unit_or_own(source), unit_or_own(target))


@pytest.mark.parametrize(("source", "target"), STRANGERS)
def test_units_of_different_things_have_no_factor(source: str, target: str):
    """人次 is not 人."""
    assert [None, None] == [
        factor(unit_or_own(source), unit_or_own(target)),
        factor(unit_or_own(target), unit_or_own(source)),
    ]


@pytest.mark.parametrize(
    ("header", "unit"),
    {
        "金额（万元）": "万元",
        "金额(元)": "元",
        "金额（单位：万元）": "万元",
        "时长/小时": "小时",
        "数量 单位：件": "件",
        "社区（全称）": "",
        "人数（含预备党员）": "",
        "日期": "",
        "": "",
    }.items(),
)
def test_a_heading_names_its_unit_in_brackets(header: str, unit: str):
    """Brackets that hold no unit are words."""
    assert unit == unit_of_header(header)


def test_a_scale_alone_is_no_unit():
    """万 belongs to the number."""
    assert [None, None, None] == [unit_named(name) for name in ("万", "", "亿万")]
