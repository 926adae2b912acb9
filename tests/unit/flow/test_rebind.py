"""`rebind`: what came back from a leader's phone, bound again and asked about."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.document.bound.document import read_bound
from officeflow.flow import rebind, refresh
from officeflow.flow.answers import Exit, Result
from officeflow.intake.desk import Desk
from tests.support.documents import DOCUMENT, WORKBOOK, desk
from tests.support.docx import docx, p, texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk(tmp_path)
    return tmp_path


def pasted(folder: Path, *changes: tuple[str, str], name: str = "返回稿.docx") -> Path:
    """Our bulletin as plain text in a new document, then changed."""
    text = "\n".join(texts((folder / DOCUMENT).read_bytes())).replace("→", "\t")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    returned = folder / name
    if returned.suffix == ".docx":
        returned.write_bytes(docx("".join(p(line) for line in text.split("\n"))))
    else:
        returned.write_bytes(text.encode("gb18030"))
    return returned


def run(folder: Path, returned: Path, **more: Path) -> Result:
    # No LibreOffice on this desk: what needs it is a test under tests/office.
    return rebind.run(replace(Desk.here(), soffice=""), returned=returned, ours=folder / DOCUMENT, **more)


def test_pasted_text_is_bound_again(folder: Path):
    """名称_回流.docx beside what came back, every figure bound; nothing to ask, exit 0; what came back is as it was."""
    returned = pasted(folder)
    before = returned.read_bytes()
    result = run(folder, returned)
    again = read_bound((folder / "返回稿_回流.docx").read_bytes()).value

    assert (Exit.DONE, ()) == (result.code, result.findings)
    assert str(folder / "返回稿_回流.docx") == result.answer.path
    assert again is not None
    assert all(one.is_marked for one in again.figures)
    assert len(again.figures) == result.answer.bound
    assert before == returned.read_bytes()


def test_changed_numbers_are_asked_about_and_can_be_answered(folder: Path):
    """Each is a finding with the place; refresh then adopts one and restores the other."""
    result = run(folder, pasted(folder, ("衣物248件", "衣物256件"), ("23人次", "近30人次")))
    bound = Path(result.answer.path)
    answered = refresh.run(
        Desk.here(),
        document=bound,
        file=folder / WORKBOOK,
        adopt=["服务人次"],
        restore=["捐衣物"],
        reason="按副书记意见",
    )

    assert Exit.FINDINGS == result.code
    assert [("服务人次", "23人次", "近30人次"), ("捐衣物", "248件", "256件")] == [
        (one.name, one.ours, one.theirs) for one in result.answer.numbers
    ]
    assert ["NUMBER_CHANGED"] * 2 == [finding.code for finding in result.findings]
    assert "第14段的“捐衣物”由“248件”改成了“256件”。" == result.findings[1].message.replace(
        f"第{result.answer.numbers[1].paragraph}段", "第14段"
    )
    text = "".join(texts(Path(answered.answer.path).read_bytes()))
    assert "衣物248件" in text
    assert "近30人次" in text


def test_a_lost_figure_is_named_with_its_sentence(folder: Path):
    """Taken out by the leader: said once, exit 1, the rest is bound."""
    result = run(folder, pasted(folder, ("衣物248件、", "")))

    assert (Exit.FINDINGS, ["FIGURE_LOST"]) == (result.code, [finding.code for finding in result.findings])
    assert "衣物248件" in result.findings[0].message
    assert len(result.findings[0].message) <= 60
    assert [("捐衣物", "248件", ())] == [(one.name, one.text, one.places) for one in result.answer.lost]
    assert "捐助衣物248件" in result.findings[0].message


def test_two_equally_good_places_are_both_shown(folder: Path):
    """A copied paragraph behind the first: neither is taken."""
    line = next(line for line in texts((folder / DOCUMENT).read_bytes()) if "衣物248件" in line)
    result = run(folder, pasted(folder, (line, f"{line}\n{line}")))
    twice = [finding.message for finding in result.findings if finding.code == "FIGURE_TWICE"]

    assert {"FIGURE_TWICE"} == {finding.code for finding in result.findings}
    assert any("捐衣物" in message and message.count("段“") == 2 for message in twice)


def test_plain_text_needs_no_other_program(folder: Path):
    """A .txt of Notepad, in the encoding of its day; LibreOffice is not asked."""
    result = run(folder, pasted(folder, ("衣物248件", "衣物256件"), name="返回稿.txt"))

    assert str(folder / "返回稿_回流.docx") == result.answer.path
    assert ["捐衣物"] == [one.name for one in result.answer.numbers]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{\\rtf1 text}", "LIBREOFFICE_NEEDED"),
        (b"%PDF-1.7", "WORD_NEEDED"),
        (b"", "FILE_EMPTY"),
    ],
)
def test_what_cannot_be_read_is_said(folder: Path, content: bytes, code: str):
    """Exit 2 and one finding that says what to do; nothing is written."""
    (folder / "返回稿.docx").write_bytes(content)
    result = run(folder, folder / "返回稿.docx")

    assert (Exit.UNUSABLE, [code]) == (result.code, [finding.code for finding in result.findings])
    assert "" == result.answer.path


def test_a_sidecar_stands_for_our_version(folder: Path):
    """`--from 简报.figures.json`: the words around the figures are enough."""
    record = read_bound((folder / DOCUMENT).read_bytes()).value.record
    sidecar = folder / "简报.figures.json"
    sidecar.write_text(record.to_json(), encoding="utf-8")
    result = rebind.run(Desk.here(), returned=pasted(folder, ("衣物248件", "衣物256件")), ours=sidecar)
    broken = folder / "坏.figures.json"
    broken.write_text("{", encoding="utf-8")

    assert ["捐衣物"] == [one.name for one in result.answer.numbers]
    assert result.answer.bound > 60
    assert ["SIDECAR_UNREADABLE"] == [
        finding.code
        for finding in rebind.run(Desk.here(), returned=folder / "返回稿.docx", ours=broken).findings
    ]


def test_nothing_bound_is_nothing_written(folder: Path):
    """Another document altogether: said, and no file."""
    (folder / "别的.docx").write_bytes(docx(p("今天天气很好。")))
    result = run(folder, folder / "别的.docx")

    assert (Exit.FINDINGS, ["NOTHING_BOUND"]) == (result.code, [finding.code for finding in result.findings])
    assert not (folder / "别的_回流.docx").exists()


def test_no_work_is_overwritten(folder: Path):
    """A second click gives the same file; one that somebody worked on gets a number beside it, or is refused when named."""
    returned = pasted(folder)
    first, second = (run(folder, returned).answer.path for _ in range(2))
    Path(first).write_bytes(docx(p("改过")))
    third = run(folder, returned).answer.path
    asked = run(folder, returned, output=Path(first))

    assert first == second
    assert str(folder / "返回稿_回流(2).docx") == third
    assert (Exit.FINDINGS, ["DOCUMENT_FOREIGN"]) == (asked.code, [finding.code for finding in asked.findings])
    assert ["改过"] == texts(Path(first).read_bytes())


def test_the_command_line_says_it_in_both_ways(folder: Path, capsys: pytest.CaptureFixture[str]):
    """JSON has path, words, numbers, lost; a person reads what was changed and where it was written."""
    returned = pasted(folder, ("衣物248件", "衣物256件"), ("渡难关", "过难关"))
    said = ["rebind", str(returned), "--from", str(folder / DOCUMENT)]
    code = main([*said, "--json"])
    envelope = json.loads(capsys.readouterr().out)
    main(said)
    shown = capsys.readouterr().out

    assert (1, "rebind", False) == (code, envelope["command"], envelope["ok"])
    assert {"path", "words", "numbers", "lost"} <= envelope.keys()
    assert [("248件", "256件")] == [(one["ours"], one["theirs"]) for one in envelope["numbers"]]
    assert [("帮困难家庭渡难关", "帮困难家庭过难关")] == [
        (one["before"], one["after"]) for one in envelope["words"]
    ]
    assert "由“248件”改成了“256件”" in shown
    assert "帮困难家庭渡难关 → 帮困难家庭过难关" in shown
    assert "返回稿_回流.docx" in shown
