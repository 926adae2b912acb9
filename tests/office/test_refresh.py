"""What writers do to a bulletin in a word processor, through LibreOffice itself, and what verify and refresh then say."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.refreshing import Refreshing
from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from officeflow.flow import refresh, verify
from officeflow.flow.answers import Result
from officeflow.intake.desk import Desk
from tests.support import writer_edits
from tests.support.docx import texts
from tests.support.everywhere import WAYS, everywhere, saved
from tests.support.figures import ORIGIN, STANDARD, by_id, figure
from tests.support.issues import MOVED, bulletin, corrected
from tests.support.office import convert, read_pages, to_pdf
from tests.support.uno_office import run_job

pytestmark = pytest.mark.office("soffice")

KEPT: dict[str, dict[str, tuple[str, str]]] = {
    "untouched": {},
    "paragraph": {},
    "bold": {},
    "overtype": {"捐款": ("overtyped", "1.8万余元")},
    "hedge": {"捐书籍": ("reworded", "约838册")},
    "lose": {},
    "lose_and_type": {"捐款": ("overtyped", "近2万元")},
    "move": {},
    "copy": {},
    "comment": {},
    "tracked": {"捐款": ("overtyped", "1.8万余元")},
    "accepted": {"捐款": ("overtyped", "1.8万余元")},
    "rejected": {},
}
"""Edit → what is left as it stands: figure → state and text."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's bulletin after each edit, and the workbooks."""
    folder = tmp_path_factory.mktemp("written")
    shutil.copy(bulletin(folder), folder / "简报.docx")
    corrected(folder)
    marks: dict[str, str] = {}
    record = read_record((folder / "简报.docx").read_bytes())
    assert record is not None
    for name, bound in record.figures.items():
        marks.setdefault(bound.id, name)
    (folder / "marks.json").write_text(json.dumps(marks), encoding="utf-8")
    run_job("writer_edits", folder / "简报.docx", folder, folder / "marks.json")
    return folder


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.code != "NOT_LISTED"]


def moves(result: Result) -> dict[str, tuple[str, str]]:
    return {one.id: (one.from_, one.to) for one in result.answer.changes}


def kept(result: Result) -> dict[str, tuple[str, str]]:
    return {one.id: (one.state, one.now) for one in result.answer.kept}


def states(result: Result) -> dict[str, str]:
    return {one.id: one.state for one in result.answer.figures if one.state != "same"}


def test_every_edit_is_expected() -> None:
    """No edit without an expectation."""
    assert set(KEPT) == {edit.__name__ for edit in writer_edits.EDITS}


@pytest.mark.parametrize("edit", KEPT)
def test_exactly_the_untouched_figures_move(edit: str, desk: Path, tmp_path: Path) -> None:
    """Each edit is told as it is; saved by LibreOffice once more the document is verified and moved back."""
    target = tmp_path / "更新.docx"
    result = refresh.run(
        Desk.here(), document=desk / f"{edit}.docx", file=desk / "改过的表.xlsx", output=target
    )
    expected = {name: text for name, text in MOVED.items() if name not in KEPT[edit]}

    assert (expected, KEPT[edit]) == (moves(result), kept(result))
    assert ("FIGURE_COPIED" in codes(result)) == (edit == "copy")
    (tmp_path / "再存").mkdir()
    saved = convert(target, "docx", tmp_path / "再存")
    verdict = verify.run(Desk.here(), document=saved, file=desk / "改过的表.xlsx")
    assert {name: state for name, (state, _) in KEPT[edit].items()} == states(verdict)
    back = refresh.run(Desk.here(), document=saved, file=desk / "表.xlsx", output=tmp_path / "回.docx")
    assert {name: (new, old) for name, (old, new) in expected.items()} == moves(back)
    assert (
        verify.run(Desk.here(), document=desk / f"{edit}.docx", file=desk / "表.xlsx").answer.figures[0].state
        == "same"
    )


@pytest.mark.parametrize(
    ("edit", "words"), [("paragraph", "另有党员12名自发参加。"), ("comment", "这个数再核一下")]
)
def test_what_a_person_added_is_still_there(edit: str, words: str, desk: Path, tmp_path: Path) -> None:
    """The writer's paragraph and the section chief's remark."""
    target = tmp_path / "更新.docx"
    refresh.run(Desk.here(), document=desk / f"{edit}.docx", file=desk / "改过的表.xlsx", output=target)
    part = "word/comments.xml" if edit == "comment" else "word/document.xml"

    assert words in "".join(texts(target.read_bytes(), part))


def test_tracked_moves_are_shown_by_the_office(desk: Path, tmp_path: Path) -> None:
    """LibreOffice prints old and new number of each move, and 1.72万元 with the struck 1.6万元 before it."""
    target = tmp_path / "修订.docx"
    options: dict[str, Any] = {"output": target, "tracked": True}
    refresh.run(Desk.here(), document=desk / "简报.docx", file=desk / "改过的表.xlsx", **options)
    shown = "".join("".join(page.text.split()) for page in read_pages(to_pdf(target, tmp_path)))

    assert "248256件" in shown
    assert "1.61.72万元" in shown


@pytest.mark.parametrize("way", [(), *WAYS], ids=lambda way: "-".join(way) or "unsaved")
def test_figures_move_wherever_they_stand(way: tuple[str, ...], tmp_path: Path) -> None:
    """Body, loop, table, header, footer, footnote, text box, frame, a clerk's text: after any way through LibreOffice."""
    figures = {**STANDARD, **by_id((figure("捐款", 9800, "元", row=8), figure("党员数", 41, "名", row=9)))}
    composed = compose(everywhere(), STANDARD, origins=(ORIGIN,)).value
    assert composed is not None
    found = read_bound(saved(composed.document, way, tmp_path)).value
    assert found is not None
    moved = Refreshing(found, judge_all(found, figures), ORIGIN).run()
    later = read_bound(found.written(found.record)).value
    assert later is not None

    assert 8 == len(moved)
    assert [] == [
        (one.stretch.bound.id, one.stretch.text)
        for one in judge_all(later, figures)
        if one.agreement is not Agreement.SAME
    ]
    words = "".join(paragraph.text for text in later.texts for paragraph in text.paragraphs)
    assert "1.6万元" not in words
    assert not re.search("(?<![0-9])39", words)
