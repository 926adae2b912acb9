"""The filters, tests and functions of kit reports: few, strict, and aware of figures' sources."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from officeflow.document.reckoning.chart_values import columns, drawn
from officeflow.document.reckoning.expressions import Nothing, Operand, number_in
from officeflow.document.reckoning.limits import TooMuch, text_joined
from officeflow.document.words import WORDS
from officeflow.text.formats import format_names, print_value

LONGEST = 10_000
"""The longest range, and the longest text or list that may be made of others."""
_FILTERS = frozenset(
    [
        "abs",
        "first",
        "last",
        "length",
        "count",
        "list",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "reverse",
        "select",
        "selectattr",
        "sort",
        "sum",
        "unique",
    ]
)
"""Jinja's own; its `int`, `float` and `round` would make 0 of what they do not know."""
_TESTS = frozenset(
    [
        "defined",
        "undefined",
        "none",
        "divisibleby",
        "even",
        "odd",
        "eq",
        "equalto",
        "ne",
        "lt",
        "lessthan",
        "gt",
        "greaterthan",
        "le",
        "ge",
        "in",
        "number",
        "string",
    ]
)


def report_range(*ends: int) -> range:
    """Return a range of at most `LONGEST` numbers."""
    found = range(*map(int, ends))
    if len(found) > LONGEST:
        raise TooMuch
    return found


def _is_defined(value: object) -> bool:
    return not isinstance(value, Nothing) and not (isinstance(value, Operand) and not value.figure.is_known)


def _default(value: object, instead: object = "", boolean: bool = False) -> object:
    return value if _is_defined(value) and (value or not boolean) else instead


def _printed_as(value: object, name: str, **options: object) -> object:
    """Return a value in the slot format `name`; an operand keeps its sources."""
    form: Any = {"use": name, **options} if options else name
    if isinstance(value, Operand):
        return value.printed_as(form)
    number = number_in(value)
    if number is not None:
        return print_value(number, format=form).text
    if isinstance(value, (str, Nothing)):
        return value
    listed = list(value) if isinstance(value, Iterable) else []
    if listed and all(isinstance(item, Operand) for item in listed):
        return Operand.gathered(listed).printed_as(form)
    return print_value(tuple(map(str, listed)), format=form).text


def _join(value: Iterable[object], d: str = "") -> object:
    """Return texts joined by `d`; operands keep their sources."""
    listed = list(value)
    if listed and all(isinstance(item, Operand) for item in listed):
        return Operand.gathered([item for item in listed if isinstance(item, Operand)], d)
    return text_joined(d, listed)


def report_filters() -> dict[str, Any]:
    """Return the filters by name, each slot format among them."""
    found: dict[str, Any] = {name: FILTERS[name] for name in sorted(_FILTERS)}
    found |= {"default": _default, "d": _default, "join": _join, WORDS.columns: columns, WORDS.drawn: drawn}
    return found | {name: partial(_printed_as, name=name) for name in format_names()}


def report_tests() -> dict[str, Any]:
    """Return the tests by name."""
    found: dict[str, Any] = {name: TESTS[name] for name in sorted(_TESTS)}
    return found | {"defined": _is_defined, "undefined": lambda value: not _is_defined(value)}
