"""`compare`: 花脸稿 and 改动清单 of two documents from anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.flow import compare
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from tests.support.docx import docx, p, texts
from tests.support.structure import structure_problems
from tests.support.tracked import accepted, rejected

OURS = ("在职党员进社区", "共捐衣物248件，书籍838册。", "末段。")
THEIRS = ("在职党员进社区", "共捐衣物256件，图书838册。", "末段。")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in (("初稿.docx", OURS), ("改稿.docx", THEIRS)):
        (tmp_path / name).write_bytes(docx("".join(map(p, lines))))
    return tmp_path


def run(folder: Path, first: str = "初稿.docx", second: str = "改稿.docx", **more: Path):
    return compare.run(Desk.here(), first=folder / first, second=folder / second, **more)


def test_both_papers_are_written_beside_the_second(folder: Path):
    """改稿_花脸稿.docx and 改稿_改动清单.docx; numbers first; differences are no fault: exit 0."""
    result = run(folder)
    marked, listed = (Path(file) for file in result.answer.files)

    assert (Exit.DONE, ()) == (result.code, result.findings)
    assert ["改稿_花脸稿.docx", "改稿_改动清单.docx"] == [marked.name, listed.name]
    assert ["number", "words"] == [change.kind for change in result.answer.changes]
    assert (list(THEIRS), list(OURS)) == (accepted(marked.read_bytes()), rejected(marked.read_bytes()))
    assert [] == structure_problems(listed.read_bytes())
    assert "初稿.docx" in texts(listed.read_bytes())[1]


def test_nothing_is_written_when_nothing_differs(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Said in one line; no paper."""
    code = main(["compare", str(folder / "初稿.docx"), str(folder / "初稿.docx")])

    assert 0 == code
    assert "两份稿子的文字一样，没有改动。\n" == capsys.readouterr().out
    assert ["初稿.docx", "改稿.docx"] == sorted(path.name for path in folder.iterdir())


def test_a_name_of_its_own_is_kept(folder: Path):
    """`-o` names the 花脸稿; the list goes beside it; what stands there is not overwritten."""
    result = run(folder, output=folder / "给科长.docx")
    (folder / "占着.docx").write_bytes(docx(p("别人的")))
    refused = run(folder, output=folder / "占着.docx")

    assert ["给科长.docx", "给科长_改动清单.docx"] == [Path(file).name for file in result.answer.files]
    assert (Exit.FINDINGS, ["DOCUMENT_FOREIGN"]) == (
        refused.code,
        [finding.code for finding in refused.findings],
    )
    assert ["别人的"] == texts((folder / "占着.docx").read_bytes())


def test_a_second_click_writes_the_same_files(folder: Path):
    """Same input, same bytes: nothing piles up."""
    before = {Path(file): Path(file).read_bytes() for file in run(folder).answer.files}
    after = {Path(file): Path(file).read_bytes() for file in run(folder).answer.files}

    assert before == after


def test_plain_text_against_a_document(folder: Path):
    """One side typed in Notepad: only the words count."""
    (folder / "记事本.txt").write_text("\r\n".join(OURS), encoding="utf-8-sig")

    assert () == run(folder, second="记事本.txt").answer.changes
    assert ["number", "words"] == [c.kind for c in run(folder, "记事本.txt", "改稿.docx").answer.changes]


@pytest.mark.parametrize("place", ["first", "second"])
def test_a_file_that_is_not_there_is_said(folder: Path, place: str, capsys: pytest.CaptureFixture[str]):
    """Exit 2, the name, nothing else."""
    names = {"first": "初稿.docx", "second": "改稿.docx"} | {place: "没有.docx"}
    code = main(["compare", *(str(folder / name) for name in names.values())])
    shown = capsys.readouterr().out

    assert 2 == code
    assert "找不到“没有.docx”" in shown
    assert "没有改动" not in shown


@pytest.mark.parametrize("body", [p("机密★1年") + p("正文"), p("秘¦密"), p("密级：秘密")])
def test_classified_matter_is_not_touched(folder: Path, body: str):
    """A marking anywhere stops at once, exit 1, nothing written; the bare word in prose does not."""
    (folder / "来文.docx").write_bytes(docx(body))
    (folder / "宣传.docx").write_bytes(docx(p("教育群众保守秘密。")))
    before = sorted(path.name for path in folder.iterdir())
    result = run(folder, second="来文.docx")

    assert (Exit.FINDINGS, ["MARKED"]) == (result.code, [finding.code for finding in result.findings])
    assert () == result.answer.changes
    assert before == sorted(path.name for path in folder.iterdir())
    assert ["MARKED"] == [finding.code for finding in run(folder, second="某局_机密_2026.docx").findings]
    assert Exit.DONE == run(folder, second="宣传.docx").code


def test_json_has_files_and_changes(folder: Path, capsys: pytest.CaptureFixture[str]):
    """One document on stdout."""
    code = main(["compare", str(folder / "初稿.docx"), str(folder / "改稿.docx"), "--json"])
    envelope = json.loads(capsys.readouterr().out)

    assert (0, True) == (code, envelope["ok"])
    assert 2 == len(envelope["files"])
    assert {
        "kind": "number",
        "place": "第2段",
        "before": "共捐衣物248件",
        "after": "共捐衣物256件",
        "figure": "",
        "sentence": "",
    } == envelope["changes"][0]
