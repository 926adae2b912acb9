"""A number of a finished document says where it comes from: by the record inside, and by the workbook where that is at hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from officeflow.cli import main
from officeflow.document.authoring.template import build_template
from officeflow.document.provenance.record import Record, read_record
from officeflow.flow import report, trace
from officeflow.flow.answers import Exit, TraceAnswer
from officeflow.intake.desk import Desk
from officeflow.kits.layout import profile
from officeflow.model.layout import Genre
from officeflow.model.trace import TracedFigure
from tests.support.documents import WORKBOOK, desk
from tests.support.docx import docx, p, table, texts
from tests.support.filled import SOURCE, record, write
from tests.support.office import convert
from tests.support.word_edits import edited, lose_mark, overtype, parts_of, with_part

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")


def traced(document: Path, figure: str | None = None, **asked: Any) -> TraceAnswer:
    """The answer about a document; nothing may be amiss."""
    result = trace.run(Desk.here(), document=document, figure=figure, **asked)

    assert Exit.DONE is result.code, result.findings
    assert isinstance(result.answer, TraceAnswer)
    return result.answer


def one(document: Path, figure: str, **asked: Any) -> TracedFigure:
    (found,) = traced(document, figure, **asked).figures
    return found


def codes(document: Path, figure: str | None = None, **asked: Any) -> tuple[Exit, list[str]]:
    result = trace.run(Desk.here(), document=document, figure=figure, **asked)
    return result.code, [finding.code for finding in result.findings]


def page_of(document: Path) -> str:
    """The page about a document."""
    target = document.with_suffix(".html")
    traced(document, html=target)
    return target.read_text(encoding="utf-8")


def rewritten(document: Path, edit: Any) -> Path:
    """The document after somebody worked on it."""
    document.write_bytes(edited(document.read_bytes(), edit))
    return document


def with_record(document: Path, **changed: Any) -> Path:
    """The document with one figure recorded otherwise: `mark`, then what changes."""
    content = document.read_bytes()
    found = read_record(content)
    assert found is not None
    name = next(name for name, bound in found.figures.items() if bound.id == changed["id"])
    figures = {**found.figures, name: replace(found.figures[name], **changed)}
    item = next(
        name
        for name, part in parts_of(content).items()
        if name.startswith("customXml/item1") and b"record" in part
    )
    said = replace(found, figures=figures).to_json().replace("&", "&amp;").replace("<", "&lt;")
    document.write_bytes(
        with_part(content, item, f'<of:record xmlns:of="urn:officeflow:record">{said}</of:record>'.encode())
    )
    return document


def test_a_number_on_the_paper_leads_to_its_rows(tmp_path: Path) -> None:
    """248 → 捐衣物 → what it means → sheet and cells → the rows as typed, its own cells marked."""
    found = one(desk(tmp_path), "248")
    (hop,) = found.chain
    (rows,) = hop.rows

    assert ("捐衣物", "248", "件", "248件", "248件", "untouched") == (
        found.id,
        found.value,
        found.unit,
        found.text,
        found.text_now,
        found.state,
    )
    assert "捐款捐物表里方式为捐赠、类别为衣物的各行，数量相加" == hop.definition
    assert [("捐款捐物", "H6,H11:H12", 3)] == [(each.sheet, each.cells, each.rows) for each in hop.sources]
    assert ("日期", "方式", "捐赠人/单位", "类别", "数量") == rows.headings
    assert [(6, "96"), (11, "84"), (12, "68")] == [(row.row, row.cells[row.sources[0]]) for row in rows.rows]
    assert ("发动党员干部捐助衣物", "248件", "、书籍838册") == found.fragment
    assert "248件" in found.sentence


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("捐衣物", {"捐衣物"}),
        ("248件", {"捐衣物"}),
        ("２４８", {"捐衣物"}),
        ("1.6万元", {"捐款"}),
        ("1.6万", {"捐款"}),
        ("16000", {"捐款"}),
        ("16,000元", {"捐款"}),
        ("39名", {"党员数", "到岗数", "捐款人数"}),
        ("39", {"党员数", "岗位数", "到岗数", "捐款人数"}),
        ("2014-06-06", {"印发日期"}),
        ("第27期", {"期号"}),
        ("27", {"期号"}),
        ("1000", {"发放通告"}),
        ("1036", {"发放通告"}),
        ("帮办", {"帮办数"}),
        ("衣物248件、书籍838册", {"捐衣物", "捐书籍"}),
    ],
)
def test_a_figure_is_found_by_name_by_value_and_by_what_is_printed(
    asked: str, ids: set[str], tmp_path: Path
) -> None:
    """The person has the paper in hand, not the kit."""
    assert ids == {figure.id for figure in traced(desk(tmp_path), asked).figures}


def test_a_number_that_is_part_of_another_is_not_meant(tmp_path: Path) -> None:
    """24 is not found in 248, nor 8 in 838."""
    document = desk(tmp_path)

    assert (Exit.UNUSABLE, ["FIGURE_NOT_THERE"]) == codes(document, "24")
    assert (Exit.UNUSABLE, ["FIGURE_NOT_THERE"]) == codes(document, "83")


@pytest.mark.parametrize(("asked", "near"), [("250", "248件"), ("捐衣服", "捐衣物"), ("！", "3个")])
def test_what_is_not_there_names_the_nearest(asked: str, near: str, tmp_path: Path) -> None:
    """A number the nearest number, a name the name most like it."""
    (finding,) = trace.run(Desk.here(), document=desk(tmp_path), figure=asked).findings

    assert f"“{near}”" in finding.remedy


def test_a_number_typed_by_hand_is_said_to_be_one(tmp_path: Path) -> None:
    """It has no source, and the sentence says where it stands."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("全县共有党员7421名，本期捐款{{ 捐款 }}。")))
    (finding,) = trace.run(Desk.here(), document=desk(tmp_path, template), figure="7421").findings

    assert "NUMBER_BY_HAND" == finding.code
    assert "第1段" in finding.message
    assert "全县共有党员7421名" in finding.message


