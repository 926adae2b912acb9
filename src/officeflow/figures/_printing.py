"""How a value becomes a figure's value and text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from officeflow.model.values import FigureValue, Gap, PartialDate, Value
from officeflow.text.reading import shown_value


def as_figure_value(value: Value) -> FigureValue:
    """Return what a figure holds for a cell's value: 是/否 as its word, a gap as nothing."""
    if isinstance(value, bool):
        return shown_value(value)
    return None if isinstance(value, Gap) else value


def text_of(value: FigureValue, *, unit: str = "", form: str | Mapping[str, Any] = "") -> str:
    """Return the printed form, unit included; '' for no value."""
    from officeflow.text.formats import print_value

    if value is None or (isinstance(value, str) and not form):
        return value or ""
    try:
        return print_value(value, unit=unit, format=form).text
    except (ValueError, TypeError):  # the kit's format is for another kind of value, as 月日 for a text
        return print_value(value, unit=unit).text


def format_name(form: str | Mapping[str, Any]) -> str:
    """Return the name of a slot format given by name or as a table."""
    return form if isinstance(form, str) else str(form.get("use", ""))


def label_of(key: str, form: str) -> str:
    """Return what a member is called whose key is a date, by a slot format; '' where that format does not fit."""
    if not form:
        return ""
    from officeflow.text.formats import print_value

    try:
        return print_value(PartialDate.parse(key) or date.fromisoformat(key), format=form).text
    except ValueError:
        return ""
