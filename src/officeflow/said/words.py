"""The words that results are said with, and how far a use case has come as one line of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.intake.progress import Event


@cache
def screens() -> Mapping[str, Any]:
    """Return the words of `words.toml`, by the use case or thing they speak of."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def shortened(text: str, length: int) -> str:
    """Return a text of at most `length` characters and an ellipsis for the rest.

    >>> shortened("一二三四", 3)
    '一二三…'
    """
    return text if len(text) <= length else f"{text[:length]}…"


def progress_line(event: Event) -> str:
    """Return what is being done, with how many of how many where that is known."""
    words = screens()["progress"]
    text = str(words[event.stage].format(name=event.name))
    if event.of <= 1:
        return text
    return str(words["count"].format(text=text, done=event.done + 1, of=event.of))
