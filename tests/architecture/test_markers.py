"""A test that cannot run here is skipped with its reason, and fails where nothing may be skipped."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import PROGRAMS
from tests.support.shell import environment
from tests.support.source import ROOT

NEEDY = """
import pytest

@pytest.mark.office("no-such-program")
def test_needy():
    pass
"""


@pytest.mark.parametrize(("ci", "outcome"), [("false", "1 skipped"), ("true", "1 error")])
def test_missing_program_skips_at_a_desk_and_fails_in_ci(tmp_path: Path, ci: str, outcome: str):
    """CI cannot pass by leaving tests out."""
    (tmp_path / "test_needy.py").write_text(NEEDY, encoding="utf-8")
    options = [
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        "-c",
        ROOT / "pyproject.toml",
        "--rootdir",
        ROOT,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-o", "addopts=-rs", tmp_path],
        cwd=ROOT,
        env={**environment(tmp_path), "CI": ci, "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome in done.stdout.splitlines()[-1]
    assert "office: no-such-program not on this machine" in done.stdout


def test_every_marker_names_its_programs():
    """The markers of pyproject.toml are the ones that conftest can decide on."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"][
        "ini_options"
    ]

    assert set(PROGRAMS) == {line.partition(":")[0] for line in options["markers"]}
