"""`template check`, `template fields`, `template edit`: a report's Word template before there is data."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from officeflow.cli import main
from officeflow.flow import report, template_check, template_edit, template_fields
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.kits import catalogue as kit_catalogue
from officeflow.kits.built import built_templates
from officeflow.kits.catalogue import find_kit
from tests.support.docx import docx, p, part, part_names, texts
from tests.support.structure import structure_problems

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning")
KIT, BUILT = "community-posts", "community-posts.bulletin.docx"


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but those in this folder."""
    folder = tmp_path / "settings"
    monkeypatch.setenv("OFFICEFLOW_SETTINGS", str(folder / "settings.toml"))
    monkeypatch.delenv("OFFICEFLOW_KIT_FOLDER", raising=False)
    return folder


def own(folder: Path, body: str, name: str = "我的模板.docx") -> Path:
    path = folder / name
    path.write_bytes(docx(body))
    return path


def test_built_templates_are_sound(tmp_path: Path) -> None:
    """Judged by the kit that their name says."""
    copy = tmp_path / BUILT
    copy.write_bytes((built_templates() / BUILT).read_bytes())

    assert (Exit.DONE, ()) == ((result := template_check.run(Desk.here(), file=copy)).code, result.findings)


def test_all_mistakes_are_told_by_the_kit(tmp_path: Path) -> None:
    """Unknown name with the nearest, unit twice, format that does not fit, in one go."""
    path = own(
        tmp_path,
        p(
            "捐{{ 捐衣服 }}，{{ 捐衣物 }}件，{{ 单位简称|万 }}{% for 行 in 联系社区 %}{{ 行.户数 }}{% endfor %}"
        ),
    )
    result = template_check.run(Desk.here(), file=path, kit="在职党员进社区情况表")

    assert Exit.FINDINGS == result.code
    assert {"NAME_UNKNOWN", "UNIT_TWICE", "FORMAT_UNFIT", "FIELD_UNKNOWN"} == {
        one.code for one in result.findings
    }
    assert {str(path)} == {one.file for one in result.findings}
    assert "捐衣物" in next(one.remedy for one in result.findings if one.code == "NAME_UNKNOWN")


def test_name_of_the_file_tells_the_kit(tmp_path: Path) -> None:
    """A changed copy of a built template keeps its name; any other file is a plain template."""
    body = p("{{ 没有这个 }}")

    assert ["NAME_UNKNOWN"] == [
        one.code for one in template_check.run(Desk.here(), file=own(tmp_path, body, BUILT)).findings
    ]
    assert () == template_check.run(Desk.here(), file=own(tmp_path, body)).findings


def test_comments_go_into_a_copy(tmp_path: Path) -> None:
    """The template itself is not touched; a sound one gets no copy."""
    path = own(tmp_path, p("共{{ 捐衣物 }}件"))
    before = path.read_bytes()
    result = template_check.run(Desk.here(), file=path, kit=KIT, comments=True)

    assert (str(tmp_path / "我的模板_检查.docx"),) == result.answer.files
    assert "已经带单位“件”" in part((tmp_path / "我的模板_检查.docx").read_bytes(), "word/comments1.xml")
    assert before == path.read_bytes()
    assert (
        template_check.run(Desk.here(), file=own(tmp_path, p("好"), "好.docx"), kit=KIT, comments=True).answer
        is None
    )


@pytest.mark.parametrize(
    ("file", "kit", "code"),
    [
        ("没有.docx", None, "FILE_MISSING"),
        (".", None, "FOLDER_GIVEN"),
        ("我的模板.docx", "没有", "KIT_NAME_UNKNOWN"),
    ],
)
def test_what_cannot_be_checked_is_said(tmp_path: Path, file: str, kit: str | None, code: str) -> None:
    """With the exit code for a call that cannot be understood."""
    own(tmp_path, p("题"))
    result = template_check.run(Desk.here(), file=tmp_path / file, kit=kit)

    assert (Exit.UNUSABLE, [code]) == (result.code, [one.code for one in result.findings])


def test_what_is_no_template_is_one_finding(tmp_path: Path) -> None:
    """A workbook, say."""
    path = tmp_path / "表.docx"
    path.write_bytes(b"%PDF-1.7")

    assert ["FILE_PDF"] == [
        one.code for one in template_check.run(Desk.here(), file=path, comments=True).findings
    ]


def test_fields_are_what_templates_may_name(tmp_path: Path) -> None:
    """Each name printed as listed; each field of a row as listed."""
    fields = template_fields.run(Desk.here(), kit=KIT).answer.fields
    kit = find_kit(KIT)
    rows = next(field for field in fields if field.name == "联系社区")

    assert [rule.id for rule in kit.figures] == [field.name for field in fields]
    assert ("248件", "件") == next((field.text, field.unit) for field in fields if field.name == "捐衣物")
    assert {"社区名称", "居民户数"} <= {field.name for field in rows.fields}
    body = "".join(
        p(f"【{{{{ {field.name} }}}}】") for field in fields if field.text and field.state == "known"
    )
    inside = "".join(f"{{{{ 行.{field.name} }}}}" for each in fields for field in each.fields if each is rows)
    path = own(tmp_path, body + p(f"{{% for 行 in 联系社区 %}}{inside}{{% endfor %}}"))
    assert [] == [one for one in template_check.run(Desk.here(), file=path, kit=KIT).findings if one.is_open]


