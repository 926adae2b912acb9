"""What is built from a kit's folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from officeflow.kits.build import _outlines
from officeflow.kits.catalogue import kit_source


def test_headings_deeper_than_the_outline_form_knows_stay_out_of_it(tmp_path: Path) -> None:
    """一级 and 二级 are rows of the 提纲; a third level is the text's own affair."""
    source = kit_source("community-posts")
    assert source is not None
    folder = shutil.copytree(source.folder, tmp_path / "kit")
    text = folder / "bulletin.md"
    text.write_text("## 甲\n\n### 乙\n\n#### 丙\n\n正文。\n\n## 丁\n\n正文。\n", encoding="utf-8")

    rows = _outlines(replace(source, folder=folder))["outline"]

    assert [("一级标题", "甲"), ("二级标题", "乙"), ("一级标题", "丁")] == [
        (row["level"], row["heading"]) for row in rows
    ]
