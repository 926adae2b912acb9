"""A kit is read from its folder; what is wrong in it is said with the place and the nearest right word."""

from decimal import Decimal
from pathlib import Path

import pytest

from officeflow.kits import catalogue as kit_catalogue
from officeflow.kits.catalogue import catalogue, find_kit, kit_source, unusable_kits
from officeflow.kits.load import BUILTIN, load_kit, read_kit
from tests.support.brief import brief

HEAD = """
[kit]
id = "visits"
title = "走访表"
version = "1.0"
unit = "filing.unit"
period = ["filing.from", "filing.to"]
rules = "V-"
parts = ["filing"]
"""
VISITS = """
[form.visits]
sheet = "走访"
field.paid = { header = "金额", type = "money", above = 0.10 }
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


def test_the_form_of_a_part_is_taken_whole(folder):
    """`parts` brings every field."""
    kit = read_kit(folder(HEAD)).value

    assert ("填报信息", "unit") == (kit.forms[0].sheet, kit.forms[0].fields[0].id)


def test_own_keys_are_laid_over_the_form_of_a_part(folder):
    """A kit changes a field by its id and leaves the others as they are."""
    over = '[form.filing]\nsheet = "填报单位信息"\nfield.unit.header = "报送单位"\n'
    form = read_kit(folder(HEAD + over)).value.forms[0]

    assert ("填报单位信息", "报送单位", True) == (form.sheet, form.fields[0].header, form.fields[0].required)
    assert "单位简称" == form.fields[1].header


def test_a_new_field_goes_behind_the_one_it_names(folder):
    """`after` places it, without `after` it comes last."""
    over = '[form.filing.field]\nfax = { header = "传真", after = "phone" }\nzip = { header = "邮编" }\n'
    ids = [field.id for field in read_kit(folder(HEAD + over)).value.forms[0].fields]

    assert "fax" == ids[ids.index("phone") + 1]
    assert "zip" == ids[-1]


@pytest.mark.parametrize("place", ["kits/_parts", "kits/visits/_parts"])
def test_an_office_may_bring_parts_of_its_own(folder, tmp_path, place):
    """A part of that name beside the kit, or in its folder, goes before the built-in one."""
    own = tmp_path / place
    own.mkdir(parents=True)
    fields = 'unit = { header = "单位" }\nfrom = { header = "起" }\nto = { header = "止" }\n'
    (own / "filing.toml").write_text(f'sheet = "封面"\nkind = "record"\n[field]\n{fields}', encoding="utf-8")

    assert "封面" == read_kit(folder(HEAD)).value.forms[0].sheet


def rules(kit, number: str) -> list[tuple[str, object, str]]:
    return [(rule.use, rule.of, rule.message) for rule in kit.checks if rule.id == f"V-{number}"]


@pytest.mark.parametrize(
    ("over", "number", "expected"),
    [
        ("24 = false", "24", []),
        ('24.message = "合计行。"', "24", [("total_row", None, "合计行。")]),
        ('09 = { use = "unique", message = "重了。" }', "09", [("unique", None, "重了。")]),
        (
            '09 = { use = "unique", of = "visits.paid" }',
            "09",
            [("unique", None, ""), ("unique", "visits.paid", "")],
        ),
        ('02 = { use = "unique", of = "visits.paid" }', "02", [("unique", "visits.paid", "")]),
    ],
)
def test_a_kit_changes_adds_and_drops_checks(folder, over, number, expected):
    """`false` drops; without `use` all of that number change; the same `use`, `of` and `where` is replaced; else it is one more."""
    kit = read_kit(folder(f"{HEAD}{VISITS}[check]\n{over}\n")).value

    assert expected == rules(kit, number)


def test_checks_are_put_in_order_of_their_numbers(folder):
    """Of one number the standard ones first; `before` moves one ahead."""
    own = '[check]\n100 = { use = "total_row" }\n22 = { use = "unique", before = "02" }\n'
    kit = read_kit(folder(HEAD + VISITS + own)).value

    assert ["01", "01", "22", "08", "09", "21", "23", "23", "24", "100"] == [
        rule.id.removeprefix("V-") for rule in kit.checks
    ]


def test_choices_by_another_field_are_a_check_each(folder):
    """One entry for each choice, in its words."""
    own = '[check]\n02.use = "one_of"\n02.of = "visits.paid"\n02.message = "{by}按{choice}"\n'
    own += '02.choices = { by = "kind", "甲" = "1", "乙" = ["2", "3"] }\n'
    form = VISITS + 'field.kind = { header = "类别" }\n'
    kit = load_kit(folder(HEAD + form + own)).kit

    assert [({"kind": "甲"}, ("1",), "甲按1"), ({"kind": "乙"}, ("2", "3"), "乙按['2', '3']")] == [
        (rule.where, rule.choices, rule.message) for rule in kit.checks if rule.id == "V-02"
    ]


def test_a_field_may_be_a_figure(folder):
    """`value` of a record, `list` of a ledger; its unit and the format written with it."""
    form = VISITS + 'field.town = { header = "镇街", figure = "镇街名单", format = "和" }\n'
    figures = load_kit(folder(HEAD + form)).kit.figure_by_id

    assert ("value", "filing.unit") == (figures["填报单位"].use, figures["填报单位"].of)
    assert ("list", "visits.town", "和") == (
        figures["镇街名单"].use,
        figures["镇街名单"].of,
        figures["镇街名单"].format,
    )


def test_a_kit_changes_adds_and_drops_figures(folder):
    """Text alone is a value; `of` or `use` make a figure anew; other keys are laid over."""
    own = '[figure]\n"填报单位" = false\n"统计起".format = "月日"\n"统计止" = "filing.filed_on"\n'
    figures = load_kit(folder(HEAD + own)).kit.figure_by_id

    assert "填报单位" not in figures
    assert ("filing.from", "月日") == (figures["统计起"].of, figures["统计起"].format)
    assert ("value", "filing.filed_on") == (figures["统计止"].use, figures["统计止"].of)


def test_a_repeated_field_is_several(folder):
    """Headers and ids are numbered; a rule that names it means all of them."""
    form = VISITS + 'field.item = { header = "分项", repeat = 2, examples = ["甲"] }\n'
    own = '[figure]\n"分项" = { use = "count", of = "visits.item", by = "row" }\n'
    kit = load_kit(folder(HEAD + form + own)).kit

    assert [("item_1", "分项1", "甲"), ("item_2", "分项2", "")] == [
        (field.id, field.header, field.example) for field in kit.forms[1].fields[1:]
    ]
    assert ["visits.item_1", "visits.item_2"] == kit.figure_by_id["分项"].of


def test_forms_that_may_be_empty_get_a_switch_each(folder):
    """`zero` adds them to the filing form and says in each form where its switch is."""
    kit = read_kit(folder(HEAD + 'zero = ["visits"]\n' + VISITS + 'none_of = "走访"\n')).value

    assert "走访 本期为零" == kit.field("filing.zero_visits").header
    assert "确实没有走访的选“是”，就是零报告" == kit.field("filing.zero_visits").prompt
    assert "filing.zero_visits" == kit.form_by_id["visits"].zero


def test_a_kit_knows_where_each_piece_was_written(folder):
    """A part's file for what it brings, kit.toml for what is laid over it; the author's own keys."""
    place = folder(
        HEAD + VISITS + '[form.filing]\nfield.unit.header = "单位"\n[check]\n08.severity = "hint"\n'
    )
    loaded = load_kit(place)
    date_order = [rule.use for rule in loaded.kit.checks].index("date_order")

    def written(*location):
        origin = loaded.origin(*location)
        return f"{origin.file.name} {origin}"

    assert "kit.toml kit.title" == written("title")
    assert "filing.toml field.unit.prompt" == written("form", 0, "field", 0, "prompt")
    assert "kit.toml form.filing.field.unit.header" == written("form", 0, "field", 0, "header")
    assert "kit.toml form.visits.field.paid.above" == written("form", 1, "field", 0, "above")
    assert "filing.toml check.08.of" == written("check", date_order, "of")
    assert "kit.toml check.08.severity" == written("check", date_order, "severity")
    assert "standard.toml check.01.2.use" == written("check", 1, "use")
    assert "filing.toml field.unit" == written("figure", 0)


def test_numbers_of_a_kit_are_exact(folder):
    """0.10 in the file is 0.10, not the nearest binary fraction."""
    assert Decimal("0.10") == read_kit(folder(HEAD + VISITS)).value.forms[1].fields[0].above


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("[kit\n", "TOML_UNCLOSED", "visits/kit.toml第1行"),
        (HEAD.replace('"filing"', '"filling"'), "KIT_PART_MISSING", "filling"),
        (HEAD + VISITS.replace("header", "haeder"), "KIT_KEY_UNKNOWN", "最接近的是“header”"),
        (HEAD.replace("title", "#") + VISITS, "KIT_KEY_MISSING", "title"),
        (HEAD + VISITS.replace("money", "cash"), "KIT_WORD_WANTED", "“visits.paid”的 type"),
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
    assert ["TOML_UNCLOSED"] == brief(unusable_kits([kits]))


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
        "form = 3",
        "form = [3]",
        "form.filing.field = 3",
        "form.filing.field.fax = 3",
        'form.filing.field.fax = { header = "传真", after = [] }',
        'form.filing.field.fax = { header = "传真", repeat = "ten" }',
        "form.filing.field.fax = { header = 3, repeat = 2, examples = 3 }",
        'form.filing.field.fax = { header = "传真", figure = 3 }',
        "form.filing.field.fax = false",
        "check = 3",
        "check.09 = 3",
        "check.09 = [3]",
        'check.02 = { use = "unique", before = [], choices = { by = 3 } }',
        HEAD
        + 'check.02 = { use = "one_of", of = "filing.unit", where = 3, choices = { by = "unit", a = 3 } }',
        "figure = 3",
        "figure.x = 3",
        "figure.x = { of = { of = { of = 3 } } }",
        "report = 3",
        "report.x = 3",
        "[[form]]\nid = 'visits'\n",
    ],
)
def test_what_has_the_wrong_shape_is_refused_too(folder, text):
    """A table where a list is due, a number where a table is due."""
    read = read_kit(folder(f"{text}\n{HEAD}"))

    assert read.value is None
    assert read.findings


@pytest.mark.parametrize(
    "text",
    [
        "kit = 3",
        "kit = " + "[" * 2000,
        HEAD + "zero = 3",
        HEAD + 'zero = ["visit"]',
        HEAD + "form = {}",
        HEAD.replace('parts = ["filing"]', "parts = [3]"),
    ],
)
def test_a_head_of_the_wrong_shape_is_refused_too(folder, text):
    """Lists of names that are none, names of no form, forms where the head is."""
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
    monkeypatch.setattr(
        kit_catalogue, "read_kit", lambda folder, **_: read.append(folder.name) or read_kit(folder)
    )
    monkeypatch.setattr(kit_catalogue, "_kits_in", lambda _: [BUILTIN / "other", BUILTIN / "community-posts"])

    assert find_kit("community-posts").id == "community-posts"
    assert ["community-posts"] == read
