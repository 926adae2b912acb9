"""数: the number alone, 万 and 亿 included, so that the template says the unit: `{{ 捐款|数 }}元`."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import number, print_number
from officeflow.text.formats._printed import Printed

NAME = "数"


def show(value: FigureValue, unit: str) -> Printed:
    """Return 1.6万, 约39, 至少50.

    Raises:
        ValueError: not a number.
    """
    printed = print_number(number(value), unit)
    return Printed("至少" if printed.suffix else printed.prefix, printed.number)
