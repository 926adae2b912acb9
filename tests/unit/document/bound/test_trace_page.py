"""The page that shows where numbers come from: whole, closed, the same each time; clicks are proved in tests/browser."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from officeflow.document.bound.page_text import Grid, TextLine, page_text
from officeflow.document.bound.trace_page import trace_page
from officeflow.flow import trace
from officeflow.flow.trace import tracer_of
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document
from tests.support.bound import opened
from tests.support.documents import desk
from tests.support.docx import docx, p, table, texts
from tests.support.word_edits import edited, lose_mark, overtype

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
_FETCHES = {"src", "srcset", "action", "poster", "data", "background"}


class Page(HTMLParser):
    """What a page is made of: tags with attributes, the text of each paragraph on the left, ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.left: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        if tag == "p" and "article" in self._open:
            self.left.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if {"p", "article"} <= set(self._open) and not {"sup", "span"} & set(self._open[-1:]):
            self.left[-1] += data

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]


def written(document: Path) -> str:
    """The page about a document, its workbook beside it."""
    bound = read_document(document).value
    assert bound is not None
    tracer = tracer_of(Desk.here(), bound, document, ())
    return trace_page(bound, tracer.trace(), tracer.mask)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(desk(tmp_path_factory.mktemp("desk")))


def test_the_page_says_the_document_word_for_word(page: str, tmp_path: Path) -> None:
    """Left stands what the document says, paragraph by paragraph, nothing more and nothing less."""
    said = [text.replace("→", "\t") for text in texts(desk(tmp_path).read_bytes()) if text.strip()]

    assert said == [line for line in Page(page).left if "— " not in line][: len(said)]


def test_the_page_asks_for_nothing_outside(page: str) -> None:
    """No address but its own places, no handler or style in a tag, and its policy forbids all else."""
    parsed = Page(page)
    links = {attributes["href"] for _, attributes in parsed.tags if "href" in attributes}
    named = {name for _, attributes in parsed.tags for name in attributes}

    assert {"#"} == {(link or "")[:1] for link in links}
    assert set() == named & _FETCHES
    assert [] == [name for name in named if name.startswith("on") or name == "style"]
    assert "default-src 'none'" in page
    assert "://" not in re.sub(r"<!--.*?-->", "", page)


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_allows_the_pages_own_parts(tag: str, page: str) -> None:
    """The digest in the policy is that of what stands between the tags."""
    (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)

    assert f"{tag}-src 'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in page


def test_the_page_speaks_to_browsers_of_2016(page: str) -> None:
    """Chromium 49 lives on in offices: nothing newer in style or script."""
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)

    assert [] == re.findall(
        r"var\(--|display: grid|\bgap:|position: sticky|inset:|:is\(|:where\(|:focus-visible|clamp\(", style
    )
    assert [] == re.findall(r"=>|`|\blet\b|\bconst\b|\bclass \w|\?\.|\.\.\.|async|\?\?", script)


def test_every_figure_has_a_place_in_the_text_and_a_panel(page: str) -> None:
    """Each id once; each link leads somewhere."""
    parsed = Page(page)
    ids = parsed.ids()
    targets = {(attributes["href"] or "")[1:] for tag, attributes in parsed.tags if tag == "a"}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {f"{kind}{number}" for kind in "tf" for number in range(1, 70)} <= set(ids)


def test_the_same_document_gives_the_same_page(page: str, tmp_path: Path) -> None:
    """Neither clock nor path nor the order of a set is in it."""
    again = written(desk(tmp_path))

    assert page == again
    assert str(tmp_path) not in again


def test_states_are_said_in_words(tmp_path: Path) -> None:
    """A printout in black and white says as much as the screen."""
    document = desk(tmp_path)
    for edit in (overtype("捐衣物", "近250件"), overtype("捐书籍", "约838册"), overtype("服务人次", "")):
        document.write_bytes(edited(document.read_bytes(), edit))
    html = written(document)

    assert "共69个：和出稿时一样66个，改了说法1个，被人改过1个，被人删掉1个" in html
    assert re.search(r">近250件</a><span[^>]*>被人改过</span>", html)
    assert re.search(r'class="gone">.*23人次</a>', html, re.DOTALL)


def test_text_of_a_document_is_text_and_nothing_else(tmp_path: Path) -> None:
    """What looks like HTML, a tag of ours or a script in a document stays words."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("<script>alert(1)</script>&amp;捐款{{ 捐款 }}<b>")))
    html = written(desk(tmp_path, template))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;捐款" in html
    assert 1 == html.count("<script>")


def test_a_figure_inside_another_keeps_its_own_words(tmp_path: Path) -> None:
    """按语 holds 会议日期: no link stands inside a link, and no word is lost."""
    part = page_text(opened(desk(tmp_path).read_bytes()))[0]
    line = next(
        block
        for block in part.blocks
        if isinstance(block, TextLine) and block.segments[0].text.startswith("按语")
    )
    marks = [segment.mark for segment in line.segments]

    assert "5月30日" in [segment.text for segment in line.segments]
    assert marks[1] == marks[3] != marks[2]
    assert [True, True, False] == [segment.is_first for segment in line.segments[1:4]]


def test_tables_stay_tables(tmp_path: Path) -> None:
    """Row by row, cell by cell, with the figures in them."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("甲") + table(("社区", "捐款"), ("河北", "{{ 捐款 }}")) + p("乙")))
    bound = opened(desk(tmp_path, template).read_bytes())
    before, grid, after = page_text(bound)[0].blocks

    assert isinstance(grid, Grid)
    assert [["社区", "捐款"], ["河北", "1.6万元"]] == [
        ["".join(segment.text for line in cell for segment in line.segments) for cell in row]
        for row in grid.rows
    ]
    assert isinstance(before, TextLine)
    assert isinstance(after, TextLine)


def test_titles_and_headings_look_like_it(tmp_path: Path) -> None:
    """Style and paragraph say it; the page repeats it."""
    blocks = page_text(opened(desk(tmp_path).read_bytes()))[0].blocks
    looks: dict[str, Any] = {
        block.segments[0].text[:4]: set(block.looks) for block in blocks if isinstance(block, TextLine)
    }

    assert {"title", "center", "red"} == looks["简报"]
    assert {"heading", "indent"} == looks["一、摸底"]
    assert {"indent"} == looks["设什么岗"]


def test_parts_beside_the_body_have_their_names(tmp_path: Path) -> None:
    """A figure in a header is found under 页眉."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("捐款{{ 捐款 }}"), header=p("第{{ 期号|数 }}期")))
    parts = page_text(opened(desk(tmp_path, template).read_bytes()))

    assert ["正文", "页眉"] == [part.name for part in parts]
    assert '<h2 class="part">页眉</h2>' in written(tmp_path / "简报.docx")


def test_a_figure_found_by_its_words_stands_in_its_place(tmp_path: Path) -> None:
    """The bookmark is gone; the link is not."""
    document = desk(tmp_path)
    document.write_bytes(edited(document.read_bytes(), lose_mark("捐衣物")))

    assert re.search(
        r'捐助衣物<span class="keep"><a class="fig num s-untouched"[^>]*>248件</a>', written(document)
    )


def test_the_page_is_written_where_one_says(tmp_path: Path) -> None:
    """`trace --html FILE`: folders on the way are made, the file is named in the answer."""
    target = tmp_path / "网页" / "来历.html"
    result = trace.run(Desk.here(), document=desk(tmp_path), html=target)

    assert (str(target),) == result.answer.files  # type: ignore[attr-defined]
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
