"""What a kit's author is told about a report's text and layout."""

from dataclasses import replace

import pytest

from officeflow.document.authoring.problems import template_problems
from officeflow.kits.layout import genre, profile
from officeflow.model.layout import FramePart, Genre
from tests.support.brief import brief

PROFILE = profile("gb9704")
BULLETIN = genre("bulletin")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# 总标题", "TEXT_LEVEL"),
        ("###### 太深", "TEXT_LEVEL"),
        ("### 没有上一级", "TEXT_LEVEL_SKIPPED"),
        ("## 一\n##### 跳级", "TEXT_LEVEL_SKIPPED"),
        ("## 一\n---\n### 结语里的小标题", "TEXT_LEVEL_SKIPPED"),
        ("办法：\n{#措施项数}\n没有列举", "TEXT_COUNT_ALONE"),
        ("| 甲 | 乙 |\n|---|---|\n| 1 |", "TEXT_TABLE_UNEVEN"),
        ("**重点没有收尾", "TEXT_BOLD_OPEN"),
        ("1. 列举里**也一样", "TEXT_BOLD_OPEN"),
        ("各单位### 走下去。深入社区", "TEXT_RUN_IN_OPEN"),
        ("![柱形图](捐物)", "TEXT_CHART_KIND"),
        ("![柱状图](名单：社区)", "TEXT_CHART_COLUMNS"),
        ("见图：![柱状图](捐物)", "TEXT_CHART_INSIDE"),
    ],
)
def test_a_slip_of_the_author_is_named(text: str, code: str):
    """Nothing that is not printed as meant passes in silence."""
    assert [code] == brief(template_problems(text, BULLETIN, PROFILE))


def test_a_sound_text_has_no_problems():
    """Levels one by one, ** in tags, tables of one width, any list."""
    text = "## 一\n### 二\n#### 三\n{{ a ** 2 }}**重**\n1. 甲\n\n## 又一\n\n| 甲 |\n|---|\n{%tr for x in y %}\n| {{ x }} |\n\n![饼图](a)"

    assert () == template_problems(text, BULLETIN, PROFILE)


def test_a_misspelt_style_gets_the_nearest_one():
    """The finding names the genre and a style that exists."""
    wrong = Genre(id="wrong", title="错", head=(FramePart(style="文稿标体", text="x"),))
    (finding,) = template_problems("", wrong, PROFILE)

    assert ("LAYOUT_STYLE_UNKNOWN", "文稿标题") == (finding.code, finding.expected)


def test_a_numbering_that_the_profile_does_not_have_is_named():
    """Of the report and of the genre alike."""
    (own,) = template_problems("", BULLETIN, PROFILE, numbering="non")
    (genre_s,) = template_problems("", replace(BULLETIN, numbering="nome"), PROFILE)

    assert ("LAYOUT_NUMBERING", "none", "none") == (own.code, own.expected, genre_s.expected)
    assert () == template_problems("", BULLETIN, PROFILE, numbering="none")
