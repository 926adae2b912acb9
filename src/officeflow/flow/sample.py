"""Write a kit's filled example."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._words import words
from officeflow.flow.answers import Exit, FilesAnswer, Result, files_result
from officeflow.flow.destination import put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.kits.build import sample


def run(desk: Desk, *, kit: str, output: Path | None = None) -> Result:
    """Return the path of the sample.

    One that somebody has typed into is left alone.

    Raises:
        OSError: the target cannot be written.
    """
    found = find(desk, kit)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, Exit.UNUSABLE)
    target, content = output or Path(f"{found.value.kit.title}-{words()['sample']}.xlsx"), sample(found.value)
    return files_result(put("sample", content, target, is_named=output is not None))
