"""Questions for 情况说明 written into a package, and taken out again where nobody answered."""

from __future__ import annotations

from typing import Any

from officeflow.ooxml.parts import Parts
from officeflow.text.reading import as_shown
from officeflow.workbook.files.book import Book, Sheet
from officeflow.workbook.marks.page import forget_heights, height_for, set_heights, text_edit
from officeflow.workbook.marks.plan import ANSWER, ASKED, QuestionRows
from officeflow.workbook.sheetml.sheet import At, CellEdit, SheetText
from officeflow.workbook.sheetml.tabs import tab_named


def ask(patch: Parts, questions: QuestionRows) -> dict[str, Any]:
    """Write the questions; return what `forget` must know, {} when there was nothing to write."""
    edits = {
        (question.row, column): text_edit(text)
        for question in questions.rows
        for column, text in question.cells
    }
    tab = tab_named(patch, questions.sheet)
    if tab is None or not edits:
        return {}
    sheet = SheetText(patch.read(tab.part))
    made = sheet.edit(edits)
    heights = {
        question.row: height_for((text, sheet.column_width(column)) for column, text in question.cells)
        for question in questions.rows
        if question.cells
    }
    set_heights(sheet, heights)
    patch.write(tab.part, sheet.xml)
    return {
        "sheet": questions.sheet,
        "fields": dict(questions.fields),
        "rows": [list(question.key) for question in questions.rows],
        "made": sorted(made),
    }


def forget(patch: Parts, book: Book, record: Any) -> None:
    """Take out the rows that `ask` added and nobody answered, wherever they stand now."""
    tab = None if not isinstance(record, dict) else tab_named(patch, str(record.get("sheet", "")))
    opened = None if tab is None else next((one for one in book.tabs if one.name == tab.name), None)
    sheet = None if opened is None else book.sheet(opened).value
    columns = None if sheet is None else _columns(sheet, record["fields"])
    if tab is None or sheet is None or columns is None:
        return
    ours = {tuple(row) for row in record["rows"]}
    asked = [columns[name] for name in ASKED if name in columns]
    empty: list[At] = []
    for row in range(1, len(sheet.rows) + 1):
        said = tuple(
            as_shown(sheet.at(row, columns[name])) if name in columns else ""
            for name in ("rule_id", "row_key", "typed")
        )
        if said in ours and not as_shown(sheet.at(row, columns[ANSWER])).strip():
            empty += [(row, column) for column in asked if sheet.at(row, column) != ""]
    text = SheetText(patch.read(tab.part))
    text.edit({at: CellEdit(content=b"") for at in empty})
    made = {tuple(at) for at in record["made"]}
    forget_heights(text, {row for row, _ in empty})
    text.remove_blank(at for at in empty if at in made)
    patch.write(tab.part, text.xml)


def _columns(sheet: Sheet, fields: dict[str, str]) -> dict[str, int] | None:
    for row in sheet.rows[:15]:
        names = {str(value): column for column, value in enumerate(row, start=1)}
        if all(heading in names for heading in fields.values()):
            return {field_id: names[heading] for field_id, heading in fields.items()}
    return None
