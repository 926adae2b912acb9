"""Slot formats: how a value is printed.  One file each; the folder is the registry.

A format is a module with `NAME` (what templates write: `{{ 捐款|余 }}`) and
`show(value, unit, **options) -> Printed`.  Modules whose names start with `_`
are machinery.  They are imported when the first named format is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from officeflow.model.values import Bounded, FigureValue, Number, PartialDate, Period
from officeflow.text.formats._day import with_year
from officeflow.text.formats._joined import joined
from officeflow.text.formats._number import print_number
from officeflow.text.formats._printed import Printed

__all__ = ["Printed", "format_names", "options_of", "print_value"]


class Show(Protocol):
    """What a format's module offers."""

    def __call__(self, value: FigureValue, unit: str, **options: Any) -> Printed:
        """Return the value printed; ValueError when the format cannot print such a value."""


def print_value(
    value: FigureValue,
    *,
    unit: str = "",
    format: str | Mapping[str, Any] = "",  # noqa: A002  the kit's word
) -> Printed:
    """Return a value as a report prints it, by a named format or by the default of its type.

    `format` is a name or a table `{ use = "余", digits = 1 }`.  None prints nothing.

    >>> print_value(Decimal(16000), unit="元").text, print_value(Decimal(1036), unit="份", format="余").text
    ('1.6万元', '1000余份')

    Raises:
        ValueError: the format cannot print such a value so, or no format has that name.
        TypeError: the format has no such option.
    """
    if value is None:
        return Printed()
    options = {} if isinstance(format, str) else dict(format)
    name = format if isinstance(format, str) else str(options.pop("use", ""))
    if not name:
        return _by_type(value, unit)
    show = _formats().get(name)
    if show is None:
        raise ValueError(name)
    try:
        return show(value, unit, **options)
    except ArithmeticError as error:  # places = 1000
        raise ValueError(name) from error


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, as templates write them."""
    return tuple(_formats())


def options_of(name: str) -> Mapping[str, type]:
    """Return the options of a format and the type that each takes (`digits`: int), as its module declares them."""
    from inspect import Parameter, signature

    declared = signature(_formats()[name]).parameters.values()
    return {one.name: type(one.default) for one in declared if one.kind is Parameter.KEYWORD_ONLY}


@cache
def _formats() -> dict[str, Show]:
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {module.NAME: module.show for module in modules}


def _by_type(value: Number | date | PartialDate | Period | str | tuple[str, ...], unit: str) -> Printed:
    match value:
        case Decimal() | Bounded():
            return print_number(value, unit)
        case str():
            return Printed(number=value)
        case tuple():
            return Printed(number=joined(value))
        case _:
            return Printed(number=with_year(value))
