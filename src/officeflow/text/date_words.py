"""Dates in words: 2022.9.29, 二〇二二年九月, 3月下旬, 今年4月, 上半年, 20140326."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from officeflow.model.values import DatePart, PartialDate, Period
from officeflow.text.numerals import read_numeral

CLOCK, WORDS, YEAR_TOLD = "去掉时间", "去掉多余的字", "按统计时段补年份"
_YEARS = range(1900, 2100)
_PARTS = {
    **dict.fromkeys(("上旬", "初"), DatePart.FIRST_TEN),
    **dict.fromkeys(("中旬", "中"), DatePart.SECOND_TEN),
    **dict.fromkeys(("下旬", "底", "末"), DatePart.LAST_TEN),
    **dict.fromkeys(("上半年", "H1"), DatePart.FIRST_HALF),
    **dict.fromkeys(("下半年", "H2"), DatePart.SECOND_HALF),
    "1": DatePart.QUARTER_1,
    "2": DatePart.QUARTER_2,
    "3": DatePart.QUARTER_3,
    "4": DatePart.QUARTER_4,
}
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1}

_CHINESE = re.compile(r"(?<!\d)[〇零○Oo0一二三四五六七八九十廿卅]+(?=[年月日号])|[一二三四](?=季)")
_SPACE = re.compile(r"\s*([年月日号])\s*")
_CLOCK = re.compile(
    r"(?:[ T]|(?<=[日号]))(?:上午|下午|晚上)?\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?|[时点](?:\d{1,2}分)?)Z?$"
)
_NOTE = re.compile(r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?$")
_UP_TO = re.compile(r"^(?:截至|截止到?)")
_MARK = r"[-./、。·,，—–]"
_YEAR = re.compile(rf"(\d{{4}})(?:年度?|{_MARK}|(?=[上下第QH]|$))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_DAY = re.compile(rf"(\d{{1,2}})(?:月|{_MARK})(\d{{1,2}})[日号]?")
_MONTH = re.compile(r"(\d{1,2})月份?")
_TEN_DAYS = re.compile(r"(\d{1,2})(?:月份?|-)(上旬|中旬|下旬|初|中|底|末)")
_STRETCH = re.compile(r"(上半年|下半年|H[12])|第?([1-4])季度?|Q([1-4])")
_TWO = re.compile(r"\d[年月日号]?\s*(?:至|到|[-~～—–、和,，;；])\s*(?:\d{4}年)?\d{1,2}[月日号]")


class ImpossibleDayError(ValueError):
    """There is no such day (2月30日)."""


class WrittenDate(NamedTuple):
    """A date as written: `day` or `part` is set, or neither (a month, a year)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: DatePart | None = None
    rules: tuple[str, ...] = ()


def read_words(text: str, period: Period | None) -> WrittenDate | str:
    """Return the date that a clean text writes, or the code of what is wrong with it.

    `period` tells the year of 今年 and 去年.
    """
    rules = []
    plain = _CHINESE.sub(lambda match: _arabic(match[0]), _SPACE.sub(r"\1", text))
    for pattern, rule in ((_CLOCK, CLOCK), (_NOTE, WORDS), (_UP_TO, WORDS)):
        shorter = pattern.sub("", plain).strip()
        if shorter != plain:
            rules.append(rule)
            plain = shorter
    relative = next((word for word in _RELATIVE if plain.startswith(word)), "")
    if relative:
        if period is None or period.first.year != period.last.year:
            return "DATE_NO_YEAR"
        plain = f"{period.last.year + _RELATIVE[relative]}年{plain[len(relative) :]}"
        rules.append(YEAR_TOLD)
    found = _compact(plain) or _dated(plain)
    if found is None:
        return "TWO_DATES" if _TWO.search(plain) else "DATE_UNCLEAR"
    return found._replace(rules=tuple(rules))


def _arabic(numeral: str) -> str:
    found = read_numeral(re.sub("[Oo0]", "〇", numeral))
    return numeral if found is None else f"{found.value:f}"


def _compact(text: str) -> WrittenDate | None:
    match = _COMPACT.fullmatch(text)
    if match is None or int(match[1]) not in _YEARS:
        return None
    return WrittenDate(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)


def _dated(text: str) -> WrittenDate | None:
    match = _YEAR.match(text)
    year = int(match[1]) if match and int(match[1]) in _YEARS else None
    rest = text[match.end() :].lstrip() if match and year else text
    if year and not rest:
        return WrittenDate(year)
    if day := _DAY.fullmatch(rest):
        return WrittenDate(year, int(day[1]), int(day[2]))
    if month := _MONTH.fullmatch(rest + "月" if year and rest.isdigit() else rest):
        return WrittenDate(year, int(month[1])) if 1 <= int(month[1]) <= 12 else None  # noqa: PLR2004  months
    if ten_days := _TEN_DAYS.fullmatch(rest):
        return WrittenDate(year, int(ten_days[1]), part=_PARTS[ten_days[2]])
    if stretch := _STRETCH.fullmatch(rest):
        return WrittenDate(year, part=_PARTS[next(filter(None, stretch.groups()))])
    return None


def in_year(written: WrittenDate, period: Period | None) -> tuple[date | PartialDate | None, str]:
    """Return the value and, when the year was left out, the rule that told it; None when the period does not tell.

    Of the years that the period touches, the one that puts the date into it.

    Raises:
        ImpossibleDayError: there is no such day or month.
    """
    if written.year is not None:
        return _value(written, written.year), ""
    if period is None:
        return None, ""
    years = range(period.first.year, period.last.year + 1)
    if len(years) == 1:
        return _value(written, years[0]), YEAR_TOLD
    values = [value for year in years if (value := _value(written, year)) and _touches(value, period)]
    return (values[0], YEAR_TOLD) if len(values) == 1 else (None, "")


def _value(written: WrittenDate, year: int) -> date | PartialDate:
    if written.day is not None and written.month is not None:
        try:
            return date(year, written.month, written.day)
        except ValueError:
            raise ImpossibleDayError from None
    if written.month is not None and not 1 <= written.month <= 12:  # noqa: PLR2004  months
        raise ImpossibleDayError
    part = written.part or (DatePart.YEAR if written.month is None else DatePart.MONTH)
    return PartialDate(year, part, written.month)


def _touches(value: date | PartialDate, period: Period) -> bool:
    first, last = (value.first, value.last) if isinstance(value, PartialDate) else (value, value)
    return first <= period.last and last >= period.first
