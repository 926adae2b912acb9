"""A kit found sound is kept until anything it was read from, or judged by, has changed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from officeflow.checks._kind import REGISTRY, catalogue_of, placeholders
from officeflow.kits import _cache
from officeflow.kits._notation import BUILTIN
from officeflow.kits.load import read_kit

KIT = """
[kit]
id = "visits"
title = "走访表"
version = "1.0"
unit = "filing.unit"
period = ["filing.from", "filing.to"]
parts = ["filing"]
[check]
02 = { use = "even", of = "filing.phone" }
"""
EVEN = """
from officeflow.checks import CheckKind

KIND = CheckKind(check=lambda scope: iter(()))
"""


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What a test installs is gone after it."""
    yield
    for name in [name for name in sys.modules if name.startswith("even_kind")]:
        del sys.modules[name]
    catalogue_of.cache_clear()
    placeholders.cache_clear()


def kept(cache: Path) -> set[str]:
    return {file.name for file in cache.rglob("*.kit")}


def test_a_sound_kit_is_kept_once(tmp_path: Path) -> None:
    """Read again it has the same name."""
    first = read_kit(BUILTIN / "community-posts", cache=tmp_path).value
    names = kept(tmp_path)
    second = read_kit(BUILTIN / "community-posts", cache=tmp_path).value

    assert 1 == len(names)
    assert (first, names) == (second, kept(tmp_path))


@pytest.mark.parametrize(
    "name", ["checks/range.py", "figures/messages.toml", "kits/_sound.py", "model/kit.py"]
)
def test_whatever_judges_a_kit_is_in_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of a kind as much as the grammar."""
    for package in _cache._JUDGES:
        (tmp_path / package).mkdir()
    (tmp_path / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(_cache, "_HOME", tmp_path)
    before = _cache.key_of([])
    (tmp_path / name).write_text("12", encoding="utf-8")

    assert before != _cache.key_of([])


@pytest.mark.usefixtures("forgotten")
def test_a_kind_of_another_package_is_a_judge_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed or taken out: the kit is judged again, and refused in words where the kind is gone."""
    package, info = tmp_path / "even_kind", tmp_path / "even_kind-1.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").touch()
    (package / "even.py").write_text(EVEN, encoding="utf-8")
    (package / "even.toml").touch()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: even-kind\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[officeflow.checks]\neven = even_kind.even\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(REGISTRY, "_found", {})
    folder, cache = tmp_path / "kits" / "visits", tmp_path / "cache"
    folder.mkdir(parents=True)
    (folder / "kit.toml").write_text(KIT, encoding="utf-8")
    read = [read_kit(folder, cache=cache).value is not None for _ in range(2)]
    for file in info.iterdir():
        file.unlink()
    monkeypatch.setattr(REGISTRY, "_found", {})
    gone = read_kit(folder, cache=cache)

    assert [True, True] == read
    assert gone.value is None
    assert "KIT_USE_UNKNOWN" in [finding.code for finding in gone.findings]
