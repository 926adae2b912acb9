"""Build what people pick up from a kit's definition: blank, sample, Word templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for, holding
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find_all
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.kits.build import build
from officeflow.kits.problems import kit_problems
from officeflow.kits.source import KitSource


def run(desk: Desk, *, kits: Sequence[str] = (), folder: Path | None = None, tell: Tell = ignore) -> Result:
    """Return the paths written under `workbooks/` and `docx_templates/` of the folder; a kit with mistakes is refused.

    Raises:
        OSError: the folder cannot be written.
    """
    chosen = find_all(desk, kits)
    findings = (
        *chosen.findings,
        *(problem for source in chosen.value for problem in kit_problems(source.folder)),
    )
    if holding(findings):
        return Result(FilesAnswer(files=()), findings, Exit.FINDINGS)
    place = folder or Path()
    outcomes = [
        put("kit build", content, place / name, is_named=True)
        for source in _told(chosen.value, tell)
        for name, content in build(source).items()
    ]
    findings = (*findings, *(finding for outcome in outcomes for finding in outcome.findings))
    files = tuple(str(outcome.value) for outcome in outcomes if outcome.value is not None)
    return Result(FilesAnswer(files=files), findings, exit_for(findings))


def _told(sources: Sequence[KitSource], tell: Tell) -> Iterator[KitSource]:
    for done, source in enumerate(sources):
        tell(Event(stage="build", done=done, of=len(sources), name=source.kit.title))
        yield source
