"""Comparing values that may be inexact: what certainly holds, what may, what cannot.

Numbers and dates compare by the interval they can mean; anything that gives no
value, and values of unlike kinds, compare as HOLDS: there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from officeflow.model.values import EXACT, Bounded, FigureValue, PartialDate, Period, Value

AnyValue = Value | FigureValue


class Verdict(Enum):
    """What a comparison says."""

    HOLDS = "holds"
    MAY_FAIL = "may fail"  # some value of the interval satisfies it, some does not
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class _Span:
    """What a value can mean, on the number line or in days; None means no limit."""

    low: Any
    high: Any
    open_low: bool = False
    open_high: bool = False


def at_most(left: AnyValue, right: AnyValue) -> Verdict:
    """Return whether left ≤ right."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return Verdict.HOLDS if left <= right else Verdict.FAILS
    if isinstance(left, date) and isinstance(right, date):
        return Verdict.HOLDS if left <= right else Verdict.FAILS
    mine, other = _span(left), _span(right)
    if mine is None or other is None or _is_number(left) != _is_number(right):
        return Verdict.HOLDS
    if _is_below(mine.high, other.low):
        return Verdict.HOLDS
    if mine.low is None or other.high is None or mine.low < other.high:
        return Verdict.MAY_FAIL
    touches = mine.low == other.high and not (mine.open_low or other.open_high)
    return Verdict.MAY_FAIL if touches else Verdict.FAILS


def below(left: AnyValue, right: AnyValue) -> Verdict:
    """Return whether left < right."""
    if _span(left) is None or _span(right) is None or _is_number(left) != _is_number(right):
        return Verdict.HOLDS
    return _turned(at_most(right, left))


def _turned(verdict: Verdict) -> Verdict:
    turned = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS}
    return turned.get(verdict, verdict)


def equals(left: AnyValue, right: AnyValue, tolerance: Decimal | None = None) -> Verdict:
    """Return whether left = right; exact numbers may be `tolerance` apart, texts compare as they are."""
    apart = difference(left, right)
    if apart is not None:
        return Verdict.HOLDS if apart <= (tolerance or 0) else Verdict.FAILS
    mine, other = _span(left), _span(right)
    if mine is None or other is None:
        if isinstance(left, str) and isinstance(right, str):
            return Verdict.HOLDS if left == right else Verdict.FAILS
        return Verdict.HOLDS
    if _is_number(left) != _is_number(right):
        return Verdict.HOLDS
    if mine == other and mine.low == mine.high:
        return Verdict.HOLDS
    can_be = at_most(left, right) is not Verdict.FAILS and at_most(right, left) is not Verdict.FAILS
    return Verdict.MAY_FAIL if can_be else Verdict.FAILS


def difference(left: AnyValue, right: AnyValue) -> Decimal | None:
    """Return how far two exact numbers are apart, None when either is none."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(EXACT.subtract(left, right))
    return None


def _is_below(high: Any, low: Any) -> bool:
    return high is not None and low is not None and bool(high <= low)


def _is_number(value: AnyValue) -> bool:
    return isinstance(value, Decimal | Bounded)


def _span(value: AnyValue) -> _Span | None:
    match value:
        case Bounded():
            return _Span(value.low, value.high, value.open_low, value.open_high)
        case Decimal() | date():
            return _Span(value, value)
        case PartialDate() | Period():
            return _Span(value.first, value.last)
        case _:
            return None
