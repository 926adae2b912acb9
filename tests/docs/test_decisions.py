"""docs/decisions.md gives a reason for everything that is installed."""

import re
import tomllib

import pytest

from tests.support.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECISIONS = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
REQUIREMENTS = [
    *PROJECT["dependencies"],
    *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
]
NAMES = sorted({re.split(r"[\[<>=; ]", requirement)[0] for requirement in REQUIREMENTS})
LICENCES = re.compile(r"MIT|BSD|Apache-2\.0|PSF|MPL-2\.0|LGPL-2\.1-only|LGPL-3\.0")


@pytest.mark.parametrize("name", NAMES)
def test_each_dependency_has_its_reason_and_licence(name: str):
    """One table row per dependency: name, why, licence; licences that an office may run without asking."""
    rows = [line for line in DECISIONS.splitlines() if line.startswith(f"| {name} |")]

    assert len(rows) == 1
    _, _, why, licence, _ = rows[0].split("|")

    assert why.strip()
    assert LICENCES.fullmatch(licence.strip())


def test_decisions_are_numbered_and_complete():
    """Decisions count up from 1; each says context, decision, consequence and date."""
    sections = re.split(r"^## (?=\d+\. )", DECISIONS, flags=re.MULTILINE)[1:]

    assert list(range(1, len(sections) + 1)) == [int(section.split(".")[0]) for section in sections]
    for section in sections:
        missing = [word for word in ("Context.", "Decision.", "Consequence.", "Date.") if word not in section]

        assert [] == missing, section.splitlines()[0]


def test_constraints_pin_versions_only():
    """constraints.txt holds one `name==version` per line, and pins every dependency that the tests install."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    extras = {
        re.split(r"[\[<>=; ]", each)[0]
        for name in ("excel", "spark", "postgres")
        for each in PROJECT["optional-dependencies"][name]
    }
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}

    assert [] == [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)]
    assert set() == {name.lower() for name in NAMES if name not in extras} - pinned
