"""`check --mark` and `repair`: copies beside the workbook, never over somebody's work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from officeflow.cli import main
from officeflow.flow import check, repair
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.kits.build import sample
from officeflow.kits.catalogue import kit_source

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")
SAMPLE = sample(kit_source("community-posts"))


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the test, never those of the desk it runs on."""
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings" / "settings.toml"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The sample with the person who filled it left out."""
    path = tmp_path / "六月.xlsx"
    path.write_bytes(SAMPLE)
    book = load_workbook(path)
    book["填报信息"]["B11"] = None
    book.save(path)
    return path


def marked(path: Path) -> str:
    result = check.run(Desk.here(), files=[path], mark=True)
    assert Exit.FINDINGS is result.code
    return Path(result.answer.marked[0]).name


def test_a_marked_copy_stands_beside_the_workbook(broken: Path, capsys: pytest.CaptureFixture[str]):
    """The original is not touched; the copy is named on the screen and in the envelope."""
    before = broken.read_bytes()

    assert 1 == main(["check", broken.name, "--mark"])
    assert "已标注：六月_核对.xlsx（原表没有动）" in capsys.readouterr().out
    assert 1 == main(["check", broken.name, "--mark", "--json"])
    assert ["六月_核对.xlsx"] == json.loads(capsys.readouterr().out)["marked"]
    assert before == broken.read_bytes()
    assert "必须改" in load_workbook(broken.with_name("六月_核对.xlsx"))["填报信息"]["B11"].comment.text


def test_a_copy_that_somebody_saved_is_never_written_over(broken: Path):
    """One that nobody saved is: checking twice leaves one copy."""
    assert ["六月_核对.xlsx"] * 2 == [marked(broken), marked(broken)]
    copy = broken.with_name("六月_核对.xlsx")
    load_workbook(copy).save(copy)

    assert "六月_核对(2).xlsx" == marked(broken)


def test_a_marked_copy_that_is_checked_again_keeps_its_name(broken: Path):
    """Not 六月_核对_核对; and the copy that was checked stays."""
    copy = broken.with_name(marked(broken))
    before = copy.read_bytes()

    assert "六月_核对(2).xlsx" == marked(copy)
    assert before == copy.read_bytes()


def test_a_file_that_is_no_workbook_gets_no_copy(tmp_path: Path):
    """There is nothing to mark."""
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")

    assert () == check.run(Desk.here(), files=[tmp_path / "a.xlsx"], mark=True).answer.marked


def test_a_repaired_copy_stands_beside_the_workbook(broken: Path):
    """What was done is said; the original is not touched."""
    book = load_workbook(broken)
    book["岗位认领"].data_validations.dataValidation = []
    book.save(broken)
    before = broken.read_bytes()
    result = repair.run(Desk.here(), file=broken)

    assert ["六月_修复.xlsx"] == [Path(name).name for name in result.answer.files]
    assert (Exit.DONE, "REPAIRED_LISTS") == (result.code, result.findings[0].code)
    assert before == broken.read_bytes()


def test_the_workbook_itself_is_repaired_only_when_it_is_named(broken: Path):
    """Another file that is there already may be filled."""
    other = broken.with_name("七月.xlsx")
    other.write_bytes(SAMPLE)

    assert [(str(broken),)] == [repair.run(Desk.here(), file=broken, output=broken).answer.files]
    assert ["FILE_EXISTS"] == [
        finding.code for finding in repair.run(Desk.here(), file=broken, output=other).findings
    ]


def test_what_cannot_be_repaired_says_so(tmp_path: Path):
    """An old format has to be saved anew first; what is no workbook says what it is."""
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    result = repair.run(Desk.here(), file=tmp_path / "a.xlsx")

    assert (Exit.UNUSABLE, ["FILE_PDF"]) == (result.code, [finding.code for finding in result.findings])
