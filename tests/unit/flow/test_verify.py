"""`verify`: what a document says is held against a workbook; nothing is written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.document.provenance.record import read_record
from officeflow.flow import verify
from officeflow.flow.answers import Exit, Result
from officeflow.intake.desk import Desk
from officeflow.intake.documents import sidecar_of
from tests.support.docx import docx, p, texts
from tests.support.filled import record, write
from tests.support.issues import MOVED, bulletin, corrected, next_period
from tests.support.word_edits import edited, overtype


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    shutil.copy(bulletin(folder), folder / "简报.docx")
    corrected(folder)
    next_period(folder)
    return folder


def states(result: Result) -> dict[str, str]:
    """Figure id → state, of those that are not the same."""
    return {one.id: one.state for one in result.answer.figures if one.state != "same"}


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.code != "NOT_LISTED"]


def test_fresh_document_agrees(desk: Path):
    """Every figure is the same, and the exit code says so."""
    before = sorted(desk.iterdir())
    result = verify.run(Desk.here(), document=desk / "简报.docx", file=desk / "表.xlsx")

    assert (Exit.DONE, {}, []) == (result.code, states(result), codes(result))
    assert len(result.answer.figures) > 60
    assert before == sorted(desk.iterdir())


def test_changed_data_are_said_with_sentence_and_paragraph(desk: Path):
    """Stale figures with what was recorded, what stands there and what is expected."""
    result = verify.run(Desk.here(), document=desk / "简报.docx", file=desk / "改过的表.xlsx")
    stale = {one.id: one for one in result.answer.figures if one.state == "stale"}

    assert Exit.FINDINGS is result.code
    assert MOVED == {name: (one.now, one.expected) for name, one in stale.items()}
    assert (
        "帮社区办起爱心超市，发动党员干部捐助衣物248件、书籍838册，居民需要什么就近就能取到。"
        == stale["捐衣物"].sentence
    )
    assert 18 == stale["捐衣物"].paragraph
    assert "第18段的“捐款”还是“1.6万元”，表里是17200元（1.72万元）。" in [
        one.message for one in result.findings
    ]


def test_overtyped_number_is_said_with_what_to_type(desk: Path, tmp_path: Path):
    """The message names the figure, both numbers and the two ways out."""
    document = tmp_path / "改.docx"
    document.write_bytes(edited((desk / "简报.docx").read_bytes(), overtype("捐款", "1.8万余元")))
    result = verify.run(Desk.here(), document=document, file=desk / "表.xlsx")
    (said,) = [finding for finding in result.findings if finding.code == "OVERTYPED"]

    assert "第18段的“捐款”写的是“1.8万余元”，表里是16000元（1.6万元）。" == said.message
    assert (
        "按领导意见定的，refresh 时加 --adopt 捐款 --reason 理由；要改回的加 --restore 捐款。" == said.remedy
    )


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("下期表.xlsx", "DOCUMENT_OTHER_PERIOD"),
        ("别家.xlsx", "DOCUMENT_OTHER_UNIT"),
        ("没有.xlsx", "FILE_MISSING"),
    ],
)
def test_another_workbook_is_refused(desk: Path, file: str, code: str):
    """Another period, another unit, no file: one plain finding, no list of hundred differences."""
    write(desk / "别家.xlsx", filing=record("filing", unit="县水务局党委"))
    result = verify.run(Desk.here(), document=desk / "简报.docx", file=desk / file)

    assert [code] == [finding.code for finding in result.findings]
    assert () == result.answer.figures
    assert not result.ok


def test_workbook_with_open_findings_is_said(desk: Path):
    """What would hold the report up is listed beside the comparison."""
    file = write(desk / "缺.xlsx", masthead=record("masthead", issue=None))
    result = verify.run(Desk.here(), document=desk / "简报.docx", file=file)

    assert "REQUIRED_BLANK" in codes(result)
    assert {"期号": "missing"} == states(result)
    assert Exit.FINDINGS is result.code


def test_text_without_record_needs_its_sidecar(desk: Path, tmp_path: Path):
    """Pasted as plain text nothing is known; with the figures beside it, they are found by their words."""
    ours = (desk / "简报.docx").read_bytes()
    document = tmp_path / "粘贴.docx"
    document.write_bytes(docx("".join(map(p, texts(ours)))))
    lost = verify.run(Desk.here(), document=document, file=desk / "表.xlsx")
    sidecar_of(document).write_text(read_record(ours).to_json(), encoding="utf-8")
    found = verify.run(Desk.here(), document=document, file=desk / "表.xlsx")

    assert (["RECORD_MISSING"], Exit.UNUSABLE) == (codes(lost), lost.code)
    assert "捐款" not in states(found)
    assert len(states(found)) < len(found.answer.figures) / 10


def test_what_a_person_and_a_program_see(desk: Path, capsys: pytest.CaptureFixture[str]):
    """One sentence counts the figures; JSON names its keys as the design does."""
    arguments = ["verify", str(desk / "简报.docx"), "--with", str(desk / "改过的表.xlsx")]
    main(arguments)
    shown = capsys.readouterr().out
    main([*arguments, "--json"])
    said = json.loads(capsys.readouterr().out)

    assert "共69个数：一致65个，要更新4个。" in shown
    assert ("verify", False) == (said["command"], said["ok"])
    assert {"id", "state", "recorded", "now", "expected", "sentence"} <= said["figures"][0].keys()
