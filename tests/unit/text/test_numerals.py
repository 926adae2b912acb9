"""汉字 numerals, read and printed."""

from decimal import Decimal

import pytest

from officeflow.text.numerals import print_numeral, read_numeral

PRINTED = {
    0: "零",
    2: "二",
    10: "十",
    12: "十二",
    20: "二十",
    101: "一百零一",
    110: "一百一十",
    1001: "一千零一",
    1010: "一千零一十",
    10000: "一万",
    10010: "一万零一十",
    12000: "一万二千",
    100000: "十万",
    20000010: "二千万零一十",
    100000001: "一亿零一",
    345000000: "三亿四千五百万",
    10**12: "一万亿",
    1234500000000: "一万二千三百四十五亿",
    -5: "负五",
}
READ = {
    "廿九": "29",
    "卅": "30",
    "两千": "2000",
    "二〇二二": "2022",
    "二○一四": "2014",
    "壹仟贰佰": "1200",
    "貳拾": "20",
    "一万零二": "10002",
    "1.5千": "1500",
    "一百点五": "100.5",
    "半": "0.5",
    "三百万零五": "3000005",
    "1万亿": "1000000000000",
}
NONE = [
    "",
    "千",
    "百万",
    "十几",
    "1万23",
    "1.2.3",
    "一点",
    "点五",
    "万一",
    "一千千",
    "一百二百",
    "1万1.5",
    "甲",
    "二二点",
    "五六百万千",
]


@pytest.mark.parametrize(("number", "text"), PRINTED.items())
def test_a_count_is_printed_as_it_is_said(number: int, text: str):
    """零 where places are left out, no 一 before 十 at the front."""
    assert text == print_numeral(number)


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_numeral_is_read(text: str, value: str):
    """Old, mixed and financial forms too."""
    numeral = read_numeral(text)

    assert numeral is not None
    assert (Decimal(value), False) == numeral


@pytest.mark.parametrize(
    ("text", "value"), {"一万二": 12000, "两百五": 250, "六千三": 6300, "三亿五": 350000000}.items()
)
def test_a_short_numeral_says_so(text: str, value: int):
    """一万二 means 12000, and the reader asks."""
    assert (value, True) == read_numeral(text)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_numeral_is_none(text: str):
    """A scale alone names no number (千名干部 is a slogan)."""
    assert read_numeral(text) is None


def test_a_number_too_long_to_say_is_refused():
    """Nothing of that size is printed in 汉字."""
    with pytest.raises(ValueError, match="10000000000000000"):
        print_numeral(10**16)
