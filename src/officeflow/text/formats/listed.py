"""顿号: 甲、乙、丙; `etc = true`: 甲、乙、丙等."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._joined import joined, texts
from officeflow.text.formats._printed import Printed

NAME = "顿号"


def show(value: FigureValue, unit: str, *, etc: bool = False) -> Printed:  # noqa: ARG001  texts have no unit
    """Return the items in one line.

    Raises:
        ValueError: not a list.
    """
    items = texts(value)
    return Printed(number=joined(items), suffix="等" if etc and items else "")
