"""What a form adds to the cells of a row: defaults, and money written under quantity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from officeflow.model.kit import Field, Form, Scalar
from officeflow.model.values import Value
from officeflow.text.typed import read_yes_no


def defaults(form: Form, columns: dict[str, list[Value]]) -> Iterator[tuple[str, int]]:
    """Put the fields' defaults into blank cells; yield each (field id, entry) that got one."""
    for field in form.fields:
        column = columns[field.id]
        if field.default is None or None not in column:
            continue
        for entry, value in enumerate(column):
            if value is None:
                default = field.default_for(columns[field.default_by][entry] if field.default_by else None)
                if default is not None:
                    column[entry] = _typed(field, default)
                    yield field.id, entry


def _typed(field: Field, default: Scalar) -> Value:
    if field.is_number:
        return Decimal(str(default))
    if field.type == "yes_no":
        return default if isinstance(default, bool) else read_yes_no(str(default)).value
    return default if isinstance(default, date) else str(default)


def money_moved(form: Form, columns: dict[str, list[Value]]) -> Iterator[tuple[str, str, int]]:
    """Move amounts written as quantity with 元 for a measure to the money column.

    Yields (money field id, quantity field id, entry).  Only for forms that have
    one money field and a choice of measures that offers its unit.
    """
    money = [field for field in form.fields if field.type == "money"]
    measures = [field for field in form.fields if len(money) == 1 and money[0].unit in field.choices]
    if len(measures) != 1:
        return
    amount, measure = money[0].id, measures[0].id
    ids = [field.id for field in form.fields]
    place = ids.index(measure)
    quantity = form.fields[place - 1] if place else money[0]
    if not quantity.is_number or quantity.id == amount:
        return
    for entry, unit in enumerate(columns[measure]):
        if (
            unit == money[0].unit
            and columns[amount][entry] is None
            and columns[quantity.id][entry] is not None
        ):
            columns[amount][entry] = columns[quantity.id][entry]
            columns[quantity.id][entry] = columns[measure][entry] = None
            yield amount, quantity.id, entry
