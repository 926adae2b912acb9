"""A check or figure kind is added by adding files, and by nothing else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import officeflow.checks
import officeflow.figures
from officeflow.checks import kit_problems, run_checks
from officeflow.checks._kind import REGISTRY as CHECKS
from officeflow.checks._kind import catalogue_of, placeholders
from officeflow.figures import Tally
from officeflow.figures._kind import REGISTRY as FIGURES
from tests.support.brief import brief
from tests.support.cases import case_kit
from tests.support.grid import read_grid

EVEN = '''
"""Numbers are even: `use = "even"`, `of` = number fields."""

from officeflow.checks import CheckKind


def check(scope):
    """Yield a finding per odd number."""
    for column in scope.columns(lambda field: False):
        for entry, value in zip(column.entries, column.values, strict=True):
            if value is not None and value % 2:
                yield scope.finding("ODD", column.site(entry), value=value)


KIND = CheckKind(check=check)
'''
EVEN_WORDS = """
[ODD]
severity = "verify"
text = "{value}是单数。"
"""
LONGEST = '''
"""The longest text: `use = "longest"`, `of` = text fields."""

from officeflow.figures import FigureKind


def fold(selection):
    """Return the longest text."""
    return max(map(str, selection.values()), key=len, default="")


def merge(left, right):
    """Return the longer of two."""
    return max(left, right, key=len)


def finish(state, operands, terms):
    """Return it."""
    return state


KIND = FigureKind(fold=fold, merge=merge, finish=finish)
'''
GRID = """
岗位认领
| 姓名 | 履职次数 |
| 示例甲 | 2 |
| 示例乙乙 | 3 |
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What a test adds to the registries is gone after it."""
    modules = set(sys.modules)
    yield
    for name in set(sys.modules) - modules:
        del sys.modules[name]
    for cached in (CHECKS._found, FIGURES._found):
        cached.pop("even", None)
        cached.pop("longest", None)
    catalogue_of.cache_clear()
    placeholders.cache_clear()
    importlib.invalidate_caches()


def _write(folder: Path) -> None:
    (folder / "even.py").write_text(EVEN, encoding="utf-8")
    (folder / "even.toml").write_text(EVEN_WORDS, encoding="utf-8")


def _findings() -> list[str]:
    kit = case_kit(check=[{"use": "even", "of": "posts.times"}])
    submission = read_grid(GRID, kit)
    assert kit_problems(kit) == ()
    return brief(run_checks(submission, Tally(submission)))


def test_a_file_and_its_words_in_the_folder_are_a_check_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is the registry."""
    _write(tmp_path)
    monkeypatch.setattr(officeflow.checks, "__path__", [*officeflow.checks.__path__, str(tmp_path)])
    found = _findings()

    assert "岗位认领!H6 ODD" in found
    assert "even" in CHECKS.names()


def test_a_file_in_the_folder_is_a_figure_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures as checks."""
    (tmp_path / "longest.py").write_text(LONGEST, encoding="utf-8")
    monkeypatch.setattr(officeflow.figures, "__path__", [*officeflow.figures.__path__, str(tmp_path)])
    kit = case_kit(figure=[{"id": "最长", "use": "longest", "of": "posts.member"}])
    figure = Tally(read_grid(GRID, kit)).figure("最长")

    assert officeflow.figures.kit_problems(kit) == ()
    assert figure.value == "示例乙乙"


def _install(folder: Path, kinds: dict[str, str]) -> None:
    info = folder / "even_kind-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: even-kind\nVersion: 1\n", encoding="utf-8")
    lines = "\n".join(f"{name} = {module}" for name, module in kinds.items())
    (info / "entry_points.txt").write_text(f"[officeflow.checks]\n{lines}\n", encoding="utf-8")


def test_an_installed_package_may_bring_a_check_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points are asked for a name the folder does not have."""
    (tmp_path / "even_kind").mkdir()
    _write(tmp_path / "even_kind")
    _install(tmp_path, {"even": "even_kind.even"})
    monkeypatch.syspath_prepend(str(tmp_path))
    found = _findings()

    assert "岗位认领!H6 ODD" in found


def test_an_installed_package_does_not_override_a_built_in_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder goes first."""
    _install(tmp_path, {"equals": "even_kind.even"})
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(CHECKS, "_found", {})

    assert CHECKS.find("equals").__name__ == "officeflow.checks.equals"
    assert CHECKS.names().count("equals") == 1


def test_a_rule_whose_kind_is_not_there_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extension that was taken out again must not pass for a check that held."""
    monkeypatch.setattr(CHECKS, "_found", {})
    rules = [{"use": "even", "id": name, "of": "donations.people"} for name in ("R-1", "R-2")]
    kit = case_kit(check=rules)
    submission = read_grid(GRID, kit)
    found = [one for one in run_checks(submission, Tally(submission)) if one.code == "CHECK_NOT_RUN"]

    assert ["规则R-1、R-2要用的扩展“even”没有装，没有核对。"] == [one.message for one in found]
