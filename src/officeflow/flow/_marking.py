"""The marked copy of a workbook, or a list of its findings where it cannot be marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officeflow.flow._messages import MESSAGES
from officeflow.flow._naming import words
from officeflow.flow.destination import marked_name, put
from officeflow.intake.workbooks import Reading
from officeflow.model.findings import Outcome
from officeflow.ooxml import PartError, open_package
from officeflow.ooxml.markup import MarkupError
from officeflow.workbook import findings_workbook, mark
from officeflow.workbook.marks.page import NewerMarksError


def marked_copy(path: Path, reading: Reading) -> Outcome[Path | None]:
    """Return the path of the marked copy, or None and why the workbook could not be marked.

    A workbook that is not patched (.xls, .ods) gets a list of findings that links into it.

    Raises:
        OSError: the copy cannot be written.
    """
    data = path.read_bytes()
    package = open_package(data, name=path.name).value
    if package is None or "xl/workbook.xml" not in package:
        listed = findings_workbook(path.name, reading.findings)
        target = marked_name(path, words()["listed"], ".xlsx")
        return put("check list", listed, target, is_named=False, source=path)
    try:
        marked = mark(data, reading.findings, kit=reading.submission.kit)
    except NewerMarksError as error:
        return Outcome(None, (replace(error.finding, file=str(path)),))
    except (PartError, MarkupError):
        return Outcome(None, (MESSAGES.finding("NOT_MARKED", file=str(path), name=path.name),))
    return put("check", marked, marked_name(path, words()["marked"]), is_named=False, source=path)
