"""The formula of the figure kind `difference`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the difference of two numbers or dates."""
    plus = "" if asked.rule.plus is None else f"+{asked.rule.plus}"
    return f"{asked.operands[0]}-{asked.operands[1]}{plus}"
