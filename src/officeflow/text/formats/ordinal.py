"""第N: 第27期; `chinese = true`: 第三家."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import whole
from officeflow.text.formats._printed import Printed
from officeflow.text.numerals import print_numeral

NAME = "第N"


def show(value: FigureValue, unit: str, *, chinese: bool = False) -> Printed:
    """Return the number with 第 before it.

    Raises:
        ValueError: not a whole number.
    """
    place = whole(value)
    return Printed("第", print_numeral(place) if chinese else str(place), unit)
