"""`render`: a plain template, values from JSON, a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.flow import render
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from tests.support.docx import docx, p, table, texts


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "模板.docx"
    rows = table(["{%tr for 行 in 名单 %}"], ["{{ 行.社区 }}：{{ 行.户数 }}户"], ["{%tr endfor %}"])
    path.write_bytes(docx(p("{{ 单位 }}共{{ 金额 }}万元") + rows))
    return path


def values(template: Path, text: str | bytes) -> Path:
    path = template.with_name("数据.json")
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


GOOD = (
    '{"单位": "甲局", "金额": 1.10, "名单": [{"社区": "河北", "户数": 1420}, {"社区": "西山", "户数": 38}]}'
)


def test_document_stands_beside_its_values(template: Path) -> None:
    """Numbers print as they stand in the file."""
    result = render.run(Desk.here(), template=template, values=values(template, GOOD))
    (path,) = result.answer.files

    assert (Exit.DONE, ()) == (result.code, result.findings)
    assert template.with_name("数据_成文.docx") == Path(path)
    assert ["甲局共1.10万元", "河北：1420户", "西山：38户"] == texts(Path(path).read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_any_editors_encoding_is_read(template: Path, encoding: str) -> None:
    """Notepad's too."""
    assert render.run(Desk.here(), template=template, values=values(template, GOOD.encode(encoding))).ok


def test_what_the_values_lack_is_a_hint(template: Path) -> None:
    """It prints nothing, and that is said, with the nearest name."""
    result = render.run(Desk.here(), template=template, values=values(template, '{"单位名": "甲局"}'))

    assert ["VALUE_MISSING"] * 3 == [finding.code for finding in result.findings]
    assert "“单位名”" in next(finding.remedy for finding in result.findings if "“单位”" in finding.message)
    assert "共万元" == texts(Path(result.answer.files[0]).read_bytes())[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1,\n "b": }', "VALUES_NOT_JSON"),
        ("", "VALUES_NOT_JSON"),
        (b"\xff\xfe\xff\xff\xff", "VALUES_NOT_JSON"),
        ("[" * 100_000, "VALUES_NOT_JSON"),
        ("[1, 2]", "VALUES_NOT_NAMED"),
        ('{"a": 1, "a": 2}', "VALUES_TWICE"),
        ('{"a": [{"b": 1, "b": 2}]}', "VALUES_TWICE"),
        ('{"a": 1e999999999}', "VALUES_NUMBER"),
        ('{"a": NaN}', "VALUES_NUMBER"),
        ('{"a": ' + "9" * 9999 + "}", "VALUES_NUMBER"),
    ],
)
def test_values_that_cannot_be_used_are_named(template: Path, text: str | bytes, code: str) -> None:
    """Nothing is guessed, nothing written."""
    result = render.run(Desk.here(), template=template, values=values(template, text))

    assert (Exit.FINDINGS, [code]) == (result.code, [finding.code for finding in result.findings])
    assert ["数据.json", "模板.docx"] == sorted(path.name for path in template.parent.iterdir())


def test_mistakes_of_template_are_all_told(template: Path) -> None:
    """With the file's name in the finding."""
    template.write_bytes(docx(p("{{ a b }}") + p("{% if x %}")))
    result = render.run(Desk.here(), template=template, values=values(template, GOOD))

    assert {"TAG_SYNTAX", "BLOCK_OPEN"} == {finding.code for finding in result.findings}
    assert {str(template)} == {finding.file for finding in result.findings}


def test_document_that_is_open_elsewhere_stays(template: Path) -> None:
    """The new one is written beside it, and that is said."""
    target = template.with_name("成文.docx")
    render.run(Desk.here(), template=template, values=values(template, GOOD), output=target)
    old = target.read_bytes()
    target.with_name(f".~lock.{target.name}#").write_bytes(b"")
    result = render.run(Desk.here(), template=template, values=values(template, GOOD), output=target)

    assert old == target.read_bytes()
    assert (str(template.with_name("成文(2).docx")),) == result.answer.files
    assert ["WRITTEN_BESIDE"] == [finding.code for finding in result.findings]


def test_nothing_unasked_is_overwritten(template: Path) -> None:
    """A file that is not ours stays, under the usual name and named; the template is never written over."""
    given, usual = values(template, GOOD), template.with_name("数据_成文.docx")
    usual.write_bytes(b"old")

    assert ["FILE_EXISTS"] == [
        one.code for one in render.run(Desk.here(), template=template, values=given).findings
    ]
    assert ["OUTPUT_IS_SOURCE"] == [
        one.code for one in render.run(Desk.here(), template=template, values=given, output=template).findings
    ]
    assert b"old" == usual.read_bytes()
    assert not render.run(Desk.here(), template=template, values=given, output=usual).ok
    assert b"old" == usual.read_bytes()
    usual.unlink()
    assert render.run(Desk.here(), template=template, values=given).ok
    assert render.run(Desk.here(), template=template, values=given, output=usual).ok


def test_missing_file_is_named(template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line too, as one JSON document."""
    code = main(["render", str(template), str(template.with_name("没有.json")), "--json"])
    said = json.loads(capsys.readouterr().out)

    assert Exit.UNUSABLE == code
    assert (["FILE_MISSING"], []) == ([finding["code"] for finding in said["findings"]], said["files"])
