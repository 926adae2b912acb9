"""Work a person does in Calc: a job of `tests.support.uno_jobs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.uno_jobs import load, save

FORMATS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}
GIFT = (("B", "2014-5-6"), ("F", "衣物"), ("H", "10"))
"""A goods row as a clerk in a hurry types it: date, category, quantity."""


def _type(book: Any, sheet: str, address: str, text: str) -> None:
    book.Sheets.getByName(sheet).getCellRangeByName(address).FormulaLocal = text


def append(book: Any) -> None:
    """A row right below the last one."""
    for column, text in GIFT:
        _type(book, "捐款捐物", f"{column}17", text)


def insert(book: Any) -> None:
    """Two rows inserted in the middle; one is filled, one stays blank."""
    book.Sheets.getByName("捐款捐物").Rows.insertByIndex(8, 2)
    for column, text in GIFT:
        _type(book, "捐款捐物", f"{column}9", text)


def delete(book: Any) -> None:
    """A row taken out: 96 pieces of clothing."""
    book.Sheets.getByName("捐款捐物").Rows.removeByIndex(5, 1)


def paste(book: Any) -> None:
    """Forty members pasted below, dates partly as text."""
    rows = tuple(
        (
            f"新人{at:02}",
            "机关三支部",
            "河北社区",
            "其他",
            "护河",
            "自愿认领",
            "2014-3-26" if at % 2 else 41724.0,
            "是",
            "是",
            1.0,
            "优",
        )
        for at in range(40)
    )
    book.Sheets.getByName("岗位认领").getCellRangeByName("B44:L83").setDataArray(rows)


def sort(book: Any) -> None:
    """The members sorted by their community, last first."""
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.table import TableSortField

    by_community = TableSortField()
    by_community.Field, by_community.IsAscending = 2, False
    fields, header = PropertyValue(), PropertyValue()
    fields.Name, fields.Value = "SortFields", uno.Any("[]com.sun.star.table.TableSortField", (by_community,))
    header.Name, header.Value = "ContainsHeader", False
    book.Sheets.getByName("岗位认领").getCellRangeByName("B5:M43").sort((fields, header))


def hide(book: Any) -> None:
    """A filter that shows one community only."""
    import uno
    from com.sun.star.sheet import TableFilterField

    area = book.Sheets.getByName("岗位认领").getCellRangeByName("A4:M43")
    only = TableFilterField()
    only.Field, only.StringValue, only.IsNumeric = 3, "河北社区", False
    only.Operator = uno.Enum("com.sun.star.sheet.FilterOperator", "EQUAL")
    wanted = area.createFilterDescriptor(True)
    wanted.ContainsHeader = True
    wanted.setFilterFields((only,))
    area.filter(wanted)


def merge(book: Any) -> None:
    """The community of the first fourteen members merged downwards, as for print."""
    area = book.Sheets.getByName("岗位认领").getCellRangeByName("D5:D18")
    area.merge(True)


EDITS: tuple[Callable[[Any], None], ...] = (append, insert, delete, paste, sort, hide, merge)


def run(desktop: Any, sample: str, folder: str) -> None:
    """Do every edit on a fresh copy of the sample and save it in every format: `folder`/<edit>.<format>."""
    for edit in EDITS:
        book = load(desktop, sample)
        edit(book)
        for ending, name in FORMATS.items():
            save(book, Path(folder, f"{edit.__name__}.{ending}"), filter_name=name)
        book.close(True)
