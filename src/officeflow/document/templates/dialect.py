"""What a kind of template may say, and how its programs are written and compiled: that of kit reports.

Other kinds of templates derive from `Dialect` and override what they do otherwise; the compiler knows no more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, nodes

from officeflow.document.reckoning.sandbox import DELIMITERS, sandbox
from officeflow.document.reckoning.tags import STANDARD, Delimiters
from officeflow.document.words import WORDS

if TYPE_CHECKING:
    from lxml import etree

    from officeflow.document.templates.blocks import Structure
    from officeflow.document.templates.compiled import Compiled
    from officeflow.document.templates.heal import Healed, Tag

PRINT, PRINT_END = DELIMITERS["variable_start_string"], DELIMITERS["variable_end_string"]
BLOCK, BLOCK_END = DELIMITERS["block_start_string"], DELIMITERS["block_end_string"]
TEXT_PARTS = r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml"
_CALL_END = f"{BLOCK}endcall{BLOCK_END}"
_GUARDS = {"gb": "_paragraph", "gt": "_rows", "gr": "_cells"}


def block_source(source: str) -> str:
    """Return the Jinja source of a block."""
    return f"{BLOCK}{source}{BLOCK_END}"


def print_source(source: str) -> str:
    """Return the Jinja source of something printed."""
    return f"{PRINT}{source}{PRINT_END}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way of writing templates; two equal ones compile alike."""

    name: str
    parts: re.Pattern[str]
    """The parts that are filled."""
    blocks: frozenset[str]
    """Words that open a block and are closed by `end` and the word."""
    inside: frozenset[tuple[str, str]] = frozenset()
    """Words that stand only inside a block of another."""
    cells: frozenset[str] = frozenset()
    """Words that change the table cell they stand in."""
    printed: frozenset[str] = frozenset()
    """Blocks whose outcome is printed where they begin."""
    numbers: frozenset[str] = frozenset()
    """Names that print a computed number (章号 …)."""
    delimiters: Delimiters = STANDARD
    prints_whole: bool = False
    """Whether a printed tag may stand for a whole paragraph, row or cell; other words there are dropped with a hint."""
    opens_with_set: bool = False
    """Whether `set` without a value opens a block."""

    @property
    def environment(self) -> Environment:
        """The environment that compiles its programs."""
        return sandbox()

    @property
    def is_kept(self) -> bool:
        """Whether what was compiled may be kept in a file."""
        return True

    @property
    def other_words(self) -> frozenset[str] | None:
        """Words of blocks that only Jinja knows together; None when there are none, then every unknown word is a mistake."""
        return None

    # Before and while a part is healed.

    def rewrites(self, text: str) -> bool:  # noqa: ARG002
        """Return whether a part must be rewritten though it may hold no tag."""
        return False

    def prepare(self, root: etree._Element) -> None:
        """Change the tree of a part before its tags are looked for."""

    def arrange(self, healed: Healed) -> None:
        """Change the tree of a part once its tags in running text are marks."""

    def heal_more(self, root: etree._Element, healed: Healed, part: str, first: int) -> None:
        """Mark tags that stand in no running text."""

    def fit_columns(self, table: etree._Element) -> None:
        """Remember that tags add or remove columns of a table."""

    # While its program is written.

    def read_part(self, compiled: Compiled, healed: Healed) -> None:
        """Take from a part what only this dialect needs, once its blocks are known and sound."""

    def openings(self, healed: Healed) -> Mapping[int, str]:  # noqa: ARG002
        """Return printed tag → the start of its paragraph, for values that begin another like it."""
        return {}

    def block(self, source: str) -> str:
        """Return what a block's tag becomes."""
        return block_source(f"\n{source}")

    def printing(self, tag: Tag, structure: Structure) -> str:  # noqa: ARG002
        """Return what a printed tag in running text becomes."""
        return print_source(f"\n_print(({tag.body}),{tag.number})")

    def call(self, name: str, value: str, number: int) -> str:
        """Return what a tag becomes whose value one of the program's own functions prints."""
        return print_source(f"{name}({value},{number})")

    def mark(self, content: str, structure: Structure) -> str:
        """Return what a mark other than a tag's becomes."""
        if content in _GUARDS:
            return block_source(f"call {_GUARDS[content]}()")
        if content == "G":
            return _CALL_END
        if content[0] in "hH" and int(content[1:]) in structure.headings:
            return block_source(f"call _heading({content[1:]})") if content[0] == "h" else _CALL_END
        return ""

    def literal(self, text: str) -> str:
        """Return XML between tags as the program has it."""
        return text

    # Once it is parsed.

    def names(self, tree: nodes.Template, ours: frozenset[str]) -> Iterator[nodes.Name]:
        """Yield where a program asks for names from outside; `ours` are the compiler's own."""
        names = list(tree.find_all(nodes.Name))
        given = {node.name for node in names if node.ctx != "load"} | ours
        yield from (node for node in names if node.name not in given)

    @property
    def joins(self) -> bool:
        """Whether texts may be joined with `~`: a report could not say what such a text comes from."""
        return False


REPORT = Dialect(
    name="report",
    parts=re.compile(TEXT_PARTS),
    blocks=frozenset(("if", "for", "with", "sections", "section", "items", "item")),
    inside=frozenset((("section", "sections"), ("item", "items"))),
    numbers=frozenset(WORDS.numbers),
)
