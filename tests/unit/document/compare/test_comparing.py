"""花脸稿 and 改动清单 of two documents from anywhere."""

from __future__ import annotations

from officeflow.document.authoring.lists import build_change_list
from officeflow.document.compare.change_list import ListedChange, list_changes
from officeflow.document.compare.comparing import Compared, compare
from officeflow.kits.layout import profile
from tests.support.bound import written
from tests.support.docx import docx, p, package, part, table, texts
from tests.support.structure import structure_problems
from tests.support.tracked import accepted, rejected
from tests.support.word_edits import accept, edited, overtype, parts_of, reject, track, type_before

BODY = p("捐衣物{{ 捐衣物 }}，共捐款{{ 捐款 }}。") + p("会议{{ 会议日期|月日 }}在{{ 单位 }}召开。")
BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    "<w:r><w:t>框外</w:t></w:r></w:p>"
)
NOTES = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:footnotes>'


def compared(ours: bytes, theirs: bytes) -> Compared:
    value = compare(ours, theirs).value
    assert value is not None
    return value


def listed(ours: bytes, theirs: bytes) -> tuple[ListedChange, ...]:
    return list_changes(compared(ours, theirs).passages)


def brief(changes: tuple[ListedChange, ...]) -> list[tuple[str, str, str, str]]:
    """类别, 位置, 原文, 改后 as a person reads them."""
    return [(one.kind_text, one.place_text, one.before, one.after) for one in changes]


def test_numbers_come_first_in_the_list():
    """数字 before 文字, 增 and 删; each with its clause and its place."""
    ours = docx(p("标题") + p("共捐衣物248件，书籍838册。") + p("这一段后来删去了。") + p("末段。"))
    theirs = docx(p("标题") + p("另外加了一段。") + p("共捐衣物256件，图书838册。") + p("末段。"))

    assert [
        ("数字", "第3段", "共捐衣物248件", "共捐衣物256件"),
        ("增", "第2段", "", "另外加了一段。"),
        ("文字", "第3段", "书籍838册", "图书838册"),
        ("删", "原第3段", "这一段后来删去了。", ""),
    ] == brief(listed(ours, theirs))


def test_a_numeral_is_replaced_whole():
    """248 is struck and 256 put in, in the looks of the second document."""
    marked = compared(docx(p("共捐衣物248件")), docx(p("共捐衣物¦256¦件", bold_from=1))).document
    look = "<w:rPr><w:b/></w:rPr>"

    assert f'<w:r>{look}<w:delText xml:space="preserve">248</w:delText></w:r>' in part(marked)
    assert f'<w:r>{look}<w:t xml:space="preserve">256</w:t></w:r></w:ins>' in part(marked)


def test_bound_figures_are_named():
    """捐衣物 248件 → 256件, whichever of the two is bound; 约 against a number belongs to it."""
    ours = written(BODY)
    plain = docx("".join(map(p, texts(ours))))
    theirs = edited(ours, overtype("捐衣物", "256件"))
    hedged = docx("".join(p(text.replace("248件", "近250件")) for text in texts(ours)))

    assert [("捐衣物", "248件", "256件")] == [(c.figure, c.before, c.after) for c in listed(ours, theirs)]
    assert [("捐衣物", "248件", "256件")] == [(c.figure, c.before, c.after) for c in listed(plain, theirs)]
    assert [("捐衣物", "248件", "近250件")] == [(c.figure, c.before, c.after) for c in listed(ours, hedged)]
    assert [("捐衣物", "248件", "约248件")] == [
        (c.figure, c.before, c.after) for c in listed(ours, edited(ours, type_before("捐衣物", "约")))
    ]


def test_a_moved_paragraph_is_listed_once_with_the_number_changed_in_it():
    """Struck and put in in the text; in the list it was moved, and 838 became 840."""
    story = "帮社区办起爱心超市，捐助书籍{}册，居民就近能取到。"
    ours = docx(p("一") + p(story.format(838)) + p("二是走访了困难家庭。") + p("三是添置了办公设备。"))
    theirs = docx(p("一") + p("二是走访了困难家庭。") + p("三是添置了办公设备。") + p(story.format(840)))

    assert [
        ("数字", "第4段", "捐助书籍838册", "捐助书籍840册"),
        ("移", "原第2段移到第4段", story.format(838), story.format(840)),
    ] == brief(listed(ours, theirs))
    assert texts(theirs) == accepted(compared(ours, theirs).document)
    assert texts(ours) == rejected(compared(ours, theirs).document)


def test_rows_of_a_table_are_listed_as_rows():
    """A row that came or went is one line of the list; a cell that changed another."""
    ours = docx(table(("社区", "件数"), ("三家子社区", "12"), ("小市社区", "8")) + p(""))
    theirs = docx(table(("社区", "件数"), ("三家子社区", "15"), ("草河掌镇", "3")) + p(""))

    assert [
        ("数字", "表1第2行", "12", "15"),
        ("删", "原表1第3行", "小市社区　8", ""),
        ("增", "表1第3行", "", "草河掌镇　3"),
    ] == brief(listed(ours, theirs))


def test_a_table_with_another_column_is_struck_and_put_in():
    """Rows with another number of cells are not forced together; both texts can be had."""
    ours, theirs = table(("甲", "1"), ("乙", "2")) + p(""), table(("甲", "1", "3"), ("乙", "2", "4")) + p("")
    marked = compared(docx(ours), docx(theirs)).document

    assert ["甲", "1", "3", "乙", "2", "4"] == accepted(marked)
    assert ["甲", "1", "乙", "2"] == rejected(marked)


