"""Figures wherever they stand, and what is found of them after other programs saved the document."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from officeflow.document import compose, read_record, structure_problems
from officeflow.document.bound.document import BoundDocument, read_bound
from officeflow.document.bound.sealing import seal
from officeflow.document.provenance.standing import Standing
from officeflow.flow import report, sample
from officeflow.flow import seal as seal_flow
from officeflow.intake.desk import Desk
from tests.support.docx import _MAIN, _NAMESPACES, _OFFICE, docx, p, package, part, part_names, table
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.office import convert, draw_pages, read_pages, to_pdf
from tests.unit.document.templates.test_charts import composed as with_charts

WAYS = [("docx",), ("docx", "docx"), ("odt", "docx"), ("doc", "docx")]
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
    'distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
    '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="1800000" cy="720000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="框"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>"
)
FRAME = (
    '<w:pPr><w:framePr w:w="8844" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" '
    'w:yAlign="bottom"/></w:pPr>'
)
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BODY = (
    p("捐衣物{{ 捐衣物 }}，捐款{{ 捐款 }}，人均{{ (捐款 / 党员数)|数 }}元，{{ 会议日期|月日 }}。")
    + p("{% for 事 in 帮办 %}{{ 事.社区 }}{{ 事.到场天数 }}天；{% endfor %}")
    + table(
        ["社区", "天数"],
        ["{%tr for 事 in 帮办 %}", ""],
        ["{{ 事.社区 }}", "{{ 事.到场天数 }}"],
        ["{%tr endfor %}", ""],
    )
    + f"<w:p><w:r><w:t>到会{{{{ 党员数 }}}}</w:t></w:r>{NOTE}</w:p>"
    + BOX.format(inside=p("框内捐款{{ 捐款 }}"))
    + p("{{ 按语 }}")
    + p("共印{{ 党员数|数 }}份").replace("<w:p>", f"<w:p>{FRAME}")
)
PARTS = {
    "word/footer1.xml": ("footer", "ftr", p("页脚捐衣物{{ 捐衣物 }}")),
    "word/footnotes.xml": (
        "footnotes",
        "footnotes",
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote><w:footnote w:id='2'>"
        + p("其中捐款{{ 捐款|数 }}元").replace("<w:p>", "<w:p><w:r><w:footnoteRef/></w:r>")
        + "</w:footnote>",
    ),
}


def everywhere() -> bytes:
    """A template with figures in body, loops, table, header, footer, footnote, text box, frame, and a clerk's text."""
    base = docx(BODY, header=p("页眉{{ 单位 }}第{{ 党员数|数 }}期"))
    relations = part(base, "word/_rels/document.xml.rels")
    types = part(base, "[Content_Types].xml")
    parts = {}
    for number, (name, (kind, root, inside)) in enumerate(PARTS.items()):
        parts[name] = f"<w:{root} {_NAMESPACES}>{inside}</w:{root}>"
        relation = (
            f'<Relationship Id="x{number}" Type="{_OFFICE}/{kind}" Target="{name.removeprefix("word/")}"/>'
        )
        relations = relations.replace("</Relationships>", f"{relation}</Relationships>")
        override = f'<Override PartName="/{name}" ContentType="{_MAIN}.{kind}+xml"/>'
        types = types.replace("</Types>", f"{override}</Types>")
    document = part(base).replace(
        "<w:headerReference", '<w:footerReference w:type="default" r:id="x0"/><w:headerReference'
    )
    return docx(
        "",
        header=p("页眉{{ 单位 }}第{{ 党员数|数 }}期"),
        parts={
            **parts,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": relations,
            "[Content_Types].xml": types,
        },
    )


@pytest.fixture(scope="module")
def composed() -> bytes:
    return compose(everywhere(), STANDARD, origins=(ORIGIN,)).value.document


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory) -> bytes:
    """The sample's bulletin as `officeflow report` writes it."""
    folder = tmp_path_factory.mktemp("sample")
    sample.run(Desk.here(), kit="community-posts", output=folder / "样表.xlsx")
    answer = report.run(Desk.here(), file=folder / "样表.xlsx").answer
    return Path(answer.reports[0].path).read_bytes()


def saved(document: bytes, way: tuple[str, ...], folder: Path) -> bytes:
    """The document after LibreOffice saved it in these formats, one after the other."""
    path = folder / "文稿.docx"
    path.write_bytes(document)
    for number, kind in enumerate(way):
        target = folder / str(number)
        target.mkdir()
        path = convert(path, kind, target)
    return path.read_bytes()


def opened(document: bytes) -> BoundDocument:
    return read_bound(document).value


def as_printed(document: bytes) -> list[tuple[str, str]]:
    return [(one.name, one.bound.text) for one in opened(document).figures]


def as_found(document: bytes) -> list[tuple[str, str | None]]:
    return [(one.name, one.text) for one in opened(document).figures if one.is_marked]


def test_figures_are_bound_wherever_they_stand(composed):
    """Body, loop, table, header, footer, footnote, text box, frame, derived, inside a clerk's text: each by its bookmark."""
    parts = {one.part for one in opened(composed).figures}

    assert {"word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml"} == parts
    assert as_printed(composed) == as_found(composed)
    assert len(as_printed(composed)) == 22
    assert [] == structure_problems(composed)


def test_names_are_the_same_from_run_to_run(composed):
    """Also in headers, notes and loops: the same template and data give the same bookmarks at the same places."""
    again = compose(everywhere(), STANDARD, origins=(ORIGIN,)).value.document

    assert again == composed


