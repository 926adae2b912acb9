"""A number ten thousand times off its column."""

from decimal import Decimal

import pytest

from officeflow.model.values import Hedge
from officeflow.text.hedges import bounded
from officeflow.text.slips import unit_slips

SLIPPED = [
    (["3000", "11200", "1.6", "1800"], {2: "16000"}),
    (["1.6", "2", "16000", "1"], {2: "1.6"}),
    (["20000", "18000", "2", "1.5"], {}),
    (["3000", "11200", "1800"], {}),
    (["16000", "1.6"], {}),
    (["10000", "10000", "1"], {2: "10000"}),
    (["0", "0", "5", "4", "3"], {}),
    (["1", "10", "100", "1000", "10000"], {}),
    (["5000000000", "10", "12", "9"], {}),
    (["-3000", "2500", "0.2"], {2: "2000"}),
    ([], {}),
]


@pytest.mark.parametrize(("column", "slips"), SLIPPED)
def test_a_slip_stands_far_from_all_others(column: list[str], slips: dict[int, str]):
    """It is found with the number that was probably meant."""
    assert {at: Decimal(meant) for at, meant in slips.items()} == unit_slips(
        [Decimal(item) for item in column]
    )


def test_blank_and_hedged_cells_do_not_count():
    """Only exact numbers are compared."""
    hedged = bounded(Decimal(1), Hedge.ABOUT)

    assert {} == unit_slips([None, "很多", hedged, Decimal(10000), Decimal(1)])
    assert [4] == list(unit_slips([None, Decimal(3000), Decimal(2500), hedged, Decimal("0.3")]))
