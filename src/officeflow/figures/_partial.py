"""What one submission contributes to a figure; contributions of many submissions merge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from officeflow.figures._kind import find_kind
from officeflow.figures._select import Selector, place_field
from officeflow.model.cells import CellRef
from officeflow.model.kit import Rule
from officeflow.model.submission import Table


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a form in its submission."""

    selector: Selector
    table: Table
    entry: int

    @property
    def key(self) -> str:
        """The row's key for people; '' without key fields."""
        return self.table.keys[self.entry] if self.table.rows else ""

    @property
    def place(self) -> CellRef | None:
        """The cell that stands for the row."""
        return self.table.cell(place_field(self.table.form), self.entry)


@dataclass(frozen=True, slots=True)
class Group:
    """One member of a figure `by` a field or row; `row` is the (referred) row it stands for, if any."""

    key: str
    partial: Partial
    row: Row | None = None

    def stands_for(self, other: Group) -> bool:
        """Whether both are about the same row, or the same key where rows do not tell."""
        if self.row is None or other.row is None:
            return self.key == other.key
        return self.row.table is other.row.table and self.row.entry == other.row.entry


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
    groups: tuple[Group, ...] = ()
    otherwise: Partial | None = None


def merge(left: Partial, right: Partial) -> Partial:
    """Return the joint contribution of two contributions to the same rule; associative."""
    kind = find_kind(left.rule.use)
    both = left.otherwise is not None and right.otherwise is not None
    return replace(
        left,
        state=left.state if kind is None or kind.fold is None else kind.merge(left.state, right.state),
        cells=left.cells + right.cells,
        has_match=left.has_match or right.has_match,
        is_settled=left.is_settled or right.is_settled,
        is_unknown=left.is_unknown or right.is_unknown,
        given=tuple(map(merge, left.given, right.given)),
        operands=tuple(map(merge, left.operands, right.operands)),
        by=left.by or right.by,
        groups=_merge_groups(left, right),
        otherwise=merge(left.otherwise, right.otherwise) if both else left.otherwise,  # type: ignore[arg-type]
    )


def _merge_groups(left: Partial, right: Partial) -> tuple[Group, ...]:
    if "row" in (left.by, right.by):
        return left.groups + right.groups
    joined = {group.key: group for group in left.groups}
    for group in right.groups:
        mine = joined.get(group.key)
        joined[group.key] = (
            group if mine is None else replace(mine, partial=merge(mine.partial, group.partial))
        )
    return tuple(joined.values())
