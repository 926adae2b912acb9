"""`kit new --from`: a copy of a kit that works, to start from; and what `kit check --figures` shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.flow import check, kit_check, kit_new, report, sample
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.kits.catalogue import find_kit
from tests.support.own_kits import own_kits


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's own folder of kits, with the kit `training`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "own"))
    return own_kits(tmp_path / "own")


def codes(result: object) -> list[str]:
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize("source", ["community-posts", "training"])
def test_a_copy_works_at_once(source: str, own_folder: Path, tmp_path: Path):
    """It has no problems; sample, check and report go through."""
    made = kit_new.run(Desk.here(), kit="visits", source=source, title="走访表")
    kit = find_kit("visits", [own_folder])
    path = Path(sample.run(Desk.here(), kit="visits").answer.files[0])
    written = report.run(Desk.here(), file=path, folder=tmp_path / "out")

    assert (Exit.DONE, [], "走访表") == (made.code, codes(made), kit.title)
    assert Exit.DONE is check.run(Desk.here(), files=[path]).code
    assert [True] * len(kit.reports) == [Path(each.path).is_file() for each in written.answer.reports]


def test_a_copy_is_complete(own_folder: Path):
    """Parts go along, a genre that is not built in too; the standard checks stay shared."""
    kit_new.run(Desk.here(), kit="visits", source="training")
    files = {
        file.relative_to(own_folder / "visits").as_posix() for file in (own_folder / "visits").rglob("*.*")
    }

    assert {
        "kit.toml",
        "memo.md",
        "sample.toml",
        "genres/memo.toml",
        "profiles/memo.toml",
        *(f"_parts/{name}.toml" for name in ("filing", "rooms", "sessions", "explanations")),
    } == files


def test_a_copy_of_a_copy_keeps_its_own_parts(own_folder: Path):
    """What was changed in the copy goes along."""
    kit_new.run(Desk.here(), kit="visits", source="training")
    part = own_folder / "visits" / "_parts" / "rooms.toml"
    part.write_text(part.read_text(encoding="utf-8").replace("培训场地", "走访地点"), encoding="utf-8")
    again = kit_new.run(Desk.here(), kit="calls", source="visits")

    assert [] == codes(again)
    assert "走访地点" == find_kit("calls", [own_folder]).form_by_id["rooms"].sheet


@pytest.mark.parametrize(
    ("kit", "source", "code"),
    [
        ("Visits", "training", "KIT_ID_WRONG"),
        ("../visits", "training", "KIT_ID_WRONG"),
        ("training", "community-posts", "KIT_ID_TAKEN"),
        ("community-posts", "training", "KIT_ID_TAKEN"),
        ("visits", "trainings", "KIT_NAME_UNKNOWN"),
    ],
)
def test_nothing_is_replaced_or_guessed(kit: str, source: str, code: str, own_folder: Path):
    """A wrong id, one that is taken, or a source that is not there: said, and nothing is written."""
    before = sorted(own_folder.rglob("*"))
    result = kit_new.run(Desk.here(), kit=kit, source=source)

    assert ([code], Exit.UNUSABLE) == (codes(result), result.code)
    assert before == sorted(own_folder.rglob("*"))


def test_figures_of_the_sample_are_shown():
    """Value, unit and printed text of each figure; nothing without the flag."""
    shown = kit_check.run(Desk.here(), kits=["training"], figures=True).answer.figures
    by_id = {figure.id: (figure.value, figure.unit, figure.text) for figure in shown}

    assert ("3", "次", "3次") == by_id["场次"]
    assert ("228", "人次", "228人次") == by_id["参训人次"]
    assert kit_check.run(Desk.here(), kits=["training"]).answer is None


def test_a_refused_kit_is_told_once(own_folder: Path):
    """By its name, by its folder and among all kits: the mistake, and nothing else."""
    file = own_folder / "training" / "kit.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"filing.unit"\nperiod', '"filing.units"\nperiod'), "utf-8"
    )

    for kits in (["training"], [str(own_folder / "training")], []):
        assert ["KIT_REFERENCE"] == codes(kit_check.run(Desk.here(), kits=kits))
