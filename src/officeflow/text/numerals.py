"""汉字 numerals: read (一百二十三, 二〇二二, 壹万陆仟, 1万2千) and print."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from officeflow.model.values import EXACT

DIGITS = "〇一二三四五六七八九"
SCALES = {"亿": 8, "万": 4, "千": 3, "百": 2, "十": 1}
_PLAIN = str.maketrans(
    "零○◯壹贰叁肆伍陆柒捌玖貳參陸两兩拾佰仟萬億點",
    "〇〇〇一二三四五六七八九二三六二二十百千万亿点",
)
_ARABIC = str.maketrans(DIGITS, "0123456789")
_ARABIC_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POSITIONAL = re.compile(f"[{DIGITS}0]{{2,}}")
SIGNS = "0-9.〇零○◯一二三四五六七八九十百千万亿两兩点點半廿卅壹贰叁肆伍陆柒捌玖貳參陸拾佰仟萬億"
"""Every sign of a numeral, as the inside of a character class."""


class Numeral(NamedTuple):
    """A numeral that was read; `is_short` when it leaves out its last place (一万二 = 12000)."""

    value: Decimal
    is_short: bool = False


def read_numeral(text: str) -> Numeral | None:
    """Return what an Arabic, 汉字 or mixed numeral means, or None if it is not a numeral.

    Digits in a row are read by place (二〇二二).  A scale without a number
    before it (千名, 百万) names no number; only 十 does.

    >>> read_numeral("一百二十五点〇三").value, read_numeral("1万2千").value, read_numeral("二〇二二").value
    (Decimal('125.03'), Decimal('12000'), Decimal('2022'))
    """
    plain = text.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    return _read(plain) if plain else None


def _read(text: str) -> Numeral | None:
    if _ARABIC_NUMBER.fullmatch(text):
        return Numeral(Decimal(text))
    if text == "半":
        return Numeral(Decimal("0.5"))
    # A decimal point binds tighter than 万 and 亿 (一点六万), looser than 千 and below (一百点五).
    for scale in "亿万":
        if scale in text:
            return _scaled(*text.rpartition(scale))
    if "点" in text:
        return _with_fraction(*text.split("点", 1))
    for scale in "千百十":
        if scale in text:
            return _scaled(*text.partition(scale))
    if (len(text) == 1 and text in DIGITS) or _POSITIONAL.fullmatch(text):
        return Numeral(Decimal(text.translate(_ARABIC)))
    return None


def _with_fraction(whole: str, fraction: str) -> Numeral | None:
    digits = fraction.translate(_ARABIC)
    head = _read(whole)
    if head is None or not digits.isascii() or not digits.isdigit():
        return None
    return Numeral(EXACT.add(head.value, Decimal(f"0.{digits}")))


def _scaled(head: str, scale: str, tail: str) -> Numeral | None:
    power = SCALES[scale]
    before = _read(head) if head else Numeral(Decimal(1)) if scale == "十" else None
    if before is None or before.is_short or (power < SCALES["万"] and not SCALES.keys().isdisjoint(head)):
        return None  # 三百千: only 万 and 亿 count what stands before them
    value = EXACT.multiply(before.value, Decimal(10**power))
    if not tail:
        return Numeral(value)
    after = _read(tail.lstrip("〇")) if tail.lstrip("〇") else None
    if after is None or after.value >= 10**power or "." in tail:
        return None
    if power > 1 and len(tail) == 1:
        return Numeral(
            EXACT.add(value, EXACT.multiply(after.value, Decimal(10 ** (power - 1)))), is_short=True
        )
    if tail.isdigit() and tail.isascii() and len(tail) != power:
        return None  # 1万23: which places were meant?
    return Numeral(EXACT.add(value, after.value), after.is_short)


def print_numeral(number: int) -> str:
    """Return a whole number in 汉字 as counts are written: 零, 十二, 一百零三, 一万二千.

    >>> print_numeral(12), print_numeral(10_200)
    ('十二', '一万零二百')

    Raises:
        ValueError: the number has more than 16 digits.
    """
    if number < 0:
        return "负" + print_numeral(-number)
    if number == 0:
        return "零"
    if number >= 10**16:
        raise ValueError(number)
    text = ""
    for power, scale in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10**4
        if group:
            gap = "零" if text and (group < 10**3 or number // 10 ** (power + 4) % 10 == 0) else ""
            text += gap + _below_myriad(group) + scale
    # 十二万亿三千亿 is written 十二万三千亿: 亿 is said once.
    text = text.replace("万亿", "万", 1) if "万亿" in text and text.count("亿") > 1 else text
    return text[1:] if text.startswith("一十") else text


def _below_myriad(number: int) -> str:
    text = ""
    for power, scale in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if text and number // 10 ** (power + 1) % 10 == 0 else "") + DIGITS[digit] + scale
    return text
