"""Cases kept as data: TOML files of `[[case]]` tables, each a fact with a grid and what is expected of it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from officeflow.kits.load import parse_kit
from officeflow.model.kit import Kit

CASES = Path(__file__).parents[1] / "cases"


def load_cases(folder: str) -> list[Any]:
    """Return every case of the files in `cases/<folder>` as a pytest parameter named by file and fact."""
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['fact']}")
        for path in sorted((CASES / folder).glob("*.toml"))
        for case in read_toml(path)["case"]
    ]


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file, numbers exact."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def case_kit(**rules: object) -> Kit:
    """Return the kit that cases are about (`cases/kit.toml`), with `check` and `figure` rules."""
    return parse_kit(read_toml(CASES / "kit.toml") | rules)
