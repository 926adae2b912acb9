"""A number cell → exact value, with the rule that mended it or the problem with it."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal

from officeflow.model.kit import FieldType
from officeflow.model.values import EXACT, Bounded, Number, plain
from officeflow.text import hedges
from officeflow.text.amounts import HEDGED, NO_AMOUNT, Amount, read_amount
from officeflow.text.clean import clean, with_narrow_signs
from officeflow.text.messages import shown
from officeflow.text.missing import MASK, read_missing
from officeflow.text.numerals import SIGNS
from officeflow.text.reading import EMPTY, LONGEST, Typed, exact, number_shown_as_date, unreadable
from officeflow.text.units import Unit, factor, unit_beside, unit_of_header, unit_or_own

FULL_WIDTH, UNIT_TAKEN, CONVERTED, AS_VISITS = "全角转半角", "去掉单位", "单位换算", "人按人次计"
_OWN_UNIT: dict[str, str] = {"money": "元", "percent": "%"}
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WIDE = re.compile("[０-９．％，－＋]")
_SOME_AMOUNT = re.compile(
    rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(?:\.\d+)?[十百千万亿]*|[{SIGNS}]{{2,}}(?=[^{SIGNS}])"
)


def read_number(
    raw: object,
    *,
    type: FieldType,  # noqa: A002  the kit's word
    unit: str = "",
    header: str = "",
    allows_bounds: bool = False,
) -> Typed:
    """Return the number that a cell means, in `unit` ('' = money in 元, percent in %, else as counted).

    `header` is the heading as it stands in the sheet: a unit in its brackets
    is the unit of bare numbers.  A unit in the cell wins over both.  A hedged
    number is a repair where `allows_bounds`, else the problem NOT_EXACT with
    the hedged value kept.
    """
    declared = unit or _OWN_UNIT.get(type, "")
    if isinstance(raw, date) and (number := number_shown_as_date(raw)) is not None:
        raw = number
    match raw:
        case None | "":
            return EMPTY
        case bool():
            return unreadable(NO_AMOUNT)
        case int() | float():
            whole = exact(raw)
            if whole is None:
                return unreadable("DIGITS_LOST" if raw == raw and abs(raw) != float("inf") else NO_AMOUNT)  # noqa: PLR0124
            found: Amount | str = Amount(whole)
        case date() | time() | timedelta():
            return unreadable("NUMBER_IS_DATE")
        case _:
            text = clean(str(raw))
            if not text:
                return EMPTY
            gap = read_missing(text)
            if gap:
                return Typed(gap)
            found = _in_text(str(raw), text, declared)
    if isinstance(found, str):
        return _refused(found, clean(str(raw)))
    return _settled(found, type, declared, header, allows_bounds)


def _in_text(raw: str, text: str, declared: str) -> Amount | str:
    text = with_narrow_signs(text)
    if MASK.search(text):
        return "MASKED"
    wide = (FULL_WIDTH,) if _WIDE.search(raw) else ()
    if len(text) > LONGEST:
        return NO_AMOUNT
    if _PLAIN.fullmatch(text):
        return Amount(Decimal(text), rules=wide)
    found = read_amount(text, declared)
    return found if isinstance(found, str) else found._replace(rules=(*wide, *found.rules))


def _refused(code: str, text: str) -> Typed:
    if code != NO_AMOUNT:
        return unreadable(code)
    amounts = _SOME_AMOUNT.findall(text[:LONGEST])
    if len(amounts) > 1:
        return unreadable("TWO_AMOUNTS")
    is_plain = bool(amounts) and amounts[0][0].isdigit()
    return unreadable("EXTRA_WORDS", amounts[0]) if is_plain else unreadable(NO_AMOUNT)


def _settled(amount: Amount, type: FieldType, declared: str, header: str, allows_bounds: bool) -> Typed:  # noqa: A002
    times, rule = _times(amount.unit, declared, header)
    if times is None:
        return unreadable("UNIT_OTHER", unit=declared or "个数", written=amount.unit)
    value = _valued(amount, times)
    if type == "int" and not _is_whole(value):
        return unreadable("NOT_WHOLE")
    rules = (*amount.rules, rule) if rule else amount.rules
    if amount.is_doubtful:
        return Typed(value, problem="ODD_NUMBER", suggestion=shown(value), unit=amount.unit)
    if amount.hedge and not allows_bounds:
        number = plain(value.number if isinstance(value, Bounded) else value)
        return Typed(value, problem="NOT_EXACT", values={"number": number}, unit=amount.unit)
    rules = (*rules, HEDGED) if amount.hedge else rules
    return Typed(value, "、".join(dict.fromkeys(rules)), unit=amount.unit)


def _times(written: str, declared: str, header: str) -> tuple[Decimal | None, str]:
    """Return the factor from the unit in force to the column's own, and the rule's name."""
    target = unit_or_own(declared) if declared else None
    if not written:
        headed = unit_of_header(header) if header and declared else ""
        times = factor(unit_or_own(headed), target) if headed and target else None
        return (Decimal(1), "") if times in (None, 1) else (times, CONVERTED)
    source = unit_beside(written, target)
    if target is None:
        return (None if _is_share(source) else Decimal(1)), UNIT_TAKEN
    if (source.dimension, target.dimension) == ("people", "visits"):
        # In the row of one event nobody is counted twice: 39人 came is 39人次.  Not the other way round.
        return Decimal(1), AS_VISITS
    times = factor(source, target)
    return times, UNIT_TAKEN if times == 1 else CONVERTED


def _is_share(unit: Unit) -> bool:
    return unit.dimension in {"percent", "points"}


def _valued(amount: Amount, times: Decimal) -> Number:
    number = _times_exactly(amount.number, times)
    if amount.hedge is None:
        return number
    if amount.high is not None:
        return hedges.between(number, _times_exactly(amount.high, times))
    if times == 1:
        return hedges.bounded(number, amount.hedge)
    kept = hedges.bounded(amount.number, amount.hedge)
    low, high = (None if end is None else _times_exactly(end, times) for end in (kept.low, kept.high))
    return Bounded(number, kept.hedge, low, high, kept.open_low, kept.open_high)


def _times_exactly(number: Decimal, times: Decimal) -> Decimal:
    # 1.6万 × 1 is 16000, not 16000.0 or 1.6E+4.
    return Decimal(plain(EXACT.multiply(number, times)))


def _is_whole(value: Number) -> bool:
    number = value.number if isinstance(value, Bounded) else value
    return number == number.to_integral_value()
