"""Outlines: the rows of a filled 提纲 that switch, order and reword a report's sections."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from officeflow.model.cells import CellRef
from officeflow.model.submission import Table
from officeflow.model.values import Bounded, Value, number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineRow:
    """One row of a filled 提纲: a heading or list entry to show, leave out, move or reword.

    `level` is the position of its choice, from 1: headings first, list entries
    last (`is_item`).  `parent` is the index, in the tuple of all rows, of the
    row it belongs under; None for a top heading.  `above` is the nearest row
    above of a higher level: what the place in the sheet says, should the
    typed number point elsewhere since rows were inserted or deleted.
    """

    level: int
    heading: str
    parent: int | None = None
    above: int | None = None
    is_on: bool = True
    is_item: bool = False
    cell: CellRef | None = None
    """Where the heading stands."""

    @classmethod
    def rows(cls, table: Table) -> tuple[OutlineRow, ...]:
        """Return the rows of an outline form (fields level, heading, parent, on) in sheet order.

        A parent that is not given, or names no row above, is the nearest row
        above of a higher level.  Rows without level or heading are left out:
        the checks have named them.
        """
        choices = table.form.by_id["level"].choices
        found: list[OutlineRow] = []
        places: dict[int, int] = {}  # 序号, as the sheet shows it → index in `found`
        for entry in range(len(table)):
            level, heading = table.value("level", entry), table.value("heading", entry)
            if level not in choices or not isinstance(heading, str) or not heading:
                continue
            depth = choices.index(str(level)) + 1
            given = None if depth == 1 else places.get(_whole(table.value("parent", entry)))
            above = _nearest(found, depth)
            places[table.rows[entry] - table.rows[0] + 1] = len(found)
            found.append(
                cls(
                    level=depth,
                    heading=heading,
                    parent=above if given is None or found[given].level >= depth else given,
                    above=above,
                    is_on=table.value("on", entry) is not False,
                    is_item=depth == len(choices),
                    cell=table.cell("heading", entry),
                )
            )
        return tuple(found)


def _whole(value: Value) -> int:
    return int(number_of(value)) if isinstance(value, (Decimal, Bounded)) else 0


def _nearest(found: list[OutlineRow], depth: int) -> int | None:
    above = [index for index, row in enumerate(found) if row.level < depth]
    return above[-1] if above else None
