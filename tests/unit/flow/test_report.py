"""Reports: refused, drafted, written once, never over somebody's work."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from officeflow.cli import main
from officeflow.flow import doctor, report
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.intake.workbooks import read_workbook
from officeflow.kits.load import BUILTIN
from tests.support.docx import part, texts

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flow") / "s.xlsx"
    assert main(["sample", "community-posts", "-o", str(path)]) == 0
    return path


@pytest.fixture
def workbook(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample, tmp_path / "s.xlsx"))


def without_issue_number(path: Path) -> Path:
    book = openpyxl.load_workbook(path)
    next(cell for row in book["简报报头"].iter_rows() for cell in row if cell.value == 27).value = None
    book.save(path)
    return path


def written(result: report.Result) -> list[Path]:
    return [Path(answer.path) for answer in result.answer.reports if answer.path]


def test_a_report_stands_beside_its_workbook_and_says_whose_it_is(workbook: Path) -> None:
    """单位-表名-时段-文稿.docx."""
    assert [workbook.with_name("县林业局党委-在职党员进社区情况表-20140301-20140605-简报.docx")] == written(
        report.run(Desk.here(), file=workbook)
    )


def test_a_blank_that_must_be_filled_refuses_the_report(workbook: Path) -> None:
    """Nothing is written; the finding that holds it up is said."""
    result = report.run(Desk.here(), file=without_issue_number(workbook))

    assert (Exit.FINDINGS, []) == (result.code, written(result))
    assert ["REQUIRED_BLANK"] == [finding.code for finding in result.findings if finding.is_open]
    assert [workbook.name] == [path.name for path in workbook.parent.iterdir()]


def test_a_draft_is_written_with_its_gaps_in_sight(workbook: Path) -> None:
    """【待填：期号】 stands where the number would, and the file's name says 草稿."""
    (path,) = written(report.run(Desk.here(), file=without_issue_number(workbook), draft=True))

    assert path.stem.endswith("简报（草稿）")
    assert any("【待填：期号】" in line for line in texts(path.read_bytes()))


def test_a_second_click_replaces_what_nobody_touched(workbook: Path) -> None:
    """An unchanged document of ours is written again."""
    (path,) = written(report.run(Desk.here(), file=workbook))
    before = path.read_bytes()

    assert [path] == written(report.run(Desk.here(), file=workbook))
    assert before == path.read_bytes()


