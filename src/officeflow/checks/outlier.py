"""A number far from the others of its column: `use = "outlier"`, `of` = number fields, `times` (default 10), `where`.

Far: more than `times` the median of the column, or less than the median ÷
`times`.  Zero and negative numbers are not judged; a column needs 5 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import FieldCells, Scope
from officeflow.model.findings import Finding
from officeflow.model.values import EXACT, Bounded, Value

FEWEST = 5
"""Fewer numbers have no usual size."""


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding per number of another size."""
    for column in scope.columns(lambda _: False):
        yield from _far(scope, column, scope.rule.times or Decimal(10))


def _far(scope: Scope, column: FieldCells, times: Decimal) -> Iterator[Finding]:
    sizes = {
        entry: size
        for entry, value in zip(column.entries, column.values, strict=True)
        if (size := _size(value)) is not None
    }
    if len(sizes) < FEWEST:
        return
    usual = median(sizes.values())
    largest = EXACT.multiply(usual, times)
    if max(sizes.values()) <= largest and EXACT.multiply(min(sizes.values()), times) >= usual:
        return  # as in nearly every column
    for entry, size in sizes.items():
        if size > largest or EXACT.multiply(size, times) < usual:
            site = column.site(entry)
            yield scope.finding("FAR_OFF", site, value=size, expected=usual)


def _size(value: Value) -> Decimal | None:
    number = value.number if isinstance(value, Bounded) else value
    return number if isinstance(number, Decimal) and number > 0 else None


KIND = CheckKind(check=check, takes=frozenset({"times", "where"}), needs=frozenset({"of"}))
