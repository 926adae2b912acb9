"""The formula of the figure kind `share`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the share, empty when divided by 0."""
    left, right = asked.operands
    return f"IF({right}=0,{asked.empty},{left}/{right}*100)"
