"""Write the final version of a document; refused while something in it is unsettled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from officeflow.document.bound.sealing import Sealed, comments_left, obstacles, seal, seal_public
from officeflow.document.provenance.record import NO_RECORD
from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import Exit, FilesAnswer, Result, exit_for, exit_without
from officeflow.flow.destination import blocked_at, marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document, sidecar_of
from officeflow.model.findings import Finding


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
    is_named = output is not None and not output.is_dir()
    if output is None or output.is_dir():
        beside = (output or file.parent) / file.name
        output = marked_name(beside, words()["public" if public else "sealed"])
    elif blocked := blocked_at("seal", output):
        return _refused(blocked, Exit.FINDINGS)
    if held := obstacles(document.parts, document.texts):
        return _refused(tuple(replace(one, file=str(file)) for one in held), Exit.FINDINGS)
    if public:
        return _written(seal_public(document.parts), output, (), is_named=is_named)
    findings = tuple(replace(one, file=str(file)) for one in comments_left(document.parts))
    return _written(seal(document, is_sidecar=sidecar), output, findings, is_named=is_named)


def _refused(findings: tuple[Finding, ...], code: Exit) -> Result:
    return Result(FilesAnswer(files=()), findings, code)


def _written(sealed: Sealed, target: Path, findings: tuple[Finding, ...], *, is_named: bool) -> Result:
    written = put("seal", sealed.document, target, is_named=is_named)
    findings = (*findings, *written.findings)
    if written.value is None:
        return _refused(findings, Exit.FINDINGS)
    files = [written.value]
    if sealed.record is not None:
        record = sealed.record.to_json().encode()
        beside = put("seal sidecar", record, sidecar_of(written.value), is_named=False)
        findings = (*findings, *beside.findings)
        files += [beside.value] if beside.value else []
    return Result(FilesAnswer(files=tuple(map(str, files))), findings, exit_for(findings))
