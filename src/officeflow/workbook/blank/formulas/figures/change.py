"""The formula of the figure kind `change`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the change in per cent, empty when divided by 0."""
    left, right = asked.operands
    return f"IF({right}=0,{asked.empty},({left}-{right})/{right}*100)"
