"""Laws of moving rows into a fresh workbook, and of putting two copies together."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeflow.kits.load import parse_kit
from officeflow.model.kit import Form
from officeflow.model.values import canonical
from officeflow.workbook.entries.leftovers import left_behind
from officeflow.workbook.entries.merging import merge_entries
from officeflow.workbook.entries.typed import Entry, read_entries
from officeflow.workbook.files.opening import open_book
from tests.support.ledgers import HEADINGS, KIT, ROWS, read

FORM: Form = parse_kit(
    {
        "id": "laws",
        "title": "试表",
        "version": "1",
        "unit": "gifts.giver",
        "period": ["gifts.giver", "gifts.giver"],
        "form": [
            {
                "id": "gifts",
                "sheet": "捐款",
                "key": ["giver", "category"],
                "field": [
                    {"id": "giver", "header": "捐赠人"},
                    {"id": "category", "header": "类别"},
                    {"id": "amount", "header": "金额", "type": "money"},
                    {"id": "people", "header": "人数", "type": "int"},
                ],
            }
        ],
    }
).forms[0]
ROW = st.fixed_dictionaries(
    {},
    optional={
        "giver": st.sampled_from(["示例甲", "示例乙"]),
        "category": st.sampled_from(["现金", "衣物"]),
        "amount": st.sampled_from([Decimal(1), Decimal("1.50"), Decimal(2)]),
        "people": st.sampled_from([Decimal(1), Decimal(3)]),
    },
).filter(bool)
COPY = st.lists(ROW, max_size=7)


def entries(rows: list[dict[str, object]]) -> list[Entry]:
    return [Entry(at=at, offset=at, values=row, cells=row) for at, row in enumerate(rows)]


def content(rows: list[Entry]) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(
        frozenset((name, canonical(value)) for name, value in entry.values.items()) for entry in rows
    )


@given(rows=COPY)
def test_merging_is_idempotent(rows: list[dict[str, object]]):
    """A copy merged with itself is itself, however often keys repeat."""
    merged = merge_entries(FORM, entries(rows), entries(rows))

    assert not merged.conflicts
    assert rows == [entry.values for entry in merged.entries]


@given(ours=COPY, theirs=COPY)
def test_merging_again_adds_nothing(ours: list[dict[str, object]], theirs: list[dict[str, object]]):
    """What has come in once does not come in twice."""
    once = merge_entries(FORM, entries(ours), entries(theirs))
    again = merge_entries(FORM, once.entries, once.entries)

    assert content(once.entries) == content(again.entries)


@given(ours=COPY, theirs=COPY)
def test_nothing_typed_disappears(ours: list[dict[str, object]], theirs: list[dict[str, object]]):
    """Every value of both copies stands in the result or in a conflict; the first copy's rows come first, in order."""
    merged = merge_entries(FORM, entries(ours), entries(theirs))
    kept = Counter((n, canonical(v)) for entry in merged.entries for n, v in entry.values.items())
    told = Counter((c.field_id, canonical(c.theirs.values[c.field_id])) for c in merged.conflicts)
    for rows in (ours, theirs):
        typed = Counter((n, canonical(v)) for row in rows for n, v in row.items())
        assert not typed - kept - told
    for mine, entry in zip(ours, merged.entries, strict=False):
        assert mine.items() <= entry.values.items()


@given(ours=COPY, theirs=COPY)
def test_the_order_of_copies_changes_the_order_of_rows_only(
    ours: list[dict[str, object]], theirs: list[dict[str, object]]
):
    """Where nothing conflicts and no key repeats."""
    one, other = (
        list({(r.get("giver"), r.get("category")): r for r in rows}.values()) for rows in (ours, theirs)
    )
    merged = merge_entries(FORM, entries(one), entries(other))
    turned = merge_entries(FORM, entries(other), entries(one))

    assert bool(merged.conflicts) == bool(turned.conflicts)
    if not merged.conflicts:
        assert content(merged.entries) == content(turned.entries)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_what_was_read_is_read_again_where_it_is_typed_again(rows: list[list[object]], tmp_path: Path):
    """Whatever stood in the cells: the values are the same, or the cell is named."""
    before = read(rows, tmp_path).value
    moved = read_entries(open_book(tmp_path / "表.xlsx").value, before)["gifts"]
    columns = {field.header: field.id for field in KIT.form_by_id["gifts"].fields}
    typed = [[entry.cells.get(columns[heading]) for heading in HEADINGS] for entry in moved]
    after = read(typed, tmp_path).value

    if not any(entry.lost for entry in moved):
        assert before.tables["gifts"].columns == after.tables["gifts"].columns


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_what_is_no_row_is_named(rows: list[list[object]], tmp_path: Path):
    """A row with anything in it is moved, or its cells are listed as left behind; a repeated heading is neither."""
    outcome = read(rows, tmp_path)
    left = left_behind(open_book(tmp_path / "表.xlsx").value, KIT)
    named = {row for found in left for row in covered(found.cell)}
    headings = {int(one.cell[1:]) for one in outcome.findings if one.code == "HEADING_REPEATED"}
    filled = {
        number for number, cells in enumerate(rows, 2) if any(cell not in {None, " "} for cell in cells)
    }

    assert filled == {*outcome.value.tables["gifts"].rows, *named, *headings}


def covered(cells: str) -> Iterator[int]:
    """The rows of ranges like 'A5:A9,C3'."""
    for part in cells.split(","):
        first, last = (re.findall(r"\d+", part) * 2)[:2]
        yield from range(int(first), int(last) + 1)
