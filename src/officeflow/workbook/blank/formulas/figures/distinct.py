"""The formula of the figure kind `distinct`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the number of different keys."""
    return asked.unless_blank(asked.different())
