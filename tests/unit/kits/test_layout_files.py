"""Profiles and genres as files: what builds on what, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from officeflow.kits.layout import genre, profile
from officeflow.kits.load import LayoutError

BASE = profile("gb9704")


def office(folder: Path, **files: str) -> list[Path]:
    """An office's own folder with these profiles."""
    (folder / "profiles").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "profiles" / f"{name}.toml").write_text(text, encoding="utf-8")
    return [folder]


def faults(name: str, folders: list[Path]) -> list[tuple[str, str, str]]:
    with pytest.raises(LayoutError) as error:
        profile(name, folders)
    return [(finding.code, finding.value, finding.expected) for finding in error.value.findings]


def test_a_profile_says_only_what_differs(tmp_path: Path):
    """Keys of tables one by one, lists whole; the rest is the other profile's."""
    notice = """
        id = "notice"
        title = "通报"
        extends = "gb9704"
        heading_numbers = ["", "", "", ""]
        page.left_mm = 30
        styles."主送" = { id = "Addressees", font = "仿宋", size_pt = 16, align = "left" }
        styles."署名".align = "right"
    """
    found = profile("notice", office(tmp_path, notice=notice))

    assert ("notice", 30, ("",) * 4) == (found.id, found.page.left_mm, found.heading_numbers)
    assert (BASE.page.top_mm, BASE.fonts) == (found.page.top_mm, found.fonts)
    assert [*BASE.styles, "主送"] == list(found.styles)
    assert ("right", "楷体") == (found.styles["署名"].align, found.styles["署名"].font)


def test_profiles_build_on_profiles_that_build_on_others(tmp_path: Path):
    """An office's own gb9704 may build on ours."""
    folders = office(
        tmp_path,
        gb9704='extends = "gb9704"\ndigits = "西文"',
        notice='id = "notice"\nextends = "gb9704"\ntitle = "通报"',
    )

    assert ("notice", "西文", BASE.body) == (
        (found := profile("notice", folders)).id,
        found.digits,
        found.body,
    )


@pytest.mark.parametrize(
    ("files", "code", "value"),
    [
        ({"a": 'extends = "b"', "b": 'extends = "a"'}, "LAYOUT_CIRCLE", "a"),
        ({"a": 'extends = "a"'}, "LAYOUT_CIRCLE", "a"),
        ({"a": 'extends = "gb9705"'}, "LAYOUT_MISSING", "gb9705"),
        ({"a": "extends = [1"}, "TOML_UNCLOSED", ""),
    ],
)
def test_a_base_that_leads_nowhere_is_said(tmp_path: Path, files: dict[str, str], code: str, value: str):
    """At the file that names it."""
    ((found, named, _),) = faults("a", office(tmp_path, **files))

    assert (code, value) == (found, named if value else "")


@pytest.mark.parametrize(
    ("line", "code", "value"),
    [
        ('body = "文稿正问"', "LAYOUT_NAMES", "文稿正问"),
        ('digits = "西闻"', "LAYOUT_NAMES", "西闻"),
        ('styles."署名".font = "楷休"', "LAYOUT_NAMES", "楷休"),
        ('styles."主送" = { id = "Byline", font = "仿宋", size_pt = 16 }', "KIT_TWICE", "Byline"),
        (
            'styles."落款" = { id = "Signed", name = "Normal", font = "仿宋", size_pt = 16 }',
            "KIT_TWICE",
            "Normal",
        ),
    ],
)
def test_names_that_lead_nowhere_or_to_two_are_said(tmp_path: Path, line: str, code: str, value: str):
    """A misspelt name is an error when the file is read, not a strange page; Word keeps one style of a name."""
    ((found, named, _),) = faults("a", office(tmp_path, a=f'extends = "gb9704"\n{line}'))

    assert (code, value) == (found, named)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("pagee = 1", "KIT_KEY_UNKNOWN"),
        ('page.width_mm = "wide"', "KIT_NUMBER_WANTED"),
        ('headings = ["一级标题"]', "LAYOUT_HEADINGS"),
        ('styles."署名".color = "red"', "KIT_PATTERN"),
        ('styles."署名".id = "署名"', "KIT_PATTERN"),
        ('numberings.none = [""]', "LAYOUT_HEADINGS"),
    ],
)
def test_values_are_checked_where_they_come_in(tmp_path: Path, line: str, code: str):
    """As those of a kit are."""
    assert [code] == [found for found, *_ in faults("a", office(tmp_path, a=f'extends = "gb9704"\n{line}'))]


def test_a_genre_may_build_on_another(tmp_path: Path):
    """Same feet, another head."""
    (tmp_path / "genres").mkdir()
    (tmp_path / "genres" / "brief.toml").write_text(
        'id = "brief"\nextends = "bulletin"\nnumbering = "none"\nhead = [{ style = "文稿标题", text = "{{ 标题 }}" }]',
        encoding="utf-8",
    )
    found = genre("brief", [tmp_path])

    assert (1, "none", genre("bulletin").foot) == (len(found.head), found.numbering, found.foot)
