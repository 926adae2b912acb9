"""The built files are found in a working copy and in an installed wheel."""

import subprocess
import sys
from pathlib import Path

from officeflow.kits.built import built_templates, built_workbooks

ROOT = Path(__file__).parents[3]
ASK = "from officeflow.kits.built import *; print(built_workbooks(), built_templates(), sep='\\n')"


def test_working_copy_uses_its_top_folders():
    """A change made by `kit build` is used at once, without installing again."""
    assert (ROOT / "workbooks", ROOT / "docx_templates") == (built_workbooks(), built_templates())


def test_wheel_carries_both_folders(tmp_path):
    """An installed wheel finds inside itself every file that stands in the working copy's folders."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "zipfile", "-e", wheel, installed], check=True)
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={"PYTHONPATH": str(installed)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    found = [sorted(path.name for path in Path(folder).iterdir()) for folder in done.stdout.splitlines()]

    assert all(folder.startswith(str(installed)) for folder in done.stdout.splitlines())
    assert [
        sorted(path.name for path in (ROOT / name).iterdir()) for name in ("workbooks", "docx_templates")
    ] == found
