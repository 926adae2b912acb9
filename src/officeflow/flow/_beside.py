"""Where a document made out of another goes: beside it, under its name, over nothing that says something else."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from officeflow.flow._messages import MESSAGES
from officeflow.model.findings import Outcome
from officeflow.ooxml import write_beside


def named_after(path: Path, mark: str) -> Path:
    """Return 名称_花脸稿.docx beside a document; a mark that the name has already is not doubled."""
    stem = re.sub(rf"{re.escape(mark)}(\(\d+\))?$", "", path.stem)
    return path.with_name(f"{stem}{mark}.docx")


def put_beside(content: bytes, target: Path, *, is_asked: bool) -> Outcome[Path | None]:
    """Write a document and return where; None with why when another one stands where it was asked to go.

    Under a name of our own a number is added instead; the same document once more goes where it is.

    Raises:
        OSError: nothing can be written in that folder.
    """
    if not is_asked:
        numbered = (target.with_name(f"{target.stem}({number}).docx") for number in count(2))
        while not _is_free(target, content):
            target = next(numbered)
    elif not _is_free(target, content):
        return Outcome(None, (MESSAGES.finding("DOCUMENT_FOREIGN", file=str(target), name=target.name),))
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write_beside(target, content)
    if written == target:
        return Outcome(written)
    beside = MESSAGES.finding("WRITTEN_BESIDE", file=str(written), name=target.name, other=written.name)
    return Outcome(written, (beside,))


def _is_free(target: Path, content: bytes) -> bool:
    return not target.exists() or (target.is_file() and target.read_bytes() == content)
