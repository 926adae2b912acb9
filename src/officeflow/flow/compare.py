"""Hold two documents against each other: 花脸稿 and 改动清单."""

from __future__ import annotations

from pathlib import Path

from officeflow.document.compare.change_list import ListedChange, list_changes, words
from officeflow.document.compare.comparing import compare
from officeflow.flow.answers import ChangedAnswer, CompareAnswer, Exit, Result, exit_without
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_any_document
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.kits.load import LayoutError
from officeflow.model.layout import Profile


def run(desk: Desk, *, first: Path, second: Path, output: Path | None = None, tell: Tell = ignore) -> Result:
    """Return where the second document with the changes tracked and the list of changes were written, and the changes.

    Nothing is written when nothing differs.  `output` names the marked document; the list is saved next to it.

    Raises:
        OSError: a file or the folder is out of reach now.
    """
    ours, theirs = (read_any_document(desk, path) for path in (first, second))
    findings = (*ours.findings, *theirs.findings)
    if ours.value is None or theirs.value is None:
        return Result(CompareAnswer(), findings, exit_without(findings))
    tell(Event(stage="compare", name=second.name))
    outcome = compare(ours.value, theirs.value, name=first.name, their_name=second.name)
    if outcome.value is None:
        return Result(CompareAnswer(), (*findings, *outcome.findings), Exit.UNUSABLE)
    changes = list_changes(outcome.value.passages)
    if not changes:
        return Result(CompareAnswer(is_same=True), findings)
    answer = CompareAnswer(changes=tuple(map(ChangedAnswer.of, changes)))
    try:
        layout = desk.profile()
    except LayoutError as error:
        return Result(answer, (*findings, *error.findings), Exit.FINDINGS)
    marked = put(
        "compare",
        outcome.value.document,
        output or marked_name(second, words()["marked"], ".docx"),
        is_named=output is not None,
    )
    if marked.value is None:
        return Result(answer, (*findings, *marked.findings), Exit.FINDINGS)
    page = _page(changes, layout, first, second)
    beside = output or second
    listed = put(
        "compare list",
        page,
        marked_name(_without(beside, words()["marked"]), words()["listed"], ".docx"),
        is_named=False,
    )
    files = tuple(str(one.value) for one in (marked, listed) if one.value is not None)
    return Result(
        CompareAnswer(files=files, changes=answer.changes), (*findings, *marked.findings, *listed.findings)
    )


def _page(changes: tuple[ListedChange, ...], layout: Profile, first: Path, second: Path) -> bytes:
    from officeflow.document.authoring.lists import build_change_list

    return build_change_list(changes, layout, name=first.name, their_name=second.name)


def _without(path: Path, mark: str) -> Path:
    return path.with_name(f"{path.stem.removesuffix(mark)}.docx")
