"""How values are printed: `tests/cases/formats/<module>.toml`, and `by_type/` for the form without a format."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from officeflow.model.values import Bounded, FigureValue, PartialDate, Period, add
from officeflow.text.dates import read_date
from officeflow.text.formats import format_names, print_value
from officeflow.text.numbers import read_number

FOLDER = Path(__file__).parents[2] / "cases" / "formats"
YEAR = Period(date(2014, 1, 1), date(2014, 12, 31))


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.rglob("*.toml")):
        module = f"officeflow.text.formats.{path.stem}"
        name = "" if path.parent.name == "by_type" else import_module(module).NAME
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            shown = next(str(case[kind]) for kind in (*KINDS, "typed") if kind in case)
            found.append(pytest.param(name, case, id=f"{path.stem}-{shown}"))
    return found


KINDS = {
    "value": Decimal,
    "text_value": str,
    "list": tuple,
    "day": date.fromisoformat,
    "span": Period.parse,
    "part": lambda text: read_date(text, precision="half", period=YEAR).value,
}


def number(text: str, unit: str) -> Decimal | Bounded:
    value = read_number(
        text, type="percent" if unit == "%" else "decimal", unit=unit, allows_bounds=True
    ).value
    assert isinstance(value, (Decimal, Bounded))
    return value


def value_of(case: dict[str, Any]) -> FigureValue:
    if "typed" not in case:
        return next(make(case[kind]) for kind, make in KINDS.items() if kind in case)
    unit = case.get("unit", "")
    first = number(case["typed"], unit)
    return add(first, number(case["plus"], unit)) if "plus" in case else first


@pytest.mark.parametrize(("name", "case"), cases())
def test_value_is_printed_as_its_case_says(name: str, case: dict[str, Any]):
    """A case without a text is one that the format refuses."""
    value, unit = value_of(case), case.get("unit", "")
    form: Any = {"use": name, **case["options"]} if "options" in case else name

    if "text" in case:
        assert case["text"] == print_value(value, unit=unit, format=form).text
    else:
        with pytest.raises(ValueError, match=r".+"):
            print_value(value, unit=unit, format=form)


def test_parts_add_up_to_the_text():
    """Engine and binding use the parts: prefix, number, unit, suffix."""
    printed = print_value(number("约39", "人"), unit="人")
    least = print_value(number("50以上", "人"), unit="人")

    assert ("约", "39", "人", "") == tuple(printed)
    assert ("", "50", "人", "以上") == tuple(least)


def test_nothing_prints_nothing():
    """An empty figure has no text in any format."""
    assert ["", ""] == [print_value(None).text, print_value(None, unit="件", format="余").text]


def test_a_name_that_is_no_format_is_refused():
    """Nothing is printed by a misspelt format."""
    with pytest.raises(ValueError, match="余余"):
        print_value(Decimal(1), format="余余")


def test_an_option_that_the_format_does_not_have_is_refused():
    """Nothing is ignored in silence."""
    with pytest.raises(TypeError, match="digit"):
        print_value(Decimal(1), format={"use": "余", "digit": 2})


@pytest.mark.parametrize("typed", ["9" * 50, "-" + "9" * 49, "1e99", "9999亿亿亿亿亿"])
@pytest.mark.parametrize("form", ["", "数", "余", "万", "亿", "元"])
@pytest.mark.parametrize("unit", ["", "元", "%", "件"])
def test_a_number_that_nobody_can_mean_is_printed_all_the_same(typed: str, form: str, unit: str):
    """A slip of the keyboard is no reason to stop."""
    number = read_number(typed, type="decimal").value

    assert isinstance(number, Decimal)
    assert print_value(number, unit=unit, format=form).number.rstrip("余")


def test_more_decimals_than_there_can_be_are_refused():
    """The kit's author wrote nonsense; it ends as any other form that cannot print the value."""
    with pytest.raises(ValueError, match="万"):
        print_value(Decimal(1), format={"use": "万", "places": 1000})


def test_formats_of_the_folder_are_known_by_their_chinese_names():
    """What templates write after the bar."""
    expected = "数 第N 汉字 余 多 万 亿 元 年月日 月日 起止 第N天 顿号 和 百分比"

    assert set(expected.split()) == set(format_names())
    assert all(name.isidentifier() for name in format_names())


def test_a_part_of_a_month_prints_with_and_without_its_year():
    """3月下旬 in a bulletin of the same year, 2014年3月下旬 elsewhere."""
    value = read_date("2014年3月下旬", precision="旬").value

    assert isinstance(value, PartialDate)
    assert ["2014年3月下旬", "3月下旬"] == [print_value(value, format=form).text for form in ("", "月日")]
