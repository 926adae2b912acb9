"""A value lies within limits: `use = "range"`, `of`, `min`, `max`, `where`.

* without `of`: every field with `min`, `max`, `above` or `max_length`;
* `of` = fields (each cell), or a figure (each member): `min`, `max` are a
  literal, a record field, a figure, or a field of the same ledger (row by row).

Limits are included (`above` of a field is not).  A limit that is blank or
unreadable does not limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any

from officeflow.checks._compare import AnyValue, Verdict, at_most, below
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.checks._sides import Side
from officeflow.model.findings import Finding
from officeflow.model.kit import Field, Rule, Scalar


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per value outside its limits."""
    if scope.rule.of is None:
        for column in scope.columns(_is_limited):
            yield from _too_long(scope, column)
            yield from _outside_own(scope, column)
        return
    low, high = _limit(scope, scope.rule.min), _limit(scope, scope.rule.max)
    for side in scope.sides():
        if not _is_within(side.values, low.single, high.single):
            yield from _outside(scope, side, low, high)


def _limit(scope: Scope, limit: Rule | Scalar | None) -> Side:
    return Side.nothing() if limit is None else scope.side(limit)


def _outside(scope: Scope, side: Side, low: Side, high: Side) -> Iterator[Finding]:
    limits = zip(low.against(side), high.against(side), strict=True)
    for at, (value, (least, most)) in enumerate(zip(side.values, limits, strict=True)):
        if (verdict := at_most(least, value)) is not Verdict.HOLDS:
            yield scope.compared("TOO_LOW", verdict, side, at, least, low)
        elif (verdict := at_most(value, most)) is not Verdict.HOLDS:
            yield scope.compared("TOO_HIGH", verdict, side, at, most, high)


def _is_limited(field: Field) -> bool:
    return any(limit is not None for limit in (field.min, field.max, field.above, field.max_length))


def _outside_own(scope: Scope, column: FieldCells) -> Iterator[Finding]:
    field = column.field
    floor = field.min if field.above is None else field.above
    if (floor is None and field.max is None) or _is_within(
        column.values, floor, field.max, is_open=field.above is not None
    ):
        return
    for entry, value in zip(column.entries, column.values, strict=True):
        tests = (
            ("TOO_LOW", field.min, at_most(field.min, value)),
            ("NOT_ABOVE", field.above, below(field.above, value)),
            ("TOO_HIGH", field.max, at_most(value, field.max)),
        )
        for code, limit, verdict in tests:
            if verdict is not Verdict.HOLDS:
                site = column.site(entry)
                yield scope.finding(code, site, value=value, expected=limit, verdict=verdict)


def _is_within(values: Sequence[AnyValue], low: AnyValue, high: AnyValue, *, is_open: bool = False) -> bool:
    """Whether a column of exact values lies between two exact limits: the usual case, without a step per cell."""
    kinds: set[type] = {*map(type, values)} - {NoneType}
    if not kinds:
        return True
    kind = kinds.pop()
    if (
        kinds
        or kind not in (Decimal, date)
        or any(type(limit) not in (kind, NoneType) for limit in (low, high))
    ):
        return False
    filled: list[Any] = [value for value in values if value is not None]
    least, most = min(filled), max(filled)
    return (low is None or low < least or (low == least and not is_open)) and (high is None or most <= high)


def _too_long(scope: Scope, column: FieldCells) -> Iterator[Finding]:
    limit = column.field.max_length
    if limit is None:
        return
    for entry, value in zip(column.entries, column.values, strict=True):
        if isinstance(value, str) and len(value) > limit:
            site = column.site(entry)
            over = len(value) - limit
            yield scope.finding("TOO_LONG", site, value=len(value), expected=limit, difference=over)


KIND = CheckKind(check=check, takes=frozenset({"min", "max", "where"}), alike=("of", "min", "max"))
