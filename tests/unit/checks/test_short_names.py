"""What findings without a rule go by in 情况说明."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import officeflow.checks
import officeflow.text
import officeflow.workbook
from officeflow.checks._engine import IMPLIED
from officeflow.checks._explain import _short_names

FOLDERS = [Path(package.__path__[0]) for package in (officeflow.checks, officeflow.text, officeflow.workbook)]
LONGEST = 6


def answerable() -> Iterator[str]:
    """Codes of findings that no rule numbers and that somebody may answer."""
    checks, text, workbook = FOLDERS
    kinds = [checks / f"{name}.toml" for name in (*IMPLIED, "_engine")]
    for path in (text / "messages.toml", *workbook.rglob("messages.toml"), *kinds):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(entry, dict) and entry.get("severity") in {"explain", "verify"}:
                yield code


def test_whatever_may_be_answered_has_a_chinese_name():
    """A clerk who answers sees 数不准确, not a code."""
    assert set() == set(answerable()) - _short_names().keys()


def test_names_are_short_and_tell_codes_apart():
    """An answer is matched by its name."""
    names = list(_short_names().values())

    assert len(names) == len(set(names))
    assert [] == [name for name in names if not name.isalpha() or name.isascii() or len(name) > LONGEST]
