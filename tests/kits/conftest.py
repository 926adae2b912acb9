"""What the tests of built-in kits share: the sample through the real command line, once."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from officeflow.cli import main


def said(*words: str | Path) -> tuple[int, dict[str, Any]]:
    """Run a command with --json; return its exit code and envelope."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main([*map(str, words), "--json"])
    return code, json.loads(out.getvalue())


@pytest.fixture(scope="session")
def run() -> Callable[..., tuple[int, dict[str, Any]]]:
    """The command line, in process."""
    return said


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled sample workbook, as `officeflow sample` writes it.  Tests copy it before they change it."""
    path = tmp_path_factory.mktemp("sample") / "s.xlsx"
    code, _ = said("sample", "community-posts", "-o", path)
    assert code == 0
    return path
