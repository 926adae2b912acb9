"""Two copies of one workbook as one: rows are matched by key, what differs is a conflict and the first stays.

Of rows with one key those that are equal belong together, then those that do
not contradict each other (what one left blank the other filled), then the rest
in order.  Rows without a key belong together when they are equal.  Laws: a copy
merged with itself is itself; without conflicts the order of the copies changes
the order of the rows only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from officeflow.checks import Site, cell_site, masked
from officeflow.model.findings import Finding
from officeflow.model.kit import Form
from officeflow.model.submission import Table
from officeflow.model.values import Gap, canonical
from officeflow.text.messages import Place
from officeflow.text.reading import as_shown, shown_value
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.entries.typed import MESSAGES, Entry

_Pair: TypeAlias = tuple[int, int]
_Fits: TypeAlias = Callable[[Entry, Entry], bool]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both copies filled, differently."""

    field_id: str
    ours: Entry
    theirs: Entry


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of one form: the first copy's, filled up, then those that only the second has."""

    entries: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...] = ()
    is_refused: bool = False
    """Both copies changed a form that cannot be mixed: the first copy's rows stand alone."""


def merge_entries(form: Form, ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    """Return the rows of `form` from both copies."""
    pairs = dict(_pairs(form, ours, theirs))
    merged = tuple(_filled_up(one, theirs[pairs[at]]) if at in pairs else one for at, one in enumerate(ours))
    taken = set(pairs.values())
    added = tuple(one for at, one in enumerate(theirs) if at not in taken)
    conflicts = (
        found for at, other in sorted(pairs.items()) for found in _conflicts(form, ours[at], theirs[other])
    )
    return Merged((*merged, *added), tuple(conflicts))


def take_whole(ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    """Return one copy's rows of a form whose rows point at each other by number, so that two copies cannot be mixed."""
    is_same = [_said(one) for one in ours] == [_said(one) for one in theirs]
    return Merged(tuple(ours or theirs), is_refused=bool(ours and theirs and not is_same))


def _pairs(form: Form, ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[_Pair]:
    groups: dict[object, tuple[list[int], list[int]]] = {}
    for side, entries in enumerate((ours, theirs)):
        for at, entry in enumerate(entries):
            groups.setdefault(_name(form, entry), ([], []))[side].append(at)
    for left, free in groups.values():
        for fits in _ORDER:
            for at in list(left):
                found = next((other for other in free if fits(ours[at], theirs[other])), None)
                if found is not None:
                    yield at, found
                    left.remove(at)
                    free.remove(found)


def _name(form: Form, entry: Entry) -> object:
    """Return what tells a row from others: its key, or without one all it says; a record has one row."""
    if form.kind == "record":
        return form.id
    key = tuple(canonical(entry.values.get(field_id)) for field_id in form.key)
    return key if any(key) else frozenset(_said(entry).items())


def _equal(one: Entry, other: Entry) -> bool:
    return _said(one) == _said(other)


def _agrees(one: Entry, other: Entry) -> bool:
    mine, yours = _said(one), _said(other)
    return all(mine[field_id] == yours[field_id] for field_id in mine.keys() & yours.keys())


def _any(_one: Entry, _other: Entry) -> bool:
    return True


_ORDER: tuple[_Fits, ...] = (_equal, _agrees, _any)


def _said(entry: Entry) -> dict[str, str]:
    """Return the typed values as text; what could not be read counts as it stands in the cell."""
    return {
        field_id: str(entry.cells.get(field_id, "")) if value is Gap.UNREADABLE else canonical(value)
        for field_id, value in entry.values.items()
    }


def _filled_up(one: Entry, other: Entry) -> Entry:
    return replace(one, values={**other.values, **one.values}, cells={**other.cells, **one.cells})


def _conflicts(form: Form, ours: Entry, theirs: Entry) -> Iterator[Conflict]:
    mine, yours = _said(ours), _said(theirs)
    for field_id in (*form.by_id, *(mine.keys() - form.by_id.keys())):
        if field_id in mine and field_id in yours and mine[field_id] != yours[field_id]:
            yield Conflict(field_id, ours, theirs)


def say_conflict(conflict: Conflict, ours: Table, theirs: Table, *, file: str) -> Finding:
    """Return the finding at the first copy's cell: both cells, both values, personal ones masked."""
    site = _site(ours, conflict.field_id, conflict.ours)
    other = _site(theirs, conflict.field_id, conflict.theirs).place
    return MESSAGES.finding(
        "MERGE_CONFLICT" if ours.form.kind == "record" else "MERGE_ROW_CONFLICT",
        place=site.place,
        file=file,
        row_key=site.key,
        value=_shown(ours.form, conflict.field_id, conflict.ours),
        expected=_shown(ours.form, conflict.field_id, conflict.theirs),
        other=f"{other.sheet}!{other.cell}" if other.cell else str(other),
    )


def _site(table: Table, field_id: str, entry: Entry) -> Site:
    field = table.form.by_id.get(field_id)
    if field is not None:
        return cell_site(table, field, entry.at)
    row = cell_site(table, table.form.fields[0], entry.at)
    return replace(
        row, place=Place(sheet=table.sheet, row=table.rows[entry.at], header=labels().words.remark)
    )


def _shown(form: Form, field_id: str, entry: Entry) -> str:
    value, cell = entry.values[field_id], entry.cells.get(field_id, "")
    text = as_shown(cell) if value is Gap.UNREADABLE else shown_value(value)
    field = form.by_id.get(field_id)
    return masked(text) if field is not None and field.personal else text
