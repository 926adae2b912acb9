"""Days, parts of months and spans as they are printed: no zeros in front, 至 between."""

from __future__ import annotations

from datetime import date

from officeflow.model.values import DatePart, FigureValue, PartialDate, Period

_PARTS = {
    DatePart.MONTH: "",
    DatePart.YEAR: "",
    DatePart.QUARTER_1: "一季度",
    DatePart.QUARTER_2: "二季度",
    DatePart.QUARTER_3: "三季度",
    DatePart.QUARTER_4: "四季度",
    DatePart.FIRST_HALF: "上半年",
    DatePart.SECOND_HALF: "下半年",
}


def with_year(value: date | PartialDate | Period) -> str:
    """Return 2014年5月30日, 2014年3月下旬, 2014年7月9日至17日."""
    if isinstance(value, Period):
        return _span(value, has_year=True)
    year = value.first.year if isinstance(value, PartialDate) else value.year
    rest = "" if _is_year(value) else without_year(value)
    return f"{year}年{rest}"


def without_year(value: date | PartialDate | Period) -> str:
    """Return 5月30日, 3月下旬, 上半年, 7月9日至17日; a whole year keeps its number, a span over New Year both."""
    match value:
        case Period():
            return _span(value, has_year=False)
        case PartialDate(month=int() as month):
            return f"{month}月{_PARTS.get(value.part, value.part.value)}"
        case PartialDate():
            return _PARTS[value.part] or f"{value.year}年"
        case _:
            return f"{value.month}月{value.day}日"


def _is_year(value: date | PartialDate) -> bool:
    return isinstance(value, PartialDate) and value.part is DatePart.YEAR


def _span(span: Period, *, has_year: bool) -> str:
    first, last = span.first, span.last
    if first.year != last.year:
        return f"{with_year(first)}至{with_year(last)}"
    head = with_year(first) if has_year else without_year(first)
    if first == last:
        return head
    return f"{head}至{last.day}日" if first.month == last.month else f"{head}至{without_year(last)}"


def whole_months(span: Period) -> str:
    """Return 1—6月 or 6月 for a span of whole months of one year, '' for any other."""
    first, last = span.first, span.last
    if (
        first.year != last.year
        or first.day != 1
        or last != PartialDate(last.year, DatePart.MONTH, last.month).last
    ):
        return ""
    return f"{first.month}月" if first.month == last.month else f"{first.month}—{last.month}月"


def day(value: FigureValue) -> date | PartialDate | Period:
    """Return a value as a date or span.

    Raises:
        ValueError: the value is not a date.
    """
    if not isinstance(value, (date, PartialDate, Period)):
        raise ValueError(value)  # noqa: TRY004  one kind of refusal for every format
    return value
