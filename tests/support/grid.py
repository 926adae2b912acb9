"""A submission as it reads on paper: Markdown tables ⇄ Submission.

Each table starts with its sheet's name on a line of its own.  A ledger's first
row are headings; a record form has one line per field, label and value.

    岗位认领
    | 姓名   | 社区     |
    | 示例甲 | 西山社区 |

Blank cells are blank; `#` is a cell that could not be read, `/` not applicable.
Sheets stand as the builder lays them out: a ledger's headings in row 4, its
first field in column B; a record's values in column C from row 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from officeflow.model.kit import Field, Form, Kit
from officeflow.model.submission import Submission, Table
from officeflow.model.values import DatePart, Gap, Hedge, PartialDate, Value, canonical
from officeflow.text.hedges import bounded

LEDGER_HEADING_ROW, LEDGER_FIRST_COLUMN = 4, 2
RECORD_FIRST_ROW, RECORD_COLUMN = 4, 3
_HEDGES = {
    "余": Hedge.OVER,
    "约": Hedge.ABOUT,
    "近": Hedge.UNDER,
    "至少": Hedge.AT_LEAST,
    "至多": Hedge.AT_MOST,
}
_PARTS = {part.value: part for part in DatePart}


def read_grid(text: str, kit: Kit, *, previous: Mapping[str, str] | None = None) -> Submission:
    """Return the submission that `text` draws; a form it does not mention has a sheet without rows."""
    drawn = _drawn(text)
    unknown = drawn.keys() - {form.sheet for form in kit.forms}
    if unknown:
        raise ValueError(f"no such sheet: {unknown}")
    tables = {form.id: _table(form, drawn.get(form.sheet, [])) for form in kit.forms}
    return Submission(kit=kit, tables=tables, previous=previous or {})


def write_grid(submission: Submission) -> str:
    """Return the drawing of a submission, forms without values left out."""
    blocks = []
    for form in submission.kit.forms:
        table = submission.tables[form.id]
        if form.kind == "record":
            lines = [
                [f.header, _text(table.value(f.id))] for f in form.fields if table.value(f.id) is not None
            ]
        else:
            lines = [
                [_text(table.columns[field.id][entry]) for field in form.fields]
                for entry in range(len(table))
            ]
            lines = [[field.header for field in form.fields], *lines] if lines else []
        if lines:
            blocks.append("\n".join([form.sheet, *(f"| {' | '.join(line)} |" for line in lines)]))
    return "\n\n".join(blocks)


def _drawn(text: str) -> dict[str, list[list[str]]]:
    drawn: dict[str, list[list[str]]] = {}
    sheet = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("|"):
            drawn[sheet].append([cell.strip() for cell in line.strip("|").split("|")])
        else:
            sheet = line
            drawn[sheet] = []
    return drawn


def _table(form: Form, lines: list[list[str]]) -> Table:
    if form.kind == "record":
        said = dict(lines)
        headers = [field.header for field in form.fields]
        if said.keys() - set(headers):
            raise ValueError(f"{form.sheet}: no such field: {said.keys() - set(headers)}")
        columns = {field.id: (read_value(said.get(field.header, ""), field),) for field in form.fields}
        rows = {field.id: RECORD_FIRST_ROW + at for at, field in enumerate(form.fields)}
        letters = dict.fromkeys(columns, RECORD_COLUMN)
        return Table(
            form=form,
            sheet=form.sheet,
            columns=columns,
            rows=(RECORD_FIRST_ROW,),
            letters=letters,
            field_rows=rows,
        )
    headings, *entries = lines or [[field.header for field in form.fields]]
    by_header = {field.header: field for field in form.fields}
    columns = {field.id: (None,) * len(entries) for field in form.fields}
    for at, header in enumerate(headings):
        field = by_header[header]
        columns[field.id] = tuple(read_value(entry[at], field) for entry in entries)
    letters = {field.id: LEDGER_FIRST_COLUMN + at for at, field in enumerate(form.fields)}
    rows = tuple(LEDGER_HEADING_ROW + 1 + at for at in range(len(entries)))
    return Table(form=form, sheet=form.sheet, columns=columns, rows=rows, letters=letters)


def read_value(text: str, field: Field) -> Value:
    """Return what stands in one drawn cell."""
    if text in {"", "#", "/"}:
        return {"": None, "#": Gap.UNREADABLE, "/": Gap.NOT_APPLICABLE}[text]
    if field.type == "yes_no":
        return {"是": True, "否": False}[text]
    if field.type == "date":
        return _date(text)
    return _number(text) if field.is_number else text


def _number(text: str) -> Value:
    for mark, hedge in _HEDGES.items():
        if mark in text:
            return bounded(Decimal(text.replace(mark, "")), hedge)
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _date(text: str) -> Value:
    match = re.fullmatch(r"(\d+)-(\d+)-([上中下]旬|\d+)", text)
    if match is None:
        raise ValueError(text)
    year, month, day = int(match[1]), int(match[2]), match[3]
    return PartialDate(year, _PARTS[day], month) if day in _PARTS else date(year, month, int(day))


def _text(value: Value) -> str:
    marks = {hedge: mark for mark, hedge in _HEDGES.items()}
    match value:
        case Gap():
            return "#" if value is Gap.UNREADABLE else "/"
        case bool():
            return "是" if value else "否"
        case date():
            return f"{value.year}-{value.month}-{value.day}"
        case PartialDate():
            return f"{value.year}-{value.month}-{value.part.value}"
        case str() | Decimal() | None:
            return canonical(value)
        case _:
            return marks[value.hedge] + canonical(value.number)
