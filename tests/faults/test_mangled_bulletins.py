"""Bulletins whose XML was mangled at random: refresh never fails, loses no figure that agreed, and what it moves agrees."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.agreement_findings import AgreementReport
from officeflow.document.bound.refreshing import Refreshing
from officeflow.document.wml.tracking import Tracker
from officeflow.intake.workbooks import Reading
from officeflow.model.document import Origin
from tests.support.bound import opened
from tests.support.filled import reading
from tests.support.issues import bulletin, corrected, next_period
from tests.support.word_edits import edited, run, w

WORDS = ("", "9", "约", "1.6万元", "39名", "\n")
MARKS = (w("bookmarkStart"), w("bookmarkEnd"), w("r"))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return bulletin(tmp_path_factory.mktemp("mangled")).read_bytes()


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[Reading]:
    folder: Path = tmp_path_factory.mktemp("books")
    return [reading(corrected(folder)), reading(next_period(folder))]


def mangle(random: Random):
    """Some of: a node gone, a bookmark or run elsewhere, words changed, a run struck, a paragraph doubled or joined."""

    def edit(root: etree._Element) -> None:
        for _ in range(random.randint(1, 12)):
            node = random.choice([*root.iter(w("p"), w("t"), *MARKS)])
            random.choice((_take_out, _move, _type, _strike, _double, _join))(node, root, random)

    return edit


def _take_out(node, root, random) -> None:
    if node.tag != w("t"):
        node.getparent().remove(node)


def _move(node, root, random) -> None:
    others = [other for other in root.iter(node.tag) if other is not node]
    if node.tag in MARKS and others:
        random.choice(others).addnext(node)


def _type(node, root, random) -> None:
    if node.tag == w("t"):
        node.text = random.choice(WORDS)
    elif node.tag == w("r"):
        node.addprevious(run(random.choice(WORDS)))


def _strike(node, root, random) -> None:
    if node.tag == w("r"):
        change = etree.Element(w("del"), {w("id"): str(random.randint(900, 9999)), w("author"): "科长"})
        node.addprevious(change)
        change.append(node)
        for words in node.iter(w("t")):
            words.tag = w("delText")


def _double(node, root, random) -> None:
    if node.tag == w("p"):
        node.addnext(deepcopy(node))


def _join(node, root, random) -> None:
    behind = node.getnext()
    if node.tag == w("p") and behind is not None and behind.tag == w("p"):
        node.extend([child for child in behind if child.tag != w("pPr")])
        behind.getparent().remove(behind)


@pytest.mark.parametrize("seed", range(120))
def test_mangled_bulletin_is_refreshed(seed: int, document: bytes, readings: list[Reading]):
    """Whatever stands where, every moved figure agrees afterwards and every one that agreed still does."""
    random = Random(seed)  # noqa: S311  the same each time, no secret
    found, book = opened(edited(document, mangle(random))), random.choice(readings)
    figures = {figure.id: figure for figure in book.tally.all()}
    judged = judge_all(found, figures)
    told = AgreementReport(found, judged)
    said = [told.finding(one) for one in judged]
    tracker = Tracker([text.root for text in found.texts]) if seed % 3 == 0 else None
    moved = Refreshing(found, judged, Origin.of(book.submission), tracker=tracker).run()
    after = {one.stretch.name: one for one in judge_all(opened(found.written(found.record)), figures)}

    expected = {one.stretch.name for one in judged if one.agreement is Agreement.SAME}
    expected |= {one.judged.stretch.name for one in moved}
    assert len(judged) == len(said)
    assert [] == [name for name in expected & after.keys() if after[name].agreement is not Agreement.SAME]
