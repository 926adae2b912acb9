"""Where a marked copy goes: beside the workbook, under its name, over nothing that somebody may have typed into."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from pathlib import Path

from officeflow.flow._messages import MESSAGES
from officeflow.flow._naming import words
from officeflow.intake.workbooks import Reading
from officeflow.model.findings import Outcome
from officeflow.ooxml import PartError, open_package, write_beside
from officeflow.ooxml.markup import MarkupError
from officeflow.workbook import findings_workbook, is_as_marked, mark
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
        return Outcome(write_beside(free_copy(path, words()["listed"], ".xlsx"), listed))
    try:
        marked = mark(data, reading.findings, kit=reading.submission.kit)
    except NewerMarksError as error:
        return Outcome(None, (replace(error.finding, file=str(path)),))
    except (PartError, MarkupError):
        return Outcome(None, (MESSAGES.finding("NOT_MARKED", file=str(path), name=path.name),))
    return Outcome(write_beside(free_copy(path, words()["marked"], path.suffix), marked))


def free_copy(path: Path, word: str, suffix: str) -> Path:
    """Return 名称_核对.xlsx, or 名称_核对(2).xlsx and so on where that name holds somebody's work.

    A copy of a copy is named like the first; a copy that nobody has saved since is replaced.
    """
    stem = re.sub(rf"{re.escape(word)}(?:\(\d+\))?$", "", path.stem)
    for number in count(1):
        name = stem + word + (f"({number})" if number > 1 else "") + suffix
        target = path.with_name(name)
        if not target.exists() or (target != path and is_as_marked(target.read_bytes())):
            return target
    raise AssertionError  # count() does not end
