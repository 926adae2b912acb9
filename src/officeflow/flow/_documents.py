"""From a file to a bound document and to the workbooks behind it: what trace, verify, refresh, rebind and seal share."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from officeflow.document.bound.document import BoundDocument, newer_record, read_bound
from officeflow.document.provenance.record import NewerRecordError, Record
from officeflow.flow._classified import marked_name, marked_text
from officeflow.flow._messages import MESSAGES
from officeflow.flow._reading import Reading, read
from officeflow.intake.desk import Desk
from officeflow.model.document import Origin
from officeflow.model.findings import Outcome

SIDECAR = ".figures.json"
_WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".ods"))
_MOST = 200
"""Workbooks of one folder that are opened in search of a source."""


def read_document(path: Path, record: Record | None = None) -> Outcome[BoundDocument | None]:
    """Return a document with its figures found; the record is its own, else that of the sidecar beside it.

    `record` stands in for both.  A marking of classified matter stops here, with that one finding.

    Raises:
        OSError: the file is there but cannot be read now.
    """
    if stopped := marked_name(path):
        return Outcome(None, stopped)
    if not path.is_file():
        code = "FOLDER_GIVEN" if path.is_dir() else "FILE_MISSING"
        return Outcome(None, (MESSAGES.finding(code, file=str(path), name=path.name),))
    document = path.read_bytes()
    if stopped := marked_text(path, document):
        return Outcome(None, stopped)
    outcome = read_bound(document, record, name=path.name)
    if outcome.value is not None or record is not None:
        return outcome
    sidecar = read_sidecar(path)
    if sidecar.value is None:
        return Outcome(None, sidecar.findings or outcome.findings)
    return read_bound(document, sidecar.value, name=path.name)


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


def find_sources(desk: Desk, origins: Sequence[Origin], places: Iterable[Path]) -> Mapping[int, Reading]:
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
        seen.add(path)
        try:
            reading = read(desk, path).value
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
