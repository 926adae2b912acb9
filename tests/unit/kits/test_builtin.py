"""What every shipped kit promises to the clerk, whatever it is about."""

from pathlib import Path

import pytest

from officeflow.kits import catalogue
from officeflow.kits._load import BUILTIN
from officeflow.model.kit import Field, Form

KITS = catalogue()
FIELDS = [(form, field) for kit in KITS for form in kit.forms for field in form.fields]
every_field = pytest.mark.parametrize(("form", "field"), FIELDS, ids=lambda value: value.id)
every_kit = pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.id)


@every_field
def test_prompts_are_short(form: Form, field: Field):
    """A prompt is read while typing: at most 40 characters."""
    assert len(field.prompt) <= 40


@every_field
def test_drop_downs_fit_into_a_rule(form: Form, field: Field):
    """Excel takes 255 characters, and splits at commas."""
    assert len(",".join(field.choices)) <= 250
    assert not any("," in choice for choice in field.choices)


@every_field
def test_aliases_of_choices_lead_to_choices(form: Form, field: Field):
    """What people type is read as something the list has."""
    assert set(field.choice_aliases.values()) <= set(field.choices)
    assert set(field.choice_aliases).isdisjoint(field.choices)


@every_kit
def test_headings_of_a_sheet_are_told_apart(kit):
    """No heading or alias names two columns of one sheet."""
    for form in kit.forms:
        words = [word for field in form.fields for word in (field.header, *field.aliases)]

        assert len(set(words)) == len(words), form.id


@every_kit
def test_every_sheet_says_what_it_is_for(kit):
    """The guide lists each sheet with a sentence."""
    assert [] == [form.id for form in kit.forms if not form.note]


@every_kit
def test_people_are_marked_personal(kit):
    """Names, telephone numbers and whoever signs do not travel up."""
    words = (
        "姓名",
        "电话",
        "填表人",
        "审核人",
        "负责人",
        "牵头人",
        "捐赠人",
        "拟稿人",
        "核稿人",
        "签发人",
        "说明人",
    )
    open_ones = [
        field.header
        for form in kit.forms
        for field in form.fields
        if field.header.startswith(words) and not field.personal
    ]

    assert [] == open_ones


@every_kit
def test_ledgers_know_their_rows_and_whether_they_may_be_empty(kit):
    """A key names a row for explanations; an empty ledger is optional, declared zero, or required."""
    for form in kit.forms:
        if form.kind == "ledger":
            assert form.key, form.id
            assert not (form.zero and form.optional), form.id


def test_parts_are_all_used():
    """A part that no kit uses is left over; the standard checks are every kit's."""
    used = {"standard", *(form.id for kit in KITS for form in kit.forms)}

    assert {file.stem for file in Path(BUILTIN / "_parts").glob("*.toml")} <= used


def test_a_kit_lives_in_a_folder_of_its_id():
    """It is found without reading the others."""
    folders = {file.parent.name for file in BUILTIN.glob("*/kit.toml")}

    assert {kit.id for kit in catalogue()} == folders
