"""What is wrong with a kit's rules is found before anybody fills a sheet."""

from __future__ import annotations

from typing import Any

import pytest

import officeflow.checks
import officeflow.figures
from officeflow.figures import Tally
from officeflow.kits.catalogue import catalogue
from tests.support.cases import case_kit
from tests.support.grid import read_grid


@pytest.mark.parametrize("kit", catalogue(), ids=lambda kit: kit.id)
def test_built_in_kits_are_sound(kit: Any) -> None:
    """No rule of a kit we ship leads nowhere."""
    assert officeflow.figures.kit_problems(kit) == ()
    assert officeflow.checks.kit_problems(kit) == ()


@pytest.mark.parametrize(
    ("figure", "code", "nearest"),
    [
        ({"use": "totl", "of": "donations.amount"}, "KIT_USE_UNKNOWN", "total"),
        ({"use": "total", "of": "donations.amont"}, "KIT_NAME_UNKNOWN", "donations.amount"),
        ({"use": "total", "of": ["donations.amount", "捐"]}, "KIT_NAME_UNKNOWN", ""),
        ({"use": "count", "of": "posts", "distinct": True}, "KIT_ATTRIBUTE_UNUSED", "by、on、where、window"),
        ({"use": "difference", "of": "masthead.issue"}, "KIT_ATTRIBUTE_MISSING", ""),
        ({"use": "count", "of": "posts", "where": {"categry": "其他"}}, "KIT_FIELD_UNKNOWN", "category"),
        ({"use": "count", "of": "posts", "where": {"category": "宣传"}}, "KIT_CHOICE_UNKNOWN", "宣传岗"),
        (
            {"use": "count", "of": "posts", "where": {"category": {"not": ["宣传"]}}},
            "KIT_CHOICE_UNKNOWN",
            "宣传岗",
        ),
        ({"use": "count", "of": "posts", "by": "comunity"}, "KIT_FIELD_UNKNOWN", "community"),
        ({"use": "count", "of": "posts", "format": "汉子"}, "KIT_FORMAT_UNKNOWN", "汉字"),
        ({"use": "count", "of": "posts", "format": {"use": "余", "digit": 1}}, "KIT_FORMAT_OPTION", "digits"),
        (
            {"use": "count", "of": "posts", "format": {"use": "余", "digits": "1"}},
            "KIT_FORMAT_OPTION",
            "digits",
        ),
        ({"use": "count", "of": "posts", "format": {"digits": 1}}, "KIT_FORMAT_UNKNOWN", ""),
        ({"use": "count", "of": "posts", "by": "count"}, "KIT_FIELD_UNKNOWN", "community"),
        ({"use": "count", "of": []}, "KIT_ATTRIBUTE_MISSING", ""),
        ({"use": "count", "of": "posts", "labels": "月日"}, "KIT_ATTRIBUTE_MISSING", ""),
        ({"use": "count", "of": "posts", "by": "community", "labels": "月曰"}, "KIT_FORMAT_UNKNOWN", "月日"),
        ({"use": "count", "of": "posts", "where": {"category": {}}}, "KIT_CONDITION", ""),
        ({"use": "count", "of": "posts", "where": {"category": {"filled": "是"}}}, "KIT_CONDITION", ""),
        ({"use": "count", "of": "posts", "where": {"times": {"above": "tims"}}}, "KIT_NAME_UNKNOWN", "times"),
        (
            {"use": "count", "of": "posts", "where": {"times": {"min": "filing.from"}}},
            "KIT_LIMIT_UNLIKE",
            "",
        ),
        ({"use": "count", "of": "posts", "where": {"member": {"above": 3}}}, "KIT_LIMIT_UNLIKE", ""),
        ({"use": "count", "of": "posts", "on": "reportd_on"}, "KIT_FIELD_UNKNOWN", "reported_on"),
        ({"use": "count", "of": "posts", "on": "times", "window": "month"}, "KIT_ON_NO_DATE", ""),
        ({"use": "count", "of": "posts", "window": "month"}, "KIT_ATTRIBUTE_MISSING", ""),
        ({"use": "rank", "of": {"use": "count", "of": "posts"}}, "KIT_RANK_ALONE", ""),
        ({"use": "value", "of": "masthead.issue", "else": {"use": "nothing"}}, "KIT_USE_UNKNOWN", ""),
    ],
)
def test_a_wrong_figure_is_found_with_the_nearest_word(
    figure: dict[str, Any], code: str, nearest: str
) -> None:
    """Each slip is one finding that says what was probably meant."""
    found = officeflow.figures.kit_problems(case_kit(figure=[{"id": "数", **figure}]))

    assert [(code, nearest)] == [(finding.code, finding.expected) for finding in found]


