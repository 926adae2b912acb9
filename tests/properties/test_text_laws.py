"""Laws of reading and printing: one undoes the other, and nothing is made more exact than it was."""

from datetime import date
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from officeflow.model.values import Bounded, DatePart, Hedge, PartialDate, Period, add, canonical
from officeflow.text.clean import are_clean, clean
from officeflow.text.dates import read_date
from officeflow.text.formats import print_value
from officeflow.text.hedges import between, bounded, covers
from officeflow.text.numbers import read_number
from officeflow.text.numerals import print_numeral, read_numeral
from officeflow.text.words import read_text, read_yes_no

texts = st.text(
    st.one_of(
        st.characters(), st.sampled_from(" \u3000\u00a0\u200b\n\r_x0D１Ａ％甲乙0129．。、，约余万元%/-月日年")
    )
)
counts = st.integers(0, 10**12).map(Decimal)
cents = st.integers(-(10**13), 10**13).map(lambda cents: Decimal(cents) / 100)
units = st.sampled_from(["", "人", "份", "元", "万元", "平方米"])
hedges = st.sampled_from([hedge for hedge in Hedge if hedge is not Hedge.RANGE])
sizes = st.builds(lambda digits, zeros: Decimal(digits * 10**zeros), st.integers(1, 999), st.integers(0, 6))
hedged = st.one_of(
    st.builds(bounded, sizes, hedges),
    st.tuples(sizes, sizes).filter(lambda ends: ends[0] < ends[1]).map(lambda ends: between(*ends)),
)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def ten_days_or_more(day: date, part: DatePart) -> PartialDate:
    has_month = part in {DatePart.FIRST_TEN, DatePart.SECOND_TEN, DatePart.LAST_TEN, DatePart.MONTH}
    return PartialDate(day.year, part, day.month if has_month else None)


parts = st.builds(ten_days_or_more, days, st.sampled_from(DatePart))


@given(texts)
def test_cleaning_twice_is_cleaning_once(text: str):
    """Whatever stands in a cell."""
    assert clean(text) == clean(clean(text))


@given(st.lists(texts, max_size=6))
def test_a_column_is_clean_when_each_cell_is(column: list[str]):
    """The quick look finds all dirt; it never passes a cell that cleaning would change."""
    assert not are_clean(column) or column == [clean(text) for text in column]


@given(st.lists(texts.map(clean), max_size=6))
def test_a_cleaned_column_is_clean(column: list[str]):
    """And it takes the fast way."""
    assume(not any("\ue000" in text for text in column))

    assert are_clean(column)


@given(st.integers(0, 10**16 - 1))
def test_a_numeral_reads_back(number: int):
    """一万二千 is 12000, and no short form."""
    assert (number, False) == read_numeral(print_numeral(number))


@given(counts, units)
def test_a_printed_number_reads_back(number: Decimal, unit: str):
    """Every count is printed with all its digits; money may be rounded."""
    assume(unit not in {"元", "万元"})
    printed = print_value(number, unit=unit)

    assert number == read_number(printed.text, type="decimal", unit=unit).value


@given(cents, st.sampled_from(["元", "万元"]))
def test_printed_money_reads_back_to_the_rounded_amount(amount: Decimal, unit: str):
    """To two decimals of the unit it is printed in: never more than half a hundredth off."""
    printed = print_value(amount, unit=unit).text
    value = read_number(printed, type="money", unit=unit).value
    assert isinstance(value, Decimal)
    scale = {"万": 10**4, "亿": 10**8}.get(next((sign for sign in "万亿" if sign in printed), ""), 1)
    per_yuan = 10**4 if unit == "万元" else 1

    assert abs(value - amount) * per_yuan * 200 <= scale


@given(sizes, st.sampled_from(["元", "份"]))
def test_round_numbers_print_exactly(number: Decimal, unit: str):
    """Three digits and zeros fit two decimals of 万 and 亿."""
    assert number == read_number(print_value(number, unit=unit).text, type="decimal", unit=unit).value


@given(counts, units, st.sampled_from(["余", "多"]), st.integers(1, 3))
def test_a_number_printed_with_over_lies_in_what_it_says(number: Decimal, unit: str, word: str, digits: int):
    """1036 printed as 1000余 is read as an interval that holds 1036."""
    assume(unit != "万元")
    printed = print_value(number, unit=unit, format={"use": word, "digits": digits}).text
    value = read_number(printed, type="decimal", unit=unit, allows_bounds=True).value
    wanted = Bounded(number, Hedge.OVER, number, number)

    assert covers(value, wanted) if isinstance(value, Bounded) else value == number or unit == "元"


@given(hedged, units)
def test_a_printed_hedge_reads_back(value: Bounded, unit: str):
    """Number, hedge and both ends."""
    printed = print_value(value, unit=unit).text

    assert value == read_number(printed, type="decimal", unit=unit, allows_bounds=True).value


@given(hedged, st.one_of(hedged, sizes), st.sampled_from(["", "份", "元"]))
def test_a_printed_sum_says_no_more_than_is_known(left: Bounded, right: Bounded | Decimal, unit: str):
    """What the words mean holds everything the sum can be."""
    total = add(left, right)
    assert isinstance(total, Bounded)
    assume(total.low is not None or total.high is not None)
    read = read_number(
        print_value(total, unit=unit).text, type="decimal", unit=unit, allows_bounds=True
    ).value

    assert isinstance(read, Bounded)
    assert covers(read, total)


@given(days)
def test_a_printed_day_reads_back(day: date):
    """With its year in a cell of its own, without it inside the period."""
    year = Period(date(day.year, 1, 1), date(day.year, 12, 31))

    assert [day, day, day] == [
        read_date(print_value(day).text).value,
        read_date(print_value(day, format="月日").text, period=year).value,
        read_date(day.isoformat()).value,
    ]


@given(parts)
def test_a_printed_part_of_a_year_reads_back(part: PartialDate):
    """Also from the stable text that records keep."""
    assert [part, part] == [
        read_date(text, precision="half").value for text in (print_value(part).text, canonical(part))
    ]


@given(st.floats())
def test_a_number_is_what_excel_shows(number: float):
    """15 digits; what has more whole digits is refused."""
    value = read_number(number, type="decimal").value

    assert (
        value == Decimal(format(number, ".15g")) if abs(number) < 10**15 else not isinstance(value, Decimal)
    )


@given(
    st.one_of(
        texts, st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none()
    )
)
def test_no_cell_stops_the_reader(raw: object):
    """Whatever stands there becomes a value or a problem with words."""
    period = Period(date(2014, 3, 1), date(2014, 6, 5))

    for typed in (
        read_number(raw, type="money", unit="元", header="金额（万元）"),
        read_date(raw, precision="旬", period=period),
        read_yes_no(raw),
        read_text(raw),
    ):
        assert not (typed.problem and typed.repair)
