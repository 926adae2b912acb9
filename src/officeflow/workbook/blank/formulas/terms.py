"""What a figure kind gets to write itself as a spreadsheet formula: ranges and conditions, no sheets.

The builder of workbooks resolves a rule's `of`, `where` and defaults into Excel
expressions; a kind only puts them together (functions of Excel 2010 and WPS,
nothing volatile, no array entry: arrays live inside SUMPRODUCT).  A kind without
a formula, or one that returns '' for a rule, is left to the program.

What the builder does around it: where cells needed are no plain values the
formula says 请核对, where no row matches it is 0 or empty as the kind's `zero` says.
"""

from __future__ import annotations

from dataclasses import dataclass

from officeflow.model.kit import Rule


@dataclass(frozen=True, kw_only=True)
class FormulaTerms:
    """One rule's operands as Excel expressions; arrays have one element per row of the ledger."""

    rule: Rule
    mask: str = ""
    """Array: 1 for each row that `where` picks."""
    cells: tuple[str, ...] = ()
    """Arrays: the fields' values, defaults put in."""
    filled: tuple[str, ...] = ()
    """Arrays: 1 where the field has a value."""
    texts: tuple[str, ...] = ()
    """Arrays: the values as texts, '' where there is none."""
    place: str = ""
    """Array: 1, 2, … down the rows."""
    by: str = ""
    """The cells of the field that `by` names."""
    keys: str = ""
    """Array: the groups of `by`, as texts, one per row of the form it refers to."""
    operands: tuple[str, ...] = ()
    """Expressions of the figures it calculates with; all are known numbers, dates or texts."""
    is_measurable: bool = False
    """Whether the first field holds numbers or dates."""
    empty: str = '""'
    """What stands for the empty figure."""
    until: str = '"/"'
    """What stands between the first and the last day of a span."""

    def count(self) -> str:
        """Return how many of the cells hold a value."""
        return "+".join(f"SUMPRODUCT({self.mask}*{one})" for one in self.filled)

    def sum(self) -> str:
        """Return the sum of the cells."""
        return "+".join(f"SUMPRODUCT({self.mask}*1,{one})" for one in self.cells)

    def largest(self, of: str, *, only: str = "1") -> str:
        """Return the largest non-negative number of an array in the rows picked."""
        return f"SUMPRODUCT(MAX({self.mask}*({only})*({of})))"

    def highest(self) -> str:
        """Return the largest value of the first field, of whatever sign."""
        low = f"MIN({self.cells[0]})"
        return f"({low}+{self.largest(f'{self.cells[0]}-{low}', only=self.filled[0])})"

    def lowest(self) -> str:
        """Return the smallest value of the first field, of whatever sign."""
        high = f"MAX({self.cells[0]})"
        return f"({high}-{self.largest(f'{high}-{self.cells[0]}', only=self.filled[0])})"

    def different(self) -> str:
        """Return how many different keys the fields' texts make; rows blank in every field have none."""
        some = "+".join(self.filled)
        keys = f"REPT({'&CHAR(1)&'.join(self.texts)},({self.mask}*({some})>0)*1)"
        return f'SUMPRODUCT(({keys}<>"")*(MATCH({keys},{keys},0)={self.place}))'

    def unless_blank(self, formula: str) -> str:
        """Return the formula, empty while none of the cells holds a value."""
        return f"IF({self.count()}=0,{self.empty},{formula})"
