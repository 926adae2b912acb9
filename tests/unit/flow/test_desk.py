"""New, sample, kits, settings, doctor, demo, kit build and check: what a desk does besides checking and reporting."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.flow import (
    check,
    demo,
    doctor,
    kit_build,
    kit_check,
    kits,
    new,
    report,
    run,
    sample,
    settings,
    use_cases,
)
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import read_workbook
from officeflow.kits.load import BUILTIN


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of the test, never those of the desk it runs on."""
    path = tmp_path / "settings" / "settings.toml"
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def codes(result: object) -> list[str]:
    return [finding.code for finding in result.findings]


def test_a_blank_knows_unit_and_period(tmp_path: Path) -> None:
    """`new --unit --period` fills them in; the file is named after them."""
    result = new.run(Desk.here(), kit="community-posts", period="2026-11", unit="示例街道办")

    assert ("示例街道办-在职党员进社区情况表-2026-11.xlsx",) == result.answer.files
    submission = read_workbook(Desk.here(), tmp_path / result.answer.files[0]).value.submission
    assert ("示例街道办", "2026-11") == (submission.unit, submission.period.name)


def test_a_blank_that_is_already_there_is_left_alone(tmp_path: Path) -> None:
    """It may be filled."""
    (tmp_path / "a.xlsx").write_bytes(b"filled")

    assert ["FILE_EXISTS"] == codes(new.run(Desk.here(), kit="community-posts", output=tmp_path / "a.xlsx"))
    assert (tmp_path / "a.xlsx").read_bytes() == b"filled"


def test_a_period_nobody_can_read_is_refused() -> None:
    """The finding shows how to write one."""
    assert ["PERIOD_UNKNOWN"] == codes(new.run(Desk.here(), kit="community-posts", period="11月"))


@pytest.mark.parametrize("use_case", [new, sample])
def test_an_unknown_kit_names_the_nearest(use_case: object) -> None:
    """A mistyped kit is exit 2."""
    result = use_case.run(Desk.here(), kit="在职党员进社区表")

    assert Exit.UNUSABLE == result.code
    assert "在职党员进社区情况表" in result.findings[0].message


def test_kits_lists_what_can_be_reported() -> None:
    """Id, title and reports of every kit."""
    (kit,) = [kit for kit in kits.run(Desk.here()).answer.kits if kit.id == "community-posts"]

    assert ("在职党员进社区情况表", ["简报"]) == (kit.title, [report.title for report in kit.reports])


