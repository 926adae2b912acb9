"""The page on architecture names modules that exist."""

from __future__ import annotations

import re
from importlib.util import find_spec

from tests.support.source import ROOT

LONGEST_SPINE = 30
"""Modules that somebody new reads to follow `report`."""


def test_the_spine_of_report_is_short_and_there():
    """Each module of the list can be imported; a moved one is followed."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = page.partition("## The spine of `report`")[2].partition("## Adding")[0]
    modules = re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)

    assert 0 < len(modules) <= LONGEST_SPINE
    assert [] == [name for name in modules if find_spec(f"officeflow.{name}") is None]
