"""The formula of the figure kind `rank`."""

from __future__ import annotations

from officeflow.workbook.blank.formulas.terms import FormulaTerms


def formula(asked: FormulaTerms) -> str:
    """Return one more than there are values before it; texts have no formula."""
    if not asked.is_measurable:
        return ""
    before = ">" if asked.rule.order == "desc" else "<"
    among, own = f"{asked.mask}*{asked.filled[0]}", asked.operands[0]
    place = f"SUMPRODUCT({among}*({asked.cells[0]}{before}{own}))+1"
    return f"IF(SUMPRODUCT({among}*({asked.cells[0]}={own}))=0,{asked.empty},{place})"
