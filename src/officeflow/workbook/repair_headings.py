"""Which headings of a form are to be put back, and where, without changing what a column means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from officeflow.model.kit import Field, Form
from officeflow.ooxml.sheet_text import At
from officeflow.workbook.book import Sheet
from officeflow.workbook.headings import Layout, suggestion
from officeflow.workbook.words import folded

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What to write where; `columns` says where every field stands afterwards."""

    headings: tuple[tuple[Field, At], ...]
    columns: Mapping[str, int]
    other_unit: tuple[tuple[Field, str], ...] = ()
    """Fields whose heading names another unit: the numbers below it mean something else."""
    lost: tuple[Field, ...] = ()
    added: tuple[tuple[Field, At], ...] = ()
    """Columns that are gone altogether: they get a new place, right of all others."""


def headings_to_mend(form: Form, their_sheet: Sheet, ours: Layout, theirs: Layout) -> Moves:
    """Return the headings that differ from the form's, and the columns of lost ones as far as they can be told."""
    columns = dict(theirs.columns)
    headings: list[tuple[Field, At]] = []
    other: list[tuple[Field, str]] = []
    lost: list[Field] = []
    taken = set(theirs.labels.values()) if form.kind != "record" else set()
    for of in form.fields:
        heading = theirs.headings.get(of.id)
        if heading is not None:
            at = (theirs.rows.get(of.id, theirs.first - 1), theirs.labels[of.id])
            if heading == of.header or str(their_sheet.at(*at)) != heading:
                continue  # as it should be, or in the upper of two heading rows
            if _units(heading) and _units(heading) != _units(of.header):
                other.append((of, heading))
            else:
                headings.append((of, at))
            continue
        found = _place(of, form, their_sheet, ours, theirs, taken)
        if found is None:
            lost.append(of)
            continue
        headings.append((of, found))
        taken.add(found[1])
        columns[of.id] = found[1] if form.kind != "record" else ours.columns[of.id]
    added: list[tuple[Field, At]] = []
    # A heading nobody knows may be the lost one under another name; then its column is not gone.
    if form.kind != "record" and theirs.columns and not theirs.extra:
        free = max([_last_column(their_sheet), *taken]) + 1
        added = [(of, (theirs.first - 1, free + number)) for number, of in enumerate(lost)]
        columns |= {of.id: column for of, (_, column) in added}
        lost = []
    return Moves(
        headings=tuple(headings),
        columns=columns,
        other_unit=tuple(other),
        lost=tuple(lost),
        added=tuple(added),
    )


def _last_column(sheet: Sheet) -> int:
    filled = (n for row in sheet.rows for n, cell in enumerate(row, start=1) if cell != "")
    return max(filled, default=0)


def _units(heading: str) -> list[str]:
    return _BRACKETS.findall(folded(heading))


def _place(
    of: Field, form: Form, their_sheet: Sheet, ours: Layout, theirs: Layout, taken: set[int]
) -> At | None:
    """Return where the heading of a lost field belongs: over the column that nearly says it, or where it was built."""
    if of.id not in ours.labels:
        return None
    if form.kind == "record":
        at = (ours.rows[of.id], ours.labels[of.id])
        is_free = (
            their_sheet.at(*at) == ""
            and _agree(ours.rows, theirs.rows)
            and _agree(ours.columns, theirs.columns)
        )
        return at if is_free else None
    if not theirs.columns:
        return None
    near = suggestion(of, theirs)
    column = next((column for column, text in theirs.extra.items() if text == near and near), 0)
    if column and column not in taken and (not _units(near) or _units(near) == _units(of.header)):
        return (theirs.first - 1, column)
    column = ours.labels[of.id]
    row = theirs.first - 1
    is_open = their_sheet.at(row, column) == "" or column in theirs.extra
    if (
        column in taken
        or not is_open
        or theirs.first != ours.first
        or not _agree(ours.columns, theirs.columns)
    ):
        return None
    return (row, column)


def _agree(ours: Mapping[str, int], theirs: Mapping[str, int]) -> bool:
    """Whether all fields that were found stand where they were built."""
    return bool(theirs) and all(ours.get(name) == place for name, place in theirs.items())
