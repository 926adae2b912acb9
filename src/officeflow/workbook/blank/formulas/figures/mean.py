"""The formula of the figure kind `mean`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the sum by the number of numbers."""
    return asked.unless_blank(f"({asked.sum()})/({asked.count()})")
