"""Documents from anywhere, and what was changed in them: what rebind and compare share."""

from __future__ import annotations

from pathlib import Path

from officeflow.checks import STOPS, secrecy_finding, secrecy_of_name
from officeflow.document.compare.change_list import Listed
from officeflow.document.wml.converting import as_docx
from officeflow.document.wml.markings import is_classified
from officeflow.flow._messages import MESSAGES
from officeflow.flow._returned_answers import ChangedAnswer
from officeflow.model.findings import Finding, Outcome
from officeflow.text.messages import Place


def read_any(path: Path, soffice: str) -> Outcome[bytes | None]:
    """Return a document from anywhere as .docx, or None and why not; a marking of classified matter stops here.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    if secrecy_of_name(path.stem) in STOPS:
        return Outcome(None, (_marked(path),))
    if not path.is_file():
        return Outcome(None, (missing(path),))
    found = as_docx(path, soffice=soffice)
    if found.value is not None and is_classified(found.value):
        return Outcome(None, (_marked(path),))
    return found


def _marked(path: Path) -> Finding:
    return secrecy_finding("MARKED", Place(), file=str(path))


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
