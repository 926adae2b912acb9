"""The content digest tells submissions apart by what they say, and by nothing else."""

from __future__ import annotations

from dataclasses import replace

from officeflow.model.submission import Submission
from tests.support.cases import case_kit
from tests.support.grid import read_grid

KIT = case_kit()
POSTS = """
岗位认领
| 姓名 | 社区 |
| 甲   | 西山 |
| 乙   | 河北 |
"""


def names(*values: str) -> Submission:
    """A submission whose only form is one column of names."""
    drawn = read_grid(POSTS, KIT)
    form = KIT.form_by_id["posts"]
    own = replace(form, fields=form.fields[:1])
    table = replace(drawn.tables["posts"], form=own, columns={"member": values})
    kit = replace(KIT, forms=(KIT.form_by_id["filing"], own))
    return replace(drawn, kit=kit, tables={"filing": drawn.tables["filing"], "posts": table})


def test_every_value_counts_and_so_does_its_place() -> None:
    """Another value, a row less, another order, a value in the other column."""
    told = [
        POSTS,
        POSTS.replace("河北", "河南"),
        POSTS.replace("| 乙   | 河北 |\n", ""),
        POSTS.replace("甲", "丙").replace("乙", "甲").replace("丙", "乙"),
        POSTS.replace("| 甲   | 西山 |", "| 西山 | 甲 |"),
        f"填报信息\n| 填报单位 | 县林业局 |\n{POSTS}",
    ]

    assert len(told) == len({read_grid(text, KIT).digest for text in told})


def test_a_line_end_in_a_cell_ends_no_row() -> None:
    """Two rows are not one row of two lines."""
    assert names("甲", "乙").digest != names("甲\n乙").digest


def test_answers_are_no_content() -> None:
    """A unit explains what it reported; it reports nothing new."""
    answered = f"{POSTS}情况说明\n| 编号 | 说明 |\n| CP-01 | 已经核实，情况属实 |\n"

    assert read_grid(POSTS, KIT).digest == read_grid(answered, KIT).digest
