"""How the lists beside a document look (数据来源表, 改动清单): the office's own profile, smaller, on a page with less white."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from officeflow.document.wml.wordml import SECT_PR, w
from officeflow.model.layout import Part, Profile


def list_profile(profile: Profile) -> Profile:
    """Return the office's profile with the lists' own styles and page margins."""
    look = _look()
    own = {}
    for name, said in look["styles"].items():
        change = {key: value for key, value in said.items() if key != "from"}
        role = profile.headings[0] if said["from"] == "heading" else getattr(profile, said["from"])
        own[name] = profile.styles[role].model_copy(update={"keeps_with_next": False, **change})
    roles = look["roles"]
    return profile.model_copy(
        update={
            "page": profile.page.model_copy(update=look["page"]),
            "styles": {**profile.styles, **own},
            "cell": roles["text"],
            "cell_heading": roles["heading"],
            "body": roles["note"],
        }
    )


def title_part(text: str) -> Part:
    """Return the title of a list, to be laid out by `list_profile`."""
    return Part(style=_look()["roles"]["title"], text=text)


def note_part(text: str) -> Part:
    """Return a line of words above or below a list."""
    return Part(style=_look()["roles"]["note"], text=text)


def without_grid(body: etree._Element) -> None:
    """Take the grid of lines off the pages: LibreOffice sets small lines as far apart as the grid's."""
    for section in body.iter(SECT_PR):
        section[:] = [one for one in section if one.tag != w("docGrid")]


@cache
def _look() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