@pytest.mark.parametrize(
    ("edit", "text_now", "state"),
    [
        (overtype("捐衣物", "近250件"), "近250件", "overtyped"),
        (overtype("捐衣物", "约248件"), "约248件", "reworded"),
        (overtype("捐衣物", ""), "", "removed"),
        (lose_mark("捐衣物"), "248件", "untouched"),
        (lose_mark("捐衣物", "250件"), "250件", "overtyped"),
    ],
)
def test_what_people_made_of_a_number_is_told(edit: Any, text_now: str, state: str, tmp_path: Path) -> None:
    """The chain stays that of the number we wrote."""
    found = one(rewritten(desk(tmp_path), edit), "捐衣物")

    assert (text_now, state, "248件") == (found.text_now, found.state, found.chain[0].text)
    assert 3 == found.chain[0].rows[0].count


def test_an_adopted_number_says_who_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """审定数: the leader's number, with the reason, on screen too."""
    document = rewritten(desk(tmp_path), overtype("捐衣物", "近250件"))
    with_record(
        document,
        id="捐衣物",
        adopted="近250件",
        reason="按审稿意见",
        adopted_by="示例丙",
        adopted_on="2014-06-06",
    )
    found = one(document, "近250件")
    main(["trace", str(document), "近250件"])
    said = capsys.readouterr().out

    assert ("adopted", "按审稿意见", "示例丙", "2014-06-06") == (
        found.state,
        found.reason,
        found.adopted_by,
        found.adopted_on,
    )
    assert "示例丙 2014-06-06 定的，理由：按审稿意见；出稿时印的是248件" in said


def test_without_the_workbook_the_chain_is_told_from_the_document(tmp_path: Path) -> None:
    """Cells, definition and value stay; the missing file is named with its digest."""
    document = desk(tmp_path)
    (tmp_path / WORKBOOK).unlink()
    result = trace.run(Desk.here(), document=document, figure="248")
    (found,) = result.answer.figures  # type: ignore[attr-defined]
    (hop,) = found.chain
    (finding,) = result.findings

    assert ("捐款捐物表里方式为捐赠、类别为衣物的各行，数量相加", False, ()) == (
        hop.definition,
        hop.is_at_hand,
        hop.rows,
    )
    assert [("捐款捐物", "H6,H11:H12")] == [(each.sheet, each.cells) for each in hop.sources]
    assert "TRACE_SOURCE_AWAY" == finding.code
    assert WORKBOOK in finding.message
    assert found.sources[0].digest[:8] in finding.message


