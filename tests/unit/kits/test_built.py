"""The built files are found in a working copy and in an installed wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

from officeflow.kits.built import built_templates, built_workbooks
from officeflow.kits.catalogue import find_kit, report_template
from tests.support.docx import part, texts

ROOT = Path(__file__).parents[3]
ASK = "from officeflow.kits.built import *; print(built_workbooks(), built_templates(), sep='\\n')"


def test_working_copy_uses_its_top_folders():
    """A change made by `kit build` is used at once, without installing again."""
    assert (ROOT / "workbooks", ROOT / "docx_templates") == (built_workbooks(), built_templates())


KITS = ROOT / "src" / "officeflow" / "kits"


def test_an_offices_kit_of_a_built_in_id_is_laid_out_by_its_own_text(tmp_path):
    """What we built is not its template."""
    own = shutil.copytree(KITS / "builtin" / "community-posts", tmp_path / "community-posts")
    text = (own / "bulletin.md").read_text(encoding="utf-8")
    (own / "bulletin.md").write_text(text.replace("我们的主要做法是", "本局的做法是"), encoding="utf-8")
    kit = find_kit("community-posts", [tmp_path])

    assert "本局的做法是" in "".join(texts(report_template(kit, kit.reports[0], [tmp_path])))


def test_an_offices_profile_of_a_built_in_name_lays_out_built_in_kits(tmp_path):
    """As the profile itself proposes: copied into the own folder and changed there."""
    (tmp_path / "profiles").mkdir()
    text = (KITS / "profiles" / "gb9704.toml").read_text(encoding="utf-8")
    own = text.replace("top_mm = 37", "top_mm = 40")
    (tmp_path / "profiles" / "gb9704.toml").write_text(own, encoding="utf-8")
    kit = find_kit("community-posts")
    usual, changed = (
        part(report_template(kit, kit.reports[0], folders), "word/document.xml")
        for folders in ([], [tmp_path])
    )

    assert usual != changed


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
