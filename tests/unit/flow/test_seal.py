"""`officeflow seal`: the final version beside the document, which itself stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from officeflow.flow import seal
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.intake.documents import read_document
from tests.support.docx import docx, p, package, part, part_names
from tests.support.figures import ORIGIN, STANDARD


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "简报.docx"
    path.write_bytes(compose(docx(p("捐款{{ 捐款 }}。")), STANDARD, origins=(ORIGIN,)).value.document)
    return path


def names(result) -> list[str]:
    return [Path(file).name for file in result.answer.files]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({}, ["简报_定稿.docx"]),
        ({"public": True}, ["简报_公开.docx"]),
        ({"sidecar": True}, ["简报_定稿.docx", "简报_定稿.figures.json"]),
    ],
    ids=["plain", "public", "sidecar"],
)
def test_final_version_is_written_beside(document, asked, written):
    """名称_定稿.docx, 名称_公开.docx, and the record beside it where it was moved out."""
    before = document.read_bytes()
    result = seal.run(Desk.here(), file=document, **asked)

    assert (written, Exit.DONE, ()) == (names(result), result.code, result.findings)
    assert before == document.read_bytes()


def test_folder_to_write_to_takes_the_usual_name(document, tmp_path):
    """-o 文件夹 is understood, and what lies there already stays."""
    (tmp_path / "出").mkdir()
    files = [seal.run(Desk.here(), file=document, output=tmp_path / "出").answer.files[0] for _ in range(2)]

    assert [str(tmp_path / "出" / name) for name in ("简报_定稿.docx", "简报_定稿(2).docx")] == files


def test_figures_are_found_again_through_the_sidecar(document):
    """The document alone knows nothing; with the file beside it every figure is there."""
    file = Path(seal.run(Desk.here(), file=document, sidecar=True).answer.files[0])

    assert read_record(file.read_bytes()) is None
    assert ["1.6万元"] == [one.text for one in read_document(file).value.figures]


def test_second_final_version_leaves_the_first(document):
    """A final version may be signed, sent or printed: it is never written over."""
    seal.run(Desk.here(), file=document)

    assert ["简报_定稿(2).docx"] == names(seal.run(Desk.here(), file=document))


def test_target_that_is_there_is_left_alone(document):
    """`-o` on a file that exists writes nothing, the document itself included."""
    result = seal.run(Desk.here(), file=document, output=document)

    assert ([], Exit.FINDINGS) == (names(result), result.code)
    assert ["FILE_EXISTS"] == [one.code for one in result.findings]


def test_unsettled_document_is_refused(document):
    """Nothing is written while a change is tracked; the finding names the file."""
    files = {name: part(document.read_bytes(), name) for name in part_names(document.read_bytes())}
    ins = '<w:ins w:id="9" w:author="某甲"><w:r><w:t>近</w:t></w:r></w:ins>'
    files["word/document.xml"] = files["word/document.xml"].replace("</w:p>", f"{ins}</w:p>", 1)
    document.write_bytes(package(files))
    result = seal.run(Desk.here(), file=document, public=True)

    assert ([], Exit.FINDINGS) == (names(result), result.code)
    assert [("SEAL_INSERTED", str(document))] == [(one.code, one.file) for one in result.findings]
    assert [document] == list(document.parent.iterdir())


def test_any_document_can_be_made_public(tmp_path):
    """A document of other programs has no record, but authors and comments; only `--public` takes it."""
    path = tmp_path / "别人的.docx"
    path.write_bytes(docx(p("一段")))

    assert Exit.UNUSABLE == seal.run(Desk.here(), file=path).code
    assert ["别人的_公开.docx"] == names(seal.run(Desk.here(), file=path, public=True))


def test_public_copy_and_record_beside_it_exclude_each_other(document):
    """Without bookmarks a record beside finds nothing: that is said instead of writing half of it."""
    result = seal.run(Desk.here(), file=document, public=True, sidecar=True)

    assert (["SEAL_BOTH"], Exit.UNUSABLE) == ([one.code for one in result.findings], result.code)
    assert [document] == list(document.parent.iterdir())


@pytest.mark.parametrize("public", [False, True])
def test_what_is_no_document_is_said(tmp_path, public):
    """A file that is not there, a folder, a workbook's name: one finding, exit 2."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"no zip")

    for one in (path, tmp_path / "fehlt.docx", tmp_path):
        result = seal.run(Desk.here(), file=one, public=public)
        assert (1, Exit.UNUSABLE) == (len(result.findings), result.code)
