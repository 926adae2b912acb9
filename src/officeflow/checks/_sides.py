"""One side of a comparison: a column's cells, a figure's members, or a single value.

Kept as columns of values, so that a comparison that holds makes no object per cell.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from officeflow.checks._compare import AnyValue
from officeflow.checks._sites import Site, cell_site, figure_site, row_site, shown
from officeflow.figures import PartialMember, Tally, entry_count
from officeflow.model.figures import Figure
from officeflow.model.kit import Field, Rule, Scalar, Where
from officeflow.model.values import Gap, PartialDate, Value
from officeflow.text.dates import is_too_coarse
from officeflow.text.messages import Place

SINGLE = "single"
"""The identity of a value that stands against every row of the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Values, each with the row, group or nothing it stands for, and where it is."""

    values: Sequence[AnyValue]
    identities: Sequence[Hashable]
    site: Callable[[int], Site]
    name: str = ""
    unit: str = ""
    field: Field | None = None

    @classmethod
    def nothing(cls) -> Side:
        """Return the side that stands for no value at all."""
        return cls(values=(None,), identities=(SINGLE,), site=lambda _: Site(Place()))

    @property
    def single(self) -> AnyValue | Gap:
        """Its one value; UNREADABLE (nothing to reckon with) where it is one per row."""
        is_single = len(self.values) == 1 and self.identities[0] == SINGLE
        return self.values[0] if is_single else Gap.UNREADABLE

    def against(self, other: Side) -> Sequence[AnyValue]:
        """Return, for each value of `other`, the one here that it is compared with; None where there is none."""
        if len(self.values) == 1 and self.identities[0] == SINGLE:
            return list(self.values) * len(other.values)
        if self.identities == other.identities:
            return self.values
        here = dict(zip(self.identities, self.values, strict=True))
        return [here.get(identity) for identity in other.identities]

    def shown(self, value: AnyValue) -> str:
        """Return a value as findings show it."""
        return shown(value, self.field)


def side_of(operand: str | Rule | Scalar, tally: Tally, where: Where) -> Side:
    """Return an operand as a side: a ledger field cell by cell, a figure's members, else its one value."""
    field = tally.submission.kit.field(operand) if isinstance(operand, str) else None
    if field is not None and isinstance(operand, str):
        return _cells(operand.partition(".")[0], field, tally, where)
    if isinstance(operand, str | Rule):
        return _figure(operand, tally)
    value = Decimal(operand) if isinstance(operand, int) and not isinstance(operand, bool) else operand
    return Side(values=(value,), identities=(SINGLE,), site=lambda _: Site(Place()))


def _cells(form_id: str, field: Field, tally: Tally, where: Where) -> Side:
    table = tally.submission.tables[form_id]
    entries = tally.selector.entries(table, where).entries if where else range(entry_count(table))
    column = _comparable(table.columns[field.id], field)
    is_record = table.form.kind == "record"
    return Side(
        values=column if len(entries) == len(column) else [column[entry] for entry in entries],
        identities=[SINGLE if is_record else (form_id, entry) for entry in entries],
        site=lambda at: cell_site(table, field, entries[at]),
        name=field.header,
        unit=field.unit,
        field=field,
    )


def _comparable(column: Sequence[Value], field: Field) -> Sequence[Value]:
    """Return the cells that can be held against others: half a year where a day is due must be typed again first."""
    if field.type != "date" or PartialDate not in set(map(type, column)):
        return column
    return [
        Gap.UNREADABLE if isinstance(value, PartialDate) and is_too_coarse(value, field.precision) else value
        for value in column
    ]


def _figure(operand: str | Rule, tally: Tally) -> Side:
    figure = tally.operand(operand)
    if not figure.members:
        return Side(
            values=(figure.value,),
            identities=(SINGLE,),
            site=lambda _: figure_site(figure, tally.submission),
            name=figure.name,
            unit=figure.unit,
        )
    members = tally.members(operand)
    return Side(
        values=[member.value for _, member in members],
        identities=[(g.row.layout.form, g.row.entry) if g.row else g.key for g, _ in members],
        site=lambda at: _member_site(*members[at], tally),
        name=figure.name,
        unit=figure.unit,
    )


def _member_site(group: PartialMember, figure: Figure, tally: Tally) -> Site:
    if group.row is not None:
        return row_site(group.row, tally.submission)
    return figure_site(figure, tally.submission, group.key)
