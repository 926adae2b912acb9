"""Charts, pictures and sub-documents as LibreOffice shows them, and charts found and refreshed after it saved them."""

from __future__ import annotations

import io
import subprocess

import pytest
from docx import Document
from docx.shared import Mm

from officeflow import Template
from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.refreshing import Refreshing
from officeflow.document.provenance.record import read_record
from officeflow.document.template_api.inline_image import InlineImage
from tests.support.charts import FIGURES, composed, groups
from tests.support.figures import ORIGIN
from tests.support.office import convert, read_pages, to_pdf
from tests.support.placing import png
from tests.support.subdocuments import lists, saved, sections

pytestmark = pytest.mark.office

TEXT = """![柱状图：{{ 单位 }}捐物](各类捐物)

![条形图](社区名单：社区，户数)

![饼图](各类捐物)
"""
MOVED = {**FIGURES, "各类捐物": groups("各类捐物", "件", 衣物=250, 药品=4)}


def words(pdf) -> str:
    return "\n".join(page.text for page in read_pages(pdf))


@pytest.mark.parametrize("kind", ["柱状图", "条形图", "折线图", "饼图"])
def test_chart_is_drawn_with_its_data(tmp_path, kind):
    """Every name and number stands on the page, in colour, and none of the sample's."""
    document = tmp_path / "chart.docx"
    document.write_bytes(composed(f"![{kind}：捐物](各类捐物)"))

    pdf = to_pdf(document, tmp_path)

    assert all(word in words(pdf) for word in ("捐物", "衣物", "书籍", "食品", "248", "31"))
    drawn = subprocess.run(["pdftoppm", "-r", "30", pdf], capture_output=True, check=True).stdout
    pixels = drawn.split(b"\n", 3)[3]
    blue = sum(
        1
        for red, green, blue in zip(pixels[0::3], pixels[1::3], pixels[2::3], strict=False)
        if blue > red + 50
    )
    assert blue > 100


@pytest.mark.parametrize("through", [("docx",), ("odt", "docx"), ("doc", "docx")], ids=["docx", "odt", "doc"])
def test_chart_is_found_and_refreshed_after_libreoffice_saved_it(tmp_path, through):
    """The bookmark around the chart stays; new data show on the page, what did not change is left as it was."""
    path = tmp_path / "report.docx"
    path.write_bytes(composed(TEXT))
    record = read_record(path.read_bytes())
    for place, kind in enumerate(through):
        folder = tmp_path / str(place)
        folder.mkdir()
        path = convert(path, kind, folder)

    bound = read_bound(path.read_bytes(), record).value
    judged = judge_all(bound, MOVED)
    assert [Agreement.STALE, Agreement.SAME, Agreement.STALE] == [one.agreement for one in judged]
    Refreshing(bound, judged, ORIGIN).run()
    refreshed = tmp_path / "refreshed.docx"
    refreshed.write_bytes(bound.written(bound.record))

    shown = words(to_pdf(refreshed, tmp_path))
    assert all(word in shown for word in ("250", "药品", "河北社区", "200"))
    assert "248" not in shown


def test_lists_of_sub_documents_are_numbered_anew_on_the_page(tmp_path):
    """Put in twice, and once inside another: each begins at one, bullets stay bullets."""
    outer = Document()
    outer.add_paragraph("{{p inner }}")
    nested = Template(saved(outer))
    nested.render({"inner": nested.new_subdoc(io.BytesIO(lists()))})
    middle = io.BytesIO()
    nested.save(middle)
    template = Document()
    for name in ("a", "b", "c"):
        template.add_paragraph(f"{{{{p {name} }}}}")
    whole = Template(saved(template))
    one, two = whole.new_subdoc(io.BytesIO(lists())), whole.new_subdoc(io.BytesIO(middle.getvalue()))
    whole.render({"a": one, "b": one, "c": two})
    path = tmp_path / "whole.docx"
    whole.save(path)

    lines = [line.text for page in read_pages(to_pdf(path, tmp_path)) for line in page.lines]

    # U+F0B7 is the bullet of the Symbol font.
    assert ["1.甲", "2.乙", "\uf0b7点", "1.丙", "2.丁"] * 3 == lines


def test_sections_of_a_sub_document_have_pages_of_their_own(tmp_path):
    """Its headers and its lying page stand on its own pages, the template's before and behind."""
    template = Document()
    template.sections[0].header.paragraphs[0].text = "正文眉"
    for text in ("前", "{{p sub }}", "后"):
        template.add_paragraph(text)
    whole = Template(saved(template))
    whole.render({"sub": whole.new_subdoc(io.BytesIO(sections()))})
    path = tmp_path / "whole.docx"
    whole.save(path)

    pages = read_pages(to_pdf(path, tmp_path))

    assert ["正文眉\n前", "附件一\n甲", "附件二\n乙", "正文眉\n后"] == [page.text for page in pages]
    assert [False, False, True, False] == [page.width > page.height for page in pages]


def test_pictures_stand_in_text_and_header(tmp_path):
    """Two drawings on the page, as large as asked."""
    template = Document()
    template.add_paragraph("甲{{ img }}乙")
    template.sections[0].header.paragraphs[0].text = "{{ img }}"
    filled = Template(saved(template))
    filled.render({"img": InlineImage(filled, io.BytesIO(png(20, 10)), width=Mm(30))})
    path = tmp_path / "picture.docx"
    filled.save(path)

    listed = subprocess.run(
        ["pdfimages", "-list", to_pdf(path, tmp_path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]

    assert 2 == len(listed), listed
