"""Layers, homes of libraries, cycles, and what a click has to load."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import grimp
import pytest

from tests.support.shell import environment
from tests.support.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = {
    "chinese_calendar",
    "openpyxl",
    "docx",
    "docxtpl",
    "jinja2",
    "markdown_it",
    "lxml",
    "xlrd",
    "xlwings",
    "pyspark",
}
IMPORT_NAMES = {
    "chinesecalendar": "chinese_calendar",
    "python-docx": "docx",
    "markdown-it-py": "markdown_it",
    "python-calamine": "python_calamine",
}
OPTIONAL = {"xlwings", "pyspark", "psycopg"}
"""Libraries of the extras; used where they are installed."""
TAKEN_UP = {"defusedxml"}
"""Never imported by us; openpyxl parses with it where it is installed (openpyxl/xml/functions.py)."""
PARTS = {"markupsafe", "pydantic_core"}
"""Halves of jinja2 and pydantic that are published under names of their own."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "officeflow", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def test_contracts_hold(tmp_path: Path):
    """Imports go downwards only and every library stays in its home (contracts in pyproject.toml)."""
    done = subprocess.run(
        ["lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=environment(tmp_path),
    )

    assert done.returncode == 0, done.stdout


def test_modules_import_without_cycle(graph: grimp.ImportGraph):
    """Any module can be read after the modules it imports."""
    order = TopologicalSorter(
        {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    )

    order.prepare()  # raises CycleError, naming the cycle


def test_model_rests_on_nothing_else(graph: grimp.ImportGraph):
    """The values need the standard library alone: their types are checked where a file comes in."""
    used = {
        imported
        for module in graph.modules
        if f"{module}.".startswith("officeflow.model.")
        for imported in graph.find_modules_directly_imported_by(module)
        if not imported.startswith("officeflow.")
    }

    assert set() == used - sys.stdlib_module_names


def test_dependencies_are_those_imported(graph: grimp.ImportGraph):
    """What the code imports is declared, and nothing is declared that nobody imports."""
    outside = {module for module in graph.modules if not f"{module}.".startswith("officeflow.")}

    assert set(declared()) - TAKEN_UP == outside - sys.stdlib_module_names - OPTIONAL - PARTS


def declared() -> Iterator[str]:
    for requirement in PROJECT["dependencies"]:
        name = re.split(r"[<>=!~\[; ]", requirement)[0].lower()
        yield IMPORT_NAMES.get(name, name)


@pytest.mark.parametrize("script", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.name)
def test_benchmarks_measure_what_there_is(script: Path):
    """What a benchmark imports of us exists: benchmarks run seldom and would rot unseen."""
    named = [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("officeflow", "tests"))
        for alias in node.names
    ]

    assert [] == [(module, name) for module, name in named if not exists(module, name)]


def exists(module: str, name: str) -> bool:
    if find_spec(module) is None:
        return False
    return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None


def test_command_line_starts_light():
    """Showing the command line loads no library that reads or writes documents."""
    script = "import sys, officeflow.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert set() == HEAVY & set(done.stdout.split())


def test_a_second_click_loads_no_more_than_it_uses(tmp_path: Path):
    """Neither pydantic nor a library that builds, no network, and nothing that compiles a template: it was kept."""
    script = "import sys; from officeflow.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    book = str(tmp_path / "样例.xlsx")

    def loaded(*arguments: str) -> set[str]:
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, capture_output=True, check=True, env=environment(tmp_path))
        return set(done.stderr.decode().splitlines()[-1].split())

    loaded("sample", "community-posts", "-o", book)
    report = ("report", book, "-o", str(tmp_path / "成文"), "--json")
    needless = {"pydantic", "email", "http", "ssl", "urllib.request", "subprocess"} | (
        HEAVY - {"jinja2", "lxml"}
    )
    compiling = {f"officeflow.document.templates.{one}" for one in ("compiling", "writing", "lift")}

    assert compiling <= loaded(*report)
    assert set() == (needless | compiling) & loaded(*report)
    assert set() == (needless | compiling | {"jinja2"}) & loaded("check", book, "--json")
