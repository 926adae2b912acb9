"""What is said when some reports of a workbook were written and others were not."""

from __future__ import annotations

from officeflow.flow.answers import Exit, ReportAnswer, ReportsAnswer, Result
from officeflow.model.findings import Finding, Severity
from officeflow.said.result import lines

HELD = Finding(code="REQUIRED", severity=Severity.MANDATORY, message="没有填。", remedy="请填。")
WRITTEN = (
    ReportAnswer(report="a", title="通报", path="通报.docx"),
    ReportAnswer(report="b", title="简报", path="简报.docx"),
)
LOST = ReportAnswer(report="c", title="署名文章")


def last(*reports: ReportAnswer) -> str:
    return list(lines("report", Result(ReportsAnswer(reports=reports), (HELD,), Exit.FINDINGS)))[-1]


def test_a_report_that_was_not_written_is_named():
    """Two of three were written: nobody is told that none was."""
    assert "写好了2种文稿；没有写的：署名文章，照上面的问题改好再出。" == last(*WRITTEN, LOST)


def test_none_written_is_said_so():
    """With what to do."""
    assert last(LOST).startswith("没有生成文稿：还有1处")
    assert last().startswith("没有生成文稿：还有1处")


def test_all_written_is_not_called_a_refusal():
    """A 数据来源表 that could not be written is told by its own finding."""
    assert "没有生成文稿" not in last(*WRITTEN)
