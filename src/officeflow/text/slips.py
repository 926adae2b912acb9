"""A number that is ten thousand times off its column: 元 and 万元 mixed up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.model.values import EXACT, Value

_MIN_NUMBERS = 3
_MYRIAD = Decimal(10_000)
# Amounts of one column differ by themselves, so a slip is sought around 10⁴, and only where a wide gap sets it apart.
_OFF_FROM, _OFF_TO, _GAP = Decimal(1_000), Decimal(100_000), Decimal(100)


def unit_slips(values: Sequence[Value]) -> dict[int, Decimal]:
    """Return index → the number probably meant, for numbers about 10⁴ off the rest of their column.

    Needs at least 3 exact numbers other than 0; hedged ones do not count.

    >>> unit_slips([Decimal(3000), Decimal(11200), Decimal("1.6"), Decimal(1800)])
    {2: Decimal('16000.0')}
    """
    known = {index: abs(value) for index, value in enumerate(values) if isinstance(value, Decimal) and value}
    if len(known) < _MIN_NUMBERS:
        return {}
    ordered, half = sorted(known.values()), len(known) // 2
    middle = (ordered[half] + ordered[~half]) / 2  # the median; `statistics` would cost every click 4 ms
    off = {index: value for index, value in known.items() if _ratio(value, middle) >= _OFF_FROM}
    rest = [value for index, value in known.items() if index not in off]
    if not off or len(off) * 2 >= len(known):
        return {}
    return {
        index: EXACT.multiply(values[index], _MYRIAD)  # type: ignore[arg-type]  # `known` holds only Decimals
        if value < middle
        else EXACT.divide(values[index], _MYRIAD)  # type: ignore[arg-type]
        for index, value in off.items()
        if _ratio(value, middle) <= _OFF_TO and all(_ratio(value, other) >= _GAP for other in rest)
    }


def _ratio(left: Decimal, right: Decimal) -> Decimal:
    return EXACT.divide(max(left, right), min(left, right))
