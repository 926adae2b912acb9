"""What must hold for every figure kind, whatever is in the cells."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.checks import run_checks
from officeflow.figures import Selection, Tally, finish, merge, partial
from officeflow.figures._kind import REGISTRY, find_kind
from officeflow.kits.catalogue import find_kit
from officeflow.model.kit import Kit, Rule
from officeflow.model.submission import Submission, Table
from officeflow.model.values import Gap, Hedge, Value
from officeflow.text.hedges import bounded
from tests.support.cases import case_kit
from tests.support.grid import read_grid, write_grid

NUMBERS = st.decimals(-1000, 1000, places=2).map(lambda number: +number)
HEDGED = st.builds(bounded, st.integers(1, 999).map(Decimal), st.sampled_from([Hedge.OVER, Hedge.ABOUT]))
DAYS = st.integers(0, 90).map(lambda days: date(2014, 3, 1) + timedelta(days))
BLANKS = st.sampled_from([None, None, Gap.NOT_APPLICABLE])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "done_on": DAYS | BLANKS,
            "category": st.sampled_from(["现金", "衣物", "书籍"]) | BLANKS,
            "people": st.integers(0, 50).map(Decimal) | BLANKS,
            "members": st.integers(0, 50).map(Decimal),
            "others": BLANKS,
            "amount": NUMBERS | HEDGED | BLANKS,
        }
    ),
    max_size=6,
)
FOLDING = [
    name for name in REGISTRY.names() if (kind := find_kind(name)) is not None and kind.fold is not None
]
FIELD = {
    "latest": "done_on",
    "earliest": "done_on",
    "span": "done_on",
    "distinct": "category",
    "list": "category",
}
RULES: list[dict[str, object]] = [
    *(
        {"use": name, "of": f"donations.{FIELD.get(name, 'amount')}", "by": by, "where": where}
        for name in FOLDING
        if name != "rank"
        for by in ("", "category")
        for where in ({}, {"category": {"not": "衣物"}})
    ),
    {"use": "count", "of": "donations", "by": "category"},
    {"use": "list", "of": "donations.category", "distinct": True, "order": "count"},
    {"use": "share", "of": "donations.members", "to": "donations.people", "by": "category"},
    {"use": "ratio", "of": "donations.amount", "to": "donations.people"},
    {"use": "top", "of": "donations.amount", "by": "category"},
    {"use": "total", "of": "donations.others", "else": {"use": "count", "of": "donations"}},
]


KIT = case_kit()


@cache
def _kit_of(rule: int) -> Kit:
    return case_kit(figure=[{"id": "x", **RULES[rule]}])


def _submission(kit: Kit, rows: list[dict[str, Value]]) -> Submission:
    empty = read_grid("", kit)
    table = replace(
        empty.tables["donations"],
        columns={name: tuple(row[name] for row in rows) for name in empty.tables["donations"].columns},
        rows=tuple(range(5, 5 + len(rows))),
    )
    return replace(empty, tables={**empty.tables, "donations": table})


def _selection(table: Table, use: str, entries: range) -> Selection:
    return Selection(Rule(use=use), table, (FIELD.get(use, "amount"),), entries)


@pytest.mark.parametrize("use", FOLDING)
@settings(max_examples=50)
@given(rows=ROWS, data=st.data())
def test_folding_rows_together_or_in_parts_is_the_same(use: str, rows: list, data: st.DataObject) -> None:
    """fold(A + B) == merge(fold(A), fold(B))."""
    table = _submission(KIT, rows).tables["donations"]
    cut = data.draw(st.integers(0, len(rows)))
    kind = find_kind(use)
    parts = [kind.fold(_selection(table, use, part)) for part in (range(cut), range(cut, len(rows)))]

    assert kind.fold(_selection(table, use, range(len(rows)))) == kind.merge(*parts)


@pytest.mark.parametrize("rule", range(len(RULES)), ids=lambda rule: str(RULES[rule]))
@settings(max_examples=25)
@given(first=ROWS, second=ROWS)
def test_contributions_of_two_workbooks_merge_to_the_figure_of_both(
    rule: int, first: list, second: list
) -> None:
    """What two units contribute makes the figure that one workbook with the rows of both has."""
    kit = _kit_of(rule)
    parts = [partial(kit.figures[0], _submission(kit, rows)) for rows in (first, second)]
    merged = finish(merge(*parts), kit)
    whole = Tally(_submission(kit, first + second)).figure("x")

    assert (whole.value, whole.state) == (merged.value, merged.state)
    assert {m.key: m.value for m in whole.members} == {m.key: m.value for m in merged.members}


@pytest.mark.parametrize("rule", range(len(RULES)), ids=lambda rule: str(RULES[rule]))
@settings(max_examples=10)
@given(workbooks=st.lists(ROWS, min_size=3, max_size=3))
def test_contributions_merge_in_any_grouping_and_through_a_pipe(rule: int, workbooks: list) -> None:
    """One worker may add up two workbooks, another the third: each cell still names its workbook."""
    kit = _kit_of(rule)
    parts = [
        partial(kit.figures[0], _submission(kit, rows)).at_origin(origin)
        for origin, rows in enumerate(workbooks)
    ]
    first, second, third = [pickle.loads(pickle.dumps(part)) for part in parts]  # noqa: S301 — our own bytes
    left = finish(merge(merge(first, second), third), kit)
    right = finish(merge(first, merge(second, third)), kit)

    assert parts == [first, second, third]
    assert left == right
    assert {cell for part in parts for cell in finish(part, kit).cells} == set(left.cells)


def test_moving_a_merged_contribution_moves_all_its_workbooks() -> None:
    """What one level added up is one of many contributions on the next."""
    kit = _kit_of(len(RULES) - 6)
    row = dict.fromkeys(_submission(kit, []).tables["donations"].columns)
    part = partial(kit.figures[0], _submission(kit, [{**row, "category": "现金"}]))
    moved = merge(part, part.at_origin(1)).at_origin(5)

    assert [5, 6] == [cell.origin for cell in moved.cells]


@given(rows=ROWS)
def test_a_drawn_submission_reads_back(rows: list) -> None:
    """Grid → submission → grid is the identity, so that cases say what they show."""
    rows = [
        {name: Gap.NOT_APPLICABLE if isinstance(value, Gap) else value for name, value in row.items()}
        for row in rows
    ]
    submission = _submission(KIT, [row for row in rows if any(value is not None for value in row.values())])

    again = read_grid(write_grid(submission), KIT)

    assert submission.digest == again.digest


ANYTHING: st.SearchStrategy[Value] = (
    NUMBERS | HEDGED | DAYS | st.booleans() | st.sampled_from([None, *Gap, "西山社区", "是", "{x}", ""])
)


@settings(max_examples=30)
@given(data=st.data())
def test_whatever_stands_in_the_cells_figures_and_checks_come_through(data: st.DataObject) -> None:
    """Bad input is a finding or an unknown figure, never a traceback."""
    kit = find_kit("community-posts")
    tables = {}
    for form_id, table in read_grid("", kit).tables.items():
        count = 1 if table.form.kind == "record" else data.draw(st.integers(0, 3))
        columns = {name: tuple(data.draw(ANYTHING) for _ in range(count)) for name in table.columns}
        tables[form_id] = replace(table, columns=columns, rows=tuple(range(5, 5 + count)))
    tally = Tally(Submission(kit=kit, tables=tables))

    assert len(kit.figures) == len(tally.all())
    assert all(finding.message for finding in run_checks(tally.submission, tally))


def test_sheets_that_are_missing_altogether_leave_figures_empty_and_checks_silent() -> None:
    """The reader says that a sheet is missing; nothing is said twice."""
    kit = find_kit("community-posts")
    tables = {
        form.id: Table(form=form, sheet=form.sheet, columns=dict.fromkeys(form.by_id, ()), is_present=False)
        for form in kit.forms
    }
    tally = Tally(Submission(kit=kit, tables=tables))

    assert {"empty", "printed"} == {figure.state.value for figure in tally.all()}
    assert ["FIGURE_BLANK"] == [finding.code for finding in run_checks(tally.submission, tally)]
