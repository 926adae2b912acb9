"""Put the rows of an older workbook into the current blank, and list what found no place there."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._transfer import as_rows, lost_in, read_filled
from officeflow.flow._words import words
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for, exit_without
from officeflow.flow.destination import blocked_at, put
from officeflow.intake.desk import Desk
from officeflow.kits.build import filled
from officeflow.workbook.entries.leftovers import left_behind
from officeflow.workbook.entries.renamed import renamed_columns, with_headings
from officeflow.workbook.entries.typed import read_entries
from officeflow.workbook.reading.submission import read_submission

_TOO_NEW = frozenset({"VERSION_NEWER", "STAMP_CONFLICT"})
"""Then the installed kit is not the one to move to."""


def run(desk: Desk, *, file: Path, output: Path | None = None) -> Result:
    """Return the path of the new workbook; columns are found by heading, alias, or the nearest heading; `file` stays as it is.

    Raises:
        OSError: the file or the target is out of reach now.
    """
    found = read_filled(desk, file)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, exit_without(found.findings))
    origin, reading = found.value, found.value.reading
    target = output or file.with_name(f"{file.stem}{words()['migrated']}.xlsx")
    refused = tuple(finding for finding in reading.findings if finding.code in _TOO_NEW) or blocked_at(
        "migrate", target
    )
    if refused:
        return Result(FilesAnswer(files=()), refused, Exit.FINDINGS)
    renamed = renamed_columns(reading.book, reading.submission.kit)
    kit = with_headings(reading.submission.kit, renamed)
    submission = read_submission(reading.book, kit).value if renamed else reading.submission
    entries = read_entries(reading.book, submission)
    data = filled(
        origin.source,
        as_rows(kit, entries),
        unit_tag=origin.unit_tag,
        previous=submission.previous,
    )
    written = put("migrate", data, target, is_named=True)
    told = (one.told(str(reading.book.path)) for one in renamed)
    findings = (*written.findings, *told, *lost_in(entries), *left_behind(reading.book, kit))
    return Result(FilesAnswer(files=(str(written.value),)), findings, exit_for(findings))
