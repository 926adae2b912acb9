"""汉字: 三项, 两个, 十二级; two neighbouring numbers: 三四个."""

from __future__ import annotations

from officeflow.model.values import Bounded, FigureValue, Hedge
from officeflow.text.formats._number import whole
from officeflow.text.formats._printed import Printed
from officeflow.text.numerals import DIGITS, print_numeral

NAME = "汉字"
_RANKS = frozenset(
    ["级", "届", "期", "等", "号", "线", "楼", "年", "月", "日"]
)  # 二级, 二期: these are counted off, not counted


def show(value: FigureValue, unit: str) -> Printed:
    """Return a whole number, or a range of two neighbours, in 汉字; 2 before a measure word is 两.

    Raises:
        ValueError: neither.
    """
    if isinstance(value, Bounded) and (about := _neighbours(value)):
        return Printed(number=about, unit=unit)
    numeral = print_numeral(whole(value))
    return Printed(number="两" if numeral == "二" and unit and unit not in _RANKS else numeral, unit=unit)


def _neighbours(value: Bounded) -> str:
    if value.hedge is not Hedge.RANGE or value.low is None or value.high != value.low + 1:
        return ""
    low = int(value.low)
    # GB/T 15835 5.2.1: no 、 between; 九十 would be ninety.
    return DIGITS[low] + DIGITS[low + 1] if low == value.low and 0 < low < len(DIGITS) - 1 else ""
