"""`refresh`: where the moved document is written, and what is said of what was left."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.document.provenance.binding import bookmark_name
from officeflow.document.provenance.record import read_record
from officeflow.flow import refresh, report, verify
from officeflow.flow.answers import Exit, Result
from officeflow.intake.desk import Desk
from tests.support.docx import docx, p, part, texts
from tests.support.filled import record, write
from tests.support.issues import MOVED, bulletin, corrected, next_period
from tests.support.word_edits import accept, edited, mark, overtype, reject, type_before, unmarked


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refresh")
    shutil.copy(bulletin(folder), folder / "简报.docx")
    corrected(folder)
    next_period(folder)
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    for path in made.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def run(desk: Path, file: str = "改过的表.xlsx", document: str = "简报.docx", **more: object) -> Result:
    day = more.pop("today", None)
    return refresh.run(Desk.here(today=day), document=desk / document, file=desk / file, **more)


def edit(desk: Path, *edits, document: str = "简报.docx") -> None:
    """Work on a document in its place."""
    content = (desk / document).read_bytes()
    for one in edits:
        content = edited(content, one)
    (desk / document).write_bytes(content)


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.code != "NOT_LISTED"]


def test_moved_document_stands_beside_and_agrees(desk: Path):
    """名称_更新.docx; the document itself is as it was; what moved is listed in order."""
    before = (desk / "简报.docx").read_bytes()
    result = run(desk)
    written = desk / "简报_更新.docx"

    assert (Exit.DONE, str(written), [], ()) == (
        result.code,
        result.answer.path,
        codes(result),
        result.answer.kept,
    )
    assert MOVED == {one.id: (one.from_, one.to) for one in result.answer.changes}
    assert before == (desk / "简报.docx").read_bytes()
    assert verify.run(Desk.here(), document=written, file=desk / "改过的表.xlsx").ok


def test_text_is_that_of_a_new_report(desk: Path):
    """A document nobody touched says after a refresh what a report from the new data says."""
    run(desk)
    (new,) = report.run(Desk.here(), file=desk / "改过的表.xlsx", folder=desk / "新").answer.reports

    assert texts(Path(new.path).read_bytes()) == texts((desk / "简报_更新.docx").read_bytes())


def test_same_data_write_nothing(desk: Path):
    """No file appears; when one was asked for it is there."""
    result = run(desk, "表.xlsx")
    asked = run(desk, "表.xlsx", output=desk / "副本.docx")

    assert (Exit.DONE, "", True) == (result.code, result.answer.path, result.answer.is_current)
    assert not (desk / "简报_更新.docx").exists()
    assert str(desk / "副本.docx") == asked.answer.path


def test_second_click_replaces_only_what_nobody_worked_on(desk: Path):
    """Our own last output is replaced; edited, it stays and the new one gets a number."""
    edit(desk, overtype("捐书籍", "近900册"))
    first, second = run(desk), run(desk)
    edit(desk, overtype("捐衣物", "300件"), document="简报_更新.docx")
    third = run(desk)

    assert str(desk / "简报_更新.docx") == first.answer.path == second.answer.path
    assert str(desk / "简报_更新(2).docx") == third.answer.path
    assert "300件" in part((desk / "简报_更新.docx").read_bytes())


def test_decision_is_not_replaced(desk: Path):
    """A click without --adopt does not take the place of the document that holds the 审定数."""
    edit(desk, overtype("捐款", "近2万元"))
    first = run(desk, adopt=["捐款"], reason="按副书记意见")
    second = run(desk)

    assert str(desk / "简报_更新.docx") == first.answer.path
    assert str(desk / "简报_更新(2).docx") == second.answer.path


def test_refreshing_the_refreshed_one_does_not_pile_up_names(desk: Path):
    """简报_更新.docx becomes 简报_更新(2).docx, not 简报_更新_更新.docx."""
    run(desk)
    result = run(desk, "表.xlsx", "简报_更新.docx")

    assert str(desk / "简报_更新(2).docx") == result.answer.path


def test_document_itself_is_written_only_by_name(desk: Path):
    """-o 简报.docx moves it in its place; -o onto somebody's work is refused."""
    shutil.copy(desk / "简报.docx", desk / "别的.docx")
    edit(desk, overtype("捐衣物", "300件"), document="别的.docx")
    theirs = (desk / "别的.docx").read_bytes()
    refused = run(desk, output=desk / "别的.docx")
    result = run(desk, output=desk / "简报.docx")

    assert (Exit.FINDINGS, ["DOCUMENT_EDITED"], "") == (refused.code, codes(refused), refused.answer.path)
    assert theirs == (desk / "别的.docx").read_bytes()
    assert str(desk / "简报.docx") == result.answer.path
    assert verify.run(Desk.here(), document=desk / "简报.docx", file=desk / "改过的表.xlsx").ok


