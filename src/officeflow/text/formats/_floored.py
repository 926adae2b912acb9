"""余 and 多."""

from __future__ import annotations

from decimal import Decimal

from officeflow.model.values import Bounded, FigureValue
from officeflow.text.formats._number import ROOMY, base, exactly, number, print_number, with_over
from officeflow.text.formats._printed import Printed

_SMALLEST = 10  # 7 is never 0余 and 3.5 never 3余


def floored(value: FigureValue, unit: str, *, digits: int, word: str) -> Printed:
    """Return the number rounded down to its leading digits, `word` behind it when that took something away.

    Raises:
        ValueError: not a number, or `digits` below 1.
    """
    known = number(value)
    if digits < 1:
        raise ValueError(digits)
    if isinstance(known, Bounded):
        printed = print_number(known, unit)
        return printed._replace(number=printed.number.replace("余", word))
    amount, name = base(known, unit)
    low = _floor(amount, digits)
    if amount < _SMALLEST or low == amount:
        return print_number(known, unit)
    return Printed(number=with_over(exactly(low), word), unit=name)


def _floor(amount: Decimal, digits: int) -> Decimal:
    unit = Decimal(1).scaleb(max(amount.adjusted() - digits + 1, 0))
    return ROOMY.multiply(ROOMY.divide_int(amount, unit), unit)
