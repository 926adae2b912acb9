"""A small complete kit of an office's own, in a folder of kits: parts, report, genre, sample."""

from __future__ import annotations

import shutil
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases" / "kit_check"


def own_kits(folder: Path) -> Path:
    """Return a copy of the office's folder of kits; its only kit is `training`."""
    shutil.copytree(CASES / "kits", folder, dirs_exist_ok=True)
    return folder