def test_folder_to_write_to_takes_the_usual_name(desk: Path):
    """-o 文件夹 is understood too."""
    (desk / "出").mkdir()

    assert str(desk / "出" / "简报_更新.docx") == run(desk, output=desk / "出").answer.path


@pytest.mark.parametrize(
    ("document", "file", "code"),
    [
        ("没有.docx", "表.xlsx", "FILE_MISSING"),
        ("表.xlsx", "表.xlsx", "NOT_WORD"),
        ("简报.docx", "简报.docx", None),
        ("坏.docx", "表.xlsx", None),
        ("粘贴.txt", "表.xlsx", "NOT_WORD"),
        ("别人.docx", "表.xlsx", "RECORD_MISSING"),
    ],
)
def test_what_is_no_bulletin_or_no_workbook_is_said(desk: Path, document: str, file: str, code: str | None):
    """One finding, exit 2, nothing written."""
    (desk / "坏.docx").write_bytes((desk / "简报.docx").read_bytes()[:2000])
    (desk / "别人.docx").write_bytes(docx(p("别人写的。")))
    (desk / "粘贴.txt").write_text("粘贴成了纯文字的稿子。", encoding="utf-8")
    before = sorted(desk.iterdir())
    result = run(desk, file, document)

    assert (1, Exit.UNUSABLE, "") == (len(result.findings), result.code, result.answer.path)
    assert code in (None, *codes(result))
    assert before == sorted(desk.iterdir())


def test_report_never_replaces_a_refreshed_document_with_edits(desk: Path):
    """A report replaces what only the program wrote, refreshed or not; never a person's words."""
    (first,) = report.run(Desk.here(), file=desk / "改过的表.xlsx").answer.reports
    edit(desk, overtype("捐书籍", "近900册"), document=Path(first.path).name)
    run(desk, "表.xlsx", Path(first.path).name, output=Path(first.path))
    again = report.run(Desk.here(), file=desk / "改过的表.xlsx")

    assert ["DOCUMENT_EDITED"] == codes(again)


def test_what_was_edited_is_listed_and_kept(desk: Path):
    """Overtyped, reworded, taken out, copied: one finding each, the others move."""

    def copy(root):
        paragraph = mark(root, "捐衣物").getparent()
        paragraph.addnext(unmarked(paragraph))

    edit(desk, copy, overtype("捐款", "1.8万余元"), overtype("捐书籍", "约838册"), overtype("服务人次", ""))
    result = run(desk)

    assert ["发放通告", "捐衣物"] == [one.id for one in result.answer.changes]
    assert {"捐款": "overtyped", "捐书籍": "reworded", "服务人次": "removed"} == {
        one.id: one.state for one in result.answer.kept
    }
    assert {"OVERTYPED", "REWORDED", "FIGURE_REMOVED", "FIGURE_COPIED"} <= set(codes(result))
    assert Exit.DONE is result.code


