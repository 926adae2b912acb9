"""A kit is read from its folder; what is wrong in it is said with the place and the nearest right word."""

from decimal import Decimal
from pathlib import Path

import pytest

from officeflow.kits import _catalogue, catalogue, find_kit, kit_source, read_kit, unusable_kits
from officeflow.kits._load import BUILTIN
from tests.support.brief import brief

HEAD = """
[kit]
id = "visits"
title = "走访表"
version = "1.0"
unit = "filing.unit"
period = ["filing.from", "filing.to"]
"""
FILING = """
[[form]]
use = "filing"
"""
VISITS = f"""
[[form]]
id = "visits"
sheet = "走访"
field = [{{ id = "paid", header = "金额", type = "money", above = 0.10 }}]
{FILING}
"""


@pytest.fixture
def folder(tmp_path: Path):
    """Write a kit folder inside a folder of kits and return the kit's."""

    def write(text: str, **files: str) -> Path:
        place = tmp_path / "kits" / "visits"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kit.toml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            (place / name.replace("_", ".")).write_text(content, encoding="utf-8")
        return place

    return write


def said(folder: Path) -> list[str]:
    return [finding.message for finding in read_kit(folder).findings]


def test_a_shared_form_is_taken_whole(folder):
    """`use` brings every field of the shared form."""
    kit = read_kit(folder(HEAD + FILING)).value

    assert ("填报信息", "unit") == (kit.forms[0].sheet, kit.forms[0].fields[0].id)


def test_own_keys_are_laid_over_a_shared_form(folder):
    """A kit changes a field by its id and leaves the others as they are."""
    over = 'sheet = "填报单位信息"\nfield = [{ id = "unit", header = "报送单位" }]\n'
    form = read_kit(folder(HEAD + FILING + over)).value.forms[0]

    assert ("填报单位信息", "报送单位", True) == (form.sheet, form.fields[0].header, form.fields[0].required)
    assert "单位简称" == form.fields[1].header


def test_a_new_field_goes_behind_the_one_it_names(folder):
    """`after` places it, without `after` it comes last."""
    over = 'field = [{ id = "fax", header = "传真", after = "phone" }, { id = "zip", header = "邮编" }]\n'
    ids = [field.id for field in read_kit(folder(HEAD + FILING + over)).value.forms[0].fields]

    assert "fax" == ids[ids.index("phone") + 1]
    assert "zip" == ids[-1]


def test_a_folder_of_kits_may_bring_its_own_shared_forms(folder, tmp_path):
    """An office's form of that name goes before the built-in one."""
    own = tmp_path / "kits" / "_forms"
    own.mkdir(parents=True)
    fields = (
        '[{ id = "unit", header = "单位" }, { id = "from", header = "起" }, { id = "to", header = "止" }]'
    )
    text = f'id = "filing"\nsheet = "封面"\nkind = "record"\nfield = {fields}\n'
    (own / "filing.toml").write_text(text, encoding="utf-8")

    assert "封面" == read_kit(folder(HEAD + FILING)).value.forms[0].sheet


def test_numbers_of_a_kit_are_exact(folder):
    """0.10 in the file is 0.10, not the nearest binary fraction."""
    assert Decimal("0.10") == read_kit(folder(HEAD + VISITS)).value.forms[0].fields[0].above


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("[kit\n", "KIT_NOT_TOML", "line 1"),
        (HEAD + '[[form]]\nuse = "filling"\n', "KIT_PART_MISSING", "filling.toml"),
        (HEAD + VISITS.replace("header", "haeder"), "KIT_KEY_UNKNOWN", "最接近的是“header”"),
        (HEAD.replace("title", "#") + VISITS, "KIT_KEY_MISSING", "title"),
        (HEAD + VISITS.replace("money", "cash"), "KIT_VALUE_WRONG", "form.1.field.1.type"),
    ],
)
def test_what_is_wrong_is_said_in_words(folder, text, code, words):
    """A kit that cannot be used is a finding, never a traceback."""
    place = folder(text)

    assert read_kit(place).value is None
    assert code in brief(read_kit(place).findings)
    assert any(words in message for message in said(place))


