"""Write a kit's filled example."""

from __future__ import annotations

from pathlib import Path

from officeflow.flow._kits import find
from officeflow.flow._naming import words
from officeflow.flow.answers import Exit, FilesAnswer, Result
from officeflow.kits import sample
from officeflow.ooxml import write_file


def run(*, kit: str, output: Path | None = None) -> Result:
    """Return the path of the sample; an existing file of that name is the one that was asked for and is replaced.

    Raises:
        OSError: the target cannot be written.
    """
    found = find(kit)
    if found.value is None:
        return Result(FilesAnswer(files=()), found.findings, Exit.UNUSABLE)
    target = output or Path(f"{found.value.kit.title}-{words()['sample']}.xlsx")
    write_file(target, sample(found.value))
    return Result(FilesAnswer(files=(str(target),)))
