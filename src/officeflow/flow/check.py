"""Check filled workbooks: what must be mended, where, and how; on demand marked in a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import (
    CheckAnswer,
    Exit,
    RepairAnswer,
    Result,
    SubmissionAnswer,
    exit_for,
    exit_without,
)
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.progress import Tell, ignore
from officeflow.intake.workbooks import Reading, is_spacious, read_workbook
from officeflow.model.findings import Finding, Outcome


def run(
    desk: Desk, *, files: Sequence[Path], mark: bool = False, kit: str = "", tell: Tell = ignore
) -> Result:
    """Return submissions, repairs and findings of the files, in the order given; the highest exit code of all.

    `kit` is their kit where the files do not tell it.  With `mark` each workbook gets a marked copy next to it; the original is not touched.

    Raises:
        OSError: a copy cannot be written.
    """
    task = partial(check_one, desk, mark=mark, kit=kit)
    if len(files) == 1 and not is_spacious(files[0]):
        return _joined([task(files[0])])
    # Only many files or a very large one pay for what supervises.
    from officeflow.intake.batch import read_each

    said = read_each(desk, task, files, tell=tell)
    return _joined([_lost(answer) if isinstance(answer, Finding) else answer for answer in said])


def check_one(desk: Desk, path: Path, *, mark: bool = False, kit: str = "") -> Result:
    """Return the answer about one file; run in a worker where there are many.

    Raises:
        OSError: the file is out of reach now, or its copy cannot be written.
    """
    outcome = read_workbook(desk, path, kit=kit)
    if outcome.value is None:
        findings = tuple(replace(finding, file=str(path)) for finding in outcome.findings)
        return Result(CheckAnswer(), findings, exit_without(findings))
    reading = outcome.value
    findings = tuple(replace(finding, file=str(path)) for finding in reading.findings)
    marked: tuple[str, ...] = ()
    code = exit_for(findings)
    if mark:
        copy = _marked_copy(path, reading)
        findings += copy.findings
        marked = (str(copy.value),) if copy.value else ()
    answer = CheckAnswer(
        submissions=(SubmissionAnswer.of(reading.submission, path),),
        repairs=tuple(RepairAnswer.of(repair, path) for repair in reading.submission.repairs),
        marked=marked,
    )
    return Result(answer, findings, code)


def _lost(finding: Finding) -> Result:
    return Result(CheckAnswer(), (finding,), Exit.UNUSABLE)


def _joined(results: Sequence[Result]) -> Result:
    answers = [cast("CheckAnswer", result.answer) for result in results]
    answer = CheckAnswer(
        submissions=tuple(chain.from_iterable(each.submissions for each in answers)),
        repairs=tuple(chain.from_iterable(each.repairs for each in answers)),
        marked=tuple(chain.from_iterable(each.marked for each in answers)),
    )
    findings = tuple(chain.from_iterable(result.findings for result in results))
    return Result(answer, findings, max((result.code for result in results), default=Exit.DONE))


def _marked_copy(path: Path, reading: Reading) -> Outcome[Path | None]:
    """Return the path of the marked copy, or None and why the workbook could not be marked.

    A workbook that is not patched (.xls, .ods) gets a list of findings that links into it.

    Raises:
        OSError: the copy cannot be written.
    """
    # Only a click that marks pays for what marks.
    from officeflow.ooxml import PartError, open_package
    from officeflow.ooxml.markup import MarkupError
    from officeflow.workbook.marks.page import NewerMarksError
    from officeflow.workbook.marks.writer import findings_workbook, mark

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
