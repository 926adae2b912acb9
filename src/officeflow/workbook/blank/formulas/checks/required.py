"""The self-check lines of the check kind `required`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, compared, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per form that needs a row; blank cells are counted on the list of sheets."""
    for name in items(rule.of):
        form = sheets.kit.form_by_id.get(name) if isinstance(name, str) else None
        if form is not None:
            only = [value for value in rule.where.values() if isinstance(value, str)]
            said = " ".join([form.sheet, *only])
            rows = Rule(use="count", of=form.id, where=rule.where, name=said)
            for line in compared("some", sheets.side(rows, {}), sheets.side(1, {}), "{left}<{right}"):
                yield replace(line, about=form.id)
