"""The body of a small bulletin: figures in running text, inside a text, and in a table."""

from __future__ import annotations

from tests.support.docx import p, table

BODY = (
    p("安排进社区在职党员{{ 党员数 }}，捐衣物{{ 捐衣物 }}，共捐款{{ 捐款 }}，帮困难家庭渡过难关。")
    + p("会议{{ 会议日期|月日 }}在{{ 单位 }}召开。")
    + p("按语：{{ 按语 }}")
    + table(["社区", "天数"], ["{{ 帮办['西山']['社区'] }}", "{{ 帮办['西山']['到场天数'] }}"])
)
