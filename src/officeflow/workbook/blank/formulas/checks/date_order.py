"""The self-check lines of the check kind `date_order`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, compared, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per pair of neighbours; over rows each date is held against every earlier one."""
    names = items(rule.of)
    for at, name in enumerate(names[1:], start=1):
        for earlier in names[:at]:
            left, right = sheets.side(earlier, rule.where), sheets.side(name, rule.where)
            if earlier == names[at - 1] or (left is not None and left.form):
                yield from compared("not_after", left, right, "{left}>{right}")
