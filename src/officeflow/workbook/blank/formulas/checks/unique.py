"""The self-check lines of the check kind `unique`."""

from __future__ import annotations

from collections.abc import Iterator

from officeflow.model.kit import Rule
from officeflow.workbook.blank.formulas.lines import FormulaLine, FormulaSource, items


def formula(sheets: FormulaSource, rule: Rule) -> Iterator[FormulaLine]:
    """Yield a line per key: how many rows repeat an earlier one."""
    names = [item for item in items(rule.of) if isinstance(item, str)]
    keys = [[f"{f.id}.{name}" for name in f.key] for f in map(sheets.kit.form_by_id.get, names) if f]
    keys.append([name for name in names if sheets.kit.field(name) is not None])
    if rule.of is None:
        keys = [
            [f"{form.id}.{field.id}"] for form in sheets.kit.forms for field in form.fields if field.unique
        ]
    for paths in filter(None, keys):
        asked = sheets.asked(paths, rule.where)
        form = sheets.kit.form_by_id[paths[0].partition(".")[0]]
        if asked is not None:
            keyed = f"SUMPRODUCT({asked.mask}*(({'+'.join(asked.filled)})>0))"
            headers = "+".join(form.by_id[path.partition(".")[2]].header for path in paths)
            fails = f"{keyed}-{asked.different()}"
            yield FormulaLine(relation="unique", left=headers, right=form.sheet, fails=fails, form=form.id)
