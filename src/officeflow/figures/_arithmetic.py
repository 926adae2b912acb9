"""Arithmetic on exact and hedged numbers: the interval of the result follows from those of the operands."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from officeflow.model.values import EXACT, Bounded, Hedge, Number, add, ends, number_of

_MIRRORED = {
    Hedge.OVER: Hedge.UNDER,
    Hedge.UNDER: Hedge.OVER,
    Hedge.AT_LEAST: Hedge.AT_MOST,
    Hedge.AT_MOST: Hedge.AT_LEAST,
}


def negated(number: Number) -> Number:
    """Return −number; its ends change places."""
    if isinstance(number, Decimal):
        return EXACT.minus(number)
    return Bounded(
        number=EXACT.minus(number.number),
        hedge=_MIRRORED.get(number.hedge, number.hedge),
        low=None if number.high is None else EXACT.minus(number.high),
        high=None if number.low is None else EXACT.minus(number.low),
        open_low=number.open_high,
        open_high=number.open_low,
    )


def subtract(left: Number, right: Number) -> Number:
    """Return left − right."""
    return add(left, negated(right))


def times(number: Number, factor: Decimal) -> Number:
    """Return number × factor."""
    if isinstance(number, Decimal):
        return EXACT.multiply(number, factor)
    if factor < 0:
        return times(negated(number), -factor)
    return Bounded(
        number=EXACT.multiply(number.number, factor),
        hedge=number.hedge,
        low=None if number.low is None else EXACT.multiply(number.low, factor),
        high=None if number.high is None else EXACT.multiply(number.high, factor),
        open_low=number.open_low,
        open_high=number.open_high,
    )


def divide(left: Number, right: Number) -> Number | None:
    """Return left ÷ right, or None when right may be 0."""
    if isinstance(right, Decimal) and isinstance(left, Decimal):
        return EXACT.divide(left, right) if right else None
    low, high = ends(right)
    if low is None or high is None or low <= 0 <= high:
        return None
    quotients = [EXACT.divide(end, bound) for end in _finite(ends(left)) for bound in (low, high)]
    is_closed = all(end is not None for end in ends(left))
    return Bounded(
        number=EXACT.divide(number_of(left), number_of(right)),
        hedge=left.hedge if isinstance(left, Bounded) and isinstance(right, Decimal) else Hedge.ABOUT,
        low=min(quotients) if is_closed else None,
        high=max(quotients) if is_closed else None,
    )


def _finite(both: Iterable[Decimal | None]) -> list[Decimal]:
    return [end for end in both if end is not None]
