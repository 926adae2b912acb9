"""What the reader says about single cells: unreadable, normalised, defaulted, out of scale."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from officeflow.checks import Site, cell_site, masked
from officeflow.model.kit import Field, Kit
from officeflow.model.submission import Table
from officeflow.model.values import Value
from officeflow.text.reading import Typed, as_shown, shown_value
from officeflow.text.typed import unit_slips
from officeflow.workbook.book import Raw
from officeflow.workbook.ledger import Read
from officeflow.workbook.notes import Notes
from officeflow.workbook.words import words

DEFAULT = "default"
"""The rule name of a default in the list of repairs."""
_SLIP = 1_000  # a column whose numbers lie within this factor cannot hold a slip of 10⁴
_BETWEEN_NAMES = frozenset("、,，;；/\n")


def say_cells(read: Read, kit: Kit, notes: Notes) -> None:
    """Say what is odd about the cells of one form, field by field."""
    table = read.table
    for field in table.form.fields:
        for entry, typed in sorted(read.typed.get(field.id, {}).items()):
            _say_typed(table, field, entry, typed, as_shown(read.cells[field.id][entry]), notes)
    for field_id, entry, error in read.broken:
        code = "CELL_ERROR" if error else "FORMULA_NOT_CALCULATED"
        _say(code, cell_site(table, table.form.by_id[field_id], entry), notes, value=error)
    for field_id, entry, rows in read.merged:
        value = as_shown(read.cells[field_id][entry])
        _say(
            "MERGED_NUMBER",
            cell_site(table, table.form.by_id[field_id], entry),
            notes,
            value=value,
            rows=rows,
        )
    _list_defaults(table, notes)
    _say_moved(read, notes)
    _say_slips(read, notes)
    _say_several(table, kit, notes)


def _say(code: str, site: Site, notes: Notes, **values: Any) -> None:
    notes.say(code, site.place, row_key=site.key, **values)


def _say_typed(table: Table, field: Field, entry: int, typed: Typed, raw: str, notes: Notes) -> None:
    site = cell_site(table, field, entry)
    if field.personal:
        raw = masked(raw)
        typed = replace(typed, value=masked(shown_value(typed.value)))
    if repaired := typed.repaired(typed=raw, place=site.place):
        notes.repairs.append(repaired)
    if finding := typed.finding(typed=raw, place=site.place, file=notes.file, row_key=site.key):
        notes.findings.append(finding)


def _list_defaults(table: Table, notes: Notes) -> None:
    order = {field.id: number for number, field in enumerate(table.form.fields)}
    for field_id, entry in sorted(table.defaulted, key=lambda item: (item[1], order[item[0]])):
        at = table.cell(field_id, entry)
        if at is not None:
            notes.repair(at, typed="", read_as=shown_value(table.columns[field_id][entry]), rule=DEFAULT)


def _say_moved(read: Read, notes: Notes) -> None:
    table = read.table
    for amount, quantity, entry in read.moved:
        typed, value = as_shown(read.cells[quantity][entry]), shown_value(table.columns[amount][entry])
        at = table.cell(quantity, entry)
        if at is not None:
            notes.repair(at, typed=typed, read_as=value, rule=words().rules["amount"])
        site, header = cell_site(table, table.form.by_id[quantity], entry), table.form.by_id[amount].header
        _say("AMOUNT_MOVED", site, notes, value=typed, expected=header)


def _say_slips(read: Read, notes: Notes) -> None:
    table = read.table
    for field in table.form.fields:
        column = table.columns[field.id]
        if (
            not field.is_number
            or field.type == "percent"
            or not _may_slip(read.cells.get(field.id, ()), column)
        ):
            continue
        known = read.typed.get(field.id, {})
        # Where the cell names its unit nobody mixed units up.
        bare = [None if entry in known else value for entry, value in enumerate(column)]
        for entry, meant in unit_slips(bare).items():
            site = cell_site(table, field, entry)
            _say("UNIT_SLIP", site, notes, value=shown_value(column[entry]), expected=meant)


def _may_slip(cells: Sequence[Raw], column: Sequence[Value]) -> bool:
    sizes: Collection[Any] = set(cells) - {"", 0.0}
    # Floats compare much faster than Decimals, and most columns are settled by their ends.
    if not set(map(type, sizes)) <= {float}:
        sizes = {value for value in column if isinstance(value, Decimal) and value}
    sizes = list(map(abs, sizes))
    return len(sizes) > 1 and max(sizes) >= _SLIP * min(sizes)


def _say_several(table: Table, kit: Kit, notes: Notes) -> None:
    """Say where several names stand in one cell of a column whose different names are counted."""
    counted = {rule.of for rule in kit.figures if rule.use == "distinct" and isinstance(rule.of, str)}
    for field in table.form.fields:
        if field.personal and f"{table.form.id}.{field.id}" in counted:
            for entry, value in enumerate(table.columns[field.id]):
                if isinstance(value, str) and not _BETWEEN_NAMES.isdisjoint(value):
                    _say("SEVERAL_NAMES", cell_site(table, field, entry), notes, value=masked(value))
