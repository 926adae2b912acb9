"""Mistakes that authors of kits make, as data: each is told once, with file and line, in words he understands."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from officeflow.kits.problems import kit_problems
from tests.support.own_kits import CASES, own_kits

MISTAKES = tomllib.loads((CASES / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]


def test_the_kit_is_sound(tmp_path):
    """What the mistakes are made in has none."""
    assert [] == [finding.message for finding in kit_problems(own_kits(tmp_path) / "training")]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["fact"])
def test_a_mistake_is_told_once(mistake: dict[str, Any], tmp_path: Path):
    """One finding, at the line that the author wrote, with the words that help him."""
    folder = own_kits(tmp_path)
    text = made(mistake, folder)
    place = (mistake.get("in", mistake["file"]), line_of(mistake, text))
    findings = kit_problems(folder / "training")

    assert [(mistake["code"], *place)] == [
        (finding.code, Path(finding.file).relative_to(folder).as_posix(), finding.line)
        for finding in findings
    ], [finding.message for finding in findings]
    (finding,) = findings
    said = f"{finding.message} {finding.remedy}"
    assert [] == [word for word in mistake.get("words", ()) if word not in said], said
    assert mistake.get("not", "“”") not in said
    assert "“”" not in said


def made(mistake: dict[str, Any], folder: Path) -> str:
    """Make a mistake in a copy of the kits; return the text of the file that is to be named."""
    file = folder / mistake["file"]
    if "remove" in mistake:
        (folder / mistake["remove"]).unlink()
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(mistake["old"]) == 1, mistake["fact"]
        file.write_text(text.replace(mistake["old"], mistake["new"]), encoding="utf-8")
    return (folder / mistake.get("in", mistake["file"])).read_text(encoding="utf-8")


def line_of(mistake: dict[str, Any], text: str) -> int:
    """Return the line at which a mistake is to be told."""
    if "line" in mistake:
        return int(mistake["line"])
    sought = mistake.get("at") or mistake["new"]
    return text.count("\n", 0, text.index(sought)) + 1
