"""Inexact numbers: the words around them, the interval each stands for."""

from __future__ import annotations

from decimal import Decimal

from officeflow.model.values import EXACT, Bounded, Hedge

BEFORE = {
    **dict.fromkeys(("约", "大约", "约为", "约计", "大概", "大致"), Hedge.ABOUT),
    **dict.fromkeys(("近", "将近", "接近", "不到", "不足", "未满"), Hedge.UNDER),
    **dict.fromkeys(("至少", "不少于", "不低于", "超", "超过", "逾", "突破", "多于", "高于"), Hedge.AT_LEAST),
    **dict.fromkeys(("至多", "最多", "不超过", "不多于", "不高于", "少于", "低于"), Hedge.AT_MOST),
}
AFTER = {
    **dict.fromkeys(("以上", "及以上", "之上"), Hedge.AT_LEAST),
    **dict.fromkeys(("以下", "及以下", "以内", "之内"), Hedge.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Hedge.ABOUT),
}
INSIDE = "余多来几"  # between number and unit: all mean N up to the next step


def step(number: Decimal) -> Decimal:
    """Return one unit of the last digit that is not 0: 100 for 1200, 10 for 340, 0.1 for 2.5; 1 for 0."""
    exponent = number.normalize(EXACT).as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and number else Decimal(1)


def bounded(number: Decimal, hedge: Hedge) -> Bounded:
    """Return the number with the interval that the hedge gives it; a range has `between`.

    >>> bounded(Decimal(1000), Hedge.OVER).high, bounded(Decimal(340), Hedge.OVER).high
    (Decimal('2000'), Decimal('350'))

    Raises:
        ValueError: the hedge is RANGE.
    """
    match hedge:
        case Hedge.OVER:
            return Bounded(number, hedge, number, EXACT.add(number, step(number)), open_high=True)
        case Hedge.UNDER:
            return Bounded(number, hedge, EXACT.subtract(number, step(number)), number, open_low=True)
        case Hedge.AT_LEAST:
            return Bounded(number, hedge, number, None)
        case Hedge.AT_MOST:
            return Bounded(number, hedge, None, number)
        case Hedge.ABOUT:
            margin = EXACT.divide(abs(number), Decimal(10))
            return Bounded(number, hedge, EXACT.subtract(number, margin), EXACT.add(number, margin))
        case _:
            raise ValueError(hedge)


def between(low: Decimal, high: Decimal) -> Bounded:
    """Return the range from `low` to `high`, both ends included."""
    return Bounded(low, Hedge.RANGE, low, high)


def covers(outer: Bounded, inner: Bounded) -> bool:
    """Whether every number that `inner` can mean, `outer` can mean too."""
    if outer.low is not None and (inner.low is None or inner.low < outer.low):
        return False
    if outer.high is not None and (inner.high is None or inner.high > outer.high):
        return False
    if outer.open_low and inner.low == outer.low and not inner.open_low:
        return False
    return not (outer.open_high and inner.high == outer.high and not inner.open_high)
