"""Folder = registry: a member is one module, with its cases and its messages beside it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import FAMILIES, MODULES, PACKAGE, ROOT, members, module_docstring, tree

CASES = ROOT / "tests" / "cases"
CODE = re.compile(r"[A-Z][A-Z0-9_]+")

every_family = pytest.mark.parametrize("family", FAMILIES)


@every_family
def test_each_member_has_cases_and_each_case_file_a_member(family: str):
    """A new kind, check or format is shown by cases before it counts as one."""
    shown = {path.stem for path in (CASES / family).glob("*.toml")}

    assert {path.stem for path in members(FAMILIES[family])} == shown
    assert shown


@every_family
def test_each_member_tells_kit_authors_how_to_use_it(family: str):
    """The module's docstring is its manual: one line at least, ending like a sentence."""
    terse = [path.name for path in members(FAMILIES[family]) if "." not in module_docstring(path)]

    assert [] == terse


def test_each_check_has_its_messages():
    """A check kind and the words of its findings stand side by side."""
    folder = FAMILIES["checks"]

    worded = {path.stem for path in folder.glob("*.toml") if path.stem != "messages" and path.stem[0] != "_"}

    assert {path.stem for path in members(folder)} == worded


def catalogue_codes() -> set[str]:
    """Every finding code that has words: tables named in capitals, in the TOML files beside the code."""
    catalogues = [
        path for path in PACKAGE.rglob("*.toml") if not path.is_relative_to(PACKAGE / "kits" / "builtin")
    ]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in catalogues]
    return {
        code for table in tables for code, entry in table.items() if CODE.fullmatch(code) and "text" in entry
    }


def strings_in_code() -> Iterator[str]:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def finding_codes(path: Path) -> Iterator[str]:
    """The codes that a module passes to `….finding("CODE", …)`."""
    for node in ast.walk(tree(path)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "finding"
        ):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def test_each_finding_made_has_words():
    """No code reaches a person as a bare code."""
    made = {code for path in MODULES for code in finding_codes(path)}

    assert set() == made - catalogue_codes()


def test_each_message_is_used():
    """A message that no code can raise is only in the way."""
    assert set() == catalogue_codes() - set(strings_in_code())
