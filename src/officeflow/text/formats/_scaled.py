"""万 and 亿."""

from __future__ import annotations

from officeflow.model.values import Bounded, FigureValue
from officeflow.text.formats._number import base, number, print_number, scaled
from officeflow.text.formats._printed import Printed


def in_scale(scale: str, value: FigureValue, unit: str, *, places: int, above: int) -> Printed:
    """Return a number in 万 or 亿; hedged ones, and those below `above` or rounded to 0, in their default form.

    Raises:
        ValueError: not a number.
    """
    known = number(value)
    if isinstance(known, Bounded):
        return print_number(known, unit)
    amount, name = base(known, unit)
    digits = scaled(amount, scale, places)
    if abs(amount) < above or (digits == f"0{scale}" and amount):
        return print_number(known, unit)
    return Printed(number=digits, unit=name)
