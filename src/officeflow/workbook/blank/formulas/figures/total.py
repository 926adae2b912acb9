"""The formula of the figure kind `total`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the sum of the numbers there are."""
    return asked.unless_blank(asked.sum())
