"""Charts of a template: filled by the figure their alt text names, or by tags in their own texts; said why when not."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from officeflow import Template
from officeflow.document.authoring.template import build_template
from officeflow.document.bound.agreement import Agreement, judge_all
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.refreshing import Refreshing
from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from officeflow.document.template_api.inline_image import InlineImage
from officeflow.document.template_api.template import TemplateError
from officeflow.document.wml.chart_xml import ChartData, Series, read_chart
from officeflow.document.wml.wordml import parse
from officeflow.model.findings import Severity
from officeflow.model.layout import Genre
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from tests.support.brief import brief
from tests.support.charts import FIGURES, PROFILE, composed, groups, template
from tests.support.docx import part
from tests.support.figures import ORIGIN, STANDARD, figure
from tests.support.placing import PNG
from tests.support.structure import structure_problems

CHART = "word/charts/chart1.xml"


def shown(document: bytes, name: str = CHART) -> ChartData:
    return read_chart(parse(part(document, name).encode()))


def sheet(document: bytes) -> list[tuple[object, ...]]:
    package = open_package(document).value
    target = next(one.target for one in Parts(package).relations(CHART) if one.kind == "package")
    return list(openpyxl.load_workbook(io.BytesIO(package.read(target))).active.values)


def test_chart_shows_the_groups_of_its_figure():
    """Names, numbers and unit come from the figure; the workbook inside says the same."""
    document = composed("![柱状图：捐物](各类捐物)")

    assert ChartData(
        ("衣物", "书籍", "食品"), (Series("各类捐物（件）", (Decimal(248), Decimal(31), Decimal(0))),)
    ) == shown(document)
    assert [(None, "各类捐物（件）"), ("衣物", 248), ("书籍", 31), ("食品", 0)] == sheet(document)


def test_chart_shows_two_columns_of_a_list():
    """The first column names the points, the second counts them."""
    document = composed("![饼图](社区名单：社区，户数)")

    assert ChartData(("河北社区", "西山社区"), (Series("户数", (Decimal(200), Decimal(150))),)) == shown(
        document
    )


def test_title_and_properties_hold_tags():
    """Tags in a title and in the document's properties print texts, in one line, without bookmarks."""
    built = build_template(
        "![柱状图：{{ 单位 }}{{ 符号 }}](各类捐物)", Genre(id="x", title="x"), PROFILE, title="{{ 单位 }}简报"
    )

    document = compose(built, FIGURES, origins=(ORIGIN,)).value.document

    assert "<a:t>县林业局&lt;甲&gt;&amp;“乙” 二行</a:t>" in part(document, CHART)
    assert "<dc:title>县林业局简报</dc:title>" in part(document, "docProps/core.xml")
    assert [] == structure_problems(document)


def test_chart_is_recorded_with_its_sources():
    """The record names the figure, what was drawn, and every cell it came from."""
    [(name, bound)] = read_record(composed("![柱状图](各类捐物)")).figures.items()

    assert f'w:name="{name}"' in part(composed("![柱状图](各类捐物)"))
    assert ("各类捐物", "衣物 248、书籍 31、食品 0", {"台账": "C20:C22"}) == (
        bound.id,
        bound.text,
        dict(bound.sources),
    )


def test_names_of_persons_are_drawn_but_not_recorded():
    """No record keeps a personal value."""
    document = composed("![柱状图](各人捐款)")

    assert ("示例甲", "示例乙") == shown(document).categories
    assert {} == read_record(document).figures


