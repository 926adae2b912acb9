"""The words of the dialect, read once from words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


class NumberWords(NamedTuple):
    """How a computed number is printed: a slot format and what stands around it."""

    format: str = ""
    before: str = ""
    after: str = ""


class TemplateWords(NamedTuple):
    """What words.toml says."""

    numbers: Mapping[str, NumberWords]
    item_number: str
    link: str
    ends: str
    stops: str
    typed_number: re.Pattern[str]
    template: str
    at: str
    """How a place in a template is called: {part}, {paragraph}."""
    missing: str
    nearest: str
    charts: Mapping[str, str]
    """What an author calls a kind of chart → the kind."""
    with_unit: str
    """How a chart's series is called when its numbers have a unit."""
    entitled: str
    """How a chart is told whose title moves with the data."""
    drawn: str
    """The filter that makes a chart's figure of a value."""
    columns: str
    """The filter that takes columns of a list for a chart."""
    parts: Mapping[str, str]

    def part(self, name: str) -> str:
        """Return what people call a part: 正文, 页眉 and so on.

        >>> WORDS.part("word/header2.xml")
        '页眉'
        """
        stem = name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
        return self.parts.get(stem, stem)


def _read() -> TemplateWords:
    said = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    listing = said["list"]
    return TemplateWords(
        numbers={name: NumberWords(**entry) for name, entry in said["numbers"].items()},
        item_number=listing["number"],
        link=listing["link"],
        ends=listing["ends"],
        stops=listing["stops"],
        typed_number=re.compile(listing["typed_number"]),
        template=said["said"]["template"],
        at=said["said"]["at"],
        missing=said["said"]["missing"],
        nearest=said["said"]["nearest"],
        charts=said["charts"],
        with_unit=said["said"]["with_unit"],
        entitled=said["said"]["entitled"],
        drawn=said["said"]["drawn"],
        columns=said["said"]["columns"],
        parts=said["parts"],
    )


WORDS = _read()
