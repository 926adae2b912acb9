"""What is said to the author of a kit: the sentences of messages.toml and the words that stand inside them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)


@cache
def kit_words() -> dict[str, dict[str, Any]]:
    """Return the words of words.toml."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
