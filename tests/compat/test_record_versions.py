"""Documents outlive programs: what 0.1.0 wrote, what a later minor adds, and what only a newer major can read.

`documents/` holds what the released 0.1.0 wrote: a small bulletin of figures by hand, and the report
of the built-in sample.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from officeflow.document.bound.agreement import judge_all
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.refreshing import Choices, Refreshing
from officeflow.document.provenance.record import is_newer, is_untouched, read_record
from officeflow.flow import compare, rebind, refresh, report, seal, trace, verify
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from tests.support.docx import texts
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.filled import write
from tests.support.issues import corrected
from tests.support.records import record_of, rewritten, with_unknown_keys

_DOCUMENTS = Path(__file__).with_name("documents")
BULLETIN = (_DOCUMENTS / "bulletin_0_1_0.docx").read_bytes()
REPORT = (_DOCUMENTS / "community_posts_0_1_0.docx").read_bytes()


def newer(document: bytes) -> bytes:
    """The document as a build with one more key at each level would have written it."""
    return rewritten(document, with_unknown_keys)


def next_major(document: bytes, **how: bool) -> bytes:
    return rewritten(document, lambda table: table.update(v=2, figures=[]), **how)


WRITERS = pytest.mark.parametrize(
    "document",
    [
        pytest.param(REPORT, id="released"),
        pytest.param(newer(REPORT), id="more keys"),
        pytest.param(rewritten(REPORT, lambda table: table.update(v=1)), id="version 1"),
        pytest.param(rewritten(newer(REPORT), dict.copy, is_lost=True), id="properties only"),
    ],
)


def test_released_record_has_no_version():
    """What is committed here is what 0.1.0 wrote."""
    assert {"origin", "parts", "figures"} == record_of(BULLETIN).keys() == record_of(REPORT).keys()


def test_released_document_counts_as_ours():
    """It is as it was written, so a second click may replace it."""
    known = read_record(BULLETIN)

    assert known is not None
    assert (True, False, (ORIGIN,)) == (is_untouched(BULLETIN), is_newer(BULLETIN), known.origins)


@WRITERS
def test_documents_of_other_versions_are_traced(document: bytes, tmp_path: Path):
    """Every figure with its cells."""
    path = tmp_path / "简报.docx"
    path.write_bytes(document)
    result = trace.run(Desk.here(), document=path)

    assert 54 <= len(result.answer.figures)
    assert all(one.sources for one in result.answer.figures if one.is_number and one.is_reported)


@WRITERS
def test_documents_of_other_versions_are_verified_and_refreshed(document: bytes, tmp_path: Path):
    """Held against the same data they agree; against corrected data they move and agree again."""
    path, same, moved = tmp_path / "简报.docx", write(tmp_path / "表.xlsx"), corrected(tmp_path)
    path.write_bytes(document)

    assert verify.run(Desk.here(), document=path, file=same).ok
    assert refresh.run(Desk.here(), document=path, file=moved, output=tmp_path / "新.docx").answer.changes
    assert verify.run(Desk.here(), document=tmp_path / "新.docx", file=moved).ok


def test_keys_of_newer_programs_are_kept_when_the_record_is_written_again():
    """In the record, its origin and its figures; a refresh changes only what it knows."""
    document = read_bound(newer(BULLETIN)).value
    data = {**STANDARD, "捐款": figure("捐款", 23000, "元", row=8)}
    Refreshing(document, judge_all(document, data), ORIGIN, Choices()).run()
    table = record_of(document.written(document.record))

    assert (1, {"by": "王五", "steps": [1, 2]}, "ab" * 32) == (
        table["v"],
        table["reviewed"],
        table["origin"]["sha256"],
    )
    assert all(["[", 1] == entry["bounds"] for entry in table["figures"].values())
    assert "2.3万元" in [entry["text"] for entry in table["figures"].values()]


def test_keys_of_newer_programs_travel_in_a_sidecar(tmp_path: Path):
    """`seal --sidecar` writes them out, and the sealed document is read with them."""
    path = tmp_path / "简报.docx"
    path.write_bytes(newer(REPORT))
    document, sidecar = seal.run(Desk.here(), file=path, sidecar=True).answer.files

    assert {"v", "reviewed"} <= json.loads(Path(sidecar).read_text(encoding="utf-8")).keys()
    assert trace.run(Desk.here(), document=Path(document)).answer.figures


def written(tmp_path: Path, document: bytes) -> tuple[Path, Path]:
    path = tmp_path / "简报.docx"
    path.write_bytes(document)
    return path, write(tmp_path / "表.xlsx")


@pytest.mark.parametrize("is_lost", [False, True], ids=["part", "properties"])
def test_document_of_a_newer_major_is_said_to_be_one(tmp_path: Path, *, is_lost: bool):
    """Every command that needs the record says: update the program; the document stays as it is."""
    document = next_major(REPORT, is_lost=is_lost)
    path, workbook = written(tmp_path, document)
    ours = tmp_path / "我们的.docx"
    ours.write_bytes(REPORT)
    results = [
        trace.run(Desk.here(), document=path),
        verify.run(Desk.here(), document=path, file=workbook),
        refresh.run(Desk.here(), document=path, file=workbook),
        refresh.run(Desk.here(), document=path, file=workbook, as_next=True, output=path),
        rebind.run(Desk.here(), returned=ours, ours=path),
        rebind.run(Desk.here(), returned=path, ours=ours),
        seal.run(Desk.here(), file=path),
    ]

    assert [["RECORD_NEWER"]] * len(results) == [[one.code for one in each.findings] for each in results]
    assert document == path.read_bytes()
    assert {"简报.docx", "我们的.docx", "表.xlsx"} == {each.name for each in tmp_path.iterdir()}


def test_sidecar_of_a_newer_major_is_said_to_be_one(tmp_path: Path):
    """It neither counts as lost nor as unreadable."""
    path, _ = written(tmp_path, REPORT)
    document, sidecar = (Path(each) for each in seal.run(Desk.here(), file=path, sidecar=True).answer.files)
    sidecar.write_text('{"v":2}', encoding="utf-8")
    results = [
        trace.run(Desk.here(), document=document),
        rebind.run(Desk.here(), returned=document, ours=sidecar),
    ]

    assert [["RECORD_NEWER"], ["RECORD_NEWER"]] == [[one.code for one in each.findings] for each in results]


def test_report_never_replaces_a_document_of_a_newer_major(tmp_path: Path):
    """It is not foreign either: the finding says to update."""
    workbook = write(tmp_path / "表.xlsx")
    (first,) = report.run(Desk.here(), file=workbook).answer.reports
    document = next_major(Path(first.path).read_bytes())
    Path(first.path).write_bytes(document)
    (second,) = report.run(Desk.here(), file=workbook).answer.reports

    assert ("", ["DOCUMENT_NEWER"], document) == (
        second.path,
        [one.code for one in second.findings if one.code.startswith("DOCUMENT")],
        Path(first.path).read_bytes(),
    )


def test_refresh_never_replaces_a_document_of_a_newer_major(tmp_path: Path):
    """Named as the target it is refused; beside it a free name is taken."""
    path, target = tmp_path / "简报.docx", tmp_path / "新.docx"
    path.write_bytes(REPORT)
    target.write_bytes(next_major(REPORT))
    result = refresh.run(Desk.here(), document=path, file=corrected(tmp_path), output=target)

    assert (Exit.FINDINGS, "DOCUMENT_NEWER") == (result.code, result.findings[-1].code)
    assert next_major(REPORT) == target.read_bytes()


def test_what_needs_no_record_takes_a_document_of_a_newer_major(tmp_path: Path):
    """It is compared by its words, and made public."""
    path, _ = written(tmp_path, next_major(REPORT))
    ours = tmp_path / "我们的.docx"
    ours.write_bytes(REPORT)
    public = seal.run(Desk.here(), file=path, public=True)

    assert compare.run(Desk.here(), first=ours, second=path).answer.is_same
    assert texts(REPORT) == texts(Path(public.answer.files[0]).read_bytes())


@pytest.mark.parametrize("version", ['"1"', "true", "1.5", "null", "[]"])
def test_version_that_is_no_number_makes_no_record(version: str):
    """As anything else that a record cannot hold."""
    document = rewritten(BULLETIN, lambda table: table.update(v=json.loads(version)))

    assert (None, None, False) == (read_record(document), is_untouched(document), is_newer(document))
