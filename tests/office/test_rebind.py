"""What came back through LibreOffice, and 花脸稿 accepted and rejected in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.document.bound.document import read_bound
from officeflow.flow import compare, rebind
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from tests.support import office
from tests.support.documents import DOCUMENT, desk
from tests.support.docx import docx, p, table, texts
from tests.support.uno_office import run_job

pytestmark = pytest.mark.office("soffice")

STORY = "帮社区办起爱心超市，捐助书籍{}册，居民就近能取到。"
PAIRS = {
    "words": (p("共捐衣物248件，书籍838册。") + p("末段。"), p("共捐衣物256件，图书838册。") + p("末段。")),
    "paragraphs": (
        p("一") + p("这一段后来删去了。") + p("三") + p("四"),
        p("一") + p("三") + p("另外加了一段。") + p("四"),
    ),
    "last paragraph": (p("一") + p("二"), p("一")),
    "another last paragraph": (p("一"), p("一") + p("二") + p("三")),
    "all": (p("原来的一段话。"), p("完全是另写的。") + p("还有一段。")),
    "moved": (p("一") + p(STORY.format(838)) + p("三"), p("一") + p("三") + p(STORY.format(840)) + p("四")),
    "rows": (
        p("表") + table(("社区", "件数"), ("三家子", "12"), ("小市", "8")) + p("末"),
        p("表") + table(("社区", "件数"), ("草河", "3"), ("三家子", "15")) + p("末"),
    ),
    "columns": (
        p("表") + table(("甲", "1"), ("乙", "2")) + p("末"),
        p("表") + table(("甲", "1", "3"), ("乙", "2", "4")) + p("末"),
    ),
    "cells": (
        p("表") + table((p("一") + p("二"), "甲"), ("乙", "丙")) + p("末"),
        p("表") + table((p("一"), p("甲") + p("丁")), ("乙", "丙")) + p("末"),
    ),
    "split": (p("一二三四，五六七八。") + p("末"), p("一二三四，") + p("五六八。") + p("末")),
    "joined": (p("一二三四，") + p("五六七八。") + p("末"), p("一二四，五六七八。") + p("末")),
    "tabs": (p("甲\t乙 丙"), p("甲 乙\t丙丁")),
}


def said(document: Path) -> list[str]:
    """The words of a document's paragraphs, blank ones and blanks left out."""
    return [
        words for text in texts(document.read_bytes()) if (words := "".join(text.replace("→", " ").split()))
    ]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both documents of each pair, and the 花脸稿 accepted and rejected."""
    folder = tmp_path_factory.mktemp("settled")
    marked = []
    for name, bodies in PAIRS.items():
        ours, theirs = (folder / f"{name}.{side}.docx" for side in ("ours", "theirs"))
        for path, body in zip((ours, theirs), bodies, strict=True):
            path.write_bytes(docx(body))
        assert compare.run(
            Desk.here(), first=ours, second=theirs, output=folder / f"{name}.docx"
        ).answer.files
        marked.append(folder / f"{name}.docx")
    run_job("settle_changes", folder, *marked)
    return folder


@pytest.mark.parametrize("name", PAIRS)
def test_writer_gives_both_texts(name: str, settled: Path):
    """All accepted in LibreOffice is the second document, all rejected the first."""
    assert said(settled / f"{name}.theirs.docx") == said(settled / f"{name}.accepted.docx")
    assert said(settled / f"{name}.ours.docx") == said(settled / f"{name}.rejected.docx")


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_other_formats_are_bound_again(kind: str, tmp_path: Path):
    """Saved as .doc, .odt or .rtf and sent back: every figure is bound, nothing was changed."""
    ours = desk(tmp_path)
    returned = office.convert(ours, kind, tmp_path)
    result = rebind.run(Desk.here(), returned=returned, ours=ours)
    again = read_bound(Path(result.answer.path).read_bytes()).value

    assert (Exit.DONE, ["CONVERTED"]) == (result.code, [finding.code for finding in result.findings])
    assert ((), (), ()) == (result.answer.words, result.answer.numbers, result.answer.lost)
    assert again is not None
    assert [one.bound.text for one in again.figures] == [one.text for one in again.figures]


def test_plain_text_of_libreoffice_is_bound_again(tmp_path: Path):
    """The text that LibreOffice writes leaves out frames (报尾): those figures are lost and named, all others are bound."""
    ours = desk(tmp_path)
    returned = office.convert(ours, "txt", tmp_path)
    result = rebind.run(Desk.here(), returned=returned, ours=ours)

    assert {"报尾名单", "共印份数"} == {one.name for one in result.answer.lost}
    assert () == result.answer.numbers
    assert DOCUMENT.removesuffix(".docx") in result.answer.path
