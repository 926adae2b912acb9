"""Find a form in a sheet: the heading row of a ledger, the labels of a record; by name, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from officeflow.model.kit import Field, Form
from officeflow.text.nearest import nearest
from officeflow.text.units import unit_named, unit_of_header
from officeflow.workbook.files.book import Sheet
from officeflow.workbook.words import bare, folded, words

_HEADING_ROWS = 15
"""How far down a heading is looked for: titles, notes and totals stand above it, never more than a screen."""
_RECORD_ROWS = 200
_LONGEST = 60
"""Characters of a heading; longer texts are paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of a form stand in a sheet; rows and columns count from 1."""

    columns: Mapping[str, int]
    """Field id → column (for a record: of its value)."""
    headings: Mapping[str, str]
    """Field id → the heading as it stands in the sheet."""
    labels: Mapping[str, int]
    """Field id → the column of that heading; for a ledger the same as `columns`."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Records only: field id → row."""
    first: int = 1
    """Ledgers: the first row below the heading."""
    extra: Mapping[int, str] = field(default_factory=dict)
    """Ledgers: columns with a heading that no field has."""
    unknown: tuple[str, ...] = ()
    """Headings that no field has."""
    serial: int = 0
    remark: int = 0
    """Columns of 序号 and 备注, 0 when there is none; no fields."""
    texts: frozenset[str] = frozenset()
    """Ledgers: every text of the heading, names of groups (“其中：”) included."""
    measured: tuple[str, ...] = ()
    """Ledgers: fields whose unit is that of the whole table (单位：万元 above the headings); `headings` say it too."""
    unit: str = ""
    unit_row: int = 0
    """That unit and the row it stands in."""

    def lost(self, form: Form) -> tuple[Field, ...]:
        """Return the fields that have no place in the sheet."""
        return tuple(of for of in form.fields if of.id not in self.columns)


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
        return Layout(columns={}, headings={}, labels={})
    labels = single = dict(_texts(enumerate(sheet.rows[top], 1)))
    first = top + 2
    if len(best) < len(form.fields):
        best, labels, first = _two_rows(sheet, names, top, best, labels)
    heading = sheet.rows[first - (2 if labels is single else 3) : first - 1]
    units = _units_below(sheet, first)
    labels = {column: text + units.get(column, "") for column, text in labels.items()}
    first += bool(units)
    unit, unit_row = _unit_above(sheet, top)
    measured = tuple(name for column, name in best.items() if _takes(form.by_id[name], labels[column], unit))
    labels |= {column: f"{labels[column]}（{unit}）" for column, name in best.items() if name in measured}
    texts = frozenset(text for row in heading for _, text in _texts(enumerate(row)))
    layout = _layout(best, labels, first, texts)
    return replace(layout, measured=measured, unit=unit, unit_row=unit_row) if measured else layout


def _unit_above(sheet: Sheet, heading: int) -> tuple[str, int]:
    """Return the one unit that a line above the headings gives (单位：万元) and its row; ('', 0) without one."""
    found = {
        (name[1], row)
        for row, cells in enumerate(sheet.rows[:heading], 1)
        for _, text in _texts(enumerate(cells))
        if (name := words().table_unit.search(text)) and unit_named(name[1])
    }
    return found.pop() if len(found) == 1 else ("", 0)


def _takes(of: Field, heading: str, unit: str) -> bool:
    """Whether the table's unit is the one of a column that names none, and another than the form's."""
    if not unit or not of.is_number or unit == of.unit or unit_of_header(heading):
        return False
    own = unit_named(of.unit)
    table = unit_named(unit)
    return own is not None and table is not None and own.dimension == table.dimension


def _units_below(sheet: Sheet, row: int) -> dict[int, str]:
    """Return column → text of a row that holds nothing but units in brackets: （元）, （人次）; {} if it is not such a row."""
    below = (
        {column: cell for column, cell in enumerate(sheet.rows[row - 1], 1) if cell != ""}
        if row <= len(sheet.rows)
        else {}
    )
    units = {
        column: cell
        for column, cell in below.items()
        if isinstance(cell, str) and words().unit.fullmatch(cell)
    }
    return units if len(units) == len(below) else {}