def test_alt_text_says_what_the_chart_shows():
    """A reader who cannot see the chart hears its figure's name, never braces."""
    assert 'descr="各类捐物"' in part(composed("![柱状图](各类捐物)"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![柱状图](没有)", "NAME_UNKNOWN"),
        ("![柱状图](捐款)", "CHART_DATA"),
        ("![柱状图](联系社区)", "CHART_DATA"),
        ("![柱状图](社区名单)", "CHART_COLUMNS"),
        ("![柱状图](社区名单：社区，楼数)", "FIELD_UNKNOWN"),
        ("![柱状图](社区名单：社区，社区)", "CHART_DATA"),
        ("![柱状图](总期号)", "FIGURE_EMPTY"),
        ("![柱状图](总期号：社区，户数)", "FIGURE_EMPTY"),
        ("![柱状图](上期捐款：社区，户数)", "FIGURE_UNKNOWN"),
        ("![柱状图](上期捐款)", "FIGURE_UNKNOWN"),
        ("{%p for 项 in 帮办 %}\n\n![柱状图](各类捐物)\n\n{%p endfor %}", "CHART_TWICE"),
        ("![柱状图：{{ 没有 }}](各类捐物)", "NAME_UNKNOWN"),
        ("![柱状图：{{ 单位](各类捐物)", "TAG_UNCLOSED"),
    ],
)
def test_chart_that_cannot_be_drawn_says_why(text, code):
    """A finding at the chart's paragraph; no document with a chart of other numbers."""
    outcome = compose(template(text), FIGURES, origins=(ORIGIN,))

    assert outcome.value is None
    assert code in [finding.code for finding in outcome.findings], brief(outcome.findings)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 捐款|图 }}",
        "{{ 社区名单|栏('社区') }}",
        "{{ 捐款|栏('社区', '户数') }}",
        "{{ 社区名单|栏(1, 2) }}",
        "{{ 社区名单|图(3) }}",
    ],
)
def test_filters_of_charts_are_refused_in_text(tag):
    """What makes no chart, or is only for one, is a finding at its tag."""
    outcome = compose(template(tag), FIGURES, origins=(ORIGIN,))

    assert outcome.value is None
    assert {"TAG_FAILED"} == {finding.code for finding in outcome.findings}


def test_figure_as_a_chart_shows_it_can_be_printed():
    """The filter behind a chart's record prints each group with its number."""
    assert "衣物 248、书籍 31、食品 0" in part(composed("{{ 各类捐物|图 }}。"))


def test_draft_draws_nothing_where_a_figure_is_missing():
    """A draft has an empty chart and says so, never the sample's numbers."""
    outcome = compose(template("![柱状图](总期号)"), FIGURES, origins=(ORIGIN,), draft=True)

    assert () == shown(outcome.value.document).categories
    assert {Severity.HINT} == {finding.severity for finding in outcome.findings}


def test_chart_of_a_part_that_is_not_printed_asks_for_nothing():
    """A condition around the chart counts."""
    document = composed("{%p if 捐书籍 %}\n\n![柱状图](总期号)\n\n{%p endif %}\n\n正文。")

    assert "c:chart" not in part(document)


def test_same_figures_give_the_same_bytes():
    """Chart and workbook are written the same way each time."""
    assert composed("![柱状图](各类捐物)") == composed("![柱状图](各类捐物)")


def plain(document: bytes, context: dict[str, object]) -> bytes:
    filled = Template(document)
    filled.render(context)
    saved = io.BytesIO()
    filled.save(saved)
    assert [] == structure_problems(saved.getvalue())
    return saved.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        {"甲": 1, "乙": 2.5},
        [("甲", 1), ("乙", 2.5)],
        [{"名": "甲", "数": 1}, {"名": "乙", "数": 2.5}],
        groups("数", 甲=1, 乙=2),
    ],
    ids=["table", "pairs", "rows", "figure"],
)
def test_plain_template_fills_charts_with_what_a_program_has(value):
    """Tables, pairs, rows with a name and a number, and figures do."""
    data = shown(plain(template("![柱状图](值)"), {"值": value}))

    assert (("甲", "乙"), Decimal(1)) == (data.categories, data.series[0].values[0])


def test_chart_and_picture_stand_in_one_document():
    """Both add parts and kinds of parts; none is lost."""
    source = template("{{ 图片 }}\n\n![柱状图](值)")
    image = InlineImage(None, io.BytesIO(PNG))

    document = plain(source, {"值": {"甲": 1}, "图片": image})

    assert (1, ("甲",)) == (part(document).count("<pic:pic "), shown(document).categories)


