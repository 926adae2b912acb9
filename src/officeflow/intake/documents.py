"""From a Word file to a bound document, its record, and the workbooks it was written from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from officeflow.checks import secrecy_finding
from officeflow.document.bound.document import BoundDocument, newer_record, read_bound
from officeflow.document.provenance.record import NewerRecordError, Record
from officeflow.document.wml.markings import is_classified
from officeflow.intake.desk import Desk
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.intake.source import Source
from officeflow.intake.workbooks import Reading, read_workbook
from officeflow.model.document import Origin
from officeflow.model.findings import Finding, Outcome
from officeflow.text.messages import Place

SIDECAR = ".figures.json"
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_MOST = 200
"""Workbooks of one folder that are opened in search of a source."""


def read_document(given: Path | Source, record: Record | None = None) -> Outcome[BoundDocument | None]:
    """Return a document with its figures found; the record is its own, else that of the sidecar beside it.

    `record` stands in for both.  A marking of classified matter stops here, with that one finding.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    source = Source.of(given)
    if refused := source.marked or source.lost:
        return Outcome(None, refused)
    document = source.read()
    if stopped := _marked_text(source, document):
        return Outcome(None, stopped)
    outcome = read_bound(document, record, name=source.name)
    if outcome.value is not None or record is not None or source.content is not None:
        return outcome
    sidecar = read_sidecar(source.path)
    if sidecar.value is None:
        return Outcome(None, sidecar.findings or outcome.findings)
    return read_bound(document, sidecar.value, name=source.name)


def read_any_document(desk: Desk, given: Path | Source) -> Outcome[bytes | None]:
    """Return a document of any program as .docx, or None and why not; a marking of classified matter stops here.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    from officeflow.document.wml.converting import as_docx

    source = Source.of(given)
    if refused := source.marked or source.lost:
        return Outcome(None, refused)
    outcome = as_docx(source.read(), source.name, soffice=desk.soffice)
    if outcome.value is not None and (stopped := _marked_text(source, outcome.value)):
        return Outcome(None, stopped)
    return outcome


def _marked_text(source: Source, document: bytes) -> tuple[Finding, ...]:
    """Return the one finding that stops at a document with a marking in it, else nothing."""
    return (secrecy_finding("MARKED", Place(), file=str(source.path)),) if is_classified(document) else ()


def sidecar_of(path: Path) -> Path:
    """Return where the sidecar of a document lies: `名称.figures.json` beside it."""
    return path.with_name(path.stem + SIDECAR)


def read_sidecar(path: Path) -> Outcome[Record | None]:
    """Return the record that lies beside a document or in a sidecar itself; None when there is none that can be read.

    The finding says of a sidecar that a newer program wrote it.
    """
    sidecar = path if path.name.endswith(SIDECAR) else sidecar_of(path)
    try:
        return Outcome(Record.from_json(sidecar.read_text(encoding="utf-8")) if sidecar.is_file() else None)
    except NewerRecordError:
        return Outcome(None, (newer_record(sidecar.name),))
    except ValueError:
        return Outcome(None)


def find_sources(
    desk: Desk, origins: Sequence[Origin], places: Iterable[Path], *, tell: Tell = ignore
) -> Mapping[int, Reading]:
    """Return the workbooks that a document was written from, by their index; what is not in the files and folders is left out.

    The content digest decides; file names only say where to look first.  The register will be one more place.
    """
    found: dict[str, Reading] = {}
    wanted = {origin.digest for origin in origins}
    seen: set[Path] = set()
    for path in _candidates({origin.file for origin in origins}, places):
        if not wanted - found.keys():
            break
        if path in seen:
            continue
        tell(Event(stage="search", done=len(seen), name=path.name))
        seen.add(path)
        try:
            reading = read_workbook(desk, path).value
        except OSError:
            continue
        if reading is not None and reading.submission.digest in wanted:
            found.setdefault(reading.submission.digest, reading)
    return {index: found[origin.digest] for index, origin in enumerate(origins) if origin.digest in found}


def _candidates(hints: Container[str], places: Iterable[Path]) -> Iterator[Path]:
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = (path for path in sorted(place.iterdir()) if path.suffix.lower() in _WORKBOOKS)
            files += [path for path in inside if not path.name.startswith(("~$", "."))][:_MOST]
        elif place.is_file():
            files.append(place)
    yield from sorted(files, key=lambda path: path.name not in hints)
