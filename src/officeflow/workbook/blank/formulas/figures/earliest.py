"""The formula of the figure kind `earliest`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the oldest date; a value ordered by another field's date has no formula."""
    return asked.unless_blank(asked.lowest()) if asked.is_measurable and not asked.rule.order else ""
