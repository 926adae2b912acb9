"""Documents from anywhere, and what was changed in them: what rebind and compare share."""

from __future__ import annotations

from pathlib import Path

from officeflow.document.compare.change_list import Listed
from officeflow.document.wml.converting import as_docx
from officeflow.flow._classified import marked_name, marked_text
from officeflow.flow._messages import MESSAGES
from officeflow.flow._returned_answers import ChangedAnswer
from officeflow.model.findings import Finding, Outcome


def read_any(path: Path, soffice: str) -> Outcome[bytes | None]:
    """Return a document from anywhere as .docx, or None and why not; a marking of classified matter stops here.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    if stopped := marked_name(path):
        return Outcome(None, stopped)
    if not path.is_file():
        return Outcome(None, (missing(path),))
    found = as_docx(path, soffice=soffice)
    if found.value is not None and (stopped := marked_text(path, found.value)):
        return Outcome(None, stopped)
    return found


def missing(path: Path) -> Finding:
    """Return the finding for a file that is not there, or is a folder."""
    code = "FOLDER_GIVEN" if path.is_dir() else "FILE_MISSING"
    return MESSAGES.finding(code, file=str(path), name=path.name)


def changed(one: Listed) -> ChangedAnswer:
    """Return the envelope's form of a change."""
    return ChangedAnswer(
        kind=one.kind.value,
        place=one.place_text,
        before=one.before,
        after=one.after,
        figure=one.figure,
        sentence=one.sentence,
    )
