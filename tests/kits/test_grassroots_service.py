"""A kit as an office writes one: 21 forms, three reports in three genres, from parts, genres and profiles of its own.

It lives here and not in the package; what it says is invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.docx import texts
from tests.support.golden import Golden

HERE = Path(__file__).parent
FOLDER = HERE / "grassroots-service"
REPORTS = ("article", "notice", "bulletin")
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module", autouse=True)
def own_kits() -> Any:
    """The folder of the office's kits is this one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFICEFLOW_KIT_FOLDER", str(HERE))
        yield


@pytest.fixture(scope="module")
def workbook(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grassroots") / "样表.xlsx"
    code, envelope = run("sample", "grassroots-service", "-o", path)
    assert code == 0, envelope["findings"]
    return path


@pytest.fixture(scope="module")
def written(workbook: Path, run: Run) -> dict[str, Path]:
    """The three reports by id."""
    code, envelope = run("report", workbook, "-o", workbook.parent)
    assert code == 0, envelope["findings"]
    return {report["report"]: Path(report["path"]) for report in envelope["reports"]}


@pytest.fixture
def filled(workbook: Path, tmp_path: Path) -> Path:
    """A copy of the sample that a test may change."""
    return Path(shutil.copy(workbook, tmp_path / "s.xlsx"))


def changed(path: Path, sheet: str, cells: dict[str, object]) -> Path:
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book[sheet][at] = value
    book.save(path)
    return path


def cell_of(path: Path, sheet: str, header: str) -> str:
    """Where the value of a record's field stands."""
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        for cell in row:
            if cell.value == header:
                return f"{chr(ord(cell.column_letter) + 1)}{cell.row}"
    raise LookupError(header)


def test_kit_and_parts_are_short() -> None:
    """At most 250 lines, blank ones and comments aside: an office can read its own kit."""
    lines = [
        line
        for file in (FOLDER / "kit.toml", *FOLDER.glob("_parts/*.toml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]

    assert len(lines) <= 250


def test_the_kit_is_sound(run: Run) -> None:
    """`kit check` has nothing to say."""
    code, envelope = run("kit", "check", "grassroots-service")

    assert (0, []) == (code, envelope["findings"])


def test_the_sample_has_nothing_to_mend(workbook: Path, run: Run) -> None:
    """Only what was read as about so many is told."""
    code, envelope = run("check", workbook)

    assert 0 == code
    assert {"hint"} == {finding["severity"] for finding in envelope["findings"]}


@pytest.mark.parametrize("report", REPORTS)
def test_the_text_of_each_report(report: str, written: dict[str, Path], golden: Golden) -> None:
    """A change of wording, order or number shows as the sentence that changed."""
    text = "\n".join(line for line in texts(written[report].read_bytes()) if line) + "\n"

    golden.check(FOLDER / "golden" / f"{report}.txt", text)


def test_genres_have_different_titles_from_one_kit(written: dict[str, Path]) -> None:
    """Each genre says 标题; each report puts a figure of its own there."""
    titles = [
        next(iter(filter(None, texts(written[report].read_bytes())))) for report in ("article", "notice")
    ]

    assert ["把办公桌搬到群众身边", "关于三季度下基层解难题工作情况的通报"] == titles


def test_a_forms_own_report_is_stopped_and_no_other(filled: Path, run: Run) -> None:
    """An empty masthead stops the bulletin; article and notice are written."""
    changed(filled, "简报报头", {cell_of(filled, "简报报头", "简报名称"): None})
    code, envelope = run("report", filled, "article", "notice", "-o", filled.parent)
    stopped, refused = run("report", filled, "-o", filled.parent / "all")

    assert (0, True) == (code, all(report["path"] for report in envelope["reports"]))
    assert 1 == stopped
    assert [True, True, False] == [bool(report["path"]) for report in refused["reports"]]


def test_check_says_which_report_a_finding_stops(filled: Path, run: Run) -> None:
    """Who writes no bulletin need not mend its masthead."""
    changed(filled, "简报报头", {cell_of(filled, "简报报头", "简报名称"): None})
    code, envelope = run("check", filled)
    message = next(
        finding["message"] for finding in envelope["findings"] if finding["severity"] == "mandatory"
    )

    assert 1 == code
    assert message.endswith("（只影响简报）")


def test_each_report_agrees_with_its_workbook(written: dict[str, Path], workbook: Path, run: Run) -> None:
    """Every figure of the three documents is verified and can be traced."""
    for document in written.values():
        verified, told = run("verify", document, "--with", workbook)
        traced, chains = run("trace", document)

        assert (0, 0) == (verified, traced)
        assert {"same"} == {figure["state"] for figure in told["figures"]}
        assert chains["figures"]


def test_one_changed_cell_moves_each_report(
    written: dict[str, Path], filled: Path, run: Run, tmp_path: Path
) -> None:
    """`refresh` carries the new total into all three."""
    changed(filled, "下基层走访", {"E5": 99})
    for report, document in written.items():
        code, _ = run("refresh", document, "--with", filled, "-o", tmp_path / f"{report}.docx")

        assert 0 == code
        assert texts(document.read_bytes()) != texts((tmp_path / f"{report}.docx").read_bytes())


def test_a_form_of_another_report_holds_up_neither_verify_nor_refresh(
    written: dict[str, Path], filled: Path, run: Run, tmp_path: Path
) -> None:
    """An empty masthead is the bulletin's; the article is refreshed, and again from what was refreshed."""
    changed(filled, "简报报头", {cell_of(filled, "简报报头", "简报名称"): None})
    changed(filled, "下基层走访", {"E5": 99})
    first, again = tmp_path / "1.docx", tmp_path / "2.docx"
    refreshed = run("refresh", written["article"], "--with", filled, "-o", first)[0]
    changed(filled, "下基层走访", {"E5": 98})
    refreshed_again = run("refresh", first, "--with", filled, "-o", again)[0]

    assert (0, 0, 0) == (refreshed, refreshed_again, run("verify", again, "--with", filled)[0])
    assert 1 == run("refresh", written["bulletin"], "--with", filled, "-o", tmp_path / "3.docx")[0]


def test_the_next_period_takes_master_data_and_open_cases(workbook: Path, run: Run, tmp_path: Path) -> None:
    """Units and brands all, cases that are not closed."""
    code, envelope = run("next", workbook, "-o", tmp_path / "n.xlsx")
    rows = {form["sheet"]: form["rows"] for form in envelope["carried"]}

    assert 0 == code
    assert (6, 3) == (rows["市直单位"], rows["解难题台账"])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"日期" = "通报日期"', '"日子" = "通报日期"', "SLOT_UNKNOWN"),
        ('"日期" = "通报日期"', '"日期" = "通报日"', "KIT_REFERENCE"),
        ('forms = ["notice"]', 'forms = ["notices"]', "KIT_REFERENCE"),
    ],
)
def test_slots_and_forms_of_a_report_must_be_there(
    old: str, new: str, code: str, run: Run, tmp_path: Path
) -> None:
    """A slot the genre has, a figure and a form the kit has."""
    folder = shutil.copytree(FOLDER, tmp_path / "grassroots-service")
    text = (folder / "kit.toml").read_text(encoding="utf-8")
    (folder / "kit.toml").write_text(text.replace(old, new), encoding="utf-8")
    exit_code, envelope = run("kit", "check", folder)

    assert 1 == exit_code
    assert code in [finding["code"] for finding in envelope["findings"]]
