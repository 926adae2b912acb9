"""`kit check` names every word of a kit that leads nowhere."""

from pathlib import Path

import pytest

from officeflow.kits import kit_problems
from officeflow.kits._load import BUILTIN
from tests.support.brief import brief

KITS = sorted(file.parent for file in BUILTIN.glob("*/kit.toml"))
SOUND = """
[kit]
id = "visits"
title = "走访表"
version = "1.0"
unit = "filing.unit"
period = ["filing.from", "filing.to"]
parts = ["filing", "outline"]
[form.visits]
sheet = "走访"
key = ["paid"]
zero = "filing.classified"
field.paid = { header = "金额", type = "money", required = { note = "是" } }
field.note = { header = "说明" }
[report.brief]
title = "简报"
genre = "bulletin"
outline = "outline"
"""


def problems(tmp_path: Path, text: str, sample: str = "", report: str = "正文。") -> list[str]:
    (tmp_path / "kit.toml").write_text(text, encoding="utf-8")
    if sample:
        (tmp_path / "sample.toml").write_text(sample, encoding="utf-8")
    if report:
        (tmp_path / "brief.md").write_text(report, encoding="utf-8")
    return [f"{code} {finding.value}" for finding in kit_problems(tmp_path) for code in brief([finding])]


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_built_in_kits_are_sound(folder):
    """What we ship has no problem."""
    assert [] == [finding.message for finding in kit_problems(folder)]


def test_a_sound_kit_has_none(tmp_path):
    """The kit the cases below are made from."""
    assert [] == problems(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"filing.unit"', '"filing.units"', "KIT_REFERENCE filing.units"),
        ('"filing.to"', '"to"', "KIT_REFERENCE to"),
        ('key = ["paid"]', 'key = ["pay"]', "KIT_REFERENCE visits.pay"),
        ("filing.classified", "filing.zero", "KIT_REFERENCE filing.zero"),
        ("required = { note", "required = { not_here", "KIT_REFERENCE visits.not_here"),
        ('outline = "outline"', 'outline = "outlines"', "KIT_REFERENCE outlines"),
        ("field.note = {", 'field.note = { suggest = "places.name",', "KIT_REFERENCE places.name"),
        (
            "field.note = {",
            'field.note = { default = { by = "kind", "甲" = "乙" },',
            "KIT_REFERENCE visits.kind",
        ),
    ],
)
def test_names_that_lead_nowhere(tmp_path, old, new, expected):
    """Every `form.field` a kit names must be there."""
    assert [expected] == problems(tmp_path, SOUND.replace(old, new))


def test_a_report_needs_its_text(tmp_path):
    """A report without Markdown cannot be built."""
    assert ["KIT_REPORT_MISSING brief"] == problems(tmp_path, SOUND, report="")


def test_sample_names_fields_of_the_kit(tmp_path):
    """A value nobody would read is a mistake."""
    assert ["SAMPLE_UNKNOWN filing.units"] == problems(
        tmp_path, SOUND, sample='[filing]\nunits = "县林业局"\n'
    )


def test_a_sample_row_as_long_as_its_columns(tmp_path):
    """A value too many would shift the others."""
    sample = '[visits]\ncolumns = ["paid"]\nrows = [[1, 2]]\n'

    assert ["KIT_NOT_TOML"] == [text.split()[0] for text in problems(tmp_path, SOUND, sample=sample)]


def test_a_kit_that_cannot_be_read_is_the_only_problem(tmp_path):
    """Nothing else is said about a broken file."""
    assert ["KIT_NOT_TOML"] == [text.split()[0] for text in problems(tmp_path, "[kit\n")]
