"""Put the rows of an older workbook into the current blank, and list what found no place there."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._moving import as_rows, lost_in, read_origin, taken
from officeflow.flow._naming import words
from officeflow.flow._reading import exit_without
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for
from officeflow.kits import filled
from officeflow.ooxml import write_file
from officeflow.workbook.entries import read_entries
from officeflow.workbook.leftovers import left_behind

_TOO_NEW = frozenset({"VERSION_NEWER", "STAMP_CONFLICT"})
"""Then the installed kit is not the one to move to."""


def run(*, file: Path, output: Path | None = None) -> Result:
    """Return the path of the new workbook; columns are found by heading and alias, `file` stays as it is.

    Raises:
        OSError: the file or the target is out of reach now.
    """
    found = read_origin(file)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, exit_without(found.findings))
    origin, reading = found.value, found.value.reading
    target = output or file.with_name(f"{file.stem}{words()['migrated']}.xlsx")
    refused = tuple(finding for finding in reading.findings if finding.code in _TOO_NEW) or taken(target)
    if refused:
        return Result(FilesAnswer(files=()), refused, Exit.FINDINGS)
    submission = reading.submission
    entries = read_entries(reading.book, submission)
    data = filled(
        origin.source,
        as_rows(submission.kit, entries),
        unit_tag=origin.unit_tag,
        previous=submission.previous,
    )
    write_file(target, data)
    findings = (*lost_in(entries), *left_behind(reading.book, submission.kit))
    return Result(FilesAnswer(files=(str(target),)), findings, exit_for(findings))
