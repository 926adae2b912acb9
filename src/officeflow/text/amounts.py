"""One amount in words: 1.6万余元, 近两万人, 百分之七十, 三四个, 5万元～10万元.

What it hides: the grammar.  An amount is [hedge] number [hedge] [unit]
[hedge]; with anything else the text is not an amount.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from officeflow.model.values import EXACT, Hedge
from officeflow.text import hedges
from officeflow.text.numerals import DIGITS, SIGNS, read_numeral
from officeflow.text.units import ending_units, factor, unit_named, unit_or_own

THOUSANDS, HANZI, SCALE, WORDS, HEDGED = (
    "去掉千分位",
    "汉字转数字",
    "万、亿化成数",
    "去掉多余的字",
    "约数",
)
TWO_HEDGES, NO_AMOUNT = "TWO_HEDGES", "NOT_A_NUMBER"


class Amount(NamedTuple):
    """An amount as written; `high` is the other end of a range."""

    number: Decimal
    unit: str = ""
    hedge: Hedge | None = None
    high: Decimal | None = None
    is_doubtful: bool = False
    """A sign was taken for another one (2。52): the number has to be confirmed."""
    rules: tuple[str, ...] = ()


_BEFORE: dict[str, Hedge | None] = {
    **dict.fromkeys(("共", "共计", "合计", "总计", "累计", "计", "达", "达到", "控制在")),
    **dict.fromkeys(("人民币", "RMB", "￥", "¥", "第")),
    **hedges.BEFORE,
}
_WORDS_BEFORE, _WORDS_AFTER = tuple(_BEFORE), tuple(hedges.AFTER)
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")
_POINT = re.compile(r"(?<=\d)(?:[。·、,，．]\.?|\.[。．])(?=\d)")
_GAP = re.compile(r"(?<=\d)\s+(?=[\d.])")
_LETTER = re.compile(r"(?<=\d)[Oo](?=\d|\D*$)|(?<=\d)[lI](?=\d)")
_NO_ZERO = re.compile(r"(?<![\d.])\.(?=\d)")
_POWER = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
_END_MARK = re.compile(r"[。，、；;,]$")
_BETWEEN = re.compile(r"(.+?)(?:[~～—–―-]+|至|到)(.+)")
_NUMBER = re.compile(rf"([-+−－负]?)([{SIGNS}]+)([{hedges.INSIDE}]?)([十百千万亿]*)")
_BARE_SCALE = re.compile("[百千万亿]")
_TRAILING = re.compile(rf"(?<![{SIGNS}])[余多]$")
_BRACKETED = re.compile(r"(.+?)[（(]([^（）()]+)[）)]")
_ADJACENT = re.compile(r"(十|[二三四五六七八九]十)?([一二三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
_COINS = re.compile(r"(.+?)[元圆块](?:(.)角)?(?:(.)分)?[整正]?")
_SHARE = re.compile(r"([百千])分之(.+)")
_TENTHS = re.compile(r"(.+?)成(半|[一二三四五六七八九])?")


def read_amount(text: str, declared: str = "") -> Amount | str:
    """Return the amount that the whole text is, or the code of what is wrong with it.

    `text` is clean; `declared` is the column's own unit, understood even when
    the unit table does not know it.

    >>> read_amount("1.6万余元").number, read_amount("近两万人").hedge.value
    (Decimal('16000.0'), 'under')
    """
    mended, doubtful, rules = _mended(text)
    found = _hedged(mended, declared)
    if isinstance(found, str):
        both = _BETWEEN.fullmatch(mended)
        found = (both and _range(both[1], both[2], declared)) or found
    if isinstance(found, str):
        return found
    return found._replace(
        is_doubtful=found.is_doubtful or doubtful, rules=tuple(dict.fromkeys((*rules, *found.rules)))
    )


def _mended(text: str) -> tuple[str, bool, list[str]]:
    """Put Arabic digits in order; the flag says that a sign was taken for another."""
    rules = []
    plain = _GROUPED.sub(lambda match: re.sub("[,，]", "", match[0]), _END_MARK.sub("", text))
    if plain != text:
        rules.append(THOUSANDS if _GROUPED.search(text) else WORDS)
    if _POWER.fullmatch(plain):
        return format(Decimal(plain), "f"), True, rules
    fixed = _NO_ZERO.sub("0.", _POINT.sub(".", _GAP.sub("", plain)))
    fixed = _LETTER.sub(lambda match: "0" if match[0] in "Oo" else "1", fixed)
    return re.sub(r"\s+", "", fixed), fixed != plain, rules


def _hedged(text: str, declared: str) -> Amount | str:
    rest, found, rules = _without_words_before(text)
    rest, after = _without_words_after(rest)
    found += after
    if _BARE_SCALE.match(rest) and (found or rest[1:2] in {"余", "多"}):
        rest = "一" + rest  # 百余人, 近千户; 千名 without a hedge is a slogan
    amount = _plain(rest, declared)
    if isinstance(amount, str):
        return amount
    if amount.hedge:
        found.append(amount.hedge)
    if len(found) > 1:
        return TWO_HEDGES
    if found and amount.number <= 0:
        return NO_AMOUNT
    return amount._replace(hedge=found[0] if found else None, rules=(*rules, *amount.rules))


def _without_words_before(text: str) -> tuple[str, list[Hedge], list[str]]:
    found: list[Hedge] = []
    rules: list[str] = []
    while text.startswith(_WORDS_BEFORE):
        word = max((word for word in _BEFORE if text.startswith(word)), key=len)
        text = text[len(word) :]
        hedge = _BEFORE[word]
        if hedge:
            found.append(hedge)
        else:
            rules.append(WORDS)
    return text, found, rules


def _without_words_after(text: str) -> tuple[str, list[Hedge]]:
    found: list[Hedge] = []
    while text.endswith(_WORDS_AFTER):
        word = next(word for word in _WORDS_AFTER if text.endswith(word))
        found.append(hedges.AFTER[word])
        text = text[: -len(word)]
    if _TRAILING.search(text):
        return text[:-1], [*found, Hedge.OVER]
    return text, found


def _range(left: str, right: str, declared: str) -> Amount | None:
    low, high = _plain(left, declared), _plain(right, declared)
    if isinstance(low, Amount) and isinstance(high, Amount) and high.unit and not low.unit:
        # 13～17万元 means 13万元: the end with the unit speaks for both.
        scale = "" if re.search("[万亿]", left) else "".join(re.findall("[万亿]", right))
        low = _plain(left + scale + high.unit, declared)
    if isinstance(low, str) or isinstance(high, str) or low.hedge or high.hedge:
        return None
    times = factor(unit_or_own(low.unit), unit_or_own(high.unit))
    number = EXACT.multiply(low.number, times) if times else high.number
    if number >= high.number:
        return None
    return Amount(number, high.unit, Hedge.RANGE, high.number, rules=(*low.rules, *high.rules))


def _plain(text: str, declared: str) -> Amount | str:
    """Read number and unit without words around them; 余 and 多 inside are understood."""
    if special := _in_words(text):
        return special
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed and unit_named(bracketed[2]):
        text = bracketed[1] + bracketed[2]
    body, unit = _split(text, declared)
    has_half = bool(unit) and body.endswith("个半")  # 两个半小时
    if has_half:
        body = body[:-2]
    elif not unit and text.endswith("半"):  # 三年半
        body, unit = _split(text[:-1], declared)
        has_half = bool(unit)
        body = body if has_half else text
    found = _neighbours(body) or _number(body)
    if found is None or (has_half and found.hedge):
        return NO_AMOUNT
    if has_half:
        found = found._replace(number=EXACT.add(found.number, Decimal("0.5")), rules=(HANZI,))
    return found._replace(unit=unit)


def _split(text: str, declared: str) -> tuple[str, str]:
    """Return number and unit; the longest unit that is known, or the column's own, counts."""
    known = ending_units().search(text)
    own = declared if declared and text.endswith(declared) else ""
    unit = max(own, known[0] if known else "", key=len)
    return text[: len(text) - len(unit)], unit


