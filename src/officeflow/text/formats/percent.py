"""百分比: 12.5%; a share without unit (0.125) is multiplied by 100.

`places` (default 2): decimals; 100% and 0% only where it is really so.
"""

from __future__ import annotations

from decimal import Decimal

from officeflow.model.values import EXACT, FigureValue
from officeflow.text.formats._number import PLACES, percentage
from officeflow.text.formats._printed import Printed

NAME = "百分比"


def show(value: FigureValue, unit: str, *, places: int = PLACES) -> Printed:
    """Return the percentage.

    Raises:
        ValueError: not an exact number.
    """
    if not isinstance(value, Decimal):
        raise ValueError(value)  # noqa: TRY004  one kind of refusal for every format
    number = value if unit == "%" else EXACT.multiply(value, Decimal(100))
    return Printed(number=percentage(number, places), unit="%")
