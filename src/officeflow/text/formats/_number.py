"""Numbers as they are printed: rounded, in 万 and 亿, with their hedge."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from officeflow.model.values import EXACT, Bounded, FigureValue, Hedge, Number, plain
from officeflow.text import hedges
from officeflow.text.formats._printed import Printed
from officeflow.text.units import unit_named

PLACES = 2  # layout rule: at most two decimals, no trailing zeros
ROOMY = Context(prec=500, rounding=ROUND_HALF_UP)
"""For rounding alone, which fails where the digits kept do not fit: a cell may say 1e99."""
_MYRIAD = Decimal(10_000)
_SCALES = (("", Decimal(1)), ("万", _MYRIAD), ("亿", Decimal(10**8)))
_CURRENCIES = {"money": "元", "dollars": "美元"}


def whole(value: FigureValue) -> int:
    """Return a value as a whole number.

    Raises:
        ValueError: the value is not a whole number.
    """
    if not isinstance(value, Decimal) or value != value.to_integral_value():
        raise ValueError(value)
    return int(value)


def number(value: FigureValue) -> Number:
    """Return a value as a number.

    Raises:
        ValueError: the value is not a number.
    """
    if not isinstance(value, (Decimal, Bounded)):
        raise ValueError(value)  # noqa: TRY004  one kind of refusal for every format
    return value


def rounded(number: Decimal, places: int = PLACES) -> str:
    """Return the digits of a number rounded half up, without trailing zeros.

    >>> rounded(Decimal("19.305")), rounded(Decimal("2.00"))
    ('19.31', '2')
    """
    return plain(number.quantize(Decimal(1).scaleb(-places), context=ROOMY))


def percentage(number: Decimal, places: int = PLACES) -> str:
    """Return the digits of a percentage; 100 and 0 only where it is really 100 or 0."""
    digits = rounded(number, places)
    while digits in {"0", "100"} and number != Decimal(digits):
        places += 1
        digits = rounded(number, places)
    return digits


def base(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return the number in the unit it is printed in: 万元 → 元 (the 万 moves to the number)."""
    known = unit_named(unit)
    if known is None or known.dimension not in _CURRENCIES:
        return number, unit
    return EXACT.multiply(number, known.factor), _CURRENCIES[known.dimension]


def scaled(number: Decimal, scale: str, places: int = PLACES) -> str:
    """Return the digits of a number in 万 or 亿, with that word: 1.3万."""
    return rounded(EXACT.divide(number, dict(_SCALES)[scale]), places) + scale


def by_threshold(number: Decimal) -> str:
    """Return money: below 1万 in 元, below 1亿 in 万元, else in 亿元."""
    amount = Decimal(rounded(number))
    # Rounded first: 99 999 999 is 10 000.00万, which is written 1亿.
    fits = (scale for scale in ("", "万") if abs(Decimal(scaled(amount, scale).rstrip("万"))) < _MYRIAD)
    return scaled(amount, next(fits, "亿"))


def exactly(number: Decimal) -> str:
    """Return all digits, in 万 or 亿 where at most two decimals are needed for that."""
    for scale, size in reversed(_SCALES):
        if abs(number) >= size and EXACT.divide(number, size) == Decimal(rounded(EXACT.divide(number, size))):
            return rounded(EXACT.divide(number, size)) + scale
    return plain(number)


def print_number(value: Number, unit: str) -> Printed:
    """Return a number in its default form: money by threshold, hedges said, all else plain."""
    if isinstance(value, Bounded):
        return print_bounded(value, unit)
    if unit == "%":
        return Printed(number=percentage(value), unit=unit)
    amount, name = base(value, unit)
    digits = by_threshold(amount) if name in _CURRENCIES.values() else rounded(amount)
    return Printed(number=digits, unit=name)


def print_bounded(value: Bounded, unit: str) -> Printed:
    """Return a hedged number in the narrowest words that leave out nothing it can mean."""
    center, name = base(value.number, unit)
    is_one = value.hedge is not Hedge.RANGE and value.number > 0
    if is_one and hedges.covers(hedges.bounded(value.number, value.hedge), value):
        digits = exactly(center)
        match value.hedge:
            case Hedge.OVER:
                return Printed(number=with_over(digits), unit=name)
            case Hedge.UNDER:
                return Printed("近", digits, name)
            case Hedge.ABOUT:
                return Printed("约", digits, name)
    low = _end(value, value.low, unit, ROUND_FLOOR)
    high = _end(value, value.high, unit, ROUND_CEILING)
    if low is not None and (high is None or value.hedge is Hedge.OVER):
        return Printed(number=exactly(low), unit=name, suffix="以上")
    if high is not None and (low is None or value.hedge is Hedge.UNDER):
        return Printed("不超过", exactly(high), name)
    if low is None or high is None:
        return Printed("约", exactly(center), name)
    # GB/T 15835: the unit is said twice where leaving it out would be ambiguous (13万元～17万元, 15%～30%).
    if name == "%" or name in _CURRENCIES.values():
        return Printed(number=f"{exactly(low)}{name}～{exactly(high)}", unit=name)
    first, last = exactly(low), exactly(high)
    if first[-1] != last[-1] and not last[-1].isdigit():  # 1～1万人 would be read as 1万 to 1万
        first, last = plain(low), plain(high)
    return Printed(number=f"{first}～{last}", unit=name)


def with_over(digits: str, word: str = "余") -> str:
    """Return the digits with 余 or 多 where it is said: 4万余, 1.6万余, but 5000余万."""
    is_tens = re.fullmatch(r"[1-9]\d*0[万亿]", digits)
    return f"{digits[:-1]}{word}{digits[-1]}" if is_tens else digits + word


def _end(value: Bounded, end: Decimal | None, unit: str, rounding: str) -> Decimal | None:
    if end is None:
        return None
    amount, _ = base(end, unit)
    if value.hedge is Hedge.RANGE:
        return amount
    # Outwards, so that nothing is left out; people and pieces have no decimals.
    is_whole = value.number == value.number.to_integral_value()
    return amount.quantize(Decimal(1) if is_whole else Decimal("0.01"), rounding, ROOMY)