def test_plain_template_says_what_is_no_chart():
    """A text in the place of numbers is an error with the chart's paragraph."""
    with pytest.raises(TemplateError) as raised:
        plain(template("前。\n\n![柱状图](值)"), {"值": "一段话"})

    assert ["CHART_DATA"] == [finding.code for finding in raised.value.findings]
    assert "第2段" in raised.value.findings[0].message


def test_tags_in_the_points_of_a_chart_are_filled():
    """A chart drawn in Word with tags as its data: names as texts, points as bare numbers, nothing as a gap."""
    package = open_package(template("![柱状图](各类捐物)")).value
    patch = Parts(package)
    chart = package.read(CHART).decode()
    for place, tag in enumerate(("{{ 捐款 }}", "{{ 党员数 + 1 }}", "{{ 没有 }}")):
        chart = chart.replace(f"<c:v>{'354'[place]}</c:v>", f"<c:v>{tag}</c:v>").replace(
            f"<c:v>{place + 1}</c:v>", f"<c:v>{'捐款' if not place else '{{ 单位 }}'}</c:v>"
        )
    patch.write(CHART, chart.encode())
    patch.write(
        "word/document.xml", package.read("word/document.xml").replace("{{ 各类捐物 }}".encode(), b"")
    )

    document = plain(patch.to_bytes(), dict(STANDARD))

    assert (Decimal(16000), Decimal(40), None) == shown(document).series[0].values[:3]
    assert ("捐款", 16000) == sheet(document)[1]


def changed(**parts: tuple[str, str]) -> bytes:
    """The template of one chart with words of its body or chart replaced."""
    patch = Parts(open_package(template("![柱状图：题](各类捐物)")).value)
    names = {"body": "word/document.xml", "chart": CHART}
    for name, (old, new) in parts.items():
        text = patch.read(names[name]).decode()
        assert old in text
        patch.write(names[name], text.replace(old, new).encode())
    return patch.to_bytes()


def test_tag_may_stand_in_the_title_of_the_alt_text():
    """Older Word has a title beside the description; words around the tag stay."""
    source = changed(body=('descr="{{ 各类捐物 }}"', 'descr="" title="图：{{ 各类捐物 }}。"'))

    document = compose(source, FIGURES, origins=(ORIGIN,)).value.document

    assert ("衣物", "书籍", "食品") == shown(document).categories
    assert 'title="图：各类捐物。"' in part(document)


def test_tag_of_a_title_may_be_split_over_runs():
    """Word splits words at any place; the first run's look is kept."""
    source = changed(chart=("<a:t>题</a:t></a:r>", "<a:t>{{ 单</a:t></a:r><a:r><a:t>位 }}题</a:t></a:r>"))

    document = compose(source, FIGURES, origins=(ORIGIN,)).value.document

    assert "<a:t>县林业局题</a:t>" in part(document, CHART)


def test_chart_without_a_workbook_gets_one():
    """A chart that refers to a file on somebody's disk is given its data."""
    source = changed(chart=('<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>', ""))

    document = compose(source, FIGURES, origins=(ORIGIN,)).value.document

    assert [] == structure_problems(document)
    targets = [one.target for one in Parts(open_package(document).value).relations(CHART)]
    assert ["word/embeddings/chart1.xlsx", "word/embeddings/chart2.xlsx"] == targets


def test_points_in_a_plane_cannot_be_filled():
    """A scatter chart has no names for its points; it says so."""
    outcome = compose(changed(chart=("<c:cat>", "<c:xVal/><c:cat>")), FIGURES, origins=(ORIGIN,))

    assert ["CHART_KIND"] == [finding.code for finding in outcome.findings]


@pytest.mark.parametrize("value", [5, None, [], [("甲",)], [("甲", "乙")], [{"名": "甲"}]], ids=str)
def test_what_has_no_numbers_by_name_is_said(value):
    """Neither an empty list nor names without numbers become a chart."""
    with pytest.raises(TemplateError) as raised:
        plain(template("![柱状图](值)"), {"值": value})

    assert {"CHART_DATA"} == {finding.code for finding in raised.value.findings}


