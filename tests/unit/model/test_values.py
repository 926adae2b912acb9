"""Values: one canonical text each, periods by their names, ends of partial dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from officeflow.model.values import DatePart, Gap, PartialDate, Period, canonical, canonical_column


@pytest.mark.parametrize(
    ("typed", "span", "name"),
    [
        ("2026-02", "2026-02-01/2026-02-28", "2026-02"),
        ("2026Q4", "2026-10-01/2026-12-31", "2026Q4"),
        ("2026H2", "2026-07-01/2026-12-31", "2026H2"),
        ("2026", "2026-01-01/2026-12-31", "2026"),
        ("2026-03-26/2026-04-25", "2026-03-26/2026-04-25", "20260326-20260425"),
    ],
)
def test_a_period_is_called_as_people_write_it(typed: str, span: str, name: str):
    """Months, quarters, halves and years by their names, other spans by both days."""
    period = Period.parse(typed)

    assert (span, name) == (str(period), period.name)


@pytest.mark.parametrize("typed", ["2026-13", "2026Q5", "11月", "", "2026-02-30/2026-03-01"])
def test_what_names_no_period_is_none(typed: str):
    """Nothing is guessed."""
    assert Period.parse(typed) is None


@pytest.mark.parametrize(
    ("part", "month", "first", "last", "text"),
    [
        (DatePart.LAST_TEN, 2, date(2014, 2, 21), date(2014, 2, 28), "2014-02-下旬"),
        (DatePart.MONTH, 3, date(2014, 3, 1), date(2014, 3, 31), "2014-03"),
        (DatePart.FIRST_HALF, None, date(2014, 1, 1), date(2014, 6, 30), "2014-H1"),
        (DatePart.YEAR, None, date(2014, 1, 1), date(2014, 12, 31), "2014"),
    ],
)
def test_a_partial_date_knows_its_first_and_last_day(
    part: DatePart, month: int | None, first: date, last: date, text: str
):
    """下旬 ends with the month, whatever its length."""
    partial = PartialDate(2014, part, month)

    assert (first, last, text) == (partial.first, partial.last, str(partial))


def test_a_column_has_the_texts_of_its_values():
    """At once or one by one, the digest sees the same text."""
    for column in (
        ["甲", "乙"],
        [Decimal("1.50"), Decimal(100), Decimal("1E+2"), Decimal("-0")],
        [date(2014, 3, 1), None],
        [],
        [True, None, Gap.NOT_COUNTED, Decimal(1)],
    ):
        assert [canonical(value) for value in column] == canonical_column(column)
