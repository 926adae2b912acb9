"""The self-check lines of the check kind `zero_report`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per form: rows, and no word of zero."""
    named = items(rule.of)
    for form in sheets.kit.forms:
        field = sheets.kit.field(form.zero)
        if field is None or (named and form.id not in named):
            continue
        rows = sheets.side(Rule(use="count", of=form.id, name=form.sheet), {})
        switch = sheets.side(Rule(use="value", of=form.zero), {})
        if rows is not None and switch is not None:
            fails = f"AND(N({rows.value})>0,{switch.value}={sheets.yes})*1"
            names = {"relation": "zero", "left": form.sheet, "right": field.header}
            yield FormulaLine(**names, fails=fails, singles=(rows, switch), about=form.id)
