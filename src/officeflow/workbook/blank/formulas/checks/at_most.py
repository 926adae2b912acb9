"""The self-check lines of the check kind `at_most`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, compared, items, scaled


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per left side; last period's values are only in a workbook that `next` wrote."""
    if rule.previous:
        for name in items(rule.of):
            last = Rule(use="value", of=name, previous=True)
            yield from compared("fallen", sheets.side(name, {}), sheets.side(last, {}), "{left}<{right}")
    elif rule.to is not None:
        test = f"{{left}}>{scaled(rule)}+{rule.tolerance or 0}"
        for operand in items(rule.of):
            left, right = sheets.side(operand, rule.where), sheets.side(rule.to, {})
            if right is not None and rule.times is not None:
                right = replace(right, name=f"{right.name}×{rule.times}")
            yield from compared("at_most", left, right, test)
