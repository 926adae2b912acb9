"""The self-check lines of the check kind `refers_to`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per column: how many cells are not listed."""
    paths = [item for item in items(rule.of) if isinstance(item, str)]
    if isinstance(rule.in_, list):
        yield from _key_formula(sheets, paths, rule.in_)
        return
    if rule.of is None:
        paths = [f"{form.id}.{f.id}" for form in sheets.kit.forms for f in form.fields if f.refers]
    for path in paths:
        field, target = sheets.kit.field(path), sheets.kit.field(rule.in_)
        in_ = rule.in_ if target is not None else field.refers if field is not None else ""
        mine, listed = sheets.asked([path], rule.where), sheets.asked([in_], {})
        if field is not None and mine is not None and listed is not None:
            missing = f"ISNA(MATCH({mine.texts[0]},{listed.texts[0]},0))"
            wrong = f"SUMPRODUCT({mine.mask}*{mine.filled[0]}*{missing})"
            sheet = sheets.kit.form_by_id[in_.partition(".")[0]].sheet
            fails = f"IF({listed.count()}=0,0,{wrong})"
            yield FormulaLine(
                relation="listed", left=field.header, right=sheet, fails=fails, form=path.partition(".")[0]
            )


def _key_formula(sheets: FormulaSource, paths: list[str], targets: list[str]) -> Iterator[FormulaLine]:
    """Yield the line of a key of record fields."""
    listed, sides = sheets.asked(targets, {}), [sheets.side(path, {}) for path in paths]
    known = [side for side in sides if side is not None and not side.form]
    if listed is None or len(known) != len(targets):
        return
    pairs = [f'({text}={side.value}&"")' for text, side in zip(listed.texts, known, strict=True)]
    found = f"SUMPRODUCT({'*'.join([listed.mask, *pairs])})"
    sheet = sheets.kit.form_by_id[targets[0].partition(".")[0]].sheet
    names = "+".join(side.name for side in known)
    fails = f"IF({listed.count()}=0,0,({found}=0)*1)"
    yield FormulaLine(relation="listed", left=names, right=sheet, fails=fails, singles=tuple(known))