def test_fields_for_programs_and_people(capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON document; or lines that can be typed into a template as they are."""
    assert 0 == main(["template", "fields", KIT, "--json"])
    said = json.loads(capsys.readouterr().out)
    assert {"name", "title", "unit", "text", "state", "fields"} == set(said["fields"][0])
    assert 0 == main(["template", "fields", KIT])
    shown = capsys.readouterr().out

    assert "{{ 捐衣物 }}\t248件\n" in shown
    assert "  {{ 行.社区名称 }}\t河北社区\n" in shown


def test_fields_as_a_page_to_copy_from(tmp_path: Path) -> None:
    """Every tag of it works as it stands; a list's fields stand between the tags that print its rows."""
    path = tmp_path / "指标清单.docx"
    result = template_fields.run(Desk.here(), kit=KIT, output=path)
    shown = texts(path.read_bytes())

    assert (str(path),) == result.answer.files
    assert [] == structure_problems(path.read_bytes())
    assert "{{ 捐衣物 }}" == shown[shown.index("248件") - 1]
    assert {"\u3000{%tr for 行 in 联系社区 %}", "\u3000{{ 行.社区名称 }}", "\u3000{%tr endfor %}"} <= set(
        shown
    )


def test_edited_template_is_the_one_reports_use(tmp_path: Path, settings: Path) -> None:
    """Taken, changed in Word, found by the next report."""
    (path,) = (Path(one) for one in template_edit.run(Desk.here(), report="简报").answer.files)
    assert settings / "kits" / KIT / BUILT == path
    assert (built_templates() / BUILT).read_bytes() == path.read_bytes()
    path.write_bytes(docx(p("我局的简报：{{ 捐衣物 }}")))
    workbook = tmp_path / "s.xlsx"
    assert 0 == main(["sample", KIT, "-o", str(workbook)])
    result = report.run(Desk.here(), file=workbook)

    assert ["我局的简报：248件"] == texts(Path(result.answer.reports[0].path).read_bytes())
    assert "TEMPLATE_AGED" not in {one.code for one in result.findings}


def test_template_made_from_one_that_changed_since_is_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is written all the same."""
    template_edit.run(Desk.here(), report="bulletin", kit=KIT)
    workbook = tmp_path / "s.xlsx"
    assert 0 == main(["sample", KIT, "-o", str(workbook)])
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / BUILT).write_bytes((built_templates() / BUILT).read_bytes() + b" ")
    monkeypatch.setattr(kit_catalogue, "built_templates", lambda: newer)
    result = report.run(Desk.here(), file=workbook)

    assert result.answer.reports[0].path
    assert ["TEMPLATE_AGED"] == [one.code for one in result.findings if one.code.startswith("TEMPLATE")]


def test_template_put_there_by_hand_ages_in_silence(tmp_path: Path, settings: Path) -> None:
    """Nothing is known of what it was made from."""
    folder = settings / "kits" / KIT
    folder.mkdir(parents=True)
    (folder / BUILT).write_bytes((built_templates() / BUILT).read_bytes())
    workbook = tmp_path / "s.xlsx"
    assert 0 == main(["sample", KIT, "-o", str(workbook)])

    assert "TEMPLATE_AGED" not in {one.code for one in report.run(Desk.here(), file=workbook).findings}


def test_somebodys_changes_are_not_overwritten(settings: Path) -> None:
    """Taking it a second time says where it is; the note says what it came from."""
    template_edit.run(Desk.here(), report="简报")
    copy = settings / "kits" / KIT / BUILT
    copy.write_bytes(b"mine")
    result = template_edit.run(Desk.here(), report="简报")
    noted = tomllib.loads(copy.with_suffix(".origin.toml").read_text(encoding="utf-8"))

    assert ["TEMPLATE_THERE"] == [one.code for one in result.findings]
    assert b"mine" == copy.read_bytes()
    assert (KIT, "bulletin") == (noted["kit"], noted["report"])


def test_names_are_understood_either_way_round() -> None:
    """`template edit community-posts bulletin`, as `report` and others have them."""
    turned = template_edit.run(Desk.here(), report=KIT, kit="bulletin")
    taken = template_edit.run(Desk.here(), report="bulletin", kit=KIT)

    assert turned.ok
    assert ["TEMPLATE_THERE"] == [one.code for one in taken.findings]


def test_unknown_report_gets_the_nearest() -> None:
    """By id or title."""
    (finding,) = template_edit.run(Desk.here(), report="简包").findings

    assert ("REPORT_LOST", "“简报”" in finding.message) == (finding.code, True)


def test_setting_says_where_own_templates_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's kit folder."""
    monkeypatch.setenv("OFFICEFLOW_KIT_FOLDER", str(tmp_path / "本局"))

    assert (str(tmp_path / "本局" / KIT / BUILT),) == template_edit.run(
        Desk.here(), report="简报"
    ).answer.files
    assert "word/document.xml" in part_names((tmp_path / "本局" / KIT / BUILT).read_bytes())
