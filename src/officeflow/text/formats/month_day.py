"""月日: 5月30日, 3月下旬, 上半年."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._day import day, without_year
from officeflow.text.formats._printed import Printed

NAME = "月日"


def show(value: FigureValue, unit: str) -> Printed:  # noqa: ARG001  a date has no unit
    """Return the date without its year.

    Raises:
        ValueError: not a date.
    """
    return Printed(number=without_year(day(value)))
