"""亿: 2.52亿元, 0.3亿元; rounded half up.

`places` (default 2): decimals.  `above` (default 0): smaller numbers stay as they are.
"""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._number import PLACES
from officeflow.text.formats._printed import Printed
from officeflow.text.formats._scaled import in_scale

NAME = "亿"


def show(value: FigureValue, unit: str, *, places: int = PLACES, above: int = 0) -> Printed:
    """Return the number in 亿.

    Raises:
        ValueError: not a number.
    """
    return in_scale("亿", value, unit, places=places, above=above)
