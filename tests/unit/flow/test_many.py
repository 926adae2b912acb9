"""Many files, or one that kills its reader: each file has its answer, and the others go on."""

import os
import shutil
import time
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from officeflow import flow
from officeflow.flow.answers import CheckAnswer, Exit
from officeflow.intake import batch
from officeflow.intake.batch import read_each
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import is_spacious
from officeflow.workers import Limits
from tests.support.broken import cell, parts
from tests.support.workbooks import zipped


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "样表.xlsx"
    flow.run(Desk.here(), "sample", {"kit": "community-posts", "output": path})
    return path


def read_raw(path: Path) -> int:
    """Read the first sheet without the guards of this program."""
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def read_badly(path: Path) -> str:
    if path.stem == "abort":
        os.abort()
    if path.stem == "hang":
        time.sleep(600)
    return path.stem


def test_a_reader_that_aborts_costs_its_file_alone(tmp_path: Path):
    """A value in the far corner aborts calamine itself (tafia/calamine#693): the file becomes a finding."""
    paths = [tmp_path / f"{number}.xlsx" for number in range(3)]
    for path in paths:
        path.write_bytes(zipped(parts()))
    paths[1].write_bytes(zipped(parts(cell("XFD1048576"))))
    first, lost, last = read_each(Desk.here(), read_raw, paths)

    assert (1, 1) == (first, last)
    assert ("READER_STOPPED", "mandatory", str(paths[1])) == (lost.code, lost.severity, lost.file)
    assert "1.xlsx" in lost.message


def test_a_reader_that_hangs_is_ended():
    """Past its deadline a file is given up with a finding of its own."""
    paths = [Path("好.xlsx"), Path("hang.xlsx"), Path("abort.xlsx"), Path("也好.xlsx")]
    answers = list(read_each(Desk.here(), read_badly, paths, limits=Limits(seconds=1.5)))

    assert ["好", "READER_SLOW", "READER_STOPPED", "也好"] == [
        getattr(each, "code", each) for each in answers
    ]


def test_several_files_are_answered_in_order(sample: Path, tmp_path: Path):
    """Every file has its submission and its findings; the exit code is the highest."""
    second = shutil.copy(sample, tmp_path / "乙.xlsx")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"")
    result = flow.run(Desk.here(), "check", {"files": [sample, broken, second]})
    assert isinstance(result.answer, CheckAnswer)

    assert [str(sample), str(second)] == [each.file for each in result.answer.submissions]
    assert [str(broken)] == [each.file for each in result.findings if each.code == "FILE_EMPTY"]
    assert Exit.UNUSABLE is result.code
    alone = flow.run(Desk.here(), "check", {"files": [sample]})
    assert alone.findings == tuple(each for each in result.findings if each.file == str(sample))


def test_lost_files_of_a_check_are_findings(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A check whose workers run out of time says so file by file and ends with 2."""
    monkeypatch.setattr(batch, "READER_LIMITS", Limits(seconds=0.001))
    second = Path(shutil.copy(sample, tmp_path / "乙.xlsx"))
    result = flow.run(Desk.here(), "check", {"files": [sample, second]})

    assert ["READER_SLOW", "READER_SLOW"] == [each.code for each in result.findings]
    assert Exit.UNUSABLE is result.code


def test_one_usual_workbook_starts_no_process(sample: Path, monkeypatch: pytest.MonkeyPatch):
    """A single click pays nothing for workers."""
    monkeypatch.setattr("subprocess.Popen", None)

    assert Exit.DONE is flow.run(Desk.here(), "check", {"files": [sample]}).code


def test_what_unpacks_to_much_is_spacious(sample: Path, tmp_path: Path):
    """The unpacked size decides, not that of the file; small files are not looked into, missing ones are none."""
    large = tmp_path / "大.xlsx"
    large.write_bytes(
        zipped(parts() | {"xl/media/1.bin": bytes(30 << 20), "xl/media/2.bin": os.urandom(300 << 10)})
    )

    assert is_spacious(large)
    assert not is_spacious(sample)
    assert not is_spacious(tmp_path / "没有.xlsx")
