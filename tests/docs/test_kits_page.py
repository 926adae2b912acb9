"""docs/kits.md: the tables are written from the models, and the kit on the page works."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from officeflow.flow import kit_check, report, sample
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.model.findings import Severity
from officeflow.model.kit import FieldType
from tests.support.golden import Golden
from tests.support.source import PACKAGE, ROOT, module_docstring, tree

PAGE = ROOT / "docs" / "kits.md"
MODELS = (PACKAGE / "model" / "kit.py", PACKAGE / "model" / "layout.py")
NOTATION = PACKAGE / "kits" / "_notation.py"
SPREAD = {
    "Kit": ("forms", "checks", "figures", "reports"),
    "Form": ("id", "fields"),
    "Field": ("id",),
    "Rule": ("id",),
    "Report": ("id",),
}
"""Attributes that the notation writes as the names of tables."""
WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "Decimal": "number",
    "bool": "true, false",
    "Scalar": "value",
    "Where": "condition",
    "dict[str, Condition]": "condition",
    "FieldType": " ".join(f"`{name}`" for name in get_args(FieldType)),
    "Severity": " ".join(f"`{severity}`" for severity in Severity),
    "Rule": "rule",
    "Align": "`left` `center` `right`",
}
_TABLE = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FILE = re.compile(r"`visits/([\w./]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)


def test_the_tables_are_those_of_the_models(golden: Golden):
    """Every key that an author may write is on the page, with its default and what it is for."""
    text = PAGE.read_text(encoding="utf-8")

    golden.check(PAGE, _TABLE.sub(lambda found: f"{found[1]}{table(found[2])}{found[3]}", text))


def table(name: str) -> str:
    """Return a model's attributes as a Markdown table; `notation` is the notation's own description."""
    if name == "notation":
        return module_docstring(NOTATION).partition("\n\n")[2].strip() + "\n"
    rows = [f"| `{key}` | {kind} | {default} | {said} |" for key, kind, default, said in attributes(name)]
    return "\n".join(["| key | value | default | |", "|---|---|---|---|", *rows, ""])


def attributes(name: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield key, kind of value, default and docstring of each attribute of a model that an author writes."""
    body = next(
        node.body
        for file in MODELS
        for node in tree(file).body
        if isinstance(node, ast.ClassDef) and node.name == name
    )
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        if node.target.id in SPREAD.get(name, ()):
            continue
        is_said = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        said = " ".join(str(after.value.value).split()) if is_said else ""
        key = node.target.id.rstrip("_")
        yield key, kind_of(node.annotation), default_of(node.value), said.replace("|", "\\|")


def kind_of(annotation: ast.expr) -> str:
    """Return a type in an author's words."""
    text = WORDS.get(ast.unparse(annotation), "")
    if text:
        return text
    match annotation:
        case ast.BinOp(left, ast.BitOr(), right):
            return " or ".join(filter(None, (kind_of(left), kind_of(right))))
        case ast.Subscript(ast.Name("Literal"), values):
            said = values.elts if isinstance(values, ast.Tuple) else [values]
            return " ".join(
                f"`{value.value}`" for value in said if isinstance(value, ast.Constant) and value.value
            )
        case ast.Subscript(ast.Name("tuple" | "list"), ast.Tuple([first, *_])):
            return f"list of {kind_of(first)}"
        case ast.Subscript(ast.Name("tuple" | "list"), first):
            return f"list of {kind_of(first)}"
        case ast.Subscript(ast.Name("dict"), _):
            return "table"
        case ast.Constant(None):
            return ""
    return f"table ({ast.unparse(annotation)})"


def default_of(value: ast.expr | None) -> str:
    """Return a default as the table shows it: nothing for a key that must be written."""
    if value is None:
        return ""
    text = ast.unparse(value)
    if "default_factory" in text or "default={}" in text or text in ("None", "''", "()", "NextPeriod()"):
        return "nothing"
    return {"True": "`true`", "False": "`false`"}.get(text, f"`{text}`")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose own folder holds the kit of the page."""
    files = dict(_FILE.findall(PAGE.read_text(encoding="utf-8")))
    for name, text in files.items():
        file = tmp_path / "kits" / "visits" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "kits"))
    return Desk.here()


def test_the_kit_on_the_page_works(desk: Desk):
    """It is sound, its sample has every figure, and its report is written."""
    checked = kit_check.run(desk, kits=["visits"], figures=True)
    texts = {figure.id: figure.text for figure in checked.answer.figures}
    path = Path(sample.run(desk, kit="visits").answer.files[0])

    assert [] == [finding.message for finding in checked.findings]
    assert ("2次", "21户", "河西村和东山社区") == (texts["走访次数"], texts["走访户数"], texts["走访村"])
    assert report.run(desk, file=path).code is Exit.DONE
