"""docs/commands.md and docs/kinds.md are written from the code: nothing is missing, nothing is stale."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from officeflow.flow import Argument, UseCase, use_cases
from tests.support.golden import Golden
from tests.support.source import FAMILIES, ROOT, members, module_docstring, tree

DOCS = ROOT / "docs"
HOW_MADE = "<!-- Written by `pytest tests/docs --update-golden` from the code; do not edit. -->\n"


def test_commands_are_documented(golden: Golden):
    """docs/commands.md lists every command and argument in the words of the command line."""
    sections = [command(use_case) for use_case in use_cases().values()]

    golden.check(DOCS / "commands.md", "\n".join(["# 命令", "", HOW_MADE, *sections]))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readme_leads_to_every_command(name: str):
    """Both READMEs link to the page of all commands."""
    assert "(docs/commands.md)" in (ROOT / name).read_text(encoding="utf-8")


def command(use_case: UseCase) -> str:
    """Return one command as Markdown: a title line as it is typed, its help, its arguments."""
    typed = " ".join(["officeflow", use_case.name, *map(usage, use_case.arguments)])
    rows = [f"- `{usage(argument)}` {argument.help}" for argument in use_case.arguments]
    return "\n".join([f"## `{typed}`", "", f"{use_case.help}。", "", *rows, *[""][: len(rows)]])


def usage(argument: Argument) -> str:
    """Return an argument as it is typed; brackets round what may be left out."""
    name = (argument.metavar or argument.name) + ("…" if argument.many else "")
    if not argument.flags:
        return f"[{name}]" if argument.optional else name
    typed = argument.flags[0] if argument.kind == "flag" else f"{argument.flags[0]} {name}"
    return typed if argument.required else f"[{typed}]"


def test_kinds_and_formats_are_documented(golden: Golden):
    """docs/kinds.md has every figure kind, check kind and slot format with its docstring."""
    titles = {"figures": "Figures", "checks": "Checks", "formats": "Slot formats"}
    parts = [part for family, title in titles.items() for part in family_of(title, FAMILIES[family])]

    golden.check(DOCS / "kinds.md", "\n".join(["# What a kit can use", "", HOW_MADE, *parts]))


def family_of(title: str, folder: Path) -> Iterator[str]:
    """Yield a family as Markdown: one section per member, named as a kit names it."""
    yield f"## {title}\n"
    for path in members(folder):
        yield f"### `{kit_name(path)}`\n\n{module_docstring(path)}\n"


def kit_name(path: Path) -> str:
    """Return what a kit or template calls the member: the module's `NAME`, otherwise its file name."""
    for node in tree(path).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "NAME" and isinstance(value, ast.Constant):
            return str(value.value)
    return path.stem
