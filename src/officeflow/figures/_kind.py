"""What a figure kind is: the parts that a module of this folder puts into its `KIND`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from officeflow.figures._registry import Registry
from officeflow.model.figures import Figure, State
from officeflow.model.kit import Field, Form, Rule
from officeflow.model.submission import Table
from officeflow.model.values import FigureValue, Gap, Value

REGISTRY = Registry("officeflow.figures")
COMMON = frozenset({"use", "id", "name", "of", "unit", "format", "labels", "else_"})
"""Rule attributes that every figure kind takes."""


def has_value(value: object) -> bool:
    """Whether a cell gives a value: it is neither blank nor a gap."""
    return value is not None and value.__class__ is not Gap


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries of one form that a figure is over, and the fields it reads of them ((): the rows themselves).

    `given` holds finished values instead, when `of` names figures.
    """

    rule: Rule
    table: Table | None = None
    fields: tuple[str, ...] = ()
    entries: Sequence[int] = ()
    given: Sequence[Any] = ()

    def column(self, field_id: str) -> list[Value]:
        """Return one field's value per entry, blanks included."""
        if self.table is None:
            return []
        column = self.table.columns[field_id]
        return [column[entry] for entry in self.entries]

    def rows(self) -> list[tuple[Value, ...]]:
        """Return the fields' values entry by entry, blanks included."""
        if self.table is None:
            return [(value,) for value in self.given]
        return list(zip(*map(self.column, self.fields), strict=True))

    def values(self) -> list[Value]:
        """Return what stands in the cells, entry by entry, without blanks and gaps."""
        if len(self.fields) == 1:
            column = self.column(self.fields[0])
            return [value for value in column if value is not None and value.__class__ is not Gap]
        return [value for row in self.rows() for value in row if has_value(value)]

    @property
    def has_unreadable(self) -> bool:
        """Whether one of the cells holds something that could not be read."""
        columns = [self.column(name) for name in self.fields]
        gaps = [column for column in columns if Gap in set(map(type, column))]
        return any(value is Gap.UNREADABLE for column in gaps for value in column)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind may know when it finishes: its rule, and the form and first field it is over, if any."""

    rule: Rule
    form: Form | None = None
    field: Field | None = None

    @property
    def name(self) -> str:
        """What people call what it is over: the field's header, the form's sheet."""
        return self.field.header if self.field else self.form.sheet if self.form else ""


def _first(left: Any, _right: Any) -> Any:
    return left


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """A figure kind.  For entries A, B: `fold(A + B) == merge(fold(A), fold(B))`.

    `takes` are the Rule attributes it reads besides COMMON.  `fold` reads the
    rows that the attribute `folds` names.  `operands` are attributes that are
    figures of their own: `finish` gets them in that order, all known.
    """

    finish: Callable[[Any, Sequence[Figure], Terms], FigureValue | Gap]
    """A gap as its result makes the figure unknown."""
    fold: Callable[[Selection], Any] | None = None
    merge: Callable[[Any, Any], Any] = _first
    takes: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset({"of"})
    """Attributes a rule of this kind cannot do without."""
    folds: str = "of"
    operands: tuple[str, ...] = ()
    spreads: bool = True
    """Whether a first operand with members makes one result per member."""
    zero: Decimal | None = None
    """Its value where no row matches and the ledger has rows or is declared zero."""
    unit: str | None = None
    """The unit of its results; None: that of the field or operand it is over."""
    reads_cells: bool = True
    """Whether an unreadable cell makes it unknown (a count of rows does not mind)."""
    shows_cells: bool = False
    """Whether its value stands as it is in a cell (the latest date): of a personal field it is personal."""
    orders: frozenset[str] = frozenset()
    """Words that `order` may be besides the name of a field."""
    is_among: bool = False
    """Whether a result per member is made among all of them: `finish` gets their values as its state."""
    lists_rows: bool = False
    """Whether `of` = form gives one member per row."""
    over: frozenset[str] = frozenset()
    """What `of` may be: "number", "date", "period", "text", "list", "rows"; () for anything."""
    gives: Mapping[str, str] = field(default_factory=dict)
    """What its value is, of these, by what it is over; '' for anything else.  Without entry it is what it is over."""
    alike: tuple[str, ...] = ()
    """Attributes whose operands must be of one unit, or the result means nothing: 次 and 个 do not add up."""
    state: State | None = None
    """The state of every figure of this kind, where it does not depend on cells."""


def rows_attribute(rule: Rule, kind: FigureKind) -> str:
    """Return the attribute whose rows `where`, `by` and `on` are about; `of` where the one of its kind is not given."""
    return kind.folds if getattr(rule, kind.folds) else "of"


def find_kind(name: str) -> FigureKind | None:
    """Return the kind of that name, or None."""
    module = REGISTRY.find(name)
    return None if module is None else cast("FigureKind", module.KIND)
