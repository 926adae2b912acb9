"""Figures wherever they stand, and what is found of them after other programs saved the document."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from officeflow.document.bound.document import read_bound
from officeflow.document.bound.sealing import seal
from officeflow.document.provenance.record import read_record
from officeflow.document.provenance.standing import Standing
from officeflow.document.render.composing import compose
from officeflow.flow import report, sample
from officeflow.flow import seal as seal_flow
from officeflow.intake.desk import Desk
from tests.support.bound import opened
from tests.support.charts import composed as with_charts
from tests.support.docx import docx, p, package, part, part_names
from tests.support.everywhere import WAYS, everywhere, saved
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.office import draw_pages, read_pages, to_pdf
from tests.support.structure import structure_problems


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
