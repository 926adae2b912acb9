"""元: 16000元, never in 万元."""

from __future__ import annotations

from officeflow.model.values import Bounded, FigureValue
from officeflow.text.formats._number import base, number, print_number, rounded
from officeflow.text.formats._printed import Printed

NAME = "元"


def show(value: FigureValue, unit: str) -> Printed:
    """Return the amount in 元.

    Raises:
        ValueError: not a number.
    """
    known = number(value)
    if isinstance(known, Bounded):
        return print_number(known, unit)
    amount, name = base(known, unit or "元")
    return Printed(number=rounded(amount), unit=name)
