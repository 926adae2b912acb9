"""Write the final version of a document; refused while something in it is unsettled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officeflow.document.bound.sealing import Sealed, comments_left, obstacles, seal, seal_public
from officeflow.document.provenance.record import NO_RECORD
from officeflow.flow._marking import free_copy
from officeflow.flow._messages import MESSAGES
from officeflow.flow._naming import words
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for, exit_without
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document, sidecar_of
from officeflow.model.findings import Finding
from officeflow.ooxml import write_beside, write_file


def run(
    desk: Desk,  # noqa: ARG001  every use case takes it
    *,
    file: Path,
    output: Path | None = None,
    public: bool = False,
    sidecar: bool = False,
) -> Result:
    """Return the paths of the final version and of its record where that was moved out.

    `public`: for everybody, of any document: without marks, record, comments, persons.  `sidecar`: the
    record lies beside the document instead of inside.  `file` itself is never changed.

    Raises:
        OSError: the document or the target is out of reach now.
    """
    if public and sidecar:
        return _refused((MESSAGES.finding("SEAL_BOTH", file=str(file)),), Exit.UNUSABLE)
    opened = read_document(file, NO_RECORD if public else None)
    document = opened.value
    if document is None:
        return _refused(opened.findings, exit_without(opened.findings))
    if output is None or output.is_dir():
        beside = (output or file.parent) / file.name
        output = free_copy(beside, words()["public" if public else "sealed"], file.suffix)
    elif output.exists():
        taken = MESSAGES.finding("FILE_EXISTS", file=str(output), name=output.name)
        return _refused((taken,), Exit.FINDINGS)
    if held := obstacles(document.parts, document.texts):
        return _refused(tuple(replace(one, file=str(file)) for one in held), Exit.FINDINGS)
    if public:
        return _written(seal_public(document.parts), output, ())
    findings = tuple(replace(one, file=str(file)) for one in comments_left(document.parts))
    return _written(seal(document, is_sidecar=sidecar), output, findings)


def _refused(findings: tuple[Finding, ...], code: Exit) -> Result:
    return Result(FilesAnswer(files=()), findings, code)


def _written(sealed: Sealed, target: Path, findings: tuple[Finding, ...]) -> Result:
    target.parent.mkdir(parents=True, exist_ok=True)
    files = [write_beside(target, sealed.document)]
    if sealed.record is not None:
        files.append(sidecar_of(files[0]))
        write_file(files[1], sealed.record.to_json().encode())
    return Result(FilesAnswer(files=tuple(map(str, files))), findings, exit_for(findings))
