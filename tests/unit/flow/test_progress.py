"""Long use cases say how far they have come, and stop without leaving half a file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from officeflow import flow
from officeflow.cli import main
from officeflow.cli.progress import ProgressLine
from officeflow.intake.desk import Desk
from officeflow.intake.documents import find_sources
from officeflow.intake.progress import CancelledError, Event
from officeflow.model.document import Origin
from officeflow.said.words import progress_line
from tests.support.filled import write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def stopping_at(stage: str, done: int = 0) -> Callable[[Event], None]:
    def tell(event: Event) -> None:
        if (event.stage, event.done) == (stage, done):
            raise CancelledError

    return tell


def test_each_file_of_many_is_told(tmp_path: Path):
    """Before it is waited for, with its number and name."""
    files = [write(tmp_path / f"{number}.xlsx") for number in range(3)]
    events: list[Event] = []
    flow.run(Desk.here(), "check", {"files": files}, tell=events.append)

    assert [(0, 3, "0.xlsx"), (1, 3, "1.xlsx"), (2, 3, "2.xlsx")] == [
        (event.done, event.of, event.name) for event in events
    ]


def test_a_check_can_be_stopped_between_files(tmp_path: Path):
    """The workers end with it."""
    files = [write(tmp_path / f"{number}.xlsx") for number in range(3)]

    with pytest.raises(CancelledError):
        flow.run(Desk.here(), "check", {"files": files}, tell=stopping_at("read", 1))


def test_a_report_that_is_stopped_leaves_nothing_half(tmp_path: Path):
    """No file of ours but the workbook."""
    file = write(tmp_path / "台账.xlsx")
    with pytest.raises(CancelledError):
        flow.run(Desk.here(), "report", {"file": file}, tell=stopping_at("write"))

    assert [file] == list(tmp_path.iterdir())


def test_a_search_for_sources_can_be_stopped(tmp_path: Path):
    """Between two workbooks of a folder."""
    write(tmp_path / "一.xlsx")
    origin = Origin(kit="k", version="1", period="", unit="", digest="0", file="")

    with pytest.raises(CancelledError):
        find_sources(Desk.here(), [origin], [tmp_path], tell=stopping_at("search"))


def test_ctrl_c_is_said_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Pressed while a file is written: exit 3, one sentence, the folder as it was."""

    def pressed(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", pressed)
    code = main(["new", "community-posts", "-o", str(tmp_path / "空表.xlsx")])

    assert 3 == code
    assert "没有留下写了一半的文件" in capsys.readouterr().out
    assert [] == list(tmp_path.iterdir())


def test_the_line_stands_on_a_terminal_and_is_taken_away():
    """The last event is shown, then cleared."""
    stream = Terminal()
    line = ProgressLine(stream, patience_s=0)
    line.tell(Event(stage="read", done=0, of=2, name="一.xlsx"))
    line._timer.join()
    line.tell(Event(stage="read", done=1, of=2, name="二.xlsx"))
    line.end()

    assert ["", "正在读 一.xlsx（1/2）", "正在读 二.xlsx（2/2）", ""] == stream.getvalue().split("\r\x1b[K")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_a_short_command_shows_nothing(stream: io.StringIO):
    """Neither in a file or pipe, nor on a terminal before a second has passed."""
    line = ProgressLine(stream, patience_s=60)
    line.tell(Event(stage="pdf", name="简报.docx"))
    line.end()

    assert "" == stream.getvalue()


def test_a_step_without_number_is_a_name_alone():
    """Nobody counts what is one."""
    assert "正在转成 PDF：简报.docx" == progress_line(Event(stage="pdf", name="简报.docx"))
