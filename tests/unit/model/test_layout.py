"""Outlines read from their form."""

from officeflow.kits.catalogue import find_kit
from officeflow.model.cells import CellRef
from officeflow.model.outline import OutlineRow
from officeflow.model.submission import Table


def outline(*rows: tuple[object, ...], first: int = 5) -> Table:
    kit = find_kit("community-posts")
    assert kit is not None
    columns = dict(zip(("level", "heading", "parent", "on"), zip(*rows, strict=True), strict=True))
    return Table(
        form=kit.form_by_id["outline"],
        sheet="提纲",
        columns=columns,
        rows=tuple(range(first, first + len(rows))),
        letters={"heading": 3},
    )


def test_rows_of_an_outline_know_level_place_and_switch():
    """A parent not given is the nearest heading above."""
    rows = OutlineRow.rows(
        outline(
            ("一级标题", "摸底", None, True),
            ("二级标题", "入户", None, True),
            ("列举项", "建清单", None, True),
            ("一级标题", "考评", None, False),
        )
    )

    assert [(1, None, False), (2, 0, False), (3, 1, True), (1, None, False)] == [
        (row.level, row.parent, row.is_item) for row in rows
    ]
    assert [True, True, True, False] == [row.is_on for row in rows]
    assert CellRef("提纲", 5, 3) == rows[0].cell


def test_a_parent_is_found_by_the_number_the_sheet_shows():
    """序号 counts sheet rows, so a row left out does not shift those below."""
    from decimal import Decimal

    rows = OutlineRow.rows(
        outline(
            ("一级标题", "摸底", None, True),
            ("一级标题", None, None, True),
            ("一级标题", "考评", None, True),
            ("列举项", "建清单", Decimal(1), True),
            ("列举项", "列考核", Decimal(3), True),
        )
    )

    assert [None, None, 0, 1] == [row.parent for row in rows]
