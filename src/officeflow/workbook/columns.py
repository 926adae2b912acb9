"""Type whole columns: a column that is regular is taken over in one step, any other cell by cell.

Hides the speed: ten thousand regular cells cost a few milliseconds, and only an
irregular cell pays for the grammar of `text.typed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from officeflow.model.kit import Field
from officeflow.model.values import Period, Value
from officeflow.text.clean import are_clean
from officeflow.text.reading import Typed
from officeflow.text.typed import read_date, read_number, read_text, read_yes_no
from officeflow.workbook.book import Raw
from officeflow.workbook.words import bare, folded, words

_LONGEST_STROKE = 3  # “———”: not applicable
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
    fast = _FAST.get(of.type)
    values = None
    if fast is not None and (fast is not _numbers or _has_own_unit(of, heading)):
        values = fast(cells)
    if values is not None and (not of.choices or set(values) <= {None, *of.choices}):
        return Column(values)
    return _one_by_one(cells, lambda raw: read_cell(of, raw, heading=heading, period=period))


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


def _one_by_one(cells: Sequence[Raw], read: Callable[[Raw], Typed]) -> Column:
    memo: dict[tuple[type, Raw], Typed] = {}
    values: list[Value] = []
    typed: dict[int, Typed] = {}
    for entry, raw in enumerate(cells):
        key = (raw.__class__, raw)  # True == 1 == 1.0, and they are read differently
        found = memo.get(key)
        if found is None:
            found = memo[key] = read(raw)
        values.append(found.value)
        if found.repair or found.problem:
            typed[entry] = found
    return Column(tuple(values), typed)


def _texts(cells: Sequence[Raw]) -> tuple[Value, ...] | None:
    filled = [cell for cell in cells if cell != ""]
    try:
        # A number in the column makes this fail; a stroke alone (／, —) is no text but a gap.
        short = {cell for cell in filled if len(cell) <= _LONGEST_STROKE}  # type: ignore[arg-type]
        regular = are_clean(filled) and all(cell[0].isalnum() for cell in short)  # type: ignore[arg-type, index]
    except TypeError:
        return None
    return tuple([cell or None for cell in cells]) if regular else None  # type: ignore[misc]


def _numbers(cells: Sequence[Raw]) -> tuple[Value, ...] | None:
    known: dict[Raw, Decimal | None] = {"": None}
    values: list[Value] = []
    for cell in cells:
        try:
            values.append(known[cell])
        except KeyError:
            if cell.__class__ is not float and cell.__class__ is not int:
                return None
            if not -_EXACT_BELOW < cell < _EXACT_BELOW:
                return None
            whole = int(cell)
            number = Decimal(whole) if whole == cell else Decimal(format(cell, ".15g"))
            values.append(number)
            known[cell] = number
    return tuple(values)


def _whole_numbers(cells: Sequence[Raw]) -> tuple[Value, ...] | None:
    values = _numbers(cells)
    if values is None or any(value is not None and value % 1 for value in set(values)):  # type: ignore[operator]
        return None
    return values


def _dates(cells: Sequence[Raw]) -> tuple[Value, ...] | None:
    if all(cell.__class__ is date or cell == "" for cell in cells):
        return tuple([cell or None for cell in cells])  # type: ignore[misc]
    return None


def _has_own_unit(of: Field, heading: str) -> bool:
    """Whether a heading names no other unit than the field's: 金额（万元） over a field in 元 does."""
    name = folded(heading)
    return name in {folded(of.header), bare(heading)} or f"({of.unit})" in name


_FAST: dict[str, Callable[[Sequence[Raw]], tuple[Value, ...] | None]] = {
    "text": _texts,
    "long": _texts,
    "choice": _texts,
    "ref": _texts,
    "reporting_unit": _texts,
    "int": _whole_numbers,
    "decimal": _numbers,
    "money": _numbers,
    "date": _dates,
}
