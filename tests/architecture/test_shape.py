"""The shape budget: a file is a concept of bearable size, its names say something and are described."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.support.source import MODULES, PACKAGE, ROOT, module_docstring, name_of, tree

LONGEST_MODULE = 600
"""Lines; tables of data live in TOML.  Complexity of functions is bounded by ruff (C901 in pyproject.toml)."""
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_modules_stay_small():
    """No module is longer than the budget."""
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {} == {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_public_names_are_described():
    """A module says what it hides; outside machinery modules each public class and function says what one gets."""
    bare = {name_of(path): names for path in MODULES if (names := undescribed(path))}

    assert {} == bare


def undescribed(path: Path) -> list[str]:
    is_machinery = path.name.startswith("_") and path.stem != "__init__"
    nodes = [] if is_machinery else tree(path).body
    public = [node for node in nodes if isinstance(node, Function | ast.ClassDef)]
    public += [
        member
        for node in public
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for member in node.body
        if isinstance(member, Function)
    ]
    bare = [node.name for node in public if not node.name.startswith("_") and not ast.get_docstring(node)]
    return bare if len(module_docstring(path)) > len("...") else ["the module itself", *bare]


def test_names_say_something():
    """No module or package is a drawer for what has no name of its words."""
    parts = {name_of(path): {path.stem, *path.parent.relative_to(PACKAGE).parts} for path in MODULES}

    assert [] == [name for name, words in parts.items() if words & EMPTY_NAMES]


def test_a_public_class_has_its_name_alone():
    """Whoever reads `Line` knows which one is meant without looking at the imports."""
    homes = defaultdict(list)
    for path in MODULES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name_of(path))

    assert {} == {name: paths for name, paths in homes.items() if len(paths) > 1}


def test_test_modules_share_through_support():
    """What two test modules need stands in tests/support: pytest imports a test module under a name of its own."""
    lent = {
        path.relative_to(ROOT).as_posix(): module
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and (module := node.module or "").startswith("tests.")
        if not module.startswith(("tests.support", "tests.conftest"))
    }

    assert {} == lent
