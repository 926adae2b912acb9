"""起止: 7月9日至17日, 6月30日至7月2日; one day: 7月9日; over New Year with both years.

`year` (default false): 2014年7月9日至17日.  `months` (default false): whole months print as 1—6月.
"""

from __future__ import annotations

from officeflow.model.values import FigureValue, Period
from officeflow.text.formats._day import day, whole_months, with_year, without_year
from officeflow.text.formats._printed import Printed

NAME = "起止"


def show(value: FigureValue, unit: str, *, year: bool = False, months: bool = False) -> Printed:  # noqa: ARG001  a date has no unit
    """Return the span of days.

    Raises:
        ValueError: not a date or span.
    """
    stretch = day(value)
    if months and isinstance(stretch, Period) and (short := whole_months(stretch)):
        return Printed(number=f"{stretch.first.year}年{short}" if year else short)
    return Printed(number=(with_year if year else without_year)(stretch))
