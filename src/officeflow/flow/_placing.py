"""Where a refreshed document goes: beside the one it came from, never over a person's work."""

from __future__ import annotations

import re
from pathlib import Path

from officeflow.document.provenance.record import Record, is_as_written, is_newer, read_record
from officeflow.flow._messages import MESSAGES
from officeflow.flow._naming import safe, words
from officeflow.model.document import Origin
from officeflow.model.findings import Outcome
from officeflow.model.submission import Submission
from officeflow.model.values import Period
from officeflow.ooxml import write_beside


def default_target(document: Path, origin: Origin, submission: Submission, *, is_next: bool) -> Path:
    """Return the usual name beside the document: 名称_更新.docx; of the next period its own name where it has one."""
    stem = document.stem
    if not is_next:
        mark = words()["refreshed"]
        own = re.sub(rf"{re.escape(mark)}(\(\d+\))?$", "", stem)
        return document.with_name(f"{own}{mark}.docx")
    last, now = Period.parse(origin.period), submission.period
    if last is not None and now is not None and safe(last.name) in stem:
        return document.with_name(f"{stem.replace(safe(last.name), safe(now.name))}.docx")
    return document.with_name(f"{stem}{words()['next']}.docx")


def place(content: bytes, target: Path, *, source: Path, is_asked: bool) -> Outcome[Path | None]:
    """Write a document and return where; None with why when something else is in the way of what was asked for.

    What nobody worked on since we wrote it may be replaced, and the source itself when it
    was asked for by name; beside anything else a number is added to a name of our own.

    Raises:
        OSError: nothing can be written in that folder.
    """
    if is_asked:
        if target.exists() and not _is_same_file(target, source) and not _may_replace(target, content):
            there = target.read_bytes()
            code = "DOCUMENT_FOREIGN" if is_as_written(there) is None else "DOCUMENT_EDITED"
            code = "DOCUMENT_NEWER" if is_newer(there) else code
            return Outcome(None, (MESSAGES.finding(code, file=str(target), name=target.name),))
    else:
        target = next(
            path
            for path in _numbered(target)
            if not path.exists() or (not _is_same_file(path, source) and _may_replace(path, content))
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write_beside(target, content)
    if written == target:
        return Outcome(written)
    beside = MESSAGES.finding("WRITTEN_BESIDE", file=str(written), name=target.name, other=written.name)
    return Outcome(written, (beside,))


def _numbered(target: Path) -> list[Path]:
    taken = len(list(target.parent.glob("*.docx")))
    return [target, *(target.with_name(f"{target.stem}({number}).docx") for number in range(2, taken + 3))]


def _is_same_file(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def _may_replace(path: Path, content: bytes) -> bool:
    """Whether a file is as we wrote it and holds no decision that the new one does not."""
    there = path.read_bytes()
    old, new = read_record(there), read_record(content)
    return (
        is_as_written(there) is True
        and old is not None
        and new is not None
        and _adopted(old) <= _adopted(new)
    )


def _adopted(record: Record) -> set[tuple[str, str, str]]:
    return {(name, bound.adopted, bound.reason) for name, bound in record.figures.items() if bound.reason}
