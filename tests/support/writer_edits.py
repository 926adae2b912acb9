"""Work a person does in Writer: a job of `tests.support.uno_jobs`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.uno_jobs import do, load, save

WORD = "Office Open XML Text"
Marks = dict[str, str]


def _anchor(text: Any, name: str) -> Any:
    return text.Bookmarks.getByName(name).getAnchor()


def _select(text: Any, name: str) -> Any:
    view = text.CurrentController.ViewCursor
    view.gotoRange(_anchor(text, name), False)
    return view


def untouched(text: Any, marks: Marks) -> None:
    """Opened and saved."""


def paragraph(text: Any, marks: Marks) -> None:
    """A paragraph of the writer's own before the one with the gifts."""
    cursor = text.Text.createTextCursorByRange(_anchor(text, marks["捐衣物"]).Start)
    cursor.gotoStartOfParagraph(False)
    from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

    text.Text.insertString(cursor, "另有党员12名自发参加。", False)
    text.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)


def bold(text: Any, marks: Marks) -> None:
    """The digits of a number bold, its unit not; another number red."""
    cursor = text.Text.createTextCursorByRange(_anchor(text, marks["捐衣物"]).Start)
    cursor.goRight(3, True)
    cursor.CharWeight = cursor.CharWeightAsian = 150.0
    _anchor(text, marks["捐款"]).CharColor = 0xFF0000


def overtype(text: Any, marks: Marks) -> None:
    """A number selected and typed over."""
    _select(text, marks["捐款"]).String = "1.8万余元"


def hedge(text: Any, marks: Marks) -> None:
    """约 typed directly before a number."""
    text.Text.insertString(_anchor(text, marks["捐书籍"]).Start, "约", False)


def lose(text: Any, marks: Marks) -> None:
    """The bookmark of a number taken away."""
    mark = text.Bookmarks.getByName(marks["捐款"])
    mark.getAnchor().Text.removeTextContent(mark)


def lose_and_type(text: Any, marks: Marks) -> None:
    """Another number in place of one, its bookmark gone."""
    cursor = text.Text.createTextCursorByRange(_anchor(text, marks["捐款"]))
    lose(text, marks)
    cursor.String = "近2万元"


def _sentence(text: Any, marks: Marks) -> Any:
    """The words around 捐衣物 from one stop to the next, as a view selects them."""
    cursor = text.Text.createTextCursorByRange(_anchor(text, marks["捐衣物"]).Start)
    cursor.gotoStartOfSentence(False)
    cursor.gotoEndOfSentence(True)
    text.CurrentController.select(cursor)
    return cursor


def move(text: Any, marks: Marks) -> None:
    """A sentence cut and pasted at the end of the paragraph of 党员数."""
    _sentence(text, marks)
    taken = text.CurrentController.getTransferable()
    do(text, "Delete")
    _put_at_end(text, marks["党员数"], taken)


def copy(text: Any, marks: Marks) -> None:
    """The same sentence once more there."""
    _sentence(text, marks)
    _put_at_end(text, marks["党员数"], text.CurrentController.getTransferable())


def _put_at_end(text: Any, name: str, taken: Any) -> None:
    cursor = text.Text.createTextCursorByRange(_anchor(text, name).Start)
    cursor.gotoEndOfParagraph(False)
    text.CurrentController.select(cursor)
    text.CurrentController.insertTransferable(taken)


def comment(text: Any, marks: Marks) -> None:
    """A remark on a number."""
    note = text.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = "科长", "这个数再核一下"
    text.Text.insertTextContent(_anchor(text, marks["捐衣物"]).End, note, False)


def tracked(text: Any, marks: Marks) -> None:
    """A number typed over while changes are tracked."""
    text.RecordChanges = True
    _select(text, marks["捐款"]).String = "1.8万余元"
    text.RecordChanges = False


def accepted(text: Any, marks: Marks) -> None:
    """The same, then accepted."""
    tracked(text, marks)
    do(text, "AcceptAllTrackedChanges")


def rejected(text: Any, marks: Marks) -> None:
    """The same, then rejected."""
    tracked(text, marks)
    do(text, "RejectAllTrackedChanges")


EDITS: tuple[Callable[[Any, Marks], None], ...] = (
    untouched,
    paragraph,
    bold,
    overtype,
    hedge,
    lose,
    lose_and_type,
    move,
    copy,
    comment,
    tracked,
    accepted,
    rejected,
)


def run(desktop: Any, bulletin: str, folder: str, marks: str) -> None:
    """Do every edit on a fresh copy of the bulletin and save it as Word does: `folder`/<edit>.docx.

    `marks` is a JSON file that names the bookmark of each figure that is worked on.
    """
    names = json.loads(Path(marks).read_text(encoding="utf-8"))
    for edit in EDITS:
        text = load(desktop, bulletin)
        edit(text, names)
        save(text, Path(folder, f"{edit.__name__}.docx"), filter_name=WORD)
        text.close(True)
