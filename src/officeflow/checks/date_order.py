"""Dates follow each other: `use = "date_order"`, `of` = two or more date fields in their order, `where`.

Fields of one ledger are compared row by row, record fields with each other.
Each date is held against the last filled one before it; equal days are in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._compare import Verdict, at_most
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sides import Side
from officeflow.figures import has_value
from officeflow.model.findings import Finding


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding at each date that is earlier than the one it must follow."""
    sides = list(scope.sides())
    if sides:
        for at in range(len(sides[0].values)):
            yield from _row(scope, [side for side in sides if at < len(side.values)], at)


def _row(scope: Scope, sides: list[Side], at: int) -> Iterator[Finding]:
    before: Side | None = None
    for side in sides:
        value = side.values[at]
        if not has_value(value):
            continue
        if before is not None and (verdict := at_most(before.values[at], value)) is not Verdict.HOLDS:
            yield scope.compared("DATE_ORDER", verdict, side, at, before.values[at], before)
        before = side


KIND = CheckKind(check=check, takes=frozenset({"where"}), needs=frozenset({"of"}))