def test_settings_are_kept_and_the_environment_wins(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """name=value is written; OFFICEFLOW_NAME wins over the file."""
    settings.run(Desk.here(), assignments=[r"output_folder=D:\文稿"])

    assert 'output_folder = "D:\\\\文稿"\n' == own_settings.read_text(encoding="utf-8")
    assert r"D:\文稿" == settings.run(Desk.here()).answer.settings["output_folder"]
    monkeypatch.setenv("OFFICEFLOW_OUTPUT_FOLDER", "/elsewhere")
    assert settings.run(Desk.here()).answer.settings["output_folder"] == "/elsewhere"


def test_an_unknown_setting_writes_nothing(own_settings: Path) -> None:
    """The nearest name is suggested."""
    assert ["SETTING_UNKNOWN"] == codes(settings.run(Desk.here(), assignments=["output_foldr=x"]))
    assert not own_settings.exists()


def test_a_damaged_settings_file_is_not_written_over(own_settings: Path) -> None:
    """It is said, by settings and by doctor, and left as it is."""
    own_settings.parent.mkdir()
    own_settings.write_text("output_folder = 文稿", encoding="utf-8")

    assert ["SETTINGS_DAMAGED"] == codes(settings.run(Desk.here(), assignments=["output_folder=x"]))
    assert own_settings.read_text(encoding="utf-8") == "output_folder = 文稿"
    assert "damaged" in {condition.state for condition in doctor.run(Desk.here()).answer.checks}


def test_doctor_says_something_of_everything_it_looks_at() -> None:
    """Every condition has words; nothing missing is an error."""
    result = doctor.run(Desk.here())

    assert Exit.DONE == result.code
    assert all(condition.text and "{" not in condition.text for condition in result.answer.checks)
    assert {"program", "fonts", "libreoffice", "excel", "settings"} <= {
        check.id for check in result.answer.checks
    }


def test_demo_shows_the_whole_way(tmp_path: Path) -> None:
    """Workbook and bulletin are there, checked, and the time is told."""
    result = demo.run(Desk.here(), folder=tmp_path / "demo")

    assert Exit.DONE == result.code
    assert [".xlsx", ".docx"] == [Path(file).suffix for file in result.answer.files]
    assert all(Path(file).is_file() for file in result.answer.files)
    assert result.answer.seconds > 0


def test_a_second_demo_takes_what_was_typed_into_its_sample(tmp_path: Path) -> None:
    """Nothing typed is overwritten, and what is no workbook any more is said."""
    demo.run(Desk.here(), folder=tmp_path)
    workbook = next(tmp_path.glob("*.xlsx"))
    workbook.write_bytes(b"spoilt")

    assert Exit.UNUSABLE == demo.run(Desk.here(), folder=tmp_path).code
    assert workbook.read_bytes() == b"spoilt"


def test_a_sample_somebody_typed_into_is_left_alone(tmp_path: Path) -> None:
    """Under its own name and where it was named; as it was written it may be written again."""
    (name,) = sample.run(Desk.here(), kit="community-posts").answer.files
    assert (name,) == sample.run(Desk.here(), kit="community-posts", output=Path(name)).answer.files
    (tmp_path / name).write_bytes(b"typed")

    assert ["FILE_EXISTS"] == codes(sample.run(Desk.here(), kit="community-posts"))
    assert ["FILE_EXISTS"] == codes(sample.run(Desk.here(), kit="community-posts", output=Path(name)))
    assert (tmp_path / name).read_bytes() == b"typed"


def test_built_in_kits_are_sound() -> None:
    """`kit check` of all kits finds nothing."""
    assert [] == codes(kit_check.run(Desk.here()))


def test_a_kit_with_a_mistake_is_not_built(tmp_path: Path) -> None:
    """The mistake is named, nothing is written."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "kit.toml").write_text('[kit]\nid = "broken"\ntitel = "坏"\n', encoding="utf-8")

    result = kit_build.run(Desk.here(), kits=[str(folder)], folder=tmp_path / "out")

    assert Exit.FINDINGS == result.code
    assert "titel" in " ".join(finding.message for finding in result.findings)
    assert not (tmp_path / "out").exists()


def test_every_use_case_has_a_module() -> None:
    """The table and the files agree: each use case can be run by name."""
    for name in use_cases():
        assert callable(__import__(f"officeflow.flow.{name.replace(' ', '_')}", fromlist=["run"]).run)
    assert Exit.DONE == run(Desk.here(), "kits", {}).code


def test_a_broken_kit_of_the_office_is_refused_wherever_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`kits`, `new`, `check` say what is wrong in it, `kit check` nothing but that; nothing falls back to ours in silence."""
    workbook = tmp_path / "s.xlsx"
    assert Exit.DONE == sample.run(Desk.here(), kit="community-posts", output=workbook).code
    own = tmp_path / "kits" / "own"
    own.mkdir(parents=True)
    text = (BUILTIN / "community-posts" / "kit.toml").read_text(encoding="utf-8")
    (own / "kit.toml").write_text(text.replace('of = "funds.amount"', 'of = "funds.amont"'), encoding="utf-8")
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "kits"))

    answers = [
        kits.run(Desk.here()),
        new.run(Desk.here(), kit="community-posts"),
        check.run(Desk.here(), files=[workbook]),
        report.run(Desk.here(), file=workbook),
    ]
    checked = kit_check.run(Desk.here())

    assert {("KIT_REFUSED", "KIT_NAME_UNKNOWN")} == {
        tuple(dict.fromkeys(codes(answer))) for answer in answers
    }
    assert all("funds.amount" in answer.findings[1].message for answer in answers)
    assert ["KIT_NAME_UNKNOWN"] == codes(checked)
    assert Exit.DONE not in {answer.code for answer in (*answers, checked)}
    assert "damaged" in {condition.state for condition in doctor.run(Desk.here()).answer.checks}
