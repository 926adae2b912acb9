"""第N天: the first day is 当天, then 第二天, 第三天 … 第11天."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import whole
from officeflow.text.formats._printed import Printed
from officeflow.text.numerals import print_numeral

NAME = "第N天"
_SPELLED = 10


def show(value: FigureValue, unit: str) -> Printed:  # noqa: ARG001  it says 天 itself
    """Return the day counted from the first.

    Raises:
        ValueError: not a whole number above 0.
    """
    place = whole(value)
    if place < 1:
        raise ValueError(value)
    if place == 1:
        return Printed(number="当天")
    return Printed("第", print_numeral(place) if place <= _SPELLED else str(place), "天")
