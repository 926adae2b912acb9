"""The program of one part: its compiled code, the runs around its tags, and which line is which tag."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import NamedTuple, cast

from jinja2 import Environment, Template

from officeflow.document.reckoning.sandbox import sandbox

CALLS = (
    "print",
    "next",
    "number",
    "heading",
    "section",
    "sections",
    "item",
    "items",
    "paragraph",
    "rows",
    "cells",
)
"""What a program calls while it runs, each with `_` before its name."""


class Shell(NamedTuple):
    """The run around a printed tag: what stands before and after its text; its paragraph's start, to begin another like it."""

    before: str
    after: str
    opening: str = ""
    around: tuple[str, str] = ("", "")
    """For a tag that stands for a whole paragraph, row or cell: the rest of that."""


@dataclass(slots=True)
class Program:
    """One part that holds tags; `lines` says at which line of the source each of `tags` begins."""

    part: str = ""
    source: str = ""
    """The Jinja source; '' once it is compiled."""
    code: bytes = b""
    """The compiled program, as marshal writes it: data like the rest, so that it can be kept in a file."""
    shells: dict[int, Shell] = field(default_factory=dict)
    tags: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def template(self) -> Template:
        """The program of a report, ready to run."""
        return _loaded(self.code)

    def loaded(self, environment: Environment) -> Template:
        """Return the program, ready to run in an environment of its own."""
        code = _code(self.code)
        return Template.from_code(environment, code, environment.make_globals(None))

    def tag_at(self, line: int) -> int:
        """Return the tag that a line of the program's source belongs to."""
        return self.tags[max(bisect_right(self.lines, line) - 1, 0)]


@lru_cache(maxsize=64)
def _code(code: bytes) -> CodeType:
    """Return a compiled program; it was written by this process, or read from its user's own store."""
    return cast("CodeType", marshal.loads(code))  # noqa: S302


@lru_cache(maxsize=64)
def _loaded(code: bytes) -> Template:
    environment = sandbox()
    return Template.from_code(environment, _code(code), environment.make_globals(None))
