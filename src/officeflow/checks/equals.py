"""Two sides are equal: `use = "equals"`, `of`, `to`, `times`, `tolerance`.

`of`: a figure (each member, if it has any), a field (each cell), or a list of
them; `to`: a figure, field or literal.  `times` multiplies `to`; differences
up to `tolerance` are let pass.  Texts compare as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.checks._compare import Verdict, equals
from officeflow.checks._kind import CheckKind
from officeflow.checks._scope import Scope
from officeflow.model.findings import Finding


def check(scope: Scope) -> Iterator[Finding]:
    """Yield a finding where a left value differs from its right one."""
    if scope.rule.to is None:
        return
    right = scope.side(scope.rule.to)
    for left in scope.sides():
        for at, (mine, other) in enumerate(zip(left.values, scope.compared_with(left, right), strict=True)):
            verdict = equals(mine, other, scope.rule.tolerance)
            if verdict is not Verdict.HOLDS:
                yield scope.compared("NOT_EQUAL", verdict, left, at, other, right)


KIND = CheckKind(
    check=check,
    takes=frozenset({"to", "times", "tolerance", "where"}),
    needs=frozenset({"of", "to"}),
    alike=("of", "to"),
)
