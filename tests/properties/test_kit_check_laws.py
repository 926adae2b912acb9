"""`kit check` has an answer to whatever stands in the files of a kit: sentences with file and line, never a stop."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeflow.kits.problems import kit_problems
from tests.support.own_kits import own_kits

FILES = (
    "training/kit.toml",
    "training/sample.toml",
    "_parts/rooms.toml",
    "_parts/sessions.toml",
    "genres/memo.toml",
    "profiles/memo.toml",
)
ODD = (
    "7",
    '"x"',
    "[]",
    '["a"]',
    "{}",
    "{ a = 1 }",
    "true",
    '""',
    "-1",
    "2020-01-01",
    '"filing.unit"',
    "[[1]]",
    "x",
)
_VALUE = re.compile(r'(?<=[=,\[] )("[^"\n]*"|[0-9][0-9.\-]*|true|false)|(?<== )(\[[^\[\]\n]*\]|\{[^{}\n]*\})')
_ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]+")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of kits that every example begins with and leaves as it was."""
    return own_kits(tmp_path_factory.mktemp("kits"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_odd_value_is_answered(folder: Path, data: st.DataObject):
    """A value of another shape anywhere: findings in Chinese, each with its file; the files are only read."""
    file = folder / data.draw(st.sampled_from(FILES))
    text = file.read_text(encoding="utf-8")
    value = data.draw(st.sampled_from(list(_VALUE.finditer(text))))
    odd = data.draw(st.sampled_from(ODD))
    try:
        file.write_text(text[: value.start()] + odd + text[value.end() :], encoding="utf-8")
        findings = kit_problems(folder / "training")
    finally:
        file.write_text(text, encoding="utf-8")

    assert all(Path(finding.file).is_file() for finding in findings)
    assert [] == [
        finding.message for finding in findings if _ENGLISH.search(finding.message + finding.remedy)
    ]