def edited(path: Path, old: str, new: str) -> bytes:
    """Change a word in the document's text and return the new file's bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "word/document.xml"
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path.read_bytes()


def test_a_second_click_never_destroys_an_edited_document(workbook: Path) -> None:
    """DOCUMENT_EDITED, exit 1, and the file stays as its editor left it."""
    (path,) = written(report.run(Desk.here(), file=workbook))
    kept = edited(path, "我们的主要做法是", "我们是这样做的")

    result = report.run(Desk.here(), file=workbook)

    assert (Exit.FINDINGS, []) == (result.code, written(result))
    assert ["DOCUMENT_EDITED"] == [finding.code for finding in result.findings if finding.is_open]
    assert kept == path.read_bytes()


def test_somebody_elses_file_of_that_name_is_left_alone(workbook: Path) -> None:
    """A document that is not ours is never replaced."""
    (path,) = written(report.run(Desk.here(), file=workbook))
    path.write_bytes(b"not ours")

    result = report.run(Desk.here(), file=workbook)

    assert "DOCUMENT_FOREIGN" in [finding.code for finding in result.findings]
    assert path.read_bytes() == b"not ours"


def test_an_unknown_report_names_the_nearest(workbook: Path) -> None:
    """A mistyped report is exit 2 and says what it may have been."""
    result = report.run(Desk.here(), file=workbook, reports=["bulettin"])

    assert Exit.UNUSABLE == result.code
    assert "bulletin" in result.findings[0].message


def test_a_template_that_is_not_there_is_no_fault_of_the_machine(workbook: Path, tmp_path: Path) -> None:
    """Exit 2, with its name."""
    result = report.run(Desk.here(), file=workbook, template=tmp_path / "没有.docx")

    assert (Exit.UNUSABLE, ["“没有.docx”" in finding.message for finding in result.findings]) == (
        result.code,
        [True],
    )


def test_a_folder_is_not_taken_for_a_missing_file(tmp_path: Path) -> None:
    """People drop the folder instead of the workbook in it."""
    result = report.run(Desk.here(), file=tmp_path)

    assert (Exit.UNUSABLE, ["FOLDER_GIVEN"]) == (result.code, [finding.code for finding in result.findings])


def test_a_table_without_reports_says_so(workbook: Path, tmp_path: Path) -> None:
    """Nothing written is never a success."""
    reading = read_workbook(Desk.here(), workbook).value
    assert reading is not None
    bare = replace(reading.submission, kit=replace(reading.submission.kit, reports=()))
    result = report.write_reports(
        replace(reading, submission=bare), ["简报"], report.ReportOrder(folder=tmp_path, desk=Desk.here())
    )

    assert (Exit.UNUSABLE, ["REPORT_NONE"]) == (result.code, [finding.code for finding in result.findings])


def test_a_report_can_be_named_by_its_title(workbook: Path) -> None:
    """People say 简报, programs say bulletin."""
    assert 1 == len(written(report.run(Desk.here(), file=workbook, reports=["简报"])))


def test_an_office_lays_reports_out_by_its_own_profile(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile in the office's kit folder, named in the settings, changes the page and nothing else."""
    own = tmp_path / "kits" / "profiles" / "wide.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        (BUILTIN.parent / "profiles" / "gb9704.toml")
        .read_text(encoding="utf-8")
        .replace("top_mm = 37", "top_mm = 30"),
        encoding="utf-8",
    )
    (usual,) = written(report.run(Desk.here(), file=workbook))
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "kits"))
    monkeypatch.setenv("OFFICEFLOW_PROFILE", "wide")
    (laid_out,) = written(report.run(Desk.here(), file=workbook, folder=tmp_path / "out"))

    assert 'w:top="1701"' in part(laid_out.read_bytes())
    assert texts(usual.read_bytes()) == texts(laid_out.read_bytes())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "gb9704"', "id = ", "TOML_VALUE"),
        ("top_mm = 37", 'top_mm = "宽"', "KIT_NUMBER_WANTED"),
        ("top_mm", "top", "KIT_KEY_UNKNOWN"),
        ('"{{ 款号 }}"]', "]", "LAYOUT_HEADINGS"),
        ('[styles."文稿标题"]', '[styles."标题甲"]', "LAYOUT_STYLE_UNKNOWN"),
    ],
)
def test_a_profile_that_cannot_be_used_is_said_in_words(
    old: str, new: str, code: str, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, and every mistake of the file is said at once."""
    text = (BUILTIN.parent / "profiles" / "gb9704.toml").read_text(encoding="utf-8")
    assert old in text
    own = tmp_path / "kits" / "profiles" / "wide.toml"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "kits"))
    monkeypatch.setenv("OFFICEFLOW_PROFILE", "wide")
    result = report.run(Desk.here(), file=workbook)

    assert [] == written(result)
    assert code in {finding.code for finding in result.findings}


def test_a_profile_that_is_not_there_names_the_nearest(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in the settings."""
    monkeypatch.setenv("OFFICEFLOW_PROFILE", "gb9705")
    result = report.run(Desk.here(), file=workbook)

    assert ["gb9704"] == [found.expected for found in result.findings if found.code == "LAYOUT_MISSING"]
    assert "damaged" in {condition.state for condition in doctor.run(Desk.here()).answer.checks}


@pytest.mark.office("soffice")
def test_a_pdf_comes_beside_the_document(workbook: Path) -> None:
    """`--pdf` through LibreOffice."""
    answer = report.run(Desk.here(), file=workbook, pdf=True).answer.reports[0]

    assert Path(answer.pdf) == Path(answer.path).with_suffix(".pdf")
    assert Path(answer.pdf).read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_the_document_is_written_and_the_pdf_is_said_to_be_missing(
    workbook: Path,
) -> None:
    """No LibreOffice is a hint, not a failure."""
    result = report.run(replace(Desk.here(), soffice=""), file=workbook, pdf=True)

    assert Exit.DONE == result.code
    assert "PDF_UNAVAILABLE" in [finding.code for finding in result.findings]
    assert 1 == len(written(result))
