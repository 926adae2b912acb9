"""The formula of the figure kind `span`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return the one date there is, or the text of the first and the last."""
    first, last = asked.lowest(), asked.highest()
    both = "&".join((f'TEXT({first},"yyyy-m-d")', asked.until, f'TEXT({last},"yyyy-m-d")'))
    return asked.unless_blank(f"IF({first}={last},{first},{both})")
