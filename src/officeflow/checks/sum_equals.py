"""Parts add up to a whole: `use = "sum_equals"`, `of`, `to`, `tolerance`, `where`.

* `of` = one ledger field: the sum of its cells (rows of `where`) against `to`,
  a record field, figure or literal;
* `of` = several fields, `to` = a field of the same form: row by row (其中 columns);
* `of` = figures: their sum against `to`.

A row whose parts are all blank is silent; a blank part beside filled ones is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from officeflow.checks._compare import AnyValue, Verdict, equals
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.checks._sides import Side
from officeflow.model.findings import Finding
from officeflow.model.kit import Rule
from officeflow.model.values import Bounded, Gap, Number, add


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding at the whole that differs from the sum of its parts."""
    if scope.rule.to is None:
        return
    whole = scope.side(scope.rule.to)
    parts = _parts(scope)
    for at, (total, sum_) in enumerate(zip(whole.values, _sums(parts, whole), strict=True)):
        verdict = equals(total, sum_, scope.rule.tolerance)
        if verdict is not Verdict.HOLDS:
            yield scope.compared("SUM_DIFFERS", verdict, whole, at, sum_, parts[0])


def _parts(scope: Scope) -> list[Side]:
    names = scope.names()
    is_column = len(names) == 1 and scope.kit.field(names[0]) is not None
    if is_column:
        total = Rule(use="total", of=names[0], where=scope.rule.where)
        return [scope.side(total)]
    return list(scope.sides())


def _sums(parts: list[Side], whole: Side) -> list[AnyValue]:
    rows = zip(*(part.against(whole) for part in parts), strict=True)
    return [_sum(row) for row in rows]


def _sum(row: tuple[AnyValue, ...]) -> Number | None:
    """Return the sum of a row's numbers; None when there is none or one could not be read."""
    if any(value is Gap.UNREADABLE for value in row):
        return None
    total: Number | None = None
    for value in row:
        if isinstance(value, Decimal | Bounded):
            total = value if total is None else add(total, value)
    return total


KIND = CheckKind(
    check=check,
    takes=frozenset({"to", "tolerance", "where"}),
    needs=frozenset({"of", "to"}),
    alike=("of", "to"),
)
