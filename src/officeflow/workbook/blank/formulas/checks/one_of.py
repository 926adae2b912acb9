"""The self-check lines of the check kind `one_of`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per column of a rule with `choices`: how many cells hold something else."""
    for path in [item for item in items(rule.of) if isinstance(item, str) and rule.choices]:
        field, asked, side = sheets.kit.field(path), sheets.asked([path], rule.where), sheets.side(path, {})
        if field is None or side is None:
            continue
        tests = [f'({side.value}="{choice}")' for choice in rule.choices]
        fails = f"(1-({'+'.join(tests)}))"
        if side.form:
            if asked is None:
                continue
            allowed = "+".join(f'({asked.texts[0]}="{choice}")' for choice in rule.choices)
            fails = f"SUMPRODUCT({asked.mask}*{asked.filled[0]}*(1-({allowed})))"
        yield FormulaLine(
            relation="one_of",
            left=field.header,
            right="、".join(rule.choices),
            fails=fails,
            singles=() if side.form else (side,),
            form=side.form,
        )