HOUSES, PEOPLE, TIMES = "communities.households", "donations.people", "posts.times"


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ({"use": "total", "of": [TIMES, HOUSES]}, "KIT_UNITS_UNLIKE"),
        ({"use": "total", "of": "donations.category"}, "KIT_OPERAND_KIND"),
        ({"use": "mean", "of": "posts.member"}, "KIT_OPERAND_KIND"),
        ({"use": "total", "of": HOUSES, "unit": "元"}, "KIT_UNIT_UNLIKE"),
        ({"use": "total", "of": "donations.amount", "unit": "万元"}, "KIT_UNIT_UNLIKE"),
        ({"use": "total", "of": "donations.amount", "unit": "分"}, "KIT_UNIT_UNLIKE"),
        ({"use": "share", "of": PEOPLE, "to": HOUSES}, "KIT_UNITS_UNLIKE"),
        ({"use": "change", "of": PEOPLE, "to": "donations.amount"}, "KIT_UNITS_UNLIKE"),
        ({"use": "difference", "of": "filing.to", "to": "matters.done_on", "by": "row"}, "KIT_ROW_FIRST"),
        ({"use": "count", "of": "posts", "format": "月日"}, "KIT_FORMAT_MISFIT"),
        ({"use": "latest", "of": "posts.reported_on", "format": "汉字"}, "KIT_FORMAT_MISFIT"),
        (
            {"use": "count", "of": "posts", "where": {"reported_on": "filing.to"}},
            "KIT_CONDITION_TYPE",
        ),
        ({"use": "count", "of": "posts", "where": {"times": "三"}}, "KIT_CONDITION_TYPE"),
    ],
)
def test_a_figure_that_means_nothing_is_refused_once(figure: dict[str, Any], code: str) -> None:
    """次 and 个 do not add up; a sum of names, or a day printed in 汉字, is the author's mistake, not the clerk's."""
    found = officeflow.figures.kit_problems(case_kit(figure=[{"id": "数", **figure}]))

    assert [code] == [finding.code for finding in found]


@pytest.mark.parametrize(
    "figure",
    [
        {"use": "total", "of": [PEOPLE, "donations.members"], "unit": "名"},
        {"use": "difference", "of": "matters.done_on", "to": "filing.to", "by": "row", "format": "第N天"},
        {"use": "ratio", "of": "donations.amount", "to": PEOPLE, "unit": "元"},
        {"use": "share", "of": PEOPLE, "to": {"use": "count", "of": "posts", "unit": "个"}},
        {"use": "count", "of": "posts", "where": {"card": "是", "reported_on": {"filled": True}}},
        {"use": "span", "of": "posts.reported_on", "format": "起止"},
    ],
)
def test_a_figure_that_means_something_is_left_alone(figure: dict[str, Any]) -> None:
    """名 and 人 are the same; the days between two dates are a number; yuan per head are yuan."""
    assert () == officeflow.figures.kit_problems(case_kit(figure=[{"id": "数", **figure}]))


