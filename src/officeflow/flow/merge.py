"""Put two colleagues' copies of one workbook together; what they typed differently is a finding, the first stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from officeflow.flow._transfer import FilledWorkbook, as_rows, lost_in, outlines, read_filled
from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import Exit, MergeAnswer, Result, RowsAnswer, exit_for, exit_without
from officeflow.flow.destination import blocked_at, put
from officeflow.intake.desk import Desk
from officeflow.kits.build import filled, proposes
from officeflow.kits.source import KitSource
from officeflow.model.findings import Finding
from officeflow.model.kit import Form
from officeflow.text.messages import Place
from officeflow.workbook.entries.leftovers import left_behind
from officeflow.workbook.entries.merging import Merged, merge_entries, say_conflict, take_whole
from officeflow.workbook.entries.typed import Entries, Entry, read_entries


def run(desk: Desk, *, first: Path, second: Path, output: Path | None = None) -> Result:
    """Return the path of the merged workbook; both copies stay as they are, an existing target is left alone.

    Raises:
        OSError: a copy or the target is out of reach now.
    """
    ours, theirs = read_filled(desk, first), read_filled(desk, second)
    if ours.value is None or theirs.value is None:
        findings = (*ours.findings, *theirs.findings)
        return Result(MergeAnswer(), findings, exit_without(findings))
    target = output or first.with_name(f"{first.stem}{words()['merged']}.xlsx")
    refused = (*_unlike(ours.value, theirs.value), *blocked_at("merge", target))
    if refused:
        return Result(MergeAnswer(), refused, Exit.FINDINGS)
    return _write(ours.value, theirs.value, target)


def _unlike(ours: FilledWorkbook, theirs: FilledWorkbook) -> Iterator[Finding]:
    """Yield why the two are no copies of one workbook: another table, unit or period."""
    one, other = ours.reading.submission, theirs.reading.submission
    pairs = (
        ("MERGE_OTHER_KIT", one.kit.title, other.kit.title),
        ("MERGE_OTHER_UNIT", one.unit, other.unit),
        ("MERGE_OTHER_PERIOD", one.period, other.period),
    )
    for code, mine, yours in pairs:
        if mine and yours and mine != yours:
            yield MESSAGES.finding(code, file=str(theirs.reading.book.path), value=mine, expected=yours)


def _write(ours: FilledWorkbook, theirs: FilledWorkbook, target: Path) -> Result:
    one, other = ours.reading, theirs.reading
    kit = one.submission.kit
    mine, yours = (read_entries(reading.book, reading.submission) for reading in (one, other))
    merged = {form.id: _merged(ours.source, form, mine[form.id], yours[form.id]) for form in kit.forms}
    rows = as_rows(kit, {form_id: found.entries for form_id, found in merged.items()})
    previous = {**other.submission.previous, **one.submission.previous}
    content = filled(ours.source, rows, unit_tag=ours.unit_tag or theirs.unit_tag, previous=previous)
    written = put("merge", content, target, is_named=True)
    findings = (
        *written.findings,
        *_conflicts(ours, theirs, merged),
        *_unmoved(ours, mine),
        *(_unmoved(theirs, yours) if other.book.path != one.book.path else ()),
    )
    added = tuple(
        RowsAnswer(sheet=form.sheet, rows=count)
        for form in kit.forms
        if (count := _count_from(yours[form.id], merged[form.id]))
    )
    return Result(MergeAnswer(files=(str(written.value),), added=added), findings, exit_for(findings))


def _merged(source: KitSource, form: Form, ours: Sequence[Entry], theirs: Sequence[Entry]) -> Merged:
    if form.id not in outlines(source.kit):
        return merge_entries(form, ours, theirs)
    # What the blank proposed is nobody's work.
    own, other = (
        () if proposes(source, form.id, [entry.cells for entry in rows]) else rows for rows in (ours, theirs)
    )
    chosen = take_whole(own, other)
    return chosen if chosen.entries else Merged(tuple(ours))


def _count_from(theirs: Sequence[Entry], merged: Merged) -> int:
    own = set(map(id, theirs))
    return sum(id(entry) in own for entry in merged.entries)


def _conflicts(
    ours: FilledWorkbook, theirs: FilledWorkbook, merged: Mapping[str, Merged]
) -> Iterator[Finding]:
    mine, yours = ours.reading.submission.tables, theirs.reading.submission.tables
    for form_id, found in merged.items():
        if found.is_refused:
            sheet = yours[form_id].sheet
            yield MESSAGES.finding("MERGE_WHOLE", place=Place(sheet), file=str(theirs.reading.book.path))
        for conflict in found.conflicts:
            yield say_conflict(conflict, mine[form_id], yours[form_id], file=str(ours.reading.book.path))


def _unmoved(origin: FilledWorkbook, entries: Entries) -> Iterator[Finding]:
    """Yield what has no place in the merged workbook, with the name of the copy it stands in."""
    book = origin.reading.book
    for finding in (*lost_in(entries), *left_behind(book, origin.reading.submission.kit)):
        yield replace(
            finding, message=words()["in_file"].format(message=finding.message, name=book.path.name)
        )
