"""The left side is not more than the right: `use = "at_most"`, `of`, `to`, `times`, `tolerance`, `where`, `previous`.

`of`: a field (each cell), a figure (each member), or a list of them; `to`: a
figure, field or literal; a field of the same ledger is compared row by row.
`times` multiplies `to` (服务人次 ≤ 20 × 参加党员数).  `previous = true`: `of`
are figures, each held against itself: last period's value ≤ the one now
(累计数); {value} is then last period's.  Dates compare too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from officeflow.checks._compare import AnyValue, Verdict, at_most
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sides import Side
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule
from officeflow.model.values import Bounded, add


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding where a left value is more than its right one."""
    for left, right in _pairs(scope):
        for at, (mine, other) in enumerate(zip(left.values, scope.compared_with(left, right), strict=True)):
            verdict = _verdict(mine, other, scope.rule.tolerance)
            if verdict is not Verdict.HOLDS:
                yield scope.compared("TOO_MANY", verdict, left, at, other, right)


def _pairs(scope: Scope) -> Iterator[tuple[Side, Side]]:
    if scope.rule.previous:
        for figure_id in scope.names():
            last = Rule(use="value", id=figure_id, of=figure_id, previous=True)
            now = scope.side(figure_id)
            # What is remembered is a bare number: its unit is that of the figure.
            yield replace(scope.side(last), unit=now.unit), now
    elif scope.rule.to is not None:
        right = scope.side(scope.rule.to)
        for left in scope.sides():
            yield left, right


def _verdict(mine: AnyValue, other: AnyValue, tolerance: Decimal | None) -> Verdict:
    if tolerance is not None and isinstance(other, Decimal | Bounded):
        return at_most(mine, add(other, tolerance))
    return at_most(mine, other)


KIND = CheckKind(
    check=check,
    takes=frozenset({"to", "times", "tolerance", "where", "previous"}),
    needs=frozenset({"of"}),
    alike=("of", "to"),
)
