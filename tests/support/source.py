"""The source tree of the package as the architecture and documentation tests see it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "officeflow"
MODULES = sorted(PACKAGE.rglob("*.py"))

FAMILIES = {
    "figures": PACKAGE / "figures",
    "checks": PACKAGE / "checks",
    "formats": PACKAGE / "text" / "formats",
}
"""Families whose folder is the registry: name of their case folder → folder of their members."""


def members(folder: Path) -> list[Path]:
    """Return the modules of a family; names starting with '_' are its machinery."""
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


@cache
def tree(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def module_docstring(path: Path) -> str:
    """Return a module's docstring, '' when it has none."""
    return ast.get_docstring(tree(path)) or ""


def name_of(path: Path) -> str:
    """Return a module's path inside the package, for messages and test ids."""
    return path.relative_to(PACKAGE).as_posix()
