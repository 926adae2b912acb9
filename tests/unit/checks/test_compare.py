"""Comparing inexact values: what certainly holds, what may fail, what fails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from officeflow.checks._compare import Verdict, at_most, below, difference, equals
from officeflow.model.values import DatePart, Gap, Hedge, PartialDate, Period
from officeflow.text.hedges import bounded

D = Decimal
OVER_1000 = bounded(D(1000), Hedge.OVER)  # [1000, 2000)
NEAR_1000 = bounded(D(1000), Hedge.UNDER)  # (0, 1000]
AT_LEAST_5 = bounded(D(5), Hedge.AT_LEAST)
AT_MOST_5 = bounded(D(5), Hedge.AT_MOST)
LATE_MARCH = PartialDate(2014, DatePart.LAST_TEN, 3)
HOLDS, MAY_FAIL, FAILS = Verdict.HOLDS, Verdict.MAY_FAIL, Verdict.FAILS


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (D(1), D(1), HOLDS),
        (D(2), D(1), FAILS),
        (OVER_1000, D(2000), HOLDS),
        (OVER_1000, D(1500), MAY_FAIL),
        (OVER_1000, D(1000), MAY_FAIL),
        (OVER_1000, D(999), FAILS),
        (NEAR_1000, D(0), FAILS),
        (D(2000), OVER_1000, FAILS),
        (D(1999), OVER_1000, MAY_FAIL),
        (AT_LEAST_5, D(100), MAY_FAIL),
        (AT_LEAST_5, D(4), FAILS),
        (D(5), AT_LEAST_5, HOLDS),
        (D(0), AT_MOST_5, MAY_FAIL),
        (D(6), AT_MOST_5, FAILS),
        (date(2014, 3, 25), date(2014, 3, 25), HOLDS),
        (date(2014, 3, 26), date(2014, 3, 25), FAILS),
        (LATE_MARCH, date(2014, 3, 31), HOLDS),
        (LATE_MARCH, date(2014, 3, 25), MAY_FAIL),
        (LATE_MARCH, date(2014, 3, 20), FAILS),
        (Period(date(2014, 3, 1), date(2014, 3, 5)), date(2014, 3, 5), HOLDS),
        (None, D(1), HOLDS),
        (Gap.UNREADABLE, D(1), HOLDS),
        (date(2014, 3, 26), D(1), HOLDS),
        ("甲", D(1), HOLDS),
    ],
)
def test_at_most(left: object, right: object, verdict: Verdict) -> None:
    """left ≤ right, as far as the two are known."""
    assert verdict is at_most(left, right)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (D("1.0"), D(1), HOLDS),
        (D(1), D(2), FAILS),
        (OVER_1000, D(1036), MAY_FAIL),
        (OVER_1000, OVER_1000, MAY_FAIL),
        (OVER_1000, D(2000), FAILS),
        (date(2014, 3, 25), LATE_MARCH, MAY_FAIL),
        ("甲", "甲", HOLDS),
        ("甲", "乙", FAILS),
        ("甲", D(1), HOLDS),
        (D(1), date(2014, 3, 25), HOLDS),
        (None, None, HOLDS),
    ],
)
def test_equals(left: object, right: object, verdict: Verdict) -> None:
    """left = right, as far as the two are known."""
    assert verdict is equals(left, right)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [(D(0), D(1), HOLDS), (D(1), D(1), FAILS), (D(0), NEAR_1000, HOLDS), (D(0), None, HOLDS)],
)
def test_below(left: object, right: object, verdict: Verdict) -> None:
    """left < right, as far as the two are known."""
    assert verdict is below(left, right)


def test_only_exact_numbers_have_a_difference() -> None:
    """A difference is said as one number or not at all."""
    assert difference(D(3), D(5)) == D(2)
    assert difference(OVER_1000, D(5)) is None


@pytest.mark.parametrize(
    ("right", "tolerance", "verdict"),
    [
        ("12345678901234567890.01", None, FAILS),
        ("12345678901234567890.01", D("0.01"), HOLDS),
        ("12345678901234567890.02", D("0.01"), FAILS),
        ("12345678901234567890.00000000000000000001", D(0), FAILS),
    ],
)
def test_a_tolerance_lets_exact_numbers_differ(
    right: str, tolerance: Decimal | None, verdict: Verdict
) -> None:
    """To the last of fifty digits: nothing is rounded away before it is compared."""
    assert verdict is equals(D("12345678901234567890"), D(right), tolerance)


def test_values_of_unlike_kinds_say_nothing() -> None:
    """A day is neither above nor below a number."""
    assert [HOLDS, HOLDS] == [below(date(2014, 3, 26), D(1)), below(D(1), date(2014, 3, 26))]
