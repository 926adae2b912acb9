"""A bulletin of the built-in table, and the workbooks that later move it: corrected, and of the next period."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from officeflow.flow import report
from officeflow.intake.desk import Desk
from tests.support.filled import SOURCE, record, write

LATER = timedelta(days=97)


def bulletin(folder: Path) -> Path:
    """The sample's bulletin, as a person gets it."""
    result = report.run(Desk.here(), file=write(folder / "表.xlsx"))
    (answer,) = result.answer.reports
    return Path(answer.path)


def rows(form_id: str) -> list[dict[str, Any]]:
    """The sample's rows of a ledger, to be typed otherwise."""
    return [dict(row) for row in SOURCE.sample[form_id]]


def corrected(folder: Path) -> Path:
    """The same period once more: 1200元 and 8 pieces of clothing more, 1000 notices more, five people more."""
    gifts, activities = rows("donations"), rows("activities")
    gifts[0]["amount"] = 12400
    gifts[1]["quantity"] = 104
    gifts[2]["quantity"] = 2036
    activities[0]["served"] = 9
    return write(folder / "改过的表.xlsx", donations=gifts, activities=activities)


MOVED = {
    "服务人次": ("23人次", "28人次"),
    "发放通告": ("1000余份", "2000余份"),
    "捐衣物": ("248件", "256件"),
    "捐款": ("1.6万元", "1.72万元"),
}
"""What the corrected workbook moves."""


def next_period(folder: Path) -> Path:
    """The next period: later days, issue 31, another 按语, no paper burnt, one matter fewer, less money."""
    gifts = [row for row in _later("donations") if row["category"] != "烧纸"]
    gifts[0]["amount"] = 2000
    series = [{**row, "issue": row["issue"] + 4} for row in rows("series")]
    masthead = {"issue": 31, "series_from": 29, "series_to": 33, "issued_on": date(2014, 10, 8)}
    return write(
        folder / "下期表.xlsx",
        filing=record(
            "filing", **{"from": date(2014, 6, 6), "to": date(2014, 9, 30)}, filed_on=date(2014, 9, 30)
        ),
        masthead=record("masthead", note="现将{{单位简称}}的做法刊发，供参考。", **masthead),
        document=record("document", met_on=date(2014, 9, 20), surveyed_on="2014年6月下旬"),
        donations=gifts,
        series=series,
        activities=_later("activities"),
        funds=_later("funds"),
        posts=_later("posts"),
        matters=_later("matters")[:2],
    )


def _later(form_id: str) -> list[dict[str, Any]]:
    return [
        {name: value + LATER if isinstance(value, date) else value for name, value in row.items()}
        for row in rows(form_id)
    ]
