"""What one submission contributes to a figure, as plain data: it pickles small, and contributions of many workbooks merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from officeflow.figures._kind import find_kind
from officeflow.model.cells import CellRef
from officeflow.model.kit import Rule
from officeflow.model.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """Where the fields of a form stand in one workbook; shared by all its rows.

    `columns` and `rows` go by the form's fields; None is a field without a place.  `rows` is ()
    in a ledger, whose rows know their own.  `place` is the field that stands for a whole row.
    """

    form: str
    sheet: str
    columns: tuple[int | None, ...]
    rows: tuple[int | None, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a form: its key for people ('' without key fields), its values and where they stand.

    `number` is its row in the sheet, `origin` the index of its workbook.
    """

    layout: RowLayout
    entry: int
    number: int
    key: str
    values: tuple[Value, ...]
    origin: int = 0

    @property
    def identity(self) -> tuple[str, int, int]:
        """What no other row has: form, workbook and entry."""
        return self.layout.form, self.origin, self.entry

    @property
    def place(self) -> CellRef | None:
        """The cell that stands for the row."""
        return self.cell(self.layout.place)

    def cell(self, position: int) -> CellRef | None:
        """Return where the value of the form's field at `position` stands, None when the sheet has no such column."""
        layout = self.layout
        column = layout.columns[position]
        row = layout.rows[position] if layout.rows else self.number
        return None if column is None or row is None else CellRef(layout.sheet, row, column, self.origin)


@dataclass(frozen=True, slots=True)
class PartialMember:
    """One member of a figure `by` a field or row; `row` is the (referred) row it stands for, if any."""

    key: str
    partial: Partial
    row: Row | None = None

    def stands_for(self, other: PartialMember) -> bool:
        """Whether both are about the same row, or the same key where rows do not tell."""
        if self.row is None or other.row is None:
            return self.key == other.key
        return self.row.identity == other.row.identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """The contribution to `rule`'s figure: the kind's own state with its source cells.

    `has_match` says that rows were selected; `is_settled` that no row means 0
    (the ledger has rows or is declared zero).  `given` are contributions to
    the figures that `of` names, `operands` to those the rule calculates with.
    """

    rule: Rule
    state: Any = None
    cells: tuple[CellRef, ...] = ()
    has_match: bool = False
    is_settled: bool = False
    is_unknown: bool = False
    given: tuple[Partial, ...] = ()
    operands: tuple[Partial, ...] = ()
    by: str = ""
    """What `groups` are of: a field id, "row", or ''."""
    groups: tuple[PartialMember, ...] = ()
    otherwise: Partial | None = None

    def at_origin(self, origin: int) -> Partial:
        """Return the contribution as that of the workbook with this index; one of several workbooks moves up by it.

        Before contributions of different workbooks are merged, each gets its own index,
        which every cell and row keeps (`CellRef.origin`).
        """
        if not origin:
            return self
        return replace(
            self,
            cells=_moved(self.cells, origin),
            given=tuple(item.at_origin(origin) for item in self.given),
            operands=tuple(item.at_origin(origin) for item in self.operands),
            groups=tuple(_group_at(group, origin) for group in self.groups),
            otherwise=self.otherwise and self.otherwise.at_origin(origin),
        )


def _moved(cells: Sequence[CellRef], origin: int) -> tuple[CellRef, ...]:
    return tuple(CellRef(cell.sheet, cell.row, cell.column, cell.origin + origin) for cell in cells)


def _group_at(group: PartialMember, origin: int) -> PartialMember:
    row = group.row and replace(group.row, origin=group.row.origin + origin)
    return PartialMember(group.key, group.partial.at_origin(origin), row)


def merge(left: Partial, right: Partial) -> Partial:
    """Return the joint contribution of two contributions to the same rule; associative.

    Last period's values of counts and totals add up; other ones are unknown where they differ.
    """
    kind = find_kind(left.rule.use)
    is_torn = left.rule.previous and "value" in (left.rule.use, right.rule.use) and left.state != right.state
    both = left.otherwise is not None and right.otherwise is not None
    return replace(
        left,
        state=left.state
        if is_torn or kind is None or kind.fold is None
        else kind.merge(left.state, right.state),
        cells=left.cells + right.cells,
        has_match=left.has_match or right.has_match,
        is_settled=left.is_settled or right.is_settled,
        is_unknown=left.is_unknown or right.is_unknown or is_torn,
        given=tuple(map(merge, left.given, right.given)),
        operands=tuple(map(merge, left.operands, right.operands)),
        by=left.by or right.by,
        groups=_merge_groups(left, right),
        otherwise=merge(left.otherwise, right.otherwise) if both else left.otherwise,  # type: ignore[arg-type]
    )


def _merge_groups(left: Partial, right: Partial) -> tuple[PartialMember, ...]:
    if "row" in (left.by, right.by):
        return left.groups + right.groups
    joined = {group.key: group for group in left.groups}
    for group in right.groups:
        mine = joined.get(group.key)
        joined[group.key] = (
            group if mine is None else replace(mine, partial=merge(mine.partial, group.partial))
        )
    return tuple(joined.values())
