"""The formula of the figure kind `min`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the value; of texts there is none."""
    return asked.unless_blank(asked.lowest()) if asked.is_measurable else ""
