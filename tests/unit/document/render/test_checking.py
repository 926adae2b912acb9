"""A template is checked before there is any data."""

from __future__ import annotations

import pytest

from officeflow.document.render.checking import check_template
from officeflow.document.template_api.dialect import PLAIN
from officeflow.document.templates.dialect import REPORT
from tests.support.docx import docx, p
from tests.support.figures import STANDARD

STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="a"/></w:styles>'
)

MARKED = '<w:p><w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/></w:p>'


def codes(template: bytes, figures: object = STANDARD) -> list[str]:
    return [
        f"{one.code} {one.tag or one.values.get('name', '')}".strip()
        for one in check_template(template, figures, PLAIN if figures is None else REPORT).problems
    ]


def styled(name: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>题</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("捐{{ 捐衣物 }}"), []),
        (p("捐{{ 捐衣物 }}件"), ["UNIT_TWICE {{ 捐衣物 }}"]),
        (p("捐{{ 捐衣物|数 }}件"), []),
        (p("{% if 捐书籍 %}捐{{ 捐衣物 }}件{% endif %}"), ["UNIT_TWICE {{ 捐衣物 }}"]),
        (p("{% if 捐书籍 %}{{ 单位|万 }}{% endif %}"), ["FORMAT_UNFIT {{ 单位|万 }}"]),
        (p("{{ 捐衣服 }}{{ 没有 }}"), ["NAME_UNKNOWN {{ 捐衣服 }}", "NAME_UNKNOWN {{ 没有 }}"]),
        (p("{{ 捐衣物|不懂 }}{{ 没有 }}"), ["FILTER_UNKNOWN {{ 捐衣物|不懂 }}", "NAME_UNKNOWN {{ 没有 }}"]),
        (p("{{ 1 + }}{{ 没有 }}"), ["TAG_SYNTAX {{ 1 + }}", "NAME_UNKNOWN {{ 没有 }}"]),
        (p("{{ 捐款 + 单位 }}"), ["NOT_RECKONED {{ 捐款 + 单位 }}"]),
        (
            p("{% if 捐款 %}") + p("｛｛ 捐款 ｝｝"),
            ["BLOCK_OPEN {% if 捐款 %}", "TAG_RETYPED ｛｛ 捐款 ｝｝"],
        ),
    ],
)
def test_report_template_is_judged_by_the_sample(body: str, expected: list[str]):
    """Also what the sample would not print: a unit twice, a format that does not fit."""
    assert expected == codes(docx(body))


def test_unknown_name_gets_the_nearest():
    """As in a report."""
    (finding,) = check_template(docx(p("{{ 捐衣服 }}")), STANDARD).findings

    assert "最接近的是“捐衣物”" in finding.remedy


def test_plain_template_may_ask_for_anything():
    """Without a kit nothing is known of the data, but the writing is."""
    assert [] == codes(docx(p("{{ anything.at_all|upper }}")), None)
    assert ["TAG_SYNTAX {{ a b }}", "BLOCK_OPEN {% for x in y %}"] == codes(
        docx(p("{{ a b }}") + p("{% for x in y %}")), None
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (styled("a"), []),
        (styled("gone"), ["STYLE_LOST gone"]),
        (
            '<w:p><w:hyperlink w:anchor="gone"><w:r><w:t>见</w:t></w:r></w:hyperlink></w:p>',
            ["BOOKMARK_LOST gone"],
        ),
        (
            '<w:p><w:r><w:instrText xml:space="preserve"> PAGEREF gone \\h </w:instrText></w:r></w:p>',
            ["BOOKMARK_LOST gone"],
        ),
        (
            MARKED + '<w:p><w:fldSimple w:instr=" REF here \\h "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>',
            [],
        ),
        ('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>新</w:t></w:r></w:ins></w:p>' * 3, ["CHANGES_LEFT"]),
        ('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>' * 2, ["COMMENT_LEFT"]),
    ],
)
def test_leftovers_of_editing_are_hints(body: str, expected: list[str]):
    """Deleted styles and bookmarks, changes not settled, comments: each named, none refused."""
    checked = check_template(docx(body, parts={"word/styles.xml": STYLES}), STANDARD)

    assert expected == codes(docx(body, parts={"word/styles.xml": STYLES}))
    assert {"hint"} >= {finding.severity.value for finding in checked.findings}


def test_all_at_once():
    """A file that fetches others, a mistake and a leftover are told together, the body first."""
    body = p("{{ }}") + styled("gone") + p("{% for 行 in 联系社区 %}{{ 捐衣服 }}{{ 行 }}")
    template = docx(body, header=p("{{ 1 + }}"), parts={"word/styles.xml": STYLES})

    assert [
        "TAG_EMPTY {{ }}",
        "STYLE_LOST gone",
        "BLOCK_OPEN {% for 行 in 联系社区 %}",
        "NAME_UNKNOWN {{ 捐衣服 }}",
        "TAG_SYNTAX {{ 1 + }}",
    ] == codes(template)
