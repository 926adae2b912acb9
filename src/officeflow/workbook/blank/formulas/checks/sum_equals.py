"""The self-check lines of the check kind `sum_equals`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, apart, compared, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield the line of one column's total, or of several columns row by row."""
    names = items(rule.of)
    if rule.to is None:
        return
    if len(names) == 1:
        of = Rule(use="total", of=names[0], where=rule.where)
        is_column = isinstance(names[0], str) and sheets.kit.field(names[0]) is not None
        left, right = sheets.side(of if is_column else names[0], {}), sheets.side(rule.to, {})
        yield from compared("equals", left, right, apart("{left}", "{right}", rule.tolerance))
        return
    whole, parts = sheets.side(rule.to, {}), [sheets.side(name, rule.where) for name in names]
    known = [part for part in parts if part is not None]
    if whole is None or not whole.form or any(part is None or part.form != whole.form for part in parts):
        return
    some = "+".join(part.filled for part in known)
    test = apart("(" + "+".join(part.value for part in known) + ")", whole.value, rule.tolerance)
    fails = f"SUMPRODUCT({known[0].mask}*(({some})>0)*{whole.filled}*({test}))"
    left_name = "+".join(part.name for part in known)
    yield FormulaLine(relation="equals", left=left_name, right=whole.name, fails=fails, form=whole.form)
