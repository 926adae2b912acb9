"""The command line: envelopes, exit codes, and Chinese for people."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.flow import use_cases

FINDING = {"code", "severity", "message", "remedy", "file", "sheet", "cell", "value", "expected"}
ENVELOPE = {
    "kits": {"kits"},
    "doctor": {"checks"},
    "settings": {"settings", "file", "own_kits"},
    "kit check": set(),
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "s.xlsx"
    assert main(["sample", "community-posts", "-o", str(path), "--json"]) == 0
    return path


@pytest.mark.parametrize("command", ENVELOPE)
def test_json_is_one_document_with_the_agreed_fields(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """officeflow, command, ok, findings, and the command's own fields."""
    main([*command.split(), "--json"])
    envelope = json.loads(capsys.readouterr().out)

    assert {"officeflow", "command", "ok", "findings"} | ENVELOPE[command] == set(envelope)
    assert command == envelope["command"]


def test_a_checked_workbook_says_whose_it_is(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Submissions carry file, kit, period, unit, digest; repairs say from and to; Chinese is not escaped."""
    capsys.readouterr()
    main(["check", str(workbook), "--json"])
    out = capsys.readouterr().out
    envelope = json.loads(out)

    assert {"file", "kit", "title", "period", "unit", "digest"} == set(envelope["submissions"][0])
    assert {"file", "sheet", "cell", "from", "to", "rule"} == set(envelope["repairs"][0])
    assert FINDING <= set(envelope["findings"][0])
    assert "县林业局党委" in out


def test_a_figure_says_its_value_text_and_cells(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exact value as text, printed form, and the cells with file, digest and sheet."""
    capsys.readouterr()
    main(["figures", str(workbook), "--json"])
    figures = {figure["id"]: figure for figure in json.loads(capsys.readouterr().out)["figures"]}

    assert ("16000", "元", "1.6万元") == tuple(figures["捐款"][name] for name in ("value", "unit", "text"))
    assert {"file", "sha256", "digest", "sheet", "cells"} == set(figures["捐款"]["sources"][0])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "后面要写做什么"),
        (["chek"], "是不是“check”"),
        (["check"], "命令不完整：缺少 文件"),
        (["kits", "多余"], "多写了 多余"),
        (["kits", "--today", "昨天"], "年-月-日"),
        (["kit"], "后面要写做什么"),
    ],
)
def test_a_mistake_in_the_call_is_exit_2_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never a traceback, never English."""
    assert main(words) == 2
    assert said in capsys.readouterr().out


def test_a_mistake_in_the_call_is_one_finding_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    """--json stays one document on stdout whatever happens."""
    assert main(["check", "--json"]) == 2
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["USAGE"]


def test_a_file_that_is_not_there_is_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One finding that names it."""
    assert main(["check", str(tmp_path / "没有.xlsx")]) == 2
    assert "没有.xlsx" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_exit_3(
    tmp_path: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The machine is in the way: said in Chinese, with the place."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    assert main(["report", str(workbook), "-o", str(tmp_path / "file")]) == 3
    out = capsys.readouterr().out
    assert "“file”现在读写不了：已经有同名的了。" in out
    assert "没有生成文稿" not in out  # a draft would not help


def test_a_mistake_of_our_own_is_one_finding_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Programs still get their one document; what helps to mend it goes to stderr."""
    monkeypatch.setattr("officeflow.flow.kits.run", lambda _desk: 1 / 0)

    assert main(["kits", "--json"]) == 3
    said = capsys.readouterr()
    assert ["PROGRAM_BROKEN"] == [finding["code"] for finding in json.loads(said.out)["findings"]]
    assert "ZeroDivisionError" in said.err


def test_several_files_give_the_highest_exit_code(tmp_path: Path, workbook: Path) -> None:
    """One good and one missing file: 2."""
    assert main(["check", str(workbook), str(tmp_path / "没有.xlsx"), "--json"]) == 2


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The help is made from the table of use cases, in Chinese."""
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    out = capsys.readouterr().out

    assert all(name.split()[0] in out for name in use_cases())
    assert "usage" not in out


def test_chinese_survives_a_pipe_that_is_not_utf8(workbook: Path) -> None:
    """A console that says ASCII or GBK still gets UTF-8, and JSON stays whole."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "officeflow", "check", str(workbook), "--json"],
        capture_output=True,
        check=True,
        env=environment,
    )

    assert json.loads(ended.stdout.decode("utf-8"))["submissions"][0]["unit"] == "县林业局党委"


def test_findings_of_one_rule_in_one_column_are_shown_once(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first in full, the others as a range ."""
    capsys.readouterr()
    main(["check", str(workbook)])
    out = capsys.readouterr().out

    assert out.count("不在联系社区里") == 1
    assert "同一栏还有1处" in out
    assert out.rstrip().endswith("没有要改的，提示2处，可以出文稿或打包报送。")


def test_fields_of_a_record_that_lack_the_same_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One finding for the blank fields of a sheet, with the names of all: no cell address stands for a field."""
    blank = tmp_path / "空表.xlsx"
    main(["new", "community-posts", "-o", str(blank)])
    capsys.readouterr()
    main(["check", str(blank)])
    out = capsys.readouterr().out

    assert "这张表还有4栏也是：署名单位、活动名称、摸底调研时间、稿次" in out
    assert "同一栏" not in out


def test_several_files_are_told_apart(
    tmp_path: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each under its name: cells of two workbooks never stand in one line."""
    other = Path(shutil.copy(workbook, tmp_path / "另一家.xlsx"))
    capsys.readouterr()
    main(["check", str(workbook), str(other)])
    out = capsys.readouterr().out

    assert out.count("同一栏还有1处：F5:F6") == 2
    assert out.index(f"── {workbook}") < out.index(f"── {other}")
    main(["check", str(workbook), str(other), "--json"])
    envelope = json.loads(capsys.readouterr().out)
    for things in ("submissions", "repairs", "findings"):
        assert {str(workbook), str(other)} == {thing["file"] for thing in envelope[things]}


def test_a_reader_that_has_seen_enough_is_no_mishap() -> None:
    """`officeflow kits | head -0`: no word on stderr, the command's own exit code."""
    ended = subprocess.Popen(
        [sys.executable, "-m", "officeflow", "kits", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    ended.stdout.close()
    said = ended.stderr.read()
    ended.stderr.close()

    assert (0, b"") == (ended.wait(), said)


def test_a_cell_does_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape signs in a file's name or a cell are not printed."""
    main(["check", str(tmp_path / "\x1b[31m红.xlsx")])

    assert "\x1b" not in capsys.readouterr().out