def test_a_workbook_that_changed_since_is_not_taken_for_the_source(tmp_path: Path) -> None:
    """Same name, other content: rows of it would tell another story."""
    document = desk(tmp_path)
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    book["捐款捐物"]["H6"] = 97
    book.save(tmp_path / WORKBOOK)

    assert (Exit.DONE, ["TRACE_SOURCE_CHANGED"]) == codes(document, "248")


def test_the_workbook_is_looked_for_where_one_says(tmp_path: Path) -> None:
    """A file or a folder; its name does not matter, its content does."""
    (tmp_path / "别处").mkdir()
    document = desk(tmp_path)
    moved = (tmp_path / WORKBOOK).rename(tmp_path / "别处" / "新建 工作表(3).xlsx")

    assert one(document, "248", places=[moved]).chain[0].rows
    assert one(document, "248", places=[moved.parent]).chain[0].rows
    assert one(document, "248", places=[moved]).sources[0].file == moved.name


def test_rows_are_where_they_stand_now(tmp_path: Path) -> None:
    """A blank row put in changes addresses, not the content: the cells shown are those of the workbook at hand."""
    document = desk(tmp_path)
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    rows = [[cell.value for cell in row] for row in book["捐款捐物"].iter_rows(min_row=5, max_row=16)]
    for number, row in enumerate(rows, 6):
        for column, value in enumerate(row[1:], 2):
            book["捐款捐物"].cell(number, column).value = value
    for column in range(2, 14):
        book["捐款捐物"].cell(5, column).value = None
    book.save(tmp_path / WORKBOOK)
    found = one(document, "248")

    assert ["H7,H12:H13"] == [source.cells for source in found.sources]
    assert [7, 12, 13] == [row.row for row in found.chain[0].rows[0].rows]


def test_what_nothing_gives_again_is_shown_where_it_stood(tmp_path: Path) -> None:
    """A record without an expression still has its cells."""
    document = with_record(desk(tmp_path), id="捐衣物", recipe="?")
    found = one(document, "捐衣物")

    assert ["H6,H11:H12"] == [source.cells for source in found.sources]
    assert [6, 11, 12] == [row.row for row in found.chain[0].rows[0].rows]


def test_what_was_typed_is_shown_with_what_it_was_read_as(tmp_path: Path) -> None:
    """九十六件 counts as 96; a blank cell that means its default says so; personal cells are masked."""
    rows = [dict(row) for row in SOURCE.sample["donations"]]
    clothes = [row for row in rows if row.get("category") == "衣物"]
    clothes[0]["quantity"] = "九十六件"
    document = desk(tmp_path, donations=tuple(rows))
    (shown,) = one(document, "248").chain[0].rows
    cells = [dict(zip(shown.headings, row.cells, strict=True)) for row in shown.rows]

    assert "九十六件（读作96）" == cells[0]["数量"]
    assert {"机＊", "基＊"} == {row["捐赠人/单位"] for row in cells}


def test_a_number_the_text_reckons_lists_what_it_is_made_of(tmp_path: Path) -> None:
    """Operands are the next hop, in the order of the expression; their rows stand with them."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("捐物{{ 捐书籍 + 捐衣物 }}件册。")))
    found = one(desk(tmp_path, template), "1086")
    whole, books, clothes = found.chain

    assert ("文稿里算的：捐书籍 + 捐衣物", ()) == (whole.definition, whole.rows)
    assert [(1, "捐书籍", "838册"), (1, "捐衣物", "248件")] == [
        (hop.depth, hop.id, hop.text) for hop in (books, clothes)
    ]
    assert [2, 3] == [books.rows[0].count, clothes.rows[0].count]


def test_a_number_in_a_table_is_told_with_its_row(tmp_path: Path) -> None:
    """The number alone would say nothing."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(table(("捐款", "{{ 捐款 }}", "{{ 捐款人数 }}"))))
    document = desk(tmp_path, template)

    assert ("捐款", "1.6万元", "39名") == one(document, "捐款").fragment
    assert ("捐款　1.6万元", "39名", "") == one(document, "捐款人数").fragment


