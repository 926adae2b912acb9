"""年月日: 2014年5月30日, 2014年3月下旬, 2014年7月9日至17日."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._day import day, with_year
from officeflow.text.formats._printed import Printed

NAME = "年月日"


def show(value: FigureValue, unit: str) -> Printed:  # noqa: ARG001  a date has no unit
    """Return the date with its year.

    Raises:
        ValueError: not a date.
    """
    return Printed(number=with_year(day(value)))
