"""`merge`: two colleagues' copies of one workbook as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from officeflow.flow import merge
from officeflow.flow.answers import Exit, Result, RowsAnswer
from officeflow.intake.desk import Desk
from officeflow.model.submission import Table
from officeflow.model.values import Period
from tests.support.filled import SOURCE, opened, reading, record, said, write

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
POSTS = SOURCE.sample["posts"]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the test, never those of the desk it runs on."""
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(tmp_path / "settings.toml"))


class Copies:
    """Two copies of the sample, each with some forms typed otherwise, and what became of them."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second, self.target = (folder / name for name in ("甲.xlsx", "乙.xlsx", "合.xlsx"))

    def merge(self, ours: Mapping[str, object], theirs: Mapping[str, object]) -> Result:
        write(self.first, **ours)
        write(self.second, **theirs)
        return merge.run(Desk.here(), first=self.first, second=self.second, output=self.target)

    def table(self, form_id: str) -> Table:
        return reading(self.target).submission.tables[form_id]


@pytest.fixture
def desk(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def told(result: Result) -> list[tuple[str, str, str]]:
    return [(found.code, found.sheet, found.cell) for found in result.findings]


def changed(rows: Sequence[Mapping[str, object]], at: int, **values: object) -> list[dict[str, object]]:
    """Rows with one of them typed otherwise."""
    return [{**row, **(values if number == at else {})} for number, row in enumerate(rows)]


def test_a_copy_merged_with_itself_is_itself(desk: Copies):
    """Same digest, same findings, nothing added."""
    result = desk.merge({}, {})

    assert (Exit.DONE, (), ()) == (result.code, result.findings, result.answer.added)
    assert reading(desk.first).submission.digest == reading(desk.target).submission.digest
    assert said(desk.first) == said(desk.target)


def test_rows_of_both_stand_in_one(desk: Copies):
    """Each typed half of the ledger: the whole comes out, and who added what is told."""
    result = desk.merge({"posts": POSTS[:20]}, {"posts": POSTS[15:]})

    assert () == result.findings
    assert (RowsAnswer(sheet="岗位认领", rows=19),) == result.answer.added
    assert tuple(row["member"] for row in POSTS) == desk.table("posts").columns["member"]


def test_what_differs_names_both_cells_and_the_first_stays(desk: Copies):
    """Same member, category and post, another community."""
    result = desk.merge({}, {"posts": changed(POSTS, 2, community="大东社区")})

    (conflict,) = result.findings
    assert ("MERGE_ROW_CONFLICT", "岗位认领", "D7", "河北社区", "大东社区") == (
        conflict.code,
        conflict.sheet,
        conflict.cell,
        conflict.value,
        conflict.expected,
    )
    assert "岗位认领!D7" in conflict.message
    assert "河北社区" == desk.table("posts").columns["community"][2]
    assert Exit.FINDINGS == result.code


def test_what_one_left_blank_the_other_fills(desk: Copies):
    """In a ledger and in a record; a default is no answer of anybody."""
    ours = {"posts": changed(POSTS, 0, times=""), "filing": record("filing", phone=None, attempt=None)}
    ours["posts"][0].pop("times")

    result = desk.merge(ours, {"filing": record("filing", attempt="更正重报", correction="改了一处")})

    assert () == result.findings
    assert POSTS[0]["times"] == desk.table("posts").columns["times"][0]
    filing = desk.table("filing")
    assert ("00000000", "更正重报") == (filing.value("phone"), filing.value("attempt"))


def test_a_personal_value_is_masked_in_the_message(desk: Copies):
    """The workbook keeps it, the message does not show it."""
    result = desk.merge({}, {"filing": record("filing", phone="13800000000")})

    (conflict,) = result.findings
    assert "0＊" in conflict.message
    assert "13800000000" not in conflict.message + conflict.expected
    assert "00000000" == desk.table("filing").value("phone")


def test_rows_with_the_same_key_are_told_apart_by_what_they_say(desk: Copies):
    """Two gifts of one giver on one day: each finds its own, the new one is added."""
    gift = {
        "done_on": "2014-4-18",
        "category": "衣物",
        "giver": "机关一支部",
        "measure": "件",
        "receiver": "居民",
    }
    first, second, third = ({**gift, "quantity": number} for number in (10, 20, 30))

    result = desk.merge({"donations": [first, second]}, {"donations": [second, third, first]})

    assert () == result.findings
    assert ["10", "20", "30"] == [str(value) for value in desk.table("donations").columns["quantity"]]


def test_an_outline_is_taken_whole(desk: Copies):
    """Its rows point at each other: the changed one stands, of two changed ones the first."""
    own = [{"level": "一级标题", "heading": "先摸底"}, {"level": "列举项", "heading": "走访", "parent": 1}]
    result = desk.merge({}, {"outline": own})
    assert () == result.findings
    assert ("先摸底", "走访") == desk.table("outline").columns["heading"]

    desk.target.unlink()
    result = desk.merge({"outline": own}, {"outline": own[:1]})
    assert [("MERGE_WHOLE", "提纲", "")] == told(result)
    assert 2 == len(desk.table("outline"))


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("MERGE_OTHER_UNIT", {"unit": "县财政局"}),
        ("MERGE_OTHER_PERIOD", {"to": Period.parse("2014-07").last}),
    ],
)
def test_another_unit_or_period_is_not_mixed_in(desk: Copies, code: str, other: Mapping[str, object]):
    """That is a roll-up, or a mistake."""
    result = desk.merge({}, {"filing": record("filing", **other)})

    assert [code] == [found.code for found in result.findings]
    assert not desk.target.exists()


def test_a_target_that_is_there_is_left_alone(desk: Copies):
    """One of the copies, most likely."""
    desk.target.write_bytes(b"filled")

    assert [("FILE_EXISTS", "", "")] == told(desk.merge({}, {}))
    assert b"filled" == desk.target.read_bytes()


def test_what_neither_form_reads_is_named_with_its_file(desk: Copies):
    """A sheet of one's own in the second copy; last period's figures and the unit's tag are kept."""
    write(desk.first, previous={"捐款": "1"})
    write(desk.second, previous={"捐款": "2", "捐衣物": "3"}, unit_tag="T1")
    book = opened(desk.second)
    book.create_sheet("草稿")["A1"] = "待核"
    book.save(desk.second)

    result = merge.run(Desk.here(), first=desk.first, second=desk.second, output=desk.target)

    (left,) = result.findings
    assert ("LEFT_SHEET", "草稿") == (left.code, left.sheet)
    assert "乙.xlsx" in left.message
    assert {"捐款": "1", "捐衣物": "3"} == reading(desk.target).submission.previous


def test_remarks_are_merged_like_fields(desk: Copies):
    """备注 of one copy fills the other's; two different ones are a conflict at the row."""
    for path, text in ((desk.first, "已到账"), (desk.second, "未到账")):
        book = opened(write(path))
        sheet = book["资金台账"]
        sheet.cell(5, next(cell.column for cell in sheet[4] if cell.value == "备注")).value = text
        book.save(path)

    result = merge.run(Desk.here(), first=desk.first, second=desk.second, output=desk.target)

    (conflict,) = result.findings
    assert conflict.message.startswith("【资金台账·第5行·备注】")
    assert ("已到账", "未到账") == (conflict.value, conflict.expected)