def test_adopting_is_counted_as_explained(desk: Path):
    """The leader's number is kept with reason, who and day; verify is content, and says so."""
    edit(desk, overtype("捐款", "近2万元"))
    result = run(desk, adopt=["捐款"], reason="按副书记意见", by="王科长", today=date(2026, 11, 22))
    written = Path(result.answer.path)
    bound = read_record(written.read_bytes()).figures[bookmark_name("捐款", 1)]
    verdict = verify.run(Desk.here(), document=written, file=desk / "改过的表.xlsx")

    assert ("近2万元", "按副书记意见", "王科长", "2026-11-22") == (
        bound.adopted,
        bound.reason,
        bound.adopted_by,
        bound.adopted_on,
    )
    assert verdict.ok
    assert ["FIGURE_ADOPTED"] == codes(verdict)
    again = run(desk, "表.xlsx", written.name)
    assert "近2万元" in "".join(texts(Path(again.answer.path).read_bytes()))


def test_restoring_takes_the_workbook_s(desk: Path):
    """--restore by name."""
    edit(desk, overtype("捐款", "近2万元"))
    result = run(desk, restore=["捐款"])

    assert ("近2万元", "1.72万元") in [(one.from_, one.to) for one in result.answer.changes]
    assert verify.run(Desk.here(), document=Path(result.answer.path), file=desk / "改过的表.xlsx").ok


def test_name_that_means_nothing_writes_nothing(desk: Path):
    """The nearest name is offered, and no file appears."""
    result = run(desk, adopt=["捐款额"], reason="因为")

    assert (Exit.FINDINGS, ["CHOICE_UNKNOWN"], "") == (result.code, codes(result), result.answer.path)
    assert not (desk / "简报_更新.docx").exists()


def test_words_that_no_longer_agree_are_listed(desk: Path):
    """The writer's 下降 is held against the number that rises under it; it moves all the same."""
    edit(desk, type_before("捐衣物", "比上月下降到"))
    result = run(desk)

    assert "捐衣物" in {one.id for one in result.answer.changes}
    assert ["WORDING_MOVED"] == [finding.code for finding in result.answer.wording]
    assert set(result.answer.wording) <= set(result.findings)


def test_tracked_document_can_be_settled(desk: Path):
    """Accepted it agrees; rejected, verify says which are stale."""
    result = run(desk, tracked=True, today=date(2026, 11, 22), by="王科长")
    tracked = Path(result.answer.path).read_bytes()
    (desk / "接受.docx").write_bytes(edited(tracked, accept))
    (desk / "拒绝.docx").write_bytes(edited(tracked, reject))
    taken = verify.run(Desk.here(), document=desk / "接受.docx", file=desk / "改过的表.xlsx")
    refused = verify.run(Desk.here(), document=desk / "拒绝.docx", file=desk / "改过的表.xlsx")

    assert taken.ok
    assert {"same", "stale"} == {one.state for one in refused.answer.figures}
    assert MOVED.keys() == {one.id for one in refused.answer.figures if one.state == "stale"}
    assert 4 == part(tracked).count("<w:ins ") == part(tracked).count("<w:del ")


def test_workbook_that_would_hold_a_report_holds_a_refresh(desk: Path):
    """Its findings are said, nothing is written."""
    file = write(desk / "缺.xlsx", masthead=record("masthead", issue=None))
    result = run(desk, file.name)

    assert Exit.FINDINGS is result.code
    assert "REQUIRED_BLANK" in codes(result)
    assert not (desk / "简报_更新.docx").exists()


@pytest.mark.parametrize(
    ("file", "is_next", "code"),
    [("下期表.xlsx", False, "DOCUMENT_OTHER_PERIOD"), ("改过的表.xlsx", True, "DOCUMENT_NOT_NEXT")],
)
def test_period_is_guarded(desk: Path, file: str, *, is_next: bool, code: str):
    """The same period without --as-next, a later one with it."""
    assert [code] == codes(run(desk, file, as_next=is_next))