def test_names_of_other_figures_stay_when_a_loop_shrinks():
    """One row less in a loop renames nothing that is printed elsewhere."""
    shorter = replace(STANDARD["帮办"], members=STANDARD["帮办"].members[:1])
    few = compose(everywhere(), {**STANDARD, "帮办": shorter}, origins=(ORIGIN,)).value.document
    many = compose(everywhere(), STANDARD, origins=(ORIGIN,)).value.document

    assert outside_loops(few) == outside_loops(many)


def outside_loops(document: bytes) -> list[tuple[str, str]]:
    return [(one.name, one.bound.text) for one in opened(document).figures if "帮办" not in one.bound.recipe]


def test_every_figure_survives_python_docx(composed):
    """python-docx opens and saves it: each bookmark and the record are there."""
    docx_module = pytest.importorskip("docx")
    buffer = BytesIO()
    docx_module.Document(BytesIO(composed)).save(buffer)

    assert as_printed(composed) == as_found(buffer.getvalue())
    assert read_record(composed) == read_record(buffer.getvalue())


@pytest.mark.office("soffice")
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_every_figure_of_the_bulletin_survives_libreoffice(bulletin, way, tmp_path):
    """All of them by their bookmarks, those in the frame at the page bottom too, with the record inside the file."""
    after = saved(bulletin, way, tmp_path)

    assert read_record(bulletin) == read_record(after)
    assert as_printed(bulletin) == as_found(after)
    assert {Standing.UNTOUCHED} == {one.standing for one in opened(after).figures}


@pytest.mark.office("soffice")
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_every_figure_survives_libreoffice_wherever_it_stands(composed, way, tmp_path):
    """Header, footer, footnote, text box, frame, table and loop: none is lost."""
    after = saved(composed, way, tmp_path)

    assert read_record(composed) == read_record(after)
    assert as_printed(composed) == as_found(after)


@pytest.mark.office("soffice")
@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_sealed_with_its_record_beside_survives_libreoffice(bulletin, way, tmp_path):
    """What the document does not carry cannot be lost: the bookmarks come through and the sidecar knows them."""
    sealed = seal(opened(bulletin), is_sidecar=True)
    after = saved(sealed.document, way, tmp_path)

    assert read_record(after) is None
    assert {Standing.UNTOUCHED} == {one.standing for one in read_bound(after, sealed.record).value.figures}


@pytest.mark.office("soffice")
def test_public_version_prints_the_same_pages(bulletin, tmp_path):
    """To the pixel what the document prints without its bookmarks; LibreOffice (unlike Word) sets text apart at these."""
    path = tmp_path / "简报.docx"
    path.write_bytes(bulletin)
    sealed = Path(seal_flow.run(Desk.here(), file=path, public=True).answer.files[0])
    plain = tmp_path / "无书签.docx"
    plain.write_bytes(without_bookmarks(bulletin))
    before, after, whole = (to_pdf(one, tmp_path) for one in (plain, sealed, path))
    drawn = [[page.read_bytes() for page in draw_pages(pdf, tmp_path)] for pdf in (before, after)]

    assert read_pages(before) == read_pages(after)
    assert drawn[0] == drawn[1]
    assert words(whole) == words(after)
    assert [] == structure_problems(sealed.read_bytes())


@pytest.mark.office("soffice")
def test_public_version_draws_the_same_charts(tmp_path):
    """Without the workbooks behind them charts look as before."""
    path = tmp_path / "图.docx"
    path.write_bytes(with_charts("![柱状图：捐物](各类捐物)\n\n![饼图](各类捐物)\n"))
    sealed = Path(seal_flow.run(Desk.here(), file=path, public=True).answer.files[0])
    before, after = (
        [page.read_bytes() for page in draw_pages(to_pdf(one, tmp_path), tmp_path)] for one in (path, sealed)
    )

    assert before == after
    assert [] == [name for name in part_names(sealed.read_bytes()) if "embeddings" in name]


def without_bookmarks(document: bytes) -> bytes:
    files = {name: part(document, name) for name in part_names(document)}
    return package(
        {name: re.sub(r"<w:bookmark(?:Start|End) [^>]*/>", "", one) for name, one in files.items()}
    )


def words(pdf: Path) -> list[str]:
    """Each page's text, wherever its lines end."""
    return [page.text.replace("\n", "") for page in read_pages(pdf)]


NUMBERS = ["248件", "1.6万元", "12345.67元", "1000余份", "52.5%", "第25—29期", "2014年5月30日", "3～4个"]


@pytest.mark.office("soffice")
def test_no_line_ends_inside_a_number(tmp_path):
    """Wherever in a line a printed figure comes to stand, its digits stay together with point and %."""
    figures = {f"数{place}": figure(f"数{place}", text) for place, text in enumerate(NUMBERS)}
    body = "".join(
        p("字" * shift + "".join(f"数{{{{ 数{place} }}}}" for place in range(len(NUMBERS))))
        for shift in range(60, 92)
    )
    path = tmp_path / "数.docx"
    path.write_bytes(compose(docx(body), figures, origins=(ORIGIN,)).value.document)
    lines = [line.text for page in read_pages(to_pdf(path, tmp_path)) for line in page.lines]
    cut = [
        (one, other) for one, other in pairwise(lines) if one[-1:].isdigit() and other[:1] in "0123456789.%"
    ]

    assert len(lines) > 64
    assert [] == cut
