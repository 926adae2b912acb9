"""数据来源表: one line per reported number, in the office's own layout, on one page where that can be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from officeflow.document.authoring.sources_table import sources_table
from officeflow.flow import trace
from officeflow.flow.trace import tracer_of
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document
from officeflow.kits.layout import profile
from officeflow.model.trace import Trace, TracedFigure
from tests.support.documents import desk
from tests.support.docx import part, texts
from tests.support.figures import ORIGIN
from tests.support.office import read_pages, to_pdf
from tests.support.structure import structure_problems
from tests.support.word_edits import edited, overtype

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
HEADINGS = ["序号", "文中表述", "精确值", "口径与时段", "台账与行数", "上期数", "增减"]


def traced(document: Path) -> Trace:
    bound = read_document(document).value
    assert bound is not None
    return tracer_of(Desk.here(), bound, document, ()).trace()


def table(trace: Trace) -> bytes:
    outcome = sources_table(trace, profile("gb9704"), (ORIGIN,))
    assert outcome.value is not None, outcome.findings
    return outcome.value.document


def rows(document: bytes) -> list[list[str]]:
    """The rows of the table, heading first."""
    said = texts(document)
    first = said.index(HEADINGS[0])
    last = next(place for place, text in enumerate(said) if text.startswith("只列"))
    cells = said[first:last]
    return [cells[place : place + len(HEADINGS)] for place in range(0, len(cells), len(HEADINGS))]


def figure(**said: object) -> TracedFigure:
    usual = {
        "mark": "_of_1",
        "id": "捐款",
        "name": "捐款",
        "value": "16000",
        "unit": "元",
        "text": "1.6万元",
        "text_now": "1.6万元",
        "state": "untouched",
        "sentence": "捐款1.6万元。",
        "fragment": ("捐款", "1.6万元", "。"),
        "paragraph": 1,
        "is_number": True,
        "is_reported": True,
    }
    return TracedFigure(**{**usual, **said})  # type: ignore[arg-type]


def trace_of(*figures: TracedFigure) -> Trace:
    return Trace(
        document="简报.docx", kit="k", title="", unit="县林业局", period="2014-03-01/2014-06-05",
        file="台账.xlsx", digest="0123456789", is_at_hand=False, figures=figures,
    )  # fmt: skip


def test_every_reported_number_has_its_line(tmp_path: Path) -> None:
    """Sentence, exact value, meaning, cells and rows; what the writer enters himself (期号, 份数) is left out."""
    heading, *lines = rows(table(traced(desk(tmp_path))))

    assert HEADINGS == heading
    assert [str(number) for number in range(1, 18)] == [line[0] for line in lines]
    assert [
        "13",
        "发动党员干部捐助衣物248件、书籍838册",
        "248件",
        "捐款捐物表里方式为捐赠、类别为衣物的各行，数量相加",
        "捐款捐物，3行/H6,H11:H12",
        "",
        "",
    ] in lines
    assert not [line for line in lines if "第27期" in line[1] or "90份" in line[1]]


def test_it_says_whose_numbers_and_of_when(tmp_path: Path) -> None:
    """Unit, period with its scope, workbook and digest; without the workbook no scope is known."""
    document = desk(tmp_path)
    said = texts(table(traced(document)))
    (tmp_path / "台账.xlsx").unlink()

    assert "数据来源表" == said[0]
    assert "文稿：简报" == said[1]
    assert "填报单位：县林业局党委　　统计时段：2014年3月1日至6月5日（活动开展以来累计）" == said[2]
    assert said[3].startswith("台账：台账.xlsx　　内容校验：")
    assert "填报单位：县林业局党委　　统计时段：2014年3月1日至6月5日" == texts(table(traced(document)))[2]


def test_last_period_stands_beside(tmp_path: Path) -> None:
    """Where the workbook remembers it."""
    lines = rows(table(traced(desk(tmp_path, previous={"捐衣物": "200"}))))

    assert [["200件", "增加48件"]] == [line[5:] for line in lines if line[2] == "248件"]


def test_what_people_made_of_a_number_is_said(tmp_path: Path) -> None:
    """An overtyped number shows both; an adopted one who and why."""
    document = desk(tmp_path)
    document.write_bytes(edited(document.read_bytes(), overtype("捐衣物", "近250件")))
    (line,) = [line for line in rows(table(traced(document))) if "近250件" in line[1] and line[2] == "248件"]
    adopted = figure(
        state="adopted",
        text_now="近2万元",
        fragment=("捐款", "近2万元", ""),
        reason="按审稿意见",
        adopted_by="示例丙",
        adopted_on="2014-06-06",
        is_reported=False,
    )
    said = rows(table(trace_of(adopted)))[1]

    assert line[3].endswith("【文稿改过，出稿时印的是248件】")
    assert "捐款近2万元" == said[1]
    assert said[3].endswith("【审定数：示例丙2014-06-06定，按审稿意见；出稿时印的是1.6万元】")


def test_the_number_is_bold_in_its_words(tmp_path: Path) -> None:
    """And nothing else of the sentence."""
    xml = part(table(trace_of(figure())))
    before, bold = xml[: xml.index(">1.6万元<")].rsplit("<w:r>", 1)

    assert "<w:b/>" in bold
    assert "<w:b/>" not in before.rsplit("<w:r>", 1)[1]


def test_a_number_printed_twice_has_one_line() -> None:
    """It says that there is another place; printed otherwise it is another line."""
    lines = rows(table(trace_of(figure(), figure(mark="_of_2"), figure(mark="_of_3", text_now="1.6万"))))

    assert ["捐款1.6万元。（另有1处）", "捐款1.6万元。"] == [line[1] for line in lines[1:]]


def test_dates_and_texts_have_no_line(tmp_path: Path) -> None:
    """A document without reported numbers says so instead of an empty table."""
    said = texts(table(trace_of(figure(is_number=False))))

    assert "文稿里没有出自台账的数。" in said
    assert HEADINGS[0] not in said


def test_without_kit_the_cells_are_there(tmp_path: Path) -> None:
    """The meaning is not known then, and that is said."""
    line = rows(table(trace_of(figure())))[1]

    assert ("（没有装这种表）", "（没有填）") == (line[3], line[4])


def test_it_looks_like_the_office_s_own_pages(tmp_path: Path) -> None:
    """Fonts of the profile, A4 upright, heading row on every page, columns as wide as the page."""
    office = profile("gb9704")
    fonts = {**office.fonts, "仿宋": replace(office.fonts["仿宋"], name="本单位仿宋")}
    outcome = sources_table(trace_of(figure()), replace(office, fonts=fonts), (ORIGIN,))
    assert outcome.value is not None
    xml = part(outcome.value.document)

    assert "本单位仿宋" in part(outcome.value.document, "word/styles.xml")
    assert "<w:tblHeader/>" in xml
    assert 'w:w="11906" w:h="16838"' in xml
    assert round((210 - 36) * 1440 / 25.4) == pytest.approx(
        int(xml.split('<w:tblW w:w="')[1].split('"')[0]), abs=7
    )


def test_word_finds_nothing_to_repair(tmp_path: Path) -> None:
    """Built as the schema demands."""
    assert () == tuple(structure_problems(table(traced(desk(tmp_path)))))


def test_the_same_trace_gives_the_same_table(tmp_path: Path) -> None:
    """Byte for byte."""
    found = traced(desk(tmp_path))

    assert table(found) == table(replace(found))


@pytest.mark.office
def test_the_sample_s_numbers_fit_one_page(tmp_path: Path) -> None:
    """A leader gets one sheet of paper."""
    target = tmp_path / "来源.docx"
    trace.run(Desk.here(), document=desk(tmp_path), docx=target)
    pages = read_pages(to_pdf(target, tmp_path))

    assert 1 == len(pages)
    assert "数据来源表" in pages[0].text
    assert "2万元" in pages[0].text
