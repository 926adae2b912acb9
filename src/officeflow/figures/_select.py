"""Select: which entries of a ledger a rule is over, and which cells they are.

Hides the memo: many figures of a kit share a `where`, and the references of a
column are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

from officeflow.figures._kind import has_value
from officeflow.figures._printing import as_figure_value
from officeflow.model.cells import CellRef
from officeflow.model.kit import Condition, Form, Where
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Gap, Value


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
        test = meets(condition["not"])
        return lambda value: not test(value)
    allowed = condition if isinstance(condition, list) else [condition]
    # In a 是/否 field the kit may write true or 是.
    return lambda value: value in allowed or (isinstance(value, bool) and as_figure_value(value) in allowed)


class Selector:
    """Picks entries and cells of one submission."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._chosen: dict[tuple[str, str], Choice] = {}
        self._columns: dict[tuple[str, str], tuple[CellRef | None, ...]] = {}

    def entries(self, table: Table, where: Where) -> Choice:
        """Return the entries of a form that satisfy every condition."""
        if not where:
            return Choice(range(entry_count(table)))
        key = (table.form.id, repr(where))
        if key not in self._chosen:
            self._chosen[key] = _choose(table, where)
        return self._chosen[key]

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


def _choose(table: Table, where: Where) -> Choice:
    chosen: Sequence[int] = range(entry_count(table))
    uncertain = False
    for field_id, condition in where.items():
        column, test = table.columns[field_id], meets(condition)
        if Gap in set(map(type, column)):
            readable = [entry for entry in chosen if column[entry] is not Gap.UNREADABLE]
            uncertain = uncertain or len(readable) < len(chosen)
            chosen = readable
        chosen = [entry for entry in chosen if test(column[entry])]
    return Choice(chosen, uncertain)