def test_table_without_rows_is_an_empty_chart():
    """Nothing happened: no bars, not the sample's."""
    assert () == shown(plain(template("![柱状图](值)"), {"值": {}})).categories


def test_chart_with_too_many_points_is_said():
    """More than a thousand numbers cannot be told apart."""
    with pytest.raises(TemplateError) as raised:
        plain(template("![柱状图](值)"), {"值": {str(place): place for place in range(1001)}})

    assert ["CHART_LARGE"] == [finding.code for finding in raised.value.findings]


def test_refresh_moves_a_chart_and_its_workbook():
    """New groups, new numbers: the chart has as many points as the data; the record follows."""
    moved = {**FIGURES, "各类捐物": groups("各类捐物", "件", 衣物=250, 药品=4)}
    bound = read_bound(composed("![柱状图：捐物](各类捐物)\n\n共{{ 捐衣物 }}。")).value
    judged = judge_all(bound, moved)
    assert [Agreement.STALE, Agreement.SAME] == [one.agreement for one in judged]
    assert "捐物" == judged[0].stretch.sentence

    Refreshing(bound, judged, ORIGIN).run()
    document = bound.written(bound.record)

    assert [] == structure_problems(document)
    assert [(None, "各类捐物（件）"), ("衣物", 250), ("药品", 4)] == sheet(document)
    assert [Agreement.SAME] * 2 == [one.agreement for one in judge_all(read_bound(document).value, moved)]


def test_title_moves_with_the_data():
    """A title that names a period or a unit is part of what is verified and refreshed."""
    text = "![柱状图：{{ 单位 }}“捐物”情况](各类捐物)"
    moved = {**FIGURES, "单位": figure("单位", "县水务局")}
    bound = read_bound(composed(text)).value
    [judged] = judge_all(bound, moved)
    assert (Agreement.STALE, "县林业局“捐物”情况：衣物 248、书籍 31、食品 0") == (
        judged.agreement,
        judged.stretch.text,
    )

    Refreshing(bound, [judged], ORIGIN).run()
    document = bound.written(bound.record)

    assert "<a:t>县水务局“捐物”情况</a:t>" in part(document, CHART)
    assert [Agreement.SAME] == [one.agreement for one in judge_all(read_bound(document).value, moved)]


def test_person_named_in_a_title_is_not_recorded():
    """The title is printed, the record has the chart without it."""
    document = composed("![柱状图：{{ 捐赠人 }}](各类捐物)")

    assert "<a:t>示例甲</a:t>" in part(document, CHART)
    assert ["衣物 248、书籍 31、食品 0"] == [one.text for one in read_record(document).figures.values()]


def test_chart_that_somebody_changed_is_left_alone():
    """Numbers typed into the chart's workbook are a person's work."""
    document = composed("![柱状图](各类捐物)")
    patch = Parts(open_package(document).value)
    patch.write(CHART, patch.read(CHART).replace(b"<c:v>248</c:v>", b"<c:v>249</c:v>"))
    bound = read_bound(patch.to_bytes()).value

    [judged] = judge_all(bound, {**FIGURES, "各类捐物": groups("各类捐物", "件", 衣物=250)})

    assert Agreement.OVERTYPED is judged.agreement
    assert "衣物 249、书籍 31、食品 0" == judged.stretch.text


def test_chart_without_its_bookmark_is_found_by_what_it_shows():
    """A program that lost the bookmark does not lose the chart."""
    document = composed("![柱状图](各类捐物)")
    patch = Parts(open_package(document).value)
    text = part(document)
    start = text.index("<w:bookmarkStart")
    patch.write("word/document.xml", (text[:start] + text[text.index("/>", start) + 2 :]).encode())

    [stretch] = read_bound(patch.to_bytes()).value.figures

    assert (CHART, "衣物 248、书籍 31、食品 0") == (stretch.chart, stretch.text)
