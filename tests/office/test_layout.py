"""How a template's pages look, measured in LibreOffice's PDF (Word itself is not at hand; millimetres)."""

import subprocess
from pathlib import Path

import pytest

from officeflow.document.authoring.template import build_template
from officeflow.kits.layout import profile
from officeflow.model.layout import FramePart, Genre
from tests.support.office import Page, read_pages, to_pdf

pytestmark = pytest.mark.office

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # the 版心 of GB/T 9704-2012 5.2.1
PROFILE = profile("gb9704")
MASTHEAD = (
    FramePart(style="简报名称", text="简报"),
    FramePart(style="期号", text="第27期"),
    FramePart(style="编印单位", text="活动领导小组办公室\t2014年6月6日"),
    FramePart(style="文稿标题", text="走进社区 为民服务"),
)
DISTRIBUTION = (
    FramePart(
        style="报尾",
        label="报：",
        text="市委教育实践活动领导小组办公室，县委、县人大、县政府、县政协领导班子成员",
    ),
    FramePart(
        style="报尾",
        label="发：",
        text="各乡镇党委，县直各党（工）委、党组，县委、县政府直属各部门，驻县各单位",
    ),
    FramePart(style="印数", text="（共印90份）"),
)


def printed(
    text: str, folder: Path, *, head: tuple[FramePart, ...] = (), foot: tuple[FramePart, ...] = ()
) -> Path:
    document = folder / "document.docx"
    document.write_bytes(build_template(text, Genre(id="x", title="x", head=head, foot=foot), PROFILE))
    return to_pdf(document, folder)


def body(page: Page) -> list:
    return [line for line in page.lines if line.bottom < BOTTOM]


def rules(pdf: Path, page: int, is_colour) -> list[float]:
    """Heights of the ruled lines as wide as the 版心, from the top of the page."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "127", "-f", str(page), "-l", str(page), pdf], capture_output=True, check=True
    ).stdout
    _, size, _, pixels = drawn.split(b"\n", 3)
    width, height = map(int, size.split())
    found = []
    for row in range(height):
        line = pixels[3 * width * row : 3 * width * (row + 1)]
        if (
            sum(map(is_colour, line[0::3], line[1::3], line[2::3])) / 5 > 150
        ):  # 127 dpi: 5 dots in a millimetre
            found.append(row / 5)
    return [at for i, at in enumerate(found) if i == 0 or at - found[i - 1] > 1]


def is_red(red: int, green: int, blue: int) -> bool:
    return red > 200 and green < 120 and blue < 120


def is_black(red: int, green: int, blue: int) -> bool:
    return max(red, green, blue) < 120


def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path):
    """GB/T 9704-2012 5.2.3, on a page that begins in the middle of a paragraph."""
    pages = read_pages(printed("政" * 28 * 22 * 3, tmp_path))
    lines = body(pages[1])

    assert [28] * 22 == [len(line.text) for line in lines]
    assert {round(line.left) for line in lines} == {LEFT}
    assert {round(line.right) for line in lines} == {RIGHT}
    assert lines[0].top > TOP - 1


def test_a_paragraph_begins_two_characters_in(tmp_path: Path):
    """左空二字: 26 characters in the first line, 28 in the next."""
    (page,) = read_pages(printed("政" * 60, tmp_path))
    first, second, *_ = body(page)

    assert (26, 28) == (len(first.text), len(second.text))
    assert 11 == pytest.approx(first.left - second.left, abs=0.5)


def test_page_numbers_stand_outside_below_the_text(tmp_path: Path):
    """GB/T 9704-2012 7.5: 一字线 7 mm below the 版心; odd pages right, even left, one character in."""
    pages = read_pages(printed("政" * 28 * 22 * 2, tmp_path))
    odd, even = (page.lines[-1] for page in pages[:2])

    assert ("—1—", "—2—") == (odd.text, even.text)
    assert RIGHT - 5 == pytest.approx(odd.right, abs=1)
    assert LEFT + 5 == pytest.approx(even.left, abs=1)
    assert BOTTOM + 7 == pytest.approx((odd.top + odd.bottom) / 2, abs=1.5)


def test_the_red_rule_runs_under_the_masthead(tmp_path: Path):
    """One red rule as wide as the 版心, between the line of the issuer and the title."""
    pdf = printed("正文", tmp_path, head=MASTHEAD)
    issuer, title = (
        next(line for line in read_pages(pdf)[0].lines if word in line.text) for word in ("小组", "走进")
    )
    (rule,) = rules(pdf, 1, is_red)

    assert issuer.bottom < rule < title.top
    assert LEFT + 5.6 == pytest.approx(issuer.left, abs=0.5)
    assert RIGHT - 5.6 == pytest.approx(issuer.right, abs=0.5)


@pytest.mark.parametrize("lines", [1, 12, 17, 22])
def test_the_distribution_stands_at_the_bottom_of_the_last_page(tmp_path: Path, lines: int):
    """However long the text is: between two black rules, the lower one on the edge of the 版心, over no line of text."""
    pdf = printed("\n\n".join(["一行正文"] * lines), tmp_path, foot=DISTRIBUTION)
    pages = read_pages(pdf)
    last = body(pages[-1])
    block = last[next(i for i, line in enumerate(last) if "报：" in line.text) :]
    upper, lower = rules(pdf, len(pages), is_black)

    assert lines == sum(line.text == "一行正文" for page in pages for line in page.lines)
    assert ["报：", "发：", "（共"] == [
        line.text[:2] for line in block if line.text[1] == "：" or "（共" in line.text
    ]
    assert BOTTOM == pytest.approx(lower, abs=1)
    assert upper < block[0].top
    assert all(line.bottom < upper for line in last if line not in block)
    assert "".join(line.text for line in block) == "".join(part.label + part.text for part in DISTRIBUTION)
