"""Templates built at a click are kept: the second click loads no python-docx."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from officeflow.document.authoring.kept_templates import kept_template
from officeflow.document.authoring.template import build_template
from officeflow.kits.layout import profile
from officeflow.model.layout import Genre

SCRIPT = """
import sys
from pathlib import Path
from officeflow.document.authoring.kept_templates import kept_template
from officeflow.kits.layout import profile
from officeflow.model.layout import Genre
sys.stdout.buffer.write(kept_template("正文", Genre(id="x", title="x"), profile("gb9704"), store=Path(sys.argv[1])))
print("docx" in sys.modules, file=sys.stderr)
"""


def test_the_second_click_loads_no_python_docx(tmp_path: Path):
    """Same bytes from the folder; only the first time something is built."""
    clicks = [
        subprocess.run([sys.executable, "-c", SCRIPT, tmp_path], capture_output=True, check=True)
        for _ in range(2)
    ]

    assert [b"True", b"False"] == [click.stderr.strip() for click in clicks]
    assert {build_template("正文", Genre(id="x", title="x"), profile("gb9704"))} == {
        click.stdout for click in clicks
    }


def test_whatever_a_template_is_made_of_makes_another(tmp_path: Path):
    """Text, genre, title and numbering are told apart."""
    layout, kind = profile("gb9704"), Genre(id="x", title="x")
    kept_template("## 甲", kind, layout, store=tmp_path)
    kept_template("## 乙", kind, layout, store=tmp_path)
    kept_template("## 甲", kind, layout, title="简报", store=tmp_path)
    kept_template("## 甲", kind, layout, numbering="none", store=tmp_path)
    kept_template("## 甲", Genre(id="x", title="x", numbering="none"), layout, store=tmp_path)

    assert 5 == len(list(tmp_path.iterdir()))
