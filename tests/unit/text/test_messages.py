"""Findings worded from a catalogue."""

import string
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from officeflow.model.findings import Finding, Severity
from officeflow.model.values import DatePart, Hedge, PartialDate
from officeflow.text.hedges import bounded
from officeflow.text.messages import Catalogue, Place, shown
from officeflow.text.reading import MESSAGES

MAX_LENGTH = 60
COMPUTER_WORDS = ("非法", "无效", "异常", "错误代码", "null", "解析", "校验失败", "管理员", "报错")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    text = """
    [NOT_EQUAL]
    severity = "explain"
    text = "{place}有{value}名，应为{expected}名，差{gap}名。"
    remedy = "改正{sheet}。"
    [BARE]
    severity = "hint"
    text = "看一下。"
    """
    (tmp_path / "messages.toml").write_text(text, encoding="utf-8")
    return Catalogue.beside(str(tmp_path / "module.py"))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("岗位认领", 12, "社区", "C12"), "【岗位认领·第12行·社区】"),
        (Place("岗位认领", 12), "【岗位认领·第12行】"),
        (Place("填报信息", None, "填报单位", "B3"), "【填报信息·填报单位】"),
        (Place("资金台账", None, "", "C5"), "【资金台账·C5】"),
        (Place("资金台账"), "【资金台账】"),
        (Place(), ""),
    ],
)
def test_a_place_is_said_as_far_as_it_is_known(place: Place, text: str):
    """Unknown parts are left out."""
    assert text == str(place)


def test_a_finding_is_worded_with_its_values(catalogue: Catalogue):
    """Text, remedy and parts come from one call."""
    finding = catalogue.finding(
        "NOT_EQUAL",
        place=Place("岗位认领", 12, "姓名", "B12"),
        value=Decimal("38.0"),
        expected=39,
        gap=Decimal(1),
        sheet="岗位认领",
        rule="CP-04",
        row_key="示例01",
        file="s.xlsx",
    )

    assert finding == Finding(
        code="NOT_EQUAL",
        severity=Severity.EXPLAIN,
        message="【岗位认领·第12行·姓名】有38名，应为39名，差1名。",
        remedy="改正岗位认领。",
        file="s.xlsx",
        sheet="岗位认领",
        cell="B12",
        value="38",
        expected="39",
        rule="CP-04",
        row_key="示例01",
    )


def test_a_kit_may_word_it_otherwise(catalogue: Catalogue):
    """Its own text, remedy and severity; the place goes in front unless the text says it."""
    place = Place("岗位认领", 12)
    own = catalogue.finding(
        "BARE", place=place, text="还有{n}名没有报到", remedy="催一下", severity=Severity.EXPLAIN, n=1
    )
    placed = catalogue.finding("BARE", place=place, text="还有1名：{place}")
    nowhere = catalogue.finding("BARE", text="还有1名")

    assert ("【岗位认领·第12行】还有1名没有报到", "催一下", Severity.EXPLAIN) == (
        own.message,
        own.remedy,
        own.severity,
    )
    assert ["还有1名：【岗位认领·第12行】", "还有1名"] == [placed.message, nowhere.message]


def test_an_empty_override_is_none(catalogue: Catalogue):
    """A rule without its own message takes the catalogue's."""
    assert "看一下。" == catalogue.finding("BARE", text="", remedy="").message


def test_braces_in_a_typed_text_are_only_text(catalogue: Catalogue):
    """What a clerk types is never a placeholder."""
    assert "{gap}" in catalogue.finding("BARE", text="填的是“{value}”", value="{gap}").message


def test_a_placeholder_without_a_value_is_a_mistake_in_the_program(catalogue: Catalogue):
    """It stops the tests, not the clerk's reading."""
    with pytest.raises(KeyError, match="gap"):
        catalogue.finding("NOT_EQUAL", sheet="")
    with pytest.raises(KeyError, match="NO_SUCH"):
        catalogue.finding("NO_SUCH")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Decimal("1.60E+4"), "16000"),
        (date(2014, 3, 6), "2014-3-6"),
        (PartialDate(2014, DatePart.LAST_TEN, 3), "2014年3月下旬"),
        (bounded(Decimal(1000), Hedge.OVER), "1000余"),
        (("甲", "乙"), "甲、乙"),
        ("文字", "文字"),
        (3, "3"),
    ],
)
def test_values_are_named_as_people_write_them(value: object, text: str):
    """No exponents, no zeros in front of a month."""
    assert text == shown(value)


@pytest.mark.parametrize("code", sorted(MESSAGES.messages))
def test_the_readers_words_keep_the_rules_for_messages(code: str):
    """Place first, short, no computer words, a remedy with every problem."""
    message = MESSAGES.messages[code]
    bare = "".join(literal for literal, *_ in string.Formatter().parse(message.text))

    assert message.text.startswith("{place}")
    assert message.remedy
    assert len(bare) <= MAX_LENGTH
    assert not any(word in message.text + message.remedy for word in COMPUTER_WORDS)


def test_a_long_text_is_cut_in_the_sentence_only(catalogue: Catalogue):
    """The finding keeps what was typed: explanations are compared with it."""
    finding = catalogue.finding("BARE", text="填的是“{value}”", value="长" * 500)

    assert ("填的是“" + "长" * 99 + "…”", "长" * 500) == (finding.message, finding.value)
