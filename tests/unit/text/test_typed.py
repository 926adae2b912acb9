"""What cells say: every line of `tests/cases/typed` is one cell and what it is read as."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from officeflow.model.findings import Severity
from officeflow.model.values import Bounded, Gap, Period, canonical, plain
from officeflow.text.dates import read_date
from officeflow.text.messages import Place
from officeflow.text.numbers import read_number
from officeflow.text.reading import Typed, as_shown, shown_value
from officeflow.text.words import read_text, read_yes_no

FOLDER = Path(__file__).parents[2] / "cases" / "typed"
PLACE = Place("台账", 5, "栏", "C5")
MAX_LENGTH = 60


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in table.items() if key != "case"}
        found += [pytest.param({**shared, **case}, id=f"{path.stem}-{case['raw']}") for case in table["case"]]
    return found


def read(case: dict[str, Any]) -> Typed:
    raw: str | float | date | datetime | time = case["raw"]
    match case["read"]:
        case "number":
            return read_number(
                raw,
                type=case["type"],
                unit=case.get("unit", ""),
                header=case.get("header", ""),
                allows_bounds=case.get("bounds", False),
            )
        case "date":
            period = Period.parse(case["period"]) if case.get("period") else None
            return read_date(raw, precision=case.get("precision", "day"), period=period)
        case "yes_no":
            return read_yes_no(raw)
        case _:
            return read_text(raw)


def span(value: object) -> str:
    if not isinstance(value, Bounded):
        return ""
    low = "(…" if value.low is None else ("(" if value.open_low else "[") + plain(value.low)
    high = "…)" if value.high is None else plain(value.high) + (")" if value.open_high else "]")
    return f"{low}, {high}"


@pytest.mark.parametrize("case", cases())
def test_cell_is_read_as_its_case_says(case: dict[str, Any]):
    """Value, rule, problem and what the clerk is told."""
    typed = read(case)
    finding = typed.finding(typed=as_shown(case["raw"]), place=PLACE)

    assert (case["value"], case.get("repair", ""), case.get("problem", "")) == (
        canonical(typed.value),
        typed.repair,
        typed.problem,
    )
    assert case.get("finding", "hint" if typed.repair else "") == (finding.severity.value if finding else "")
    if "span" in case:
        assert case["span"] == span(typed.value)
    if "suggestion" in case or typed.problem:
        assert case.get("suggestion", "") == typed.suggestion
    if finding:
        assert case.get("says", "") in finding.message
        assert finding.message.startswith("【台账·第5行·栏】")
        assert len(finding.message) <= MAX_LENGTH + len(as_shown(case["raw"]))


def test_a_problem_is_no_repair():
    """A cell is either made regular or questioned, never both."""
    both = [case.id for case in cases() if (typed := read(*case.values)).repair and typed.problem]

    assert [] == both


def test_a_repair_lists_what_stood_there_and_what_it_is_read_as():
    """原值 → 规范值 · 规则."""
    repair = read_number("九十份", type="int").repaired(typed="九十份", place=PLACE)

    assert repair is not None
    assert ("台账", "C5", "九十份", "90", "汉字转数字、去掉单位") == (
        repair.sheet,
        repair.cell,
        repair.typed,
        repair.read_as,
        repair.rule,
    )


def test_a_regular_cell_has_nothing_to_say():
    """No repair, no finding."""
    typed = read_number(39.0, type="int")

    assert (None, None) == (
        typed.repaired(typed="39", place=PLACE),
        typed.finding(typed="39", place=PLACE),
    )


@pytest.mark.parametrize("unit", ["人", "人次"])
def test_an_inexact_number_is_worded_for_the_clerk(unit: str):
    """What stands there, what the column wants, what to type; in the row of one event 人 are 人次."""
    finding = read_number("30人左右", type="int", unit=unit).finding(typed="30人左右", place=PLACE)

    assert finding is not None
    assert ("【台账·第5行·栏】填的是“30人左右”，这一栏要准确数。", Severity.VERIFY) == (
        finding.message,
        finding.severity,
    )
    assert "请填数字，如 30；确实统计不准的，写说明。" == finding.remedy


def test_values_are_shown_as_people_write_them():
    """In lists of repairs and in explanations."""
    values = [True, False, None, Gap.NOT_APPLICABLE, Gap.NOT_COUNTED, Gap.UNREADABLE, date(2014, 3, 6)]

    assert ["是", "否", "", "不适用", "未统计", "", "2014-3-6"] == [shown_value(value) for value in values]


@pytest.mark.parametrize("sign", ["一", "1", "一,", "1.", "(", "约", "元", "月", "9-", "１", " ", "至"])
@pytest.mark.timeout(5)
def test_a_cell_full_of_one_sign_is_read_at_once(sign: str):
    """32 767 characters is what Excel lets into a cell."""
    text = (sign * 32767)[:32767]

    for typed in (
        read_number(text, type="int", unit="人"),
        read_date(text),
        read_text(text),
        read_yes_no(text),
    ):
        assert typed.value is None or typed.value != 0
