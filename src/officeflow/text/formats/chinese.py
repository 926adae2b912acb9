"""汉字: 三项, 两个, 十二级."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import whole
from officeflow.text.formats._printed import Printed
from officeflow.text.numerals import print_numeral

NAME = "汉字"
_RANKS = frozenset(
    ["级", "届", "期", "等", "号", "线", "楼", "年", "月", "日"]
)  # 二级, 二期: these are counted off, not counted


def show(value: FigureValue, unit: str) -> Printed:
    """Return a whole number in 汉字; 2 before a measure word is 两.

    Raises:
        ValueError: not a whole number.
    """
    numeral = print_numeral(whole(value))
    return Printed(number="两" if numeral == "二" and unit and unit not in _RANKS else numeral, unit=unit)
