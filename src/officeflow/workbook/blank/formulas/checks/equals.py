"""The self-check lines of the check kind `equals`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import (
    FormulaLine,
    FormulaSource,
    apart,
    compared,
    items,
    scaled,
)


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per left side."""
    for operand in items(rule.of) if rule.to is not None else ():
        left, right = sheets.side(operand, rule.where), sheets.side(rule.to or "", {})
        is_text = left is not None and left.is_text
        test = "{left}<>{right}" if is_text else apart("{left}", scaled(rule), rule.tolerance)
        yield from compared("equals", left, right, test)
