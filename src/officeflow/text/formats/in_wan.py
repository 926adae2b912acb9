"""万: 1.3万名, 0.8万元; rounded half up.

`places` (default 2): decimals.  `above` (default 0): smaller numbers stay as they are.
"""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import PLACES
from officeflow.text.formats._printed import Printed
from officeflow.text.formats._scaled import in_scale

NAME = "万"


def show(value: FigureValue, unit: str, *, places: int = PLACES, above: int = 0) -> Printed:
    """Return the number in 万.

    Raises:
        ValueError: not a number.
    """
    return in_scale("万", value, unit, places=places, above=above)
