"""Find a form in a sheet: the heading row of a ledger, the labels of a record; by name, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from officeflow.model.kit import Field, Form
from officeflow.text.nearest import nearest
from officeflow.workbook.book import Sheet
from officeflow.workbook.words import bare, folded, words

_HEADING_ROWS = 15
"""How far down a heading is looked for: titles, notes and totals stand above it, never more than a screen."""
_RECORD_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of a form stand in a sheet; rows and columns count from 1."""

    columns: Mapping[str, int]
    """Field id → column (for a record: of its value)."""
    headings: Mapping[str, str]
    """Field id → the heading as it stands in the sheet."""
    rows: Mapping[str, int]
    """Records only: field id → row."""
    first: int = 1
    """Ledgers: the first row below the heading."""
    extra: Mapping[int, str]
    """Columns with a heading that no field has."""
    serial: int = 0
    remark: int = 0
    """Columns of 序号 and 备注, 0 when there is none; no fields."""

    def lost(self, form: Form) -> tuple[Field, ...]:
        """Return the fields that have no place in the sheet."""
        return tuple(field for field in form.fields if field.id not in self.columns)


def find_ledger(sheet: Sheet, form: Form) -> Layout:
    """Return where the columns of a ledger stand; without `columns` when no row looks like its heading."""
    names = _Names(form)
    best: dict[int, str] = {}
    top = 0
    for index, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        found = names.matches(enumerate(row, 1))
        if len(found) > len(best):
            best, top = found, index
        if len(best) == len(form.fields):
            break
    if len(best) < min(2, len(form.fields)):
        return Layout(columns={}, headings={}, rows={}, extra={})
    labels = dict(_texts(enumerate(sheet.rows[top], 1)))
    first = top + 2
    if len(best) < len(form.fields):
        best, labels, first = _two_rows(sheet, names, top, best, labels)
    return _layout(best, labels, first)


def _two_rows(
    sheet: Sheet, names: _Names, top: int, best: dict[int, str], labels: dict[int, str]
) -> tuple[dict[int, str], dict[int, str], int]:
    """Return the better of the heading row alone and with the row above or below it (merged groups, “其中：”)."""
    first = top + 2
    for upper, lower in ((top - 1, top), (top, top + 1)):
        if upper < 0 or lower >= len(sheet.rows):
            continue
        joined = dict(_joined(sheet, upper, lower))
        found = names.matches(joined.items())
        if len(found) > len(best):
            best, labels, first = found, joined, lower + 2
    return best, labels, first


def _joined(sheet: Sheet, upper: int, lower: int) -> Iterator[tuple[int, str]]:
    above, below = (
        dict(_texts(enumerate(sheet.rows[upper], 1))),
        dict(_texts(enumerate(sheet.rows[lower], 1))),
    )
    for column in sorted(above | below):
        yield column, below.get(column) or above[column]


def _layout(best: dict[int, str], labels: dict[int, str], first: int) -> Layout:
    known = words()
    others = {column: text for column, text in labels.items() if column not in best}
    serial = next((column for column, text in others.items() if folded(text) in known.serial), 0)
    remark = next((column for column, text in others.items() if folded(text) in known.remark), 0)
    return Layout(
        columns={field_id: column for column, field_id in best.items()},
        headings={field_id: labels[column] for column, field_id in best.items()},
        rows={},
        first=first,
        extra={column: text for column, text in others.items() if column not in {serial, remark}},
        serial=serial,
        remark=remark,
    )


def find_record(sheet: Sheet, form: Form) -> Layout:
    """Return where the values of a record stand: right of the label, which may be in any column."""
    names = _Names(form)
    right_of = {(area.top, area.left): area.right for area in sheet.areas}
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    headings: dict[str, str] = {}
    heads = words().record_heads
    for index, row in enumerate(sheet.rows[:_RECORD_ROWS], 1):
        for column, field_id in names.matches(enumerate(row, 1), taken=rows).items():
            value_column = right_of.get((index, column), column) + 1
            # 栏目 | 填写 | 说明 above the labels is a heading, even where a field is called 栏目.
            if folded(str(sheet.at(index, value_column))) in heads:
                continue
            rows[field_id] = index
            columns[field_id] = value_column
            headings[field_id] = str(row[column - 1])
    return Layout(columns=columns, headings=headings, rows=rows, extra={})


class _Names:
    """The fields of a form by every name they go by."""

    def __init__(self, form: Form) -> None:
        self._exact: dict[str, str] = {}
        for field in form.fields:
            self._exact.setdefault(folded(field.header), field.id)
        for field in form.fields:
            for alias in field.aliases:
                self._exact.setdefault(folded(alias), field.id)
        bares: dict[str, str] = {}
        for field in form.fields:
            name = bare(field.header)
            bares[name] = "" if name in bares else field.id  # two fields with one bare name: neither
        self._bare = {name: field_id for name, field_id in bares.items() if field_id}

    def matches(self, cells: Iterable[tuple[int, object]], taken: Iterable[str] = ()) -> dict[int, str]:
        """Return column → field id; an exact name goes before one that differs in its brackets."""
        texts = dict(_texts(cells))
        found: dict[int, str] = {}
        seen = set(taken)
        for names, fold in ((self._exact, folded), (self._bare, bare)):
            for column, text in texts.items():
                field_id = names.get(fold(text))
                if field_id is not None and column not in found and field_id not in seen:
                    found[column] = field_id
                    seen.add(field_id)
        return found


def _texts(cells: Iterable[tuple[int, object]]) -> Iterator[tuple[int, str]]:
    for column, value in cells:
        if isinstance(value, str) and value and len(value) <= 60:  # a heading, no paragraph
            yield column, value


def suggestion(field: Field, layout: Layout) -> str:
    """Return the unknown heading that a lost field has probably become, '' when none is like it."""
    names = (field.header, *field.aliases)
    close = (nearest(name, layout.extra.values()) for name in names)
    return next((name for name in close if name), "")
