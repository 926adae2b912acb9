"""The shape budget: small functions, small modules, every public name described."""

import ast
from pathlib import Path

import pytest

from tests.support.source import MODULES, module_docstring, name_of, tree

LONGEST_FUNCTION, LONGEST_MODULE = 45, 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}

every_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@every_module
def test_functions_fit_on_a_screen(path: Path):
    """No function is longer than the budget, docstring included."""
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, Function)]
    too_long = [
        f"{node.name} ({length})"
        for node in functions
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]

    assert [] == too_long


@every_module
def test_modules_stay_small(path: Path):
    """No module is longer than the budget; tables of data live in TOML."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@every_module
def test_public_names_are_described(path: Path):
    """A module says what it hides; outside machinery modules each public class and function says what one gets."""
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

    assert [] == bare
    assert len(module_docstring(path)) > len("...")


@every_module
def test_names_say_something(path: Path):
    """No module or package is a drawer for what has no name of its own."""
    assert EMPTY_NAMES.isdisjoint((path.stem, *path.parent.parts))