def test_headers_text_boxes_and_notes_are_compared():
    """Everything that holds words; header1.xml of one is header1.xml of the other by what it is for."""
    note = '<w:footnote w:id="{}">' + p("注：{}户") + "</w:footnote>"

    def made(issue: str, inside: str, homes: str) -> bytes:
        return docx(
            BOX.format(p(inside)) + p("正文"),
            header=p(issue),
            parts={"word/footnotes.xml": NOTES.format(note.format(2, homes))},
        )

    assert [
        ("数字", "第1段", "框里3户", "框里4户"),
        ("数字", "页眉", "第27期", "第28期"),
        ("数字", "脚注", "5户", "6户"),
    ] == brief(listed(made("第27期", "框里3户", "5"), made("第28期", "框里4户", "6")))


def test_tracked_changes_of_either_are_taken_as_accepted():
    """What a leader tracked and nobody accepted yet counts as said; the 花脸稿 holds our comparison only."""
    ours = written(BODY)
    tracked = edited(ours, track("捐衣物", "256件"))
    marked = compared(ours, tracked).document

    assert [("248件", "256件")] == [(c.before, c.after) for c in listed(ours, tracked)]
    assert texts(ours) == rejected(marked)
    assert () == listed(edited(tracked, accept), tracked)
    assert () == listed(edited(tracked, reject), ours)


def test_looks_styles_and_other_parts_of_the_second_stay():
    """Only the text parts are written; what the first document alone knows (its styles) is not brought along."""
    styled = '<w:p><w:pPr><w:pStyle w:val="Foreign"/></w:pPr><w:r><w:rPr><w:rStyle w:val="Odd"/></w:rPr><w:t>删去的话。</w:t></w:r></w:p>'
    theirs = docx(p("标题") + p("末段"), header=p("页眉"))
    marked = compared(docx(p("标题") + styled + p("末段"), header=p("页眉")), theirs).document
    before, after = parts_of(theirs), parts_of(marked)

    assert ["word/document.xml"] == [name for name in after if after[name] != before.get(name)]
    assert "Foreign" not in part(marked)
    assert "Odd" not in part(marked)


def test_same_words_make_no_change():
    """Other fonts, other runs, other bookmarks are no change."""
    ours = written(BODY)

    assert () == listed(ours, docx("".join(p("¦".join(text), bold_from=2) for text in texts(ours))))


def test_a_page_number_is_no_change():
    """A footer that only one program writes, with nothing but the page number, is not listed."""
    with_number, without = docx(p("文"), header=p("— 1 —")), docx(p("文"))

    assert () == listed(with_number, without)
    assert () == listed(without, with_number)
    assert "<w:ins " not in part(compared(without, with_number).document, "word/header1.xml")


def test_the_list_is_a_sound_page():
    """改动清单: a heading row, a row per change, what differs in bold; Word needs no repair."""
    ours = docx(p("共捐衣物248件，书籍838册。"))
    theirs = docx(p("共捐衣物256件，图书838册。"))
    page = build_change_list(listed(ours, theirs), profile("gb9704"), name="原.docx", their_name="改.docx")

    assert [] == structure_problems(page)
    assert '<w:pStyle w:val="ListTitle"/>' in part(page)  # as 数据来源表 has it
    assert [
        "改动清单",
        "原稿：原.docx　改后：改.docx　共2处，其中数字1处。",
        *("序号", "位置", "原文", "改后", "类别"),
        *("1", "第1段", "共捐衣物248件", "共捐衣物256件", "数字"),
        *("2", "第1段", "书籍838册", "图书838册", "文字"),
    ] == [text for text in texts(page) if text]
    assert '<w:rFonts w:hint="eastAsia"/><w:b/><w:bCs/></w:rPr><w:t>256</w:t>' in part(page)


def test_what_is_no_document_is_said():
    """A workbook, a broken file: a finding with its name."""
    sheet = package({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"})
    outcome = compare(docx(p("文")), sheet, name="甲.docx", their_name="乙.docx")

    assert outcome.value is None
    assert ["NOT_WORD"] == [finding.code for finding in outcome.findings]
    assert "乙.docx" in outcome.findings[0].message


FIRST, SECOND = "共捐衣物248件，书籍838册，", "全部送到了困难居民家里。"


def test_a_split_paragraph_is_one_mark():
    """Only the new end is put in; the words are the same, so nothing is listed; with a number changed only that is."""
    ours, theirs = docx(p(FIRST + SECOND) + p("末")), docx(p(FIRST) + p(SECOND) + p("末"))
    changed = docx(p(FIRST.replace("248", "256")) + p(SECOND) + p("末"))
    marked = part(compared(ours, theirs).document)

    assert (1, 0, 0) == (marked.count("<w:ins "), marked.count("<w:del "), marked.count("<w:delText"))
    assert () == listed(ours, theirs)
    assert [("数字", "第1段", "共捐衣物248件", "共捐衣物256件")] == brief(listed(ours, changed))


def test_joined_paragraphs_are_one_mark():
    """Only the old end is struck; a figure changed in the second half is found there."""
    ours, theirs = docx(p(FIRST) + p(SECOND) + p("末")), docx(p(FIRST + SECOND) + p("末"))
    changed = docx(p(FIRST + SECOND.replace("全部", "分三批")) + p("末"))
    marked = part(compared(ours, theirs).document)

    assert (0, 1, 0) == (marked.count("<w:ins "), marked.count("<w:del "), marked.count("<w:delText"))
    assert () == listed(ours, theirs)
    assert [("文字", "第1段", SECOND[:-1], SECOND[:-1].replace("全部", "分三批"))] == brief(
        listed(ours, changed)
    )
