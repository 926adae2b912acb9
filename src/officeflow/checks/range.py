"""A value lies within limits: `use = "range"`, `of`, `min`, `max`, `where`.

* without `of`: every field with `min`, `max`, `above` or `max_length`;
* `of` = fields (each cell), or a figure (each member): `min`, `max` are a
  literal, a record field, a figure, or a field of the same ledger (row by row).

Limits are included (`above` of a field is not).  A limit that is blank or
unreadable does not limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from officeflow.checks._compare import Verdict, at_most, below
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Column, Scope
from officeflow.checks._sites import cell_site
from officeflow.model.findings import Finding
from officeflow.model.kit import Field
from officeflow.model.values import Value


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per value outside its limits."""
    if scope.rule.of is None:
        for column in scope.columns(_is_limited):
            yield from _own_limits(scope, column)
        return
    low = None if scope.rule.min is None else scope.side(scope.rule.min)
    high = None if scope.rule.max is None else scope.side(scope.rule.max)
    for side in scope.sides():
        lows = [None] * len(side.values) if low is None else low.against(side)
        highs = [None] * len(side.values) if high is None else high.against(side)
        for at, (value, least, most) in enumerate(zip(side.values, lows, highs, strict=True)):
            if low is not None and (verdict := at_most(least, value)) is not Verdict.HOLDS:
                yield scope.compared("TOO_LOW", verdict, side, at, least, low)
            elif high is not None and (verdict := at_most(value, most)) is not Verdict.HOLDS:
                yield scope.compared("TOO_HIGH", verdict, side, at, most, high)


def _is_limited(field: Field) -> bool:
    return any(limit is not None for limit in (field.min, field.max, field.above, field.max_length))


def _own_limits(scope: Scope, column: Column) -> Iterator[Finding]:
    field, values = column.field, column.values
    if field.max_length is not None:
        yield from _too_long(scope, column, field.max_length)
    if _all_within(field, values):
        return
    for entry, value in zip(column.entries, values, strict=True):
        tests = (
            ("TOO_LOW", field.min, at_most(field.min, value)),
            ("NOT_ABOVE", field.above, below(field.above, value)),
            ("TOO_HIGH", field.max, at_most(value, field.max)),
        )
        for code, limit, verdict in tests:
            if verdict is not Verdict.HOLDS:
                site = cell_site(column.table, field, entry)
                yield scope.finding(
                    code,
                    site,
                    value=value,
                    expected=limit,
                    verdict=verdict,
                    value_name=field.header,
                    value_unit=field.unit,
                    expected_name="",
                    expected_unit=field.unit,
                    difference="",
                )


def _all_within(field: Field, values: Sequence[Value]) -> bool:
    """Whether the column is exact numbers within the limits: the usual case, decided without a step per cell."""
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) + values.count(None) != len(values):
        return False
    if not numbers:
        return True
    low, high = min(numbers), max(numbers)
    return (
        (field.min is None or field.min <= low)
        and (field.above is None or field.above < low)
        and (field.max is None or high <= field.max)
    )


def _too_long(scope: Scope, column: Column, limit: int) -> Iterator[Finding]:
    for entry, value in zip(column.entries, column.values, strict=True):
        if isinstance(value, str) and len(value) > limit:
            site = cell_site(column.table, column.field, entry)
            yield scope.finding(
                "TOO_LONG", site, value=len(value), expected=limit, difference=len(value) - limit
            )


KIND = CheckKind(check=check, takes=frozenset({"min", "max", "where"}))