def _neighbours(body: str) -> Amount | None:
    """Read 三四, 三四十, 十三四万: two neighbouring digits are a range."""
    match = _ADJACENT.fullmatch(body.replace("两", "二"))
    if match is None or DIGITS.index(match[3]) - DIGITS.index(match[2]) != 1:
        return None
    low, high = (read_numeral((match[1] or "") + match[place] + match[4]) for place in (2, 3))
    return low and high and Amount(low.value, "", Hedge.RANGE, high.value, rules=(HANZI,))


def _number(body: str) -> Amount | None:
    match = _NUMBER.fullmatch(body)
    if match is None:
        return None
    sign, digits, inside, scale = match.groups()
    numeral = read_numeral(digits + scale)
    if numeral is None:
        return None
    return Amount(
        numeral.value if sign in {"", "+"} else EXACT.minus(numeral.value),
        hedge=Hedge.OVER if inside else None,
        is_doubtful=numeral.is_short,
        rules=(HANZI,) if sign == "负" else _rules(digits + scale),
    )


def _rules(numeral: str) -> tuple[str, ...]:
    if re.fullmatch(r"[\d.]+", numeral):
        return ()
    return (SCALE,) if re.fullmatch(r"[\d.]+[十百千万亿]+", numeral) else (HANZI,)


def _in_words(text: str) -> Amount | None:
    """Read 百分之七十, 三成五, 壹万陆仟元整, 3元5角."""
    if share := _SHARE.fullmatch(text):
        numeral = read_numeral(share[2])
        return numeral and Amount(
            EXACT.multiply(numeral.value, Decimal(1 if share[1] == "百" else "0.1")), "%", rules=(HANZI,)
        )
    if tenths := _TENTHS.fullmatch(text):
        numeral = read_numeral(tenths[1])
        more = read_numeral(tenths[2]) if tenths[2] else None
        rest = (Decimal(5) if tenths[2] == "半" else more.value) if more else Decimal(0)
        return numeral and Amount(
            EXACT.add(EXACT.multiply(numeral.value, Decimal(10)), rest), "%", rules=(HANZI,)
        )
    coins = _COINS.fullmatch(text)
    if coins and (coins[2] or coins[3] or text[-1] in "整正"):
        parts = [read_numeral(part or "零") for part in coins.groups()]
        if all(parts):
            worth = [
                EXACT.multiply(part.value, Decimal(f"1e{-place}")) for place, part in enumerate(parts) if part
            ]
            return Amount(reduce(EXACT.add, worth), "元", rules=(HANZI,))
    return None
