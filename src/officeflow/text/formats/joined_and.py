"""和: 甲和乙; 甲、乙和丙."""

from __future__ import annotations

from officeflow.model.values import FigureValue
from officeflow.text.formats._joined import joined, texts
from officeflow.text.formats._printed import Printed

NAME = "和"


def show(value: FigureValue, unit: str) -> Printed:  # noqa: ARG001  texts have no unit
    """Return the items in one line, 和 before the last.

    Raises:
        ValueError: not a list.
    """
    items = texts(value)
    return Printed(number=f"{joined(items[:-1])}和{items[-1]}" if len(items) > 1 else joined(items))
