"""The formula of the figure kind `count`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the number of rows, or of filled cells."""
    return asked.count() if asked.filled else f"SUMPRODUCT({asked.mask})"


def formula_per_row(asked: FormulaTerms) -> str:
    """Return how many of the fields are filled in each row."""
    return "+".join(asked.filled)


def formula_per_group(asked: FormulaTerms) -> str:
    """Return how many rows name each group; conditions have no formula."""
    return "" if asked.filled or asked.rule.where else f"COUNTIF({asked.by},{asked.keys})"
