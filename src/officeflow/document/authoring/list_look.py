"""How the lists beside a document look: the office's own profile, smaller, on a page with less white."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.model.layout import FramePart, Profile


def list_profile(profile: Profile) -> Profile:
    """Return the office's profile with the lists' own styles and page margins.

    Its page has no grid of lines: LibreOffice sets small lines as far apart as the grid's.
    """
    look = list_words()
    styles = dict(profile.styles)
    for name, style in look["styles"].items():
        role = profile.headings[0] if style["from"] == "heading" else getattr(profile, style["from"])
        changed = {key: value for key, value in style.items() if key != "from"}
        styles[name] = replace(profile.styles[role], name=name, keeps_with_next=False, **changed)
    roles = look["roles"]
    return replace(
        profile,
        page=replace(profile.page, has_line_grid=False, **look["page"]),
        styles=styles,
        cell=roles["text"],
        cell_heading=roles["heading"],
        body=roles["note"],
    )


def title_part(text: str) -> FramePart:
    """Return the title of a list, to be laid out by `list_profile`."""
    return FramePart(style=list_words()["roles"]["title"], text=text)


def note_part(text: str) -> FramePart:
    """Return a line of words above or below a list."""
    return FramePart(style=list_words()["roles"]["note"], text=text)


@cache
def list_words() -> Mapping[str, Any]:
    """Return what lists.toml says of look and words."""
    return tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))
