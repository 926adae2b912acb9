"""The program of one part: its XML as Jinja source, the compiled code, and which line is which tag."""

from __future__ import annotations

import marshal
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Template

from officeflow.document.blocks import Structure
from officeflow.document.heal import MARK, Tag
from officeflow.document.sandbox import DELIMITERS, sandbox
from officeflow.document.tags import Kind
from officeflow.document.words import WORDS

PRINT, PRINT_END = DELIMITERS["variable_start_string"], DELIMITERS["variable_end_string"]
BLOCK, BLOCK_END = DELIMITERS["block_start_string"], DELIMITERS["block_end_string"]
_COMMENT, _COMMENT_END = DELIMITERS["comment_start_string"], DELIMITERS["comment_end_string"]
_CALL_END = f"{BLOCK}endcall{BLOCK_END}"
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
_GUARDS = {"gb": "_paragraph", "gt": "_rows", "gr": "_cells"}
_MARKS = re.compile(rf"<\?{MARK} (\w+)\?>")
_PICTURE_IDS = re.compile(r'(?<=<wp:docPr id=")\d+(?=")')


class Shell(NamedTuple):
    """The run around a printed tag: what stands before and after its text; for an entry's number its paragraph's start."""

    before: str
    after: str
    opening: str = ""


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
        """The program, ready to run."""
        return _loaded(self.code)

    def tag_at(self, line: int) -> int:
        """Return the tag that a line of the program's source belongs to."""
        return self.tags[max(bisect_right(self.lines, line) - 1, 0)]


def write_program(part: str, xml: str, tags: Mapping[int, Tag], structure: Structure) -> Program:
    """Return the program of a part, not yet compiled.

    Its source is literal XML with the tags' Jinja between; a line feed inside each tag lets
    lines tell tags.
    """
    program = Program(part)
    pieces = _MARKS.split(xml)  # text, mark, text, mark, …, text
    source, line = [_unique_pictures(pieces[0])], 1 + pieces[0].count("\n")
    shell = opening = ""
    for own, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if own == "s":
            shell, opening = text, source[-1]
            continue
        if own.isdigit():
            tag = tags[int(own)]
            if tag.kind is Kind.PRINT:
                opened = _paragraph_opening(opening) if tag.body == WORDS.item_number else ""
                program.shells[tag.number] = Shell(shell, text, opened)
                text = ""  # noqa: PLW2901  it follows in the shell
            source.append(_tag_source(tag, structure))
            program.tags.append(tag.number)
            line += 1
            program.lines.append(line)
        else:
            source.append(_mark_source(own, structure))
        source.append(_unique_pictures(text))
        line += text.count("\n")
    program.source = "".join(source)
    return program


def _tag_source(tag: Tag, structure: Structure) -> str:
    if tag.kind is Kind.COMMENT:
        return f"{_COMMENT}\n{_COMMENT_END}"
    if tag.kind is Kind.BLOCK:
        return f"{BLOCK}\n{structure.jinja.get(tag.number, '')}{BLOCK_END}"
    if tag.number in structure.computed:
        return f"{PRINT}\n_number({tag.number}){PRINT_END}"
    return f"{PRINT}\n_print(({tag.body}),{tag.number}){PRINT_END}"


def _mark_source(own: str, structure: Structure) -> str:
    if own in _GUARDS:
        return f"{BLOCK}call {_GUARDS[own]}(){BLOCK_END}"
    if own == "G":
        return _CALL_END
    if own[0] in "hH" and int(own[1:]) in structure.headings:
        return f"{BLOCK}call _heading({own[1:]}){BLOCK_END}" if own[0] == "h" else _CALL_END
    return ""


def _paragraph_opening(xml: str) -> str:
    """Return the last paragraph's start tag and properties."""
    return xml[max(xml.rfind("<w:p>"), xml.rfind("<w:p "), 0) :]


def _unique_pictures(xml: str) -> str:
    """Let pictures and shapes inside loops get a number of their own each time."""
    return _PICTURE_IDS.sub(f"{PRINT}_next(){PRINT_END}", xml) if "<wp:docPr " in xml else xml


@lru_cache(maxsize=64)
def _loaded(code: bytes) -> Template:
    environment = sandbox()
    program = marshal.loads(code)  # noqa: S302  written by this process, or read from its user's own store
    return Template.from_code(environment, program, environment.make_globals(None))