def test_the_catalogue_has_the_built_in_kits():
    """Every built-in kit can be read."""
    assert "community-posts" in {kit.id for kit in catalogue()}
    assert () == unusable_kits()


def test_an_offices_kit_takes_the_place_of_the_built_in_one(folder):
    """The same id counts once; the office's own wins."""
    kits = folder(HEAD.replace("visits", "community-posts") + VISITS).parent

    assert 1 == sum(kit.id == "community-posts" for kit in catalogue([kits]))
    assert "走访表" == find_kit("community-posts", [kits]).title
    assert "在职党员进社区情况表" == find_kit("community-posts").title


def test_a_broken_kit_is_left_out_and_accounted_for(folder):
    """One bad folder does not take the others away."""
    kits = folder("[kit\n").parent

    assert find_kit("community-posts", [kits]) is not None
    assert ["KIT_NOT_TOML"] == brief(unusable_kits([kits]))


def test_a_kit_that_leads_nowhere_is_refused_each_time(folder):
    """It is judged before it is kept for the next click."""
    place = folder(HEAD.replace("filing.to", "filing.two") + VISITS)

    assert [["KIT_REFERENCE"]] * 2 == [brief(read_kit(place).findings) for _ in range(2)]


def test_an_offices_broken_kit_does_not_fall_back_to_ours(folder):
    """Its workbooks must not be judged by other rules in silence."""
    kits = folder(HEAD.replace("visits", "community-posts").replace("filing.to", "to") + VISITS).parent

    assert "community-posts" not in {kit.id for kit in catalogue([kits])}
    assert find_kit("community-posts", [kits]) is None
    assert ["KIT_REFERENCE"] == brief(unusable_kits([kits], only="community-posts"))
    assert () == unusable_kits([kits], only="visits")


@pytest.mark.parametrize(
    "text",
    [
        "kit = 3",
        HEAD + "form = 3",
        HEAD + "form = [3]",
        HEAD + '[[form]]\nuse = "filing"\nfield = 3\n',
        HEAD + '[[form]]\nuse = "filing"\nfield = [{ header = "传真" }, 3]\n',
        HEAD
        + '[[form]]\nuse = "filing"\nfield = [{ id = "fax", header = "传真", after = [] }]\n[[form]]\nuse = 3\n',
        "kit = " + "[" * 2000,
    ],
)
def test_what_has_the_wrong_shape_is_refused_too(folder, text):
    """A table where a list is due, a number where a table is due."""
    read = read_kit(folder(text))

    assert read.value is None
    assert read.findings


def test_no_kit_of_that_id_is_none():
    """An unknown id has neither kit nor source."""
    assert find_kit("no-such-kit") is None
    assert kit_source("no-such-kit") is None


def test_sample_rows_take_what_all_rows_share(folder):
    """`every` fills each row, the row's own value goes first, "" is a blank cell."""
    sample = '[filing]\nunit = "县林业局"\n[visits]\ncolumns = ["paid", "town"]\nevery = { town = "甲镇" }\nrows = [[1, "乙镇"], ["", ""]]\n'
    folder(HEAD + VISITS, sample_toml=sample)
    source = kit_source("visits", [folder(HEAD + VISITS).parent])

    assert ({"unit": "县林业局"},) == source.sample["filing"]
    assert ({"paid": 1, "town": "乙镇"}, {}) == source.sample["visits"]


def test_one_kit_is_found_without_reading_the_other_built_in_ones(monkeypatch):
    """A click pays for the kit it needs; with fifty installed it is as quick as with one."""
    read = []
    monkeypatch.setattr(_catalogue, "read_kit", lambda folder: read.append(folder.name) or read_kit(folder))
    monkeypatch.setattr(_catalogue, "_kits_in", lambda _: [BUILTIN / "other", BUILTIN / "community-posts"])

    assert find_kit("community-posts").id == "community-posts"
    assert ["community-posts"] == read