def test_a_chart_is_told_like_a_number(tmp_path: Path) -> None:
    """Its columns are named in words, its rows stand with it."""
    template = tmp_path / "t.docx"
    markdown = "![柱状图：各社区户数](联系社区：社区名称，居民户数)"
    template.write_bytes(build_template(markdown, Genre(id="t", title=""), profile("gb9704")))
    document = desk(tmp_path, template)
    (found,) = traced(document).figures

    assert "“联系社区”各行的社区名称、居民户数" == found.name
    assert ("", "各社区户数", "") == found.fragment
    assert 3 == found.chain[0].rows[0].count
    assert "〔图　各社区户数〕" in page_of(document)


def test_a_field_of_a_row_says_which_rows_were_gone_through(tmp_path: Path) -> None:
    """到场天数 of one matter: its two dates, then the list that it stands in."""
    found = one(desk(tmp_path), "第二天")

    assert ["到场天数", "重点帮办"] == [hop.id for hop in found.chain]
    assert (0, 1) == tuple(hop.depth for hop in found.chain)
    assert [("提出日期", "2014-03-24"), ("首次到场日期", "2014-03-25")] == [
        (rows.headings[place], rows.rows[0].cells[place])
        for rows in found.chain[0].rows
        for place in rows.rows[0].sources
    ]


def test_what_adds_up_is_said_to(tmp_path: Path) -> None:
    """96 + 84 + 68 is 248; names, one cell alone and quotients add up to nothing."""
    document = desk(tmp_path)
    sums = {figure.id: figure.chain[0].sum for figure in traced(document).figures}

    assert ("248", "16000", "23") == (sums["捐衣物"], sums["捐款"], sums["服务人次"])
    assert ("", "", "", "") == (sums["党员数"], sums["发放通告"], sums["到场天数"], sums["期号"])


def test_last_period_and_the_difference_are_told(tmp_path: Path) -> None:
    """A workbook that `next` made remembers; of what it does not know nothing is said."""
    document = desk(tmp_path, previous={"捐衣物": "200", "捐款": "16000", "岗位数": "41"})

    assert ("200件", "增加48件") == (one(document, "捐衣物").previous, one(document, "捐衣物").change)
    assert ("41个", "减少2个") == (one(document, "岗位数").previous, one(document, "岗位数").change)
    assert ("16000元", "持平") == (one(document, "捐款").previous, one(document, "捐款").change)
    assert ("", "") == (one(document, "党员数").previous, one(document, "党员数").change)


def test_a_definition_that_changed_since_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same workbook, newer kit: rows of the new definition must not pass for those of the old number."""
    document = desk(tmp_path)
    kit = SOURCE.kit
    clothes = next(rule for rule in kit.figures if rule.id == "捐衣物")
    wider = replace(clothes, where={**clothes.where, "category": ["衣物", "书籍"]})
    newer = replace(kit, figures=tuple(wider if rule is clothes else rule for rule in kit.figures))
    monkeypatch.setattr(Desk, "kit", lambda _desk, _wanted: newer)
    found = one(document, "捐衣物")
    main(["trace", str(document), "捐衣物"])

    assert ("248件", "1086件", "") == (found.text, found.now, one(document, "捐款").now)
    assert "口径变了，按现在的口径是1086件" in capsys.readouterr().out
    assert "按现在的口径是1086件" in page_of(document)


def test_without_the_workbook_operands_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Their values are not known then; nothing is made up."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("捐物{{ 捐书籍 + 捐衣物 }}件册。")))
    document = desk(tmp_path, template)
    (tmp_path / WORKBOOK).unlink()
    main(["trace", str(document), "1086"])

    assert "    捐书籍\n      口径：捐款捐物表里方式为捐赠、类别为书籍的各行" in capsys.readouterr().out


def test_no_personal_value_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither rows nor sentences nor the page name a person, even where the report does."""
    template = tmp_path / "t.docx"
    template.write_bytes(docx(p("赵甲乙为捐款{{ 捐款 }}的{{ 党员数 }}党员牵线。")))
    posts = tuple(
        {**row, "member": f"赵甲{chr(0x4E59 + place)}"} for place, row in enumerate(SOURCE.sample["posts"])
    )
    document = desk(tmp_path, template, posts=posts, filing=record("filing", filler="赵甲乙"))
    page = tmp_path / "t.html"
    main(["trace", str(document), "--json"])
    main(["trace", str(document), "党员数"])
    main(["trace", str(document), "--html", str(page)])
    said = capsys.readouterr().out + page.read_text(encoding="utf-8")

    assert "赵＊为捐款" in said
    assert "赵甲" not in said


