"""What next remembers and what migrate moves survive another program."""

from pathlib import Path

import pytest

from officeflow.flow import migrate
from officeflow.flow import next as next_
from officeflow.intake.desk import Desk
from tests.support.filled import reading, write
from tests.support.office import convert


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the test, never those of the desk it runs on."""
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings.toml"))


@pytest.mark.office
def test_the_hidden_figures_survive_a_save(tmp_path: Path):
    """上期 comes back from LibreOffice figure by figure, and so does what was carried."""
    next_.run(Desk.here(), file=write(tmp_path / "本期.xlsx"), output=tmp_path / "下期.xlsx")
    (tmp_path / "再存").mkdir()
    saved = convert(tmp_path / "下期.xlsx", "xlsx", tmp_path / "再存")

    before, after = (reading(path).submission for path in (tmp_path / "下期.xlsx", saved))
    assert before.previous
    assert before.previous == after.previous
    assert before.digest == after.digest


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_formats_are_moved_into_a_blank(kind: str, tmp_path: Path):
    """An .xls or .ods becomes a workbook of ours with the same content."""
    original = write(tmp_path / "样表.xlsx")
    converted = convert(original, kind, tmp_path)

    result = migrate.run(Desk.here(), file=converted, output=tmp_path / "新.xlsx")

    assert () == result.findings
    assert reading(original).submission.digest == reading(tmp_path / "新.xlsx").submission.digest
