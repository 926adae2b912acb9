"""A workbook and the bulletin written from it, as a clerk has them side by side."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from officeflow.flow import report
from officeflow.intake.desk import Desk
from tests.support.filled import write

WORKBOOK, DOCUMENT = "台账.xlsx", "简报.docx"


@cache
def _usual() -> tuple[bytes, bytes]:
    folder = Path(mkdtemp())
    try:
        _fill(folder)
        return (folder / WORKBOOK).read_bytes(), (folder / DOCUMENT).read_bytes()
    finally:
        shutil.rmtree(folder)


def _fill(folder: Path, template: Path | None = None, **typed: Any) -> None:
    written = report.run(Desk.here(), file=write(folder / WORKBOOK, **typed), template=template)
    Path(written.answer.reports[0].path).rename(folder / DOCUMENT)  # type: ignore[attr-defined]


def desk(folder: Path, template: Path | None = None, **typed: Any) -> Path:
    """Put 台账.xlsx and 简报.docx into a folder and return the document; `typed` as `tests.support.filled.write` takes it."""
    if template or typed:
        _fill(folder, template, **typed)
    else:
        for name, content in zip((WORKBOOK, DOCUMENT), _usual(), strict=True):
            (folder / name).write_bytes(content)
    return folder / DOCUMENT
