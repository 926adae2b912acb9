"""The formula of a kind, found by its file name; a kind without a file here is left to the program (请核对)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from officeflow.figures import Registry
from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource
from officeflow.workbook.blank.formulas.terms import FormulaTerms

_FIGURES = Registry("officeflow.workbook.blank.formulas.figures")
_CHECKS = Registry("officeflow.workbook.blank.formulas.checks")
FigureFormula: TypeAlias = Callable[[FormulaTerms], str]
CheckFormula: TypeAlias = Callable[[FormulaSource, Rule], Iterator[FormulaLine]]


def figure_formula(
    kind: str, form: Literal["formula", "formula_per_row", "formula_per_group"] = "formula"
) -> FigureFormula | None:
    """Return what writes a figure kind as an Excel expression ('' where a rule has none), or None.

    `formula` gives one value; `formula_per_row` the array of its results with `by = "row"`;
    `formula_per_group` that with `by` = a reference, one per row of the form referred to.
    """
    return getattr(_FIGURES.find(kind), form, None)


def check_formula(kind: str) -> CheckFormula | None:
    """Return what writes the self-check lines of a check kind, or None."""
    return getattr(_CHECKS.find(kind), "formula", None)
