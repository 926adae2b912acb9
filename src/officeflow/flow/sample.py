"""Write a kit's filled example."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._messages import MESSAGES
from officeflow.flow._naming import words
from officeflow.flow.answers import Exit, FilesAnswer, Result
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.kits import sample
from officeflow.ooxml import write_file


def run(desk: Desk, *, kit: str, output: Path | None = None) -> Result:
    """Return the path of the sample.

    A file named by `output` is the one that was asked for and is replaced; one that happens to
    have the sample's own name is left alone when somebody has typed into it.

    Raises:
        OSError: the target cannot be written.
    """
    found = find(desk, kit)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, Exit.UNUSABLE)
    target, content = output or Path(f"{found.value.kit.title}-{words()['sample']}.xlsx"), sample(found.value)
    if output is None and target.exists() and target.read_bytes() != content:
        finding = MESSAGES.finding("FILE_EXISTS", file=str(target), name=target.name)
        return Result(FilesAnswer(files=()), (finding,), Exit.FINDINGS)
    write_file(target, content)
    return Result(FilesAnswer(files=(str(target),)))
