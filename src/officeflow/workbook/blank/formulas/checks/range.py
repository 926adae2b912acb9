"""The self-check lines of the check kind `range`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, compared, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per side and limit of a rule with `of`."""
    for operand in items(rule.of):
        for relation, limit, test in (("at_least", rule.min, "<"), ("at_most", rule.max, ">")):
            if limit is not None:
                left, right = sheets.side(operand, rule.where), sheets.side(limit, {})
                yield from compared(relation, left, right, f"{{left}}{test}{{right}}")