@pytest.mark.parametrize(
    ("to", "codes"),
    [(HOUSES, []), ("donations.amount", ["KIT_UNITS_UNLIKE"]), (12, [])],
)
def test_a_check_holds_counts_against_counts_and_money_against_money(to: object, codes: list[str]) -> None:
    """期数 against 家数 may be held; 户 against 元 says nothing."""
    kit = case_kit(check=[{"id": "C-1", "use": "at_most", "of": PEOPLE, "to": to}])

    assert codes == [finding.code for finding in officeflow.checks.kit_problems(kit)]


def test_figures_that_need_each_other_are_found_and_unknown() -> None:
    """A circle is a finding, and no endless loop where it is computed all the same."""
    kit = case_kit(
        figure=[{"id": "甲", "use": "total", "of": ["乙"]}, {"id": "乙", "use": "total", "of": ["甲"]}]
    )
    assert ["KIT_CIRCLE", "KIT_CIRCLE"] == [finding.code for finding in officeflow.figures.kit_problems(kit)]
    assert Tally(read_grid("", kit)).figure("甲").value is None


@pytest.mark.parametrize(
    ("check", "code", "nearest"),
    [
        ({"use": "equal", "of": "masthead.issue", "to": 1}, "KIT_USE_UNKNOWN", "equals"),
        ({"use": "equals", "of": "masthead.issue"}, "KIT_ATTRIBUTE_MISSING", ""),
        ({"use": "equals", "of": "masthead.isue", "to": 1}, "KIT_NAME_UNKNOWN", "masthead.issue"),
        ({"use": "range", "of": "posts.times", "min": "filing.form"}, "KIT_NAME_UNKNOWN", "filing.from"),
        ({"use": "required", "when": {"filing.scop": "累计"}}, "KIT_NAME_UNKNOWN", "filing.scope"),
        ({"use": "required", "when": {"filing.scope": "累计数"}}, "KIT_CHOICE_UNKNOWN", "累计"),
        ({"use": "required", "message": "{heder}没有填"}, "KIT_PLACEHOLDER_UNKNOWN", "header"),
        ({"use": "required", "message": "缺{header"}, "KIT_PLACEHOLDER_UNKNOWN", "header"),
        ({"use": "pattern", "of": "masthead.phone", "options": {"pattern": "("}}, "KIT_OPTION_WRONG", ""),
        ({"use": "unique", "min": 3}, "KIT_ATTRIBUTE_UNUSED", "where"),
        ({"use": "one_of", "where": {"category": "其他"}}, "KIT_ATTRIBUTE_MISSING", ""),
        (
            {
                "use": "refers_to",
                "of": ["posts.category", "posts.times"],
                "in": ["posts.category", "filing.from"],
            },
            "KIT_KEY_UNLIKE",
            "",
        ),
        ({"use": "range", "of": {"use": "count", "of": "pots"}, "min": 1}, "KIT_NAME_UNKNOWN", "posts"),
    ],
)
def test_a_wrong_check_is_found_with_the_nearest_word(check: dict[str, Any], code: str, nearest: str) -> None:
    """Checks and figures share one grammar and its findings."""
    found = officeflow.checks.kit_problems(case_kit(check=[{"id": "C-1", **check}]))

    assert [(code, nearest)] == [(finding.code, finding.expected) for finding in found]
    assert all("C-1" in finding.message for finding in found)


@pytest.mark.parametrize("message", ["{heder}没有填", "缺{header", "{0}没有填", "{header.x}"])
def test_words_of_a_kit_that_cannot_be_filled_in_give_way_to_the_kind_s(message: str) -> None:
    """A slip in a kit never hides what the clerk must mend."""
    kit = case_kit(check=[{"use": "required", "of": "masthead.issue", "message": message}])
    submission = read_grid("", kit)
    found = officeflow.checks.run_checks(submission, Tally(submission))

    assert "【简报报头·期号】没有填。" in [finding.message for finding in found]
