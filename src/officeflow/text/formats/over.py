"""余: rounded down to the leading digits, 余 behind: 1036 → 1000余份, 41280 → 4万余元; 40000 stays 4万元.

`digits` (default 1): how many leading digits are kept.
"""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._floored import floored
from officeflow.text.formats._printed import Printed

NAME = "余"


def show(value: FigureValue, unit: str, *, digits: int = 1) -> Printed:
    """Return the floor with 余; a number that needs no rounding stays exact.

    Raises:
        ValueError: not a number.
    """
    return floored(value, unit, digits=digits, word="余")
