"""No use case replaces a file that somebody else made or edited: one policy, tried on every output."""

from __future__ import annotations

import inspect
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from officeflow import flow
from officeflow.cli import main
from officeflow.flow.answers import Result
from officeflow.flow.destination import destinations, put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import sidecar_of
from tests.support.documents import DOCUMENT, WORKBOOK
from tests.support.documents import desk as put_desk
from tests.support.docx import docx, p

VALUES = '{"名称": "甲"}'
OUTPUTS: dict[str, Callable[[Path], tuple[str, dict[str, object], Path]]] = {
    "report": lambda d: ("report", {"file": d / WORKBOOK, "folder": d / "出"}, d / "出"),
    "report sources": lambda d: (
        "report",
        {"file": d / WORKBOOK, "folder": d / "出", "sources": True},
        d / "出",
    ),
    "render": lambda d: (
        "render",
        {"template": d / "模板.docx", "values": d / "值.json"},
        d / "值_成文.docx",
    ),
    "trace html": lambda d: ("trace", {"document": d / DOCUMENT, "html": d / "页.html"}, d / "页.html"),
    "trace docx": lambda d: ("trace", {"document": d / DOCUMENT, "docx": d / "表.docx"}, d / "表.docx"),
    "check": lambda d: ("check", {"files": [d / WORKBOOK], "mark": True}, d / "台账_核对.xlsx"),
    "repair": lambda d: ("repair", {"file": d / WORKBOOK}, d / "台账_修复.xlsx"),
    "template check": lambda d: (
        "template check",
        {"file": d / "错.docx", "comments": True},
        d / "错_检查.docx",
    ),
    "template fields": lambda d: (
        "template fields",
        {"kit": "community-posts", "output": d / "清单.docx"},
        d / "清单.docx",
    ),
    "template edit": lambda d: ("template edit", {"report": "简报"}, d / "kits"),
    "new": lambda d: ("new", {"kit": "community-posts", "output": d / "空.xlsx"}, d / "空.xlsx"),
    "sample": lambda d: ("sample", {"kit": "community-posts", "output": d / "样.xlsx"}, d / "样.xlsx"),
    "next": lambda d: ("next", {"file": d / WORKBOOK, "output": d / "下.xlsx"}, d / "下.xlsx"),
    "migrate": lambda d: ("migrate", {"file": d / WORKBOOK, "output": d / "新.xlsx"}, d / "新.xlsx"),
    "merge": lambda d: (
        "merge",
        {"first": d / WORKBOOK, "second": d / WORKBOOK, "output": d / "合.xlsx"},
        d / "合.xlsx",
    ),
    "refresh": lambda d: (
        "refresh",
        {"document": d / DOCUMENT, "file": d / WORKBOOK, "output": d / "更.docx"},
        d / "更.docx",
    ),
    "rebind": lambda d: ("rebind", {"returned": d / "返.docx", "ours": d / DOCUMENT}, d / "返_回流.docx"),
    "compare": lambda d: (
        "compare",
        {"first": d / "模板.docx", "second": d / "错.docx"},
        d / "错_花脸稿.docx",
    ),
    "compare list": lambda d: (
        "compare",
        {"first": d / "模板.docx", "second": d / "错.docx"},
        d / "错_改动清单.docx",
    ),
    "seal": lambda d: ("seal", {"file": d / DOCUMENT}, d / "简报_定稿.docx"),
    "seal sidecar": lambda d: (
        "seal",
        {"file": d / DOCUMENT, "sidecar": True},
        sidecar_of(d / "简报_定稿.docx"),
    ),
    "kit build": lambda d: ("kit build", {"kits": ["community-posts"], "folder": d / "造"}, d / "造"),
}
ELSEWHERE = {
    "check list": "a workbook that cannot be marked: tests/unit/flow/test_marking.py",
    "report pdf": "needs LibreOffice: tests/unit/flow/test_report.py",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put_desk(tmp_path)
    (tmp_path / "返.docx").write_bytes((tmp_path / DOCUMENT).read_bytes())
    (tmp_path / "模板.docx").write_bytes(docx(p("甲是{{ 名称 }}。")))
    (tmp_path / "错.docx").write_bytes(docx(p("甲乙是{{ 名称 。")))
    (tmp_path / "值.json").write_text(VALUES, encoding="utf-8")
    return tmp_path


def run(output: str, folder: Path) -> tuple[Result, list[Path]]:
    """Run the use case of an output; return its result and the files of that output."""
    name, arguments, target = OUTPUTS[output](folder)
    desk = replace(Desk.here(), own_folder=folder / "kits", kit_folders=(folder / "kits",))
    result = flow.run(desk, name, arguments)
    paths = sorted(target.rglob("*")) if target.is_dir() else [target]
    paths = [path for path in paths if path.is_file() and path.suffix in {".docx", ".xlsx", ".html", ".json"}]
    if output.startswith("report"):
        paths = [path for path in paths if ("数据来源表" in path.name) == (output == "report sources")]
    return result, paths


def saved_again(content: bytes) -> bytes:
    """A package as another program writes it: the same parts, otherwise packed, one of them changed."""
    if not content.startswith(b"PK"):
        return content.replace("。".encode(), "！".encode(), 1) + b" "
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            data = data.replace(b"</w:body>", b"<w:p/></w:body>") if name == "word/document.xml" else data
            # Every office program writes the styles of a workbook in its own way.
            data += b"<!-- -->" if name == "xl/styles.xml" else b""
            new.writestr(name, data)
    return buffer.getvalue()


def test_every_output_is_tried():
    """The table of policies and this page agree."""
    assert set(destinations()) == {*OUTPUTS, *ELSEWHERE}


@pytest.mark.parametrize("output", OUTPUTS)
def test_what_somebody_edited_is_still_there(folder: Path, output: str):
    """Run, edit the output, run again: the edit is not lost."""
    _, paths = run(output, folder)
    assert paths
    edited = saved_again(paths[0].read_bytes())
    paths[0].write_bytes(edited)
    run(output, folder)

    assert edited == paths[0].read_bytes()


@pytest.mark.parametrize("output", OUTPUTS)
def test_what_somebody_else_made_is_untouched(folder: Path, output: str):
    """A file at the target that we did not write stays, and the person is told: by a finding or by another name."""
    _, paths = run(output, folder)
    paths[0].write_bytes(b"somebody else's")
    result, _ = run(output, folder)
    files = getattr(result.answer, "files", ()) or getattr(result.answer, "marked", ())

    assert b"somebody else's" == paths[0].read_bytes()
    assert [each for each in result.findings if each.severity != "hint"] or str(paths[0]) not in files


@pytest.mark.parametrize("output", [name for name in OUTPUTS if destinations()[name].judge != "never"])
def test_what_nobody_touched_is_where_it_was(folder: Path, output: str):
    """Run twice: no second file appears but where a first one is never replaced."""
    _, first = run(output, folder)
    before = sorted(folder.rglob("*"))
    run(output, folder)
    added = [path.name for path in sorted(folder.rglob("*")) if path not in before]

    assert first
    assert added in ([], ["简报_定稿(2).docx", "简报_定稿(2).figures.json"], ["台账_修复(2).xlsx"])


def test_a_target_that_cannot_be_written_is_exit_3(folder: Path, capsys: pytest.CaptureFixture[str]):
    """A file where a folder is needed: said as the machine's trouble, with the name."""
    (folder / "占").write_bytes(b"")
    code = main(["new", "community-posts", "-o", str(folder / "占" / "空.xlsx")])

    assert 3 == code
    assert "占" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx"])
def test_a_signed_file_knows_that_nobody_changed_it(tmp_path: Path, suffix: str):
    """New content goes where the old one was; one byte typed into it, and a name beside is taken."""
    contents = [docx(p(text)) if suffix == ".docx" else f"%PDF-1.7 {text}".encode() for text in "甲乙丙"]
    target = tmp_path / f"名称{suffix}"
    first, second = (put("template check", content, target, is_named=False) for content in contents[:2])
    target.write_bytes(target.read_bytes().replace(b"sha256:", b"sha256: "))
    third = put("template check", contents[2], target, is_named=False)

    assert (target, target) == (first.value, second.value)
    assert tmp_path / f"名称(2){suffix}" == third.value


def test_a_signed_document_opens(tmp_path: Path):
    """The digest stands in the comment of the archive, which readers pass over."""
    put("template check", docx(p("甲")), tmp_path / "名称.docx", is_named=False)

    with zipfile.ZipFile(tmp_path / "名称.docx") as archive:
        assert archive.comment.startswith(b"officeflow-sha256:")
        assert archive.testzip() is None


def test_no_use_case_writes_by_itself():
    """`write_file` and `write_beside` are called by the policy alone, and for settings and notes of our own."""
    import officeflow.flow as package

    home = Path(inspect.getfile(package)).parent
    writers = {path.name for path in home.glob("*.py") if "write_file(" in path.read_text("utf-8")}
    writers |= {path.name for path in home.glob("*.py") if "write_beside(" in path.read_text("utf-8")}

    assert {"destination.py", "settings.py", "_own_template.py"} == writers
