"""From a filled workbook to a fresh one: what next, migrate and merge share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.kits.source import KitSource
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Kit
from officeflow.workbook.entries.typed import Entries, Entry
from officeflow.workbook.reading.stamp import read_stamp


@dataclass(frozen=True, kw_only=True)
class FilledWorkbook:
    """A workbook that was read whole, with its installed kit."""

    reading: Reading
    source: KitSource

    @property
    def unit_tag(self) -> str:
        """The tag of the unit that the workbook was issued to, '' without one."""
        stamp = read_stamp(self.reading.book)
        return "" if stamp is None else stamp.unit_tag


def read_filled(desk: Desk, path: Path) -> Outcome[FilledWorkbook | None]:
    """Return the workbook; None with findings when it is not one of ours, is marked as classified, or has a sheet that cannot be read.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    outcome = read_workbook(desk, path)
    reading = outcome.value
    if reading is None:
        return Outcome(None, outcome.findings)
    book = reading.book
    unread = [
        finding for tab in book.tabs if book.sheet(tab).value is None for finding in book.sheet(tab).findings
    ]
    source = desk.kit_source(reading.submission.kit.id)
    if unread or source is None:
        return Outcome(None, tuple(unread))
    return Outcome(FilledWorkbook(reading=reading, source=source))


def as_rows(kit: Kit, entries: Entries) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the rows as they are to be typed: close together, but an outline's where they stand (上级 is a row number)."""
    return {
        form_id: _in_place(rows) if form_id in outlines(kit) else [entry.cells for entry in rows]
        for form_id, rows in entries.items()
    }


def outlines(kit: Kit) -> frozenset[str]:
    """Return the forms whose rows point at each other by number."""
    return frozenset(report.outline for report in kit.reports if report.outline)


def _in_place(entries: Sequence[Entry]) -> list[Mapping[str, object]]:
    by_offset = {entry.offset: entry.cells for entry in entries}
    return [by_offset.get(offset, {}) for offset in range(max(by_offset, default=-1) + 1)]


def lost_in(entries: Entries) -> Iterable[Finding]:
    """Return the findings of cells that cannot be typed again."""
    return (finding for rows in entries.values() for entry in rows for finding in entry.lost)