def test_last_issue_is_the_base_of_the_next(desk: Path):
    """Issue number, day, 按语 and figures move; what is gone, zero, stale and last period's is listed."""
    edit(desk, overtype("捐书籍", "近900册"))
    adopted = run(desk, "表.xlsx", adopt=["捐书籍"], reason="按领导意见", output=desk / "上期.docx")
    assert adopted.ok
    result = run(desk, "下期表.xlsx", "上期.docx", as_next=True)
    document = Path(result.answer.path)
    moved = {one.id: one.to for one in result.answer.changes}

    assert "上期_下期.docx" == document.name
    assert {
        "期号": "第31期",
        "印发日期": "2014年10月8日",
        "捐款": "6800元",
        "帮办数": "2件",
    }.items() <= moved.items()
    assert "按语：现将林业局的做法刊发，供参考。" in texts(document.read_bytes())
    assert {"LAST_ADOPTED", "FIGURE_GONE", "FIGURE_ZERO", "SAME_AS_LAST", "FIGURE_UNUSED"} <= set(
        codes(result)
    )
    (last,) = [finding for finding in result.findings if finding.code == "LAST_ADOPTED"]
    assert "第18段的“捐书籍”是上期定的数“近900册”，本期表里是838册。" == last.message
    assert "overtyped" in {
        one.state
        for one in verify.run(Desk.here(), document=document, file=desk / "下期表.xlsx").answer.figures
    }


def test_next_issue_takes_the_next_period_s_name(desk: Path):
    """A document named by its period is named by the new one."""
    (first,) = report.run(Desk.here(), file=desk / "表.xlsx").answer.reports
    result = run(desk, "下期表.xlsx", Path(first.path).name, as_next=True)

    assert (
        Path(first.path).name.replace("20140301-20140605", "20140606-20140930")
        == Path(result.answer.path).name
    )


def test_draft_is_filled_in(desk: Path):
    """A draft shows 【待填：期号】; it is edited, the number is filled in, and a refresh puts it there."""
    blank = write(desk / "缺.xlsx", masthead=record("masthead", issue=None))
    (draft,) = report.run(Desk.here(), file=blank, draft=True).answer.reports
    edit(desk, overtype("捐衣物", "近300件"), document=Path(draft.path).name)
    waiting = verify.run(Desk.here(), document=Path(draft.path), file=blank)
    result = run(desk, "表.xlsx", Path(draft.path).name)

    assert "第3段还写着“【待填：期号】”，表里还没有填。" in [finding.message for finding in waiting.findings]
    assert {"期号": ("【待填：期号】", "第27期")} == {
        one.id: (one.from_, one.to) for one in result.answer.changes
    }
    assert "期号" not in {figure.id for figure in draft.figures}
    assert any("第27期" in line for line in texts(Path(result.answer.path).read_bytes()))


def test_sentence_tells_edited_from_adopted(desk: Path, capsys: pytest.CaptureFixture[str]):
    """What was adopted now is named; later it is counted apart from what somebody edited."""
    edit(desk, overtype("捐款", "1.8万余元"), overtype("捐书籍", "近900册"))
    command = ["refresh", str(desk / "简报.docx"), "--with", str(desk / "改过的表.xlsx")]
    main([*command, "--adopt", "捐款", "--reason", "按副书记意见"])
    first = capsys.readouterr().out
    main(["refresh", str(desk / "简报_更新.docx"), "--with", str(desk / "表.xlsx")])
    second = capsys.readouterr().out

    assert "认可了1个数，以后更新不动：捐款。" in first
    assert "更新了3个数；1个数有人改过，没有动，请看清单。" in first
    assert "更新了3个数；1个数有人改过，没有动，请看清单；1个审定数没有动。" in second


def test_what_a_person_and_a_program_see(desk: Path, capsys: pytest.CaptureFixture[str]):
    """The sentence of the 更新数字 button; JSON keys as the design has them."""
    edit(desk, overtype("捐款", "1.8万余元"))
    arguments = ["refresh", str(desk / "简报.docx"), "--with", str(desk / "改过的表.xlsx")]
    main([*arguments, "--json"])
    said = json.loads(capsys.readouterr().out)
    main(arguments)
    shown = capsys.readouterr().out

    assert "更新了3个数；1个数有人改过，没有动，请看清单。" in shown
    assert "  第18段 捐衣物：248件 → 256件" in shown
    assert {"path", "changes", "kept", "wording"} <= said.keys()
    assert {"id", "from", "to", "sentence"} <= said["changes"][0].keys()
