"""The formula of the figure kind `value`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the first value there is."""
    first = asked.largest(f"ROWS({asked.cells[0]})+1-{asked.place}", only=asked.filled[0])
    return asked.unless_blank(f"INDEX({asked.cells[0]},ROWS({asked.cells[0]})+1-{first})")
