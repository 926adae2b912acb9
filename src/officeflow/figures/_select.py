"""Select: which entries of a ledger a rule is over, and which cells they are.

Hides the memo: many figures of a kit share a `where`, and the references of a
column are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import Any

from officeflow.figures._kind import has_value
from officeflow.figures._order import TEXT, sort_key
from officeflow.figures._printing import as_figure_value
from officeflow.figures._windows import is_within
from officeflow.model.cells import CellRef
from officeflow.model.kit import Condition, Form, Where
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Gap, PartialDate, Period, Value


@dataclass(frozen=True, slots=True)
class Choice:
    """Entries that a `where` picks; `is_uncertain` when an unreadable cell decides about an entry."""

    entries: Sequence[int]
    is_uncertain: bool = False


def meets(condition: Condition) -> Callable[[Value], bool]:
    """Return the test that a condition of a `where` or `when` means."""
    if isinstance(condition, dict):
        if "filled" in condition:
            wanted = condition["filled"]
            return lambda value: has_value(value) == wanted
        if "not" not in condition:
            limits = [(name, _limit(held)) for name, held in condition.items()]
            return lambda value: all(_is_beyond(name, value, limit) for name, limit in limits)
        test = meets(condition["not"])
        return lambda value: not test(value)
    allowed = condition if isinstance(condition, list) else [condition]
    # In a 是/否 field the kit may write true or 是.
    return lambda value: value in allowed or (isinstance(value, bool) and as_figure_value(value) in allowed)


def is_compared(condition: Condition) -> bool:
    """Whether a condition holds a value against others: `{ above = 5 }`, `{ before = "filing.to" }`."""
    return isinstance(condition, dict) and bool(condition) and not condition.keys() & {"not", "filled"}


def _limit(limit: Any) -> Any:
    return Decimal(limit) if isinstance(limit, int) and not isinstance(limit, bool) else limit


def _is_beyond(name: str, value: Any, limit: Any) -> bool:
    """Whether a value lies on the side of a limit that `name` asks for; unlike and missing values never do."""
    if not has_value(value) or not has_value(limit):
        return False
    mine, other = sort_key(value), sort_key(limit)
    if mine[0] != other[0] or mine[0] == TEXT:
        return False
    match name:
        case "above" | "after":
            return mine > other
        case "below" | "before":
            return mine < other
        case "min":
            return mine >= other
        case _:
            return mine <= other


class Selector:
    """Picks entries and cells of one submission; `results` gives the by-row figure of an id, entry by entry."""

    def __init__(
        self, submission: Submission, results: Callable[[str, Table], Sequence[Value]] | None = None
    ) -> None:
        self.submission = submission
        self._results = results
        self._chosen: dict[tuple[str, str], Choice] = {}
        self._columns: dict[tuple[str, str], tuple[CellRef | None, ...]] = {}

    def entries(self, table: Table, where: Where) -> Choice:
        """Return the entries of a form that satisfy every condition."""
        if not where:
            return Choice(range(entry_count(table)))
        key = (table.form.id, repr(where))
        if key not in self._chosen:
            self._chosen[key] = self._choose(table, where)
        return self._chosen[key]

    def within(self, table: Table, field_id: str, window: Period | None, choice: Choice) -> Choice:
        """Return those of some entries whose date is in a window; a date that only may be makes it uncertain."""
        column = table.columns[field_id]
        if window is None:
            return Choice((), is_uncertain=True)
        known = {
            entry: is_within(column[entry], window)  # type: ignore[arg-type]
            for entry in choice.entries
            if isinstance(column[entry], date | PartialDate)
        }
        is_open = None in known.values() or any(column[entry] is Gap.UNREADABLE for entry in choice.entries)
        return Choice([entry for entry, is_in in known.items() if is_in], choice.is_uncertain or is_open)

    def _choose(self, table: Table, where: Where) -> Choice:
        chosen: Sequence[int] = range(entry_count(table))
        uncertain = False
        for name, condition in where.items():
            column = self._values(table, name)
            if Gap in set(map(type, column)):
                readable = [entry for entry in chosen if column[entry] is not Gap.UNREADABLE]
                uncertain = uncertain or len(readable) < len(chosen)
                chosen = readable
            if is_compared(condition):
                chosen, is_open = self._compare(table, column, condition, chosen)  # type: ignore[arg-type]
                uncertain = uncertain or is_open
            else:
                test = meets(condition)
                chosen = [entry for entry in chosen if test(column[entry])]
        return Choice(chosen, uncertain)

    def _compare(
        self, table: Table, column: Sequence[Value], condition: dict[str, Any], chosen: Sequence[int]
    ) -> tuple[Sequence[int], bool]:
        """Return the entries that are beyond every limit, a field named by its id or as `form.field`."""
        is_open = False
        for name, limit in condition.items():
            limits: Sequence[Any]
            if isinstance(limit, str) and "." in limit:
                limits = [self.submission.record(limit)] * len(column)
            elif isinstance(limit, str):
                limits = self._values(table, limit)
            else:
                limits = [_limit(limit)] * len(column)
            is_open = is_open or any(limits[entry] is Gap.UNREADABLE for entry in chosen)
            chosen = [entry for entry in chosen if _is_beyond(name, column[entry], limits[entry])]
        return chosen, is_open

    def _values(self, table: Table, name: str) -> Sequence[Value]:
        """Return what `where` names, entry by entry: a field's column, or the results of a by-row figure."""
        if name in table.columns:
            return table.columns[name]
        unknown = [Gap.UNREADABLE] * entry_count(table)
        return unknown if self._results is None else self._results(name, table)

    def cells(self, table: Table, field_ids: Sequence[str], entries: Sequence[int]) -> tuple[CellRef, ...]:
        """Return the cells of some fields that hold something in those entries; where all are blank, all of them."""
        picked = [(self._column(table, name), table.columns[name]) for name in field_ids]
        filled = [refs[i] for refs, values in picked for i in entries if values[i] is not None]
        chosen = filled or [refs[i] for refs, _ in picked for i in entries]
        return tuple(ref for ref in chosen if ref is not None)

    def _column(self, table: Table, field_id: str) -> tuple[CellRef | None, ...]:
        key = (table.form.id, field_id)
        if key not in self._columns:
            self._columns[key] = _references(table, field_id)
        return self._columns[key]

    def is_zero_declared(self, table: Table) -> bool:
        """Whether the 本期为零 switch of a form says yes."""
        return bool(table.form.zero) and self.submission.record(table.form.zero) is True


def _references(table: Table, field_id: str) -> tuple[CellRef | None, ...]:
    column = table.letters.get(field_id)
    if table.form.kind == "record" or column is None:
        return tuple(table.cell(field_id, entry) for entry in range(entry_count(table)))
    # Thousands per workbook: mapped in one go.
    return tuple(map(CellRef, repeat(table.sheet), table.rows, repeat(column)))


def entry_count(table: Table) -> int:
    """Return how many entries a table has in all its columns."""
    return len(next(iter(table.columns.values()), ()))


def place_field(form: Form) -> str:
    """Return the field that stands for a whole row: its first key field that is a name, else its first (key) field."""
    keys = form.key or tuple(form.by_id)
    names = (name for name in form.key if form.by_id[name].type != "date" and not form.by_id[name].is_number)
    return next(names, keys[0])
