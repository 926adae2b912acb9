"""The groups with most: `use = "top"`, `of` + `by`, or `of` = a figure with members; `where`, `options = { count = 1 }`.

A bare form is counted, a bare column of numbers added up, per value of `by`.
Its value is their names, the largest first; ties in the order of the sheet
(or of the choices), none cut off: of two equal firsts both are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from officeflow.figures._kind import FigureKind, Terms
from officeflow.model.figures import Figure
from officeflow.model.values import Bounded, FigureValue, number_of


def finish(_state: None, operands: Sequence[Figure], terms: Terms) -> FigureValue:
    """Return the names of the largest groups."""
    sizes = [(member.label or member.key, _size(member)) for member in operands[0].members if member.is_known]
    ranked = sorted(sizes, key=lambda item: -item[1])
    asked = terms.rule.options.get("count")
    wanted = max(asked, 1) if isinstance(asked, int) else 1
    if not ranked:
        return None
    least = ranked[min(wanted, len(ranked)) - 1][1]
    return tuple(key for key, size in ranked if size >= least)


def _size(member: Figure) -> Decimal:
    return number_of(member.value) if isinstance(member.value, Decimal | Bounded) else Decimal(0)


KIND = FigureKind(
    finish=finish,
    takes=frozenset({"where", "on", "window", "by", "options"}),
    operands=("of",),
    spreads=False,
    unit="",
    gives={"": "list"},
)