def _two_rows(
    sheet: Sheet, names: _Names, top: int, best: dict[int, str], labels: dict[int, str]
) -> tuple[dict[int, str], dict[int, str], int]:
    """Return the better of the heading row alone and with the row above or below it (merged groups, “其中：”)."""
    first = top + 2
    for upper, lower in ((top - 1, top), (top, top + 1)):
        if upper < 0 or lower >= len(sheet.rows):
            continue
        found, joined = _joined(sheet, names, upper, lower)
        if len(found) > len(best):
            best, labels, first = found, joined, lower + 2
    return best, labels, first


def _joined(sheet: Sheet, names: _Names, upper: int, lower: int) -> tuple[dict[int, str], dict[int, str]]:
    """Return column → field id and column → label of a heading of two rows: 捐款 over 金额 may be 捐款金额, or 金额."""
    above = dict(_texts(enumerate(sheet.rows[upper], 1)))
    below = dict(_texts(enumerate(sheet.rows[lower], 1)))
    over = above | {
        column: above[area.left]
        for area in sheet.areas
        if area.top == upper + 1 == area.bottom and area.left in above
        for column in range(area.left, area.right + 1)
    }
    both = {column: over[column] + text for column, text in below.items() if column in over}
    found: dict[int, str] = {}
    labels = above | below
    for texts in (both, below, above):
        more = names.matches(
            [(column, text) for column, text in texts.items() if column not in found], taken=found.values()
        )
        found |= more
        labels |= {column: texts[column] for column in more}
    return found, dict(sorted(labels.items()))


def _layout(best: dict[int, str], labels: dict[int, str], first: int, texts: frozenset[str]) -> Layout:
    known = words()
    others = {column: text for column, text in labels.items() if column not in best}
    serial = next((column for column, text in others.items() if folded(text) in known.serial), 0)
    remark = next((column for column, text in others.items() if folded(text) in known.remark), 0)
    columns = {field_id: column for column, field_id in best.items()}
    extra = {column: text for column, text in others.items() if column not in {serial, remark}}
    return Layout(
        columns=columns,
        headings={field_id: labels[column] for field_id, column in columns.items()},
        labels=columns,
        first=first,
        extra=extra,
        unknown=tuple(extra.values()),
        serial=serial,
        remark=remark,
        texts=texts,
    )


def find_record(sheet: Sheet, form: Form) -> Layout:
    """Return where the values of a record stand: right of the label, which may be in any column."""
    names, heads = _Names(form), words().record_heads
    right_of = {(area.top, area.left): area.right for area in sheet.areas}
    places: dict[str, tuple[int, int]] = {}
    unknown: list[tuple[int, str]] = []
    for index, row in enumerate(sheet.rows[:_RECORD_ROWS], 1):
        found = names.matches(enumerate(row, 1), taken=places)
        for column, text in _texts(enumerate(row, 1)):
            # 栏目 | 填写 | 说明 above the labels is a heading, even where a field is called 栏目.
            is_head = folded(str(sheet.at(index, right_of.get((index, column), column) + 1))) in heads
            if column in found and not is_head:
                places[found[column]] = (index, column)
            elif column not in found:
                unknown.append((column, text))
    columns = {column for _, column in places.values()}
    return Layout(
        columns={field_id: right_of.get(at, at[1]) + 1 for field_id, at in places.items()},
        headings={field_id: str(sheet.at(*at)) for field_id, at in places.items()},
        labels={field_id: column for field_id, (_, column) in places.items()},
        rows={field_id: row for field_id, (row, _) in places.items()},
        unknown=tuple(text for column, text in unknown if column in columns),
    )


class _Names:
    """The fields of a form by every name they go by."""

    def __init__(self, form: Form) -> None:
        self._exact: dict[str, str] = {}
        for of in form.fields:
            self._exact.setdefault(folded(of.header), of.id)
        for of in form.fields:
            for alias in of.aliases:
                self._exact.setdefault(folded(alias), of.id)
        bares: dict[str, str] = {}
        for of in form.fields:
            name = bare(of.header)
            bares[name] = "" if name in bares else of.id  # two fields with one bare name: neither
        self._bare = {name: field_id for name, field_id in bares.items() if field_id}

    def matches(self, cells: Iterable[tuple[int, object]], taken: Iterable[str] = ()) -> dict[int, str]:
        """Return column → field id; an exact name takes precedence over one that differs in its brackets."""
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
        if isinstance(value, str) and value and len(value) <= _LONGEST:
            yield column, value


def suggestion(of: Field, layout: Layout) -> str:
    """Return the unknown heading that a lost field has probably become, '' when none is like it."""
    close = (nearest(name, layout.unknown) for name in (of.header, *of.aliases))
    return next((name for name in close if name), "")
