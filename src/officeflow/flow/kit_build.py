"""Build what people pick up from a kit's definition: blank, sample, Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from officeflow.flow.answers import Exit, FilesAnswer, Result
from officeflow.flow.kit_check import problems, sources
from officeflow.kits import build
from officeflow.ooxml import write_file


def run(*, kits: Sequence[str] = (), folder: Path | None = None) -> Result:
    """Return the paths written under `workbooks/` and `docx_templates/` of the folder; a kit with mistakes is refused.

    Raises:
        OSError: the folder cannot be written.
    """
    chosen = sources(kits)
    findings = [*chosen.findings, *(finding for source in chosen.value for finding in problems(source))]
    if findings:
        return Result(FilesAnswer(files=()), tuple(findings), Exit.FINDINGS)
    place, written = folder or Path(), []
    for source in chosen.value:
        for name, content in build(source).items():
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, content)
            written.append(str(target))
    return Result(FilesAnswer(files=tuple(written)))
