"""The LibreOffice that the tests share: one that dies is replaced, one that fails says why."""

import os
import signal
from pathlib import Path

import pytest

from tests.support import uno_office
from tests.support.docx import docx, p, texts
from tests.support.office import convert

pytestmark = pytest.mark.office("soffice")


def test_a_dead_office_is_replaced(tmp_path: Path):
    """Killed between two jobs, with everything it started: the next job has another one."""
    source = tmp_path / "文稿.docx"
    source.write_bytes(docx(p("一二三")))
    convert(source, "odt", tmp_path / "一")
    (office,) = uno_office._running
    os.killpg(office.pid, signal.SIGKILL)

    saved = convert(tmp_path / "一" / "文稿.odt", "docx", tmp_path / "二")

    assert ["一二三"] == [text for text in texts(saved.read_bytes()) if text]
    assert [office] != uno_office._running


def test_what_cannot_be_converted_says_why(tmp_path: Path):
    """The test that asked fails with LibreOffice's reason; the office goes on."""
    with pytest.raises(AssertionError, match=r"missing\.docx"):
        convert(tmp_path / "missing.docx", "pdf", tmp_path)
