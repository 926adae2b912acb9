"""`kit check` of whole kits: ours, one without a sample, one that cannot be read; single mistakes are in test_mistakes.py."""

from pathlib import Path

import pytest

from officeflow.kits.load import BUILTIN
from officeflow.kits.problems import kit_problems
from tests.support.brief import brief
from tests.support.own_kits import own_kits

KITS = sorted(file.parent for file in BUILTIN.glob("*/kit.toml"))


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_built_in_kits_are_sound(folder: Path):
    """What we ship has no problem, not even a hint."""
    assert [] == [finding.message for finding in kit_problems(folder)]


def test_a_kit_without_a_sample_is_told_so(tmp_path: Path):
    """It may be used; its reports are not tried out, but their names are looked up."""
    folder = own_kits(tmp_path) / "training"
    (folder / "sample.toml").unlink()
    memo = folder / "memo.md"
    memo.write_text(memo.read_text(encoding="utf-8").replace("{{ 场次 }}", "{{ 场数 }}"), encoding="utf-8")

    assert ["SAMPLE_MISSING", "NAME_UNKNOWN"] == brief(kit_problems(folder))


def test_a_kit_that_cannot_be_read_is_the_only_problem(tmp_path: Path):
    """Nothing else is said about a broken file."""
    (tmp_path / "kit.toml").write_text("[kit\n", encoding="utf-8")

    assert ["TOML_UNCLOSED"] == brief(kit_problems(tmp_path))