def test_words_that_are_nobodys_name_stay(tmp_path: Path) -> None:
    """A giver may be called like the unit, or like a word of the report itself."""
    rows = tuple({**row, "giver": "群众"} for row in SOURCE.sample["donations"])
    document = desk(tmp_path, donations=rows)

    assert "服务群众" in one(document, "23人次").sentence


def test_a_table_that_is_not_installed_leaves_the_cells(tmp_path: Path) -> None:
    """No definition then, and it is said why."""
    document = desk(tmp_path)
    content = document.read_bytes()
    item = next(
        name
        for name, part in parts_of(content).items()
        if b"urn:officeflow:record" in part and b"origin" in part
    )
    document.write_bytes(
        with_part(content, item, parts_of(content)[item].replace(b"community-posts", b"elsewhere"))
    )
    (tmp_path / WORKBOOK).unlink()
    result = trace.run(Desk.here(), document=document, figure="248")
    (found,) = result.answer.figures  # type: ignore[attr-defined]

    assert ["TRACE_KIT_AWAY"] == [finding.code for finding in result.findings]
    assert ("", "H6,H11:H12") == (found.chain[0].definition, found.sources[0].cells)


def test_a_record_in_a_sidecar_is_as_good(tmp_path: Path) -> None:
    """The document itself may have lost it."""
    document = desk(tmp_path)
    found = read_record(document.read_bytes())
    assert isinstance(found, Record)
    document.with_name("简报.figures.json").write_text(found.to_json(), encoding="utf-8")
    content = document.read_bytes()
    item = next(
        name
        for name, part in parts_of(content).items()
        if b"urn:officeflow:record" in part and b"origin" in part
    )
    document.write_bytes(with_part(content, item, b"<nothing/>"))

    assert "捐衣物" == one(document, "248").id


@pytest.mark.office("soffice")
def test_a_document_saved_by_libreoffice_still_knows(tmp_path: Path) -> None:
    """Another program saved it: marks and record are there."""
    document = desk(tmp_path)
    saved = convert(document, "docx", tmp_path / "out")

    assert {"untouched"} == {figure.state for figure in traced(saved, places=[tmp_path]).figures}
    assert 3 == one(saved, "248", places=[tmp_path]).chain[0].rows[0].count


def test_a_hostile_record_neither_hangs_nor_leads_anywhere(tmp_path: Path) -> None:
    """Ranges of a whole sheet are counted, not gone through; what is no range counts nothing."""
    document = desk(tmp_path)
    (tmp_path / WORKBOOK).unlink()
    with_record(
        document,
        id="捐衣物",
        sources={"捐款捐物": "A1:XFD1048576", "<b>": "../../x", "填报信息": "ZZZ4,B4"},
        recipe="''.__class__",
    )
    found = one(document, "248")
    assert [("捐款捐物", 1048576), ("<b>", 0), ("填报信息", 1)] == [
        (source.sheet, source.rows) for source in found.sources
    ]
    write(tmp_path / WORKBOOK)

    assert 50 >= len(one(document, "248").chain[0].rows[0].rows)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("没有.docx", None, "FILE_MISSING"),
        ("坏.docx", b"PK", "FILE_DAMAGED"),
        ("甲.docx", docx(p("甲")), "RECORD_MISSING"),
    ],
)
def test_what_cannot_be_traced_is_said(name: str, content: bytes | None, code: str, tmp_path: Path) -> None:
    """One finding, exit 2."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    state, found = codes(tmp_path / name)

    assert (Exit.UNUSABLE, 1) == (state, len(found))
    assert code in found or content == b"PK"


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A slip in --with must not look like a missing workbook."""
    assert (Exit.UNUSABLE, ["FILE_MISSING"]) == codes(desk(tmp_path), places=[tmp_path / "没有"])


