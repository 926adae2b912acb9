"""What a check kind gets to write itself as spreadsheet formulas for the self-check of a blank workbook.

The builder resolves operands into `FormulaSide` sides; a kind yields one `FormulaLine` per
comparison it can write.  A side that no formula can give (None) makes no line:
such rules are left to the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from officeflow.model.kit import Kit, Rule, Scalar, Where
from officeflow.workbook.blank.formulas.terms import FormulaTerms


@dataclass(frozen=True, kw_only=True)
class FormulaSide:
    """One side of a comparison as an Excel expression: a single value, or an array with one element per row of `form`."""

    name: str
    value: str
    form: str = ""
    """The ledger it has one value per row of; '' for a single value."""
    mask: str = ""
    filled: str = ""
    is_text: bool = False
    is_date: bool = False

    @property
    def known(self) -> str:
        """The expression that is true while a single side has a value."""
        return f"LEN({self.value})>0" if self.is_text else f"ISNUMBER({self.value})"


@dataclass(frozen=True, kw_only=True)
class FormulaLine:
    """One line of the self-check.

    `relation` names its wording.  `fails` is the expression that counts what is
    wrong.  A comparison of single values shows both; one over the rows of
    `form` shows how many rows there are and how many fail.
    """

    relation: str
    left: str
    right: str
    fails: str
    singles: tuple[FormulaSide, ...] = ()
    """Single values that must be known; where one is not, there is nothing to compare."""
    form: str = ""
    about: str = ""
    """The member of `of` that the line is about, where a rule gives one line for each."""


class FormulaSource(Protocol):
    """What a kind may ask of the workbook's builder."""

    @property
    def kit(self) -> Kit:
        """The kit whose workbook is built."""

    @property
    def yes(self) -> str:
        """The constant for 是."""

    def side(self, operand: str | Rule | Scalar, where: Where) -> FormulaSide | None:
        """Return an operand as a side; None when no formula gives it."""

    def asked(self, paths: list[str], where: Where) -> FormulaTerms | None:
        """Return fields of one ledger; None when they are no such fields."""


def items(of: object) -> list[str | Rule]:
    """Return the operands of an `of`."""
    return of if isinstance(of, list) else [] if of is None else [of]  # type: ignore[list-item]


def compared(
    relation: str, left: FormulaSide | None, right: FormulaSide | None, test: str
) -> Iterator[FormulaLine]:
    """Yield the line of two sides; `test` is true where they fail, {left} and {right} stand for the values."""
    if left is None or right is None or left.is_text != right.is_text:
        return
    fails = test.format(left=left.value, right=right.value)
    names = {"relation": relation, "left": left.name, "right": right.name}
    if not left.form and not right.form:
        yield FormulaLine(**names, fails=f"({fails})*1", singles=(left, right))
    elif left.form and right.form in ("", left.form):
        factors = [left.mask, left.filled, *([right.filled] if right.form else []), f"({fails})"]
        singles = () if right.form else (right,)
        yield FormulaLine(**names, fails=f"SUMPRODUCT({'*'.join(factors)})", singles=singles, form=left.form)


def scaled(rule: Rule) -> str:
    """Return the right value with the rule's `times`."""
    return "{right}" if rule.times is None else f"{{right}}*{rule.times}"


def apart(left: str, right: str, tolerance: Decimal | None) -> str:
    """Return the test that two numbers are further apart than a tolerance; 0.1 + 0.2 is 0.3."""
    return f"ABS(ROUND({left}-{right},9))>{tolerance or 0}"
