"""What a front end brings along: read once, passed on, and as small as a test wants it."""

from __future__ import annotations

import pickle
import sys
from datetime import date
from pathlib import Path

import pytest

from officeflow.flow import new, use_cases
from officeflow.intake.desk import Desk, Settings, find_interpreter


def test_an_option_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """OFFICEFLOW_NAME is looked at before settings.toml; a name nobody knows is left alone."""
    file = tmp_path / "settings.toml"
    file.write_text('profile = "wide"\noutput_folder = "出"\nlater = 1\n', encoding="utf-8")
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(file))
    monkeypatch.setenv("OFFICEFLOW_PROFILE", "narrow")
    desk = Desk.here(today=date(2026, 11, 22))

    assert Settings(profile="narrow", output_folder="出") == desk.settings
    assert (date(2026, 11, 22), file, tmp_path / "kits") == (desk.today, desk.settings_file, desk.own_folder)


def test_a_desk_of_ones_own_reads_nothing_of_the_machine(tmp_path: Path):
    """Cache and kit folders are those it was made with."""
    desk = Desk(cache=tmp_path / "cache", kit_folders=(tmp_path / "kits",))
    result = new.run(desk, kit="community-posts", output=tmp_path / "空表.xlsx")

    assert [str(tmp_path / "空表.xlsx")] == list(result.answer.files)
    assert [tmp_path / "cache" / "kits"] == list((tmp_path / "cache").iterdir())


def test_without_a_cache_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A desk with nothing on it still has the built-in kits."""
    monkeypatch.setenv("OFFICEFLOW_CACHE", str(tmp_path))

    assert "community-posts" in [kit.id for kit in Desk().kits()]
    assert [] == list(tmp_path.iterdir())


def test_a_desk_travels_to_workers():
    """It is plain data."""
    desk = Desk.here(today=date(2026, 1, 2))

    assert desk == pickle.loads(pickle.dumps(desk))  # noqa: S301


@pytest.mark.parametrize("program", ["EXCEL.EXE", "soffice.bin", ""])
def test_an_office_program_is_no_interpreter(program: str, monkeypatch: pytest.MonkeyPatch):
    """Inside Excel or LibreOffice the Python of the environment runs the workers."""
    monkeypatch.setattr(sys, "executable", program)

    assert Path(find_interpreter()).name.startswith("python")


def test_a_frozen_build_has_no_interpreter(monkeypatch: pytest.MonkeyPatch):
    """Files are then read in the program itself."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert "" == find_interpreter()


def test_every_use_case_is_run_at_a_desk():
    """The table has no argument that the desk brings already."""
    names = {argument.name for case in use_cases().values() for argument in case.arguments}

    assert set() == names & {"desk", "today", "tell"}