@pytest.mark.parametrize(
    ("option", "name"), [("html", "简报.docx"), ("docx", "简报.docx"), ("html", "页.txt"), ("docx", "页.doc")]
)
def test_a_target_of_another_kind_is_refused(option: str, name: str, tmp_path: Path) -> None:
    """A page must never be written over the document itself."""
    document = desk(tmp_path)
    before = document.read_bytes()

    assert (Exit.UNUSABLE, ["TRACE_TARGET"]) == codes(document, **{option: tmp_path / name})
    assert before == document.read_bytes()


def test_json_has_what_a_program_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure with text_now and chain; nothing but plain values."""
    main(["trace", str(desk(tmp_path)), "--json"])
    envelope = json.loads(capsys.readouterr().out)
    figure = next(one for one in envelope["figures"] if one["id"] == "捐衣物")

    assert {"id", "name", "value", "unit", "text", "sources", "text_now", "state", "chain"} <= set(figure)
    assert {"file", "sha256", "digest", "sheet", "cells"} <= set(figure["sources"][0])
    assert 69 == len(envelope["figures"])


def test_without_a_figure_all_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each, and how to go on."""
    main(["trace", str(desk(tmp_path))])
    *lines, last = capsys.readouterr().out.splitlines()

    assert 69 == len(lines)
    assert "248件\t捐衣物\t捐款捐物!H6,H11:H12" in lines
    assert last.startswith("共69个数")


def test_long_lists_of_rows_are_cut_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten rows, then how many there are besides."""
    main(["trace", str(desk(tmp_path)), "党员数"])
    said = capsys.readouterr().out

    assert 10 == said.count("姓名 ▶")
    assert "还有29行" in said


def test_where_to_look_may_be_said_before_the_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`trace 文稿 --with 表 --with 夹 248`: each --with takes one."""
    document = desk(tmp_path)

    assert 0 == main(
        ["trace", str(document), "--with", str(tmp_path / WORKBOOK), "--with", str(tmp_path), "248"]
    )
    assert "捐衣物" in capsys.readouterr().out


def test_the_table_of_sources_stands_beside_a_report(tmp_path: Path) -> None:
    """`report --sources`: a second document, and a second click replaces both."""
    workbook = write(tmp_path / WORKBOOK)
    for _ in range(2):
        result = report.run(Desk.here(), file=workbook, sources=True)
        answer = result.answer.reports[0]  # type: ignore[attr-defined]

        assert (Exit.DONE, f"{Path(answer.path).stem}-数据来源表.docx") == (
            result.code,
            Path(answer.sources).name,
        )
    assert "捐款捐物表里方式为捐赠、类别为衣物的各行，数量相加" in texts(Path(answer.sources).read_bytes())


def test_a_table_of_sources_that_somebody_edited_is_left(tmp_path: Path) -> None:
    """The report is written, its table is not: exit 1."""
    workbook = write(tmp_path / WORKBOOK)
    table = Path(report.run(Desk.here(), file=workbook, sources=True).answer.reports[0].sources)  # type: ignore[attr-defined]
    content = with_part(table.read_bytes(), "word/extra.xml", b"<x/>")
    table.write_bytes(content)
    result = report.run(Desk.here(), file=workbook, sources=True)

    assert (Exit.FINDINGS, content) == (result.code, table.read_bytes())
    assert "DOCUMENT_EDITED" in [finding.code for finding in result.findings]
