"""Intervals of hedged numbers."""

from decimal import Decimal

import pytest

from officeflow.model.values import Bounded, Hedge
from officeflow.text.hedges import between, bounded, covers, step

STEPS = {"1000": "1000", "1200": "100", "340": "10", "39": "1", "2.5": "0.1", "16000.0": "1000", "0": "1"}


@pytest.mark.parametrize(("number", "size"), STEPS.items())
def test_a_step_is_one_unit_of_the_last_digit_that_is_not_0(number: str, size: str):
    """1000余 is below 2000, 340余 below 350."""
    assert Decimal(size) == step(Decimal(number))


def test_a_range_has_no_one_number_to_hedge():
    """It is made of both ends."""
    with pytest.raises(ValueError, match="range"):
        bounded(Decimal(3), Hedge.RANGE)


def test_an_interval_covers_what_lies_inside():
    """Open ends count: [1000, 2000) does not hold 2000."""
    over = bounded(Decimal(1000), Hedge.OVER)
    under = bounded(Decimal(2000), Hedge.UNDER)

    assert covers(over, between(Decimal(1000), Decimal(1999)))
    assert covers(over, over)
    assert not covers(over, between(Decimal(1000), Decimal(2000)))
    assert not covers(under, between(Decimal(1000), Decimal(2000)))
    assert not covers(over, between(Decimal(999), Decimal(1500)))
    assert not covers(over, bounded(Decimal(1000), Hedge.AT_LEAST))
    assert not covers(over, bounded(Decimal(1000), Hedge.AT_MOST))
    assert covers(Bounded(Decimal(0), Hedge.ABOUT, None, None), over)
