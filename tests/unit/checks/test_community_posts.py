"""Every numbered rule of 在职党员进社区情况表 speaks when its sample is spoilt, and only then.

Spoilt: `form.field` → {entry: value as typed}; an entry after the last adds a row.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.kits.catalogue import find_kit
from officeflow.model.submission import Submission, Table, TotalRow
from officeflow.model.values import Value
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from tests.support.grid import read_value

SAMPLE = Path(__file__).parents[3] / "workbooks" / "community-posts.sample.xlsx"
IN_ORDER = {("CP-20", "hint")}
"""The reference gave money to two communities outside its own three: a hint, confirmed."""


@cache
def _sample() -> Submission:
    kit = find_kit("community-posts")
    assert kit is not None
    return read_submission(open_book(SAMPLE).value, kit).value


def _spoilt(cells: dict[str, dict[int, str]], **changes: Any) -> Submission:
    submission = replace(_sample(), **changes)
    tables = dict(submission.tables)
    for path, values in cells.items():
        form_id, _, field_id = path.partition(".")
        tables[form_id] = _with(tables[form_id], field_id, values)
    return replace(submission, tables=tables)


def _with(table: Table, field_id: str, values: dict[int, str]) -> Table:
    field = table.form.by_id[field_id]
    typed: dict[int, Value] = {entry: read_value(text, field) for entry, text in values.items()}
    count = max(len(table), *(entry + 1 for entry in typed))
    columns = {name: (*column, *[None] * (count - len(column))) for name, column in table.columns.items()}
    columns[field_id] = tuple(typed.get(entry, value) for entry, value in enumerate(columns[field_id]))
    last = table.rows[-1] if table.rows else 4
    rows = (*table.rows, *range(last + 1, last + 1 + count - len(table)))
    return replace(table, columns=columns, rows=rows)


def _without_rows(form_id: str) -> Submission:
    table = _sample().tables[form_id]
    empty = replace(table, columns=dict.fromkeys(table.columns, ()), rows=())
    return replace(_sample(), tables={**_sample().tables, form_id: empty})


def _found(submission: Submission) -> set[tuple[str, str]]:
    return {(f.rule, f.severity.value) for f in run_checks(submission, Tally(submission))}


def test_the_sample_is_in_order() -> None:
    """A sample that its own checks refuse would teach the wrong thing."""
    assert _found(_sample()) == IN_ORDER


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"masthead.issue": {0: ""}}, {("CP-01", "mandatory")}),
        ({"filing.attempt": {0: "更正重报"}}, {("CP-01", "mandatory")}),
        ({"masthead.copies": {0: ""}}, {("CP-01", "mandatory")}),
        ({"posts.member": {0: "示例39"}}, {("CP-02", "explain"), ("CP-10", "explain"), ("CP-13", "verify")}),
        ({"posts.reported_on": {0: ""}}, {("CP-04", "explain")}),
        ({"posts.card": {0: "否"}}, {("CP-05", "explain")}),
        ({"posts.form": {0: "否"}}, {("CP-05", "explain")}),
        ({"posts.community": {0: "西山居委会"}}, {("CP-06", "mandatory")}),
        ({"matters.community": {0: "西山居委会"}}, {("CP-06", "mandatory")}),
        ({"donations.done_on": {0: "2014-6-6"}}, {("CP-07", "mandatory")}),
        ({"posts.reported_on": {0: "2014-6-6"}}, {("CP-07", "mandatory")}),
        ({"communities.surveyed_on": {0: "2014-7-上旬"}}, {("CP-07", "verify")}),
        ({"matters.responded_on": {0: "2014-3-1"}}, {("CP-08", "mandatory")}),
        ({"filing.filed_on": {0: "2014-6-1"}}, {("CP-08", "mandatory")}),
        ({"communities.name": {3: "河北社区"}}, {("CP-09", "mandatory"), ("CP-01", "mandatory")}),
        ({"donations.people": {0: "6"}}, {("CP-10", "explain")}),
        ({"donations.measure": {1: "捆"}}, {("CP-11", "explain")}),
        (
            {
                "communities.name": {3: "南山社区"},
                "communities.town": {3: "田师付镇"},
                "communities.surveyed_on": {3: "2014-3-下旬"},
            },
            {("CP-12", "verify")},
        ),
        ({"activities.members": {0: "40"}}, {("CP-13", "verify")}),
        ({"activities.served": {0: "0"}}, {("CP-14", "verify")}),
        ({"activities.members": {0: "1"}, "activities.served": {0: "21"}}, {("CP-14", "verify")}),
        ({"masthead.series_to": {0: "30"}}, {("CP-15", "mandatory")}),
        ({"masthead.issue": {0: "30"}}, {("CP-16", "mandatory")}),
        ({"masthead.issue": {0: "26"}}, {("CP-16", "mandatory")}),
        ({"distribution.copies": {0: "91"}}, {("CP-17", "mandatory")}),
        ({"distribution.kind": dict.fromkeys(range(3), "送")}, {("CP-18", "verify")}),
        ({"slogans.item_3": {0: ""}}, {("CP-19", "mandatory")}),
        ({"filing.zero_funds": {0: "是"}}, {("CP-21", "mandatory")}),
        ({"filing.classified": {0: "是"}}, {("CP-23", "mandatory")}),
    ],
)
def test_a_spoilt_cell_is_found_by_its_rule(
    cells: dict[str, dict[int, str]], expected: set[tuple[str, str]]
) -> None:
    """What the clerk got wrong, under the number that the handbook gives it, and nothing else."""
    assert expected | IN_ORDER == _found(_spoilt(cells))


def test_a_ledger_left_empty_must_say_so() -> None:
    """CP-21, the other way round."""
    assert ("CP-21", "mandatory") in _found(_without_rows("funds"))


def test_a_cumulative_figure_must_not_shrink() -> None:
    """CP-22 holds the stored figures of last period against the ones now."""
    assert _found(_spoilt({}, previous={"捐款": "16001"})) == {("CP-22", "explain"), *IN_ORDER}
    assert _found(_spoilt({"filing.scope": {0: "本期发生"}}, previous={"捐款": "16001"})) == IN_ORDER


def test_a_typed_total_must_be_right() -> None:
    """CP-24 looks at rows that the reader left out of the data."""
    table = _sample().tables["funds"]
    amount = read_value("21000", table.form.by_id["amount"])
    total = TotalRow(row=7, label="合计", values={"amount": amount})
    tables = {**_sample().tables, "funds": replace(table, totals=(total,))}

    assert _found(replace(_sample(), tables=tables)) == {("CP-24", "verify"), *IN_ORDER}
