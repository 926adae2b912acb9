"""Put a workbook right: headings, drop-downs, looks, formulas and stamp come back, what is typed stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for, exit_without
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import read_workbook
from officeflow.kits.build import blank
from officeflow.ooxml import PartError, open_package
from officeflow.ooxml.markup import MarkupError
from officeflow.workbook.marks.page import NewerMarksError
from officeflow.workbook.repair.writer import repair_workbook


def run(desk: Desk, *, file: Path, output: Path | None = None, kit: str = "") -> Result:
    """Return the path of the repaired copy and, as findings, what was done; the same file only when `output` names it.

    Raises:
        OSError: the file or the target is out of reach now.
    """
    outcome = read_workbook(desk, file, kit=kit)
    if outcome.value is None:
        return Result(FilesAnswer(files=()), outcome.findings, exit_without(outcome.findings))
    data, known = file.read_bytes(), outcome.value.submission.kit
    package, source = open_package(data, name=file.name).value, desk.kit_source(known.id)
    refused = MESSAGES.finding("NOT_REPAIRED", file=str(file), name=file.name)
    if package is None or source is None or "xl/workbook.xml" not in package:
        return Result(FilesAnswer(files=()), (refused,), Exit.UNUSABLE)
    try:
        repaired = repair_workbook(data, kit=known, blank=blank(source))
    except NewerMarksError as error:
        newer = replace(error.finding, file=str(file))
        return Result(FilesAnswer(files=()), (newer,), exit_for((newer,)))
    except (PartError, MarkupError):
        return Result(FilesAnswer(files=()), (refused,), Exit.UNUSABLE)
    target = output or marked_name(file, words()["repaired"])
    written = put("repair", repaired.data, target, is_named=output is not None, source=file)
    if written.value is None:
        return Result(FilesAnswer(files=()), written.findings, Exit.FINDINGS)
    done = tuple(replace(finding, file=str(file)) for finding in repaired.done)
    findings = (*done, *written.findings)
    return Result(FilesAnswer(files=(str(written.value),)), findings, exit_for(findings))
