"""Cells of one field as typed values, and what the form adds to them: defaults, money written under quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from officeflow.model.kit import Field, Form, Scalar
from officeflow.model.values import Period, Value
from officeflow.text.clean import are_clean
from officeflow.text.dates import read_date
from officeflow.text.numbers import read_number
from officeflow.text.reading import Typed
from officeflow.text.words import read_text, read_yes_no
from officeflow.workbook.files.book import Raw
from officeflow.workbook.words import bare, folded, words


def defaults(form: Form, columns: dict[str, list[Value]]) -> Iterator[tuple[str, int]]:
    """Put the fields' defaults into blank cells; yield each (field id, entry) that got one."""
    for of in form.fields:
        column = columns[of.id]
        if of.default is None or None not in column:
            continue
        for entry, value in enumerate(column):
            if value is None:
                default = of.default_for(columns[of.default_by][entry] if of.default_by else None)
                if default is not None:
                    column[entry] = _typed(of, default)
                    yield of.id, entry


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


_FEW = 4
_LONGEST_STROKE = 3  # “———”: not applicable
_EXACT_LENGTH = 16
_YEAR_OF_NUMBERS = 1900
_EXACT_BELOW = 10**15  # Excel keeps 15 digits; longer numbers are judged one by one


@dataclass(frozen=True, slots=True)
class Column:
    """Typed cells of one field; `typed` holds the ones that did not stand as they were."""

    values: tuple[Value, ...]
    typed: Mapping[int, Typed] = field(default_factory=dict)


def read_column(
    of: Field, cells: Sequence[Raw], *, heading: str = "", period: Period | None = None
) -> Column:
    """Return the typed cells of one field; `heading` is the heading as it stands in the sheet (its unit counts)."""
    split = _SPLIT.get(of.type)
    if split is None or (of.is_number and not _has_own_unit(of, heading)):
        split = _none_regular
    values, odd = split(of, cells)
    if not odd:
        return Column(tuple(values))
    memo: dict[tuple[type, Raw], Typed] = {}
    typed: dict[int, Typed] = {}
    for entry in odd:
        raw = cells[entry]
        key = (raw.__class__, raw)  # True == 1 == 1.0, and they are read differently
        found = memo.get(key)
        if found is None:
            found = memo[key] = read_cell(of, raw, heading=heading, period=period)
        values[entry] = found.value
        if found.repair or found.problem:
            typed[entry] = found
    return Column(tuple(values), typed)


def read_cell(
    of: Field, raw: Raw, *, heading: str = "", period: Period | None = None, allows_bounds: bool | None = None
) -> Typed:
    """Return one cell as its field types it."""
    if of.is_number:
        bounds = of.bounds is True if allows_bounds is None else allows_bounds
        return read_number(raw, type=of.type, unit=of.unit, header=heading, allows_bounds=bounds)
    if of.type == "date":
        return read_date(raw, precision=of.precision, period=period)
    if of.type == "yes_no":
        return read_yes_no(raw)
    typed = read_text(raw)
    return _chosen(of, typed) if of.type == "choice" else typed


def _chosen(of: Field, typed: Typed) -> Typed:
    text = typed.value
    if not isinstance(text, str) or text in of.choices:
        return typed
    names = {folded(choice): choice for choice in of.choices}
    names |= {folded(alias): choice for alias, choice in of.choice_aliases.items()}
    known = names.get(folded(text))
    # What is in no list stays as typed: the check names the nearest choice.
    return typed if known is None else Typed(known, repair=words().rules["choice_alias"])


# Each splitter takes over the regular cells of a column and names the entries that are to be read one by one.


def _none_regular(_: Field, cells: Sequence[Raw]) -> tuple[list[Value], Sequence[int]]:
    return [None] * len(cells), range(len(cells))


def _texts(of: Field, cells: Sequence[Raw]) -> tuple[list[Value], Sequence[int]]:
    values: list[Value] = [cell or None for cell in cells]  # type: ignore[misc]  # all but texts are replaced
    if of.choices:
        allowed = {None, *of.choices}
        return values, [entry for entry, value in enumerate(values) if value not in allowed]
    filled = [entry for entry, cell in enumerate(cells) if cell != ""]
    return values, list(_odd_texts(cells, filled))


def _odd_texts(cells: Sequence[Raw], entries: Sequence[int]) -> Iterator[int]:
    """Yield the entries that are no clean text, halving until they are found: most columns take one search."""
    texts = [cells[entry] for entry in entries]
    if not texts:
        return
    if set(map(type, texts)) == {str} and are_clean(texts):  # type: ignore[arg-type]
        # A stroke alone (／, —) is a gap, not text.
        if min(map(len, texts)) > _LONGEST_STROKE:  # type: ignore[arg-type]
            return
        if all(text[0].isalnum() for text in set(texts) if len(text) <= _LONGEST_STROKE):  # type: ignore[arg-type, index]
            return
    if len(texts) <= _FEW:
        yield from entries
        return
    middle = len(entries) // 2
    yield from _odd_texts(cells, entries[:middle])
    yield from _odd_texts(cells, entries[middle:])


def _numbers(of: Field, cells: Sequence[Raw]) -> tuple[list[Value], Sequence[int]]:
    if bool in set(map(type, cells)):  # True == 1: below, it would be taken for the number
        cells = [str(cell) if cell.__class__ is bool else cell for cell in cells]
    is_whole = of.type == "int"
    known: dict[Raw, Value] = {
        cell: _number(cell, is_whole) if cell.__class__ is float or cell.__class__ is int else None
        for cell in set(cells)
    }
    odd = {cell for cell, value in known.items() if value is None and cell != ""}
    values = list(map(known.__getitem__, cells))
    return values, [entry for entry, cell in enumerate(cells) if cell in odd] if odd else []


def _number(cell: float, is_whole: bool) -> Decimal | None:
    if not -_EXACT_BELOW < cell < _EXACT_BELOW:  # also no number at all (nan)
        return None
    whole = int(cell)
    if whole == cell:
        return Decimal(whole)
    if is_whole:
        return None
    text = repr(cell)
    # Up to 15 digits and a point, both ways of printing agree, and this one is three times as fast.
    return Decimal(text if len(text) <= _EXACT_LENGTH else format(cell, ".15g"))


def _dates(_: Field, cells: Sequence[Raw]) -> tuple[list[Value], Sequence[int]]:
    values: list[Value] = [cell or None for cell in cells]  # type: ignore[misc]  # all but dates are replaced
    # A day of 1900 is a bare number (3.2, 12) that the column's format shows as a date.
    return values, [
        entry
        for entry, cell in enumerate(cells)
        if cell != "" and (cell.__class__ is not date or cell.year <= _YEAR_OF_NUMBERS)
    ]


def _has_own_unit(of: Field, heading: str) -> bool:
    """Whether a heading names no other unit than the field's: 金额（万元） over a field in 元 does."""
    name = folded(heading)
    return name in {folded(of.header), bare(heading)} or f"({of.unit})" in name


_SPLIT: dict[str, Callable[[Field, Sequence[Raw]], tuple[list[Value], Sequence[int]]]] = {
    "text": _texts,
    "long": _texts,
    "choice": _texts,
    "ref": _texts,
    "reporting_unit": _texts,
    "int": _numbers,
    "decimal": _numbers,
    "money": _numbers,
    "percent": _numbers,
    "date": _dates,
}
