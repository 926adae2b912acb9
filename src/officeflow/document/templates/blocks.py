"""What the tags of a template mean together: blocks that nest, sections with headings, lists with entries.

The dialect beyond Jinja: `sections` … `section` … `endsection` … `endsections`
and `items [NAME]` … `item` … `enditem` … `enditems`.  They become Jinja call
blocks, so that what is printed inside is known before it stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.dialect import REPORT, Dialect
from officeflow.document.templates.heal import Problem, Tag
from officeflow.document.words import WORDS
from officeflow.text.nearest import nearest

_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_WORD = re.compile(r"\w*")
_ASSIGNMENT = re.compile(r"[\w.,\s()]+=(?!=)")
_COUNTED = ("sections", "section", "items", "item")
_SILENT = ("autoescape", "raw")
"""Blocks that do nothing: everything is escaped, and what is raw was left as it is when tags were looked for."""


@dataclass(slots=True)
class Section:
    """One switchable section; `parent` is the index of the section around it."""

    index: int
    group: int
    parent: int | None
    number: str = ""
    """The computed number its heading prints: 章号 …"""
    heading_tag: int = -1
    heading: str = ""
    """The heading's words in the template, tags as typed."""


@dataclass(slots=True)
class Item:
    """One entry of a list; `text` is what follows its number, tags as typed."""

    index: int
    listing: int
    text: str = ""


@dataclass(slots=True)
class ListBlock:
    """A list; `name` is the figure that receives its count, `number_tag` prints the first entry's number."""

    index: int
    section: int | None
    name: str = ""
    number_tag: int = -1
    has_paragraphs: bool = False
    """Whether each entry is a paragraph of its own."""
    link: str = ""
    """The word between number and entry (一是)."""
    tag: int = -1


@dataclass(slots=True)
class Structure:
    """The sections and lists of a template and the Jinja source of each of its tags."""

    sections: list[Section] = field(default_factory=list)
    groups: int = 0
    listings: list[ListBlock] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    jinja: dict[int, str] = field(default_factory=dict)
    """Tag index → block source without delimiters; printed tags are not in it."""
    computed: dict[int, str] = field(default_factory=dict)
    """Printed tag index → the computed number it prints."""
    headings: dict[int, int] = field(default_factory=dict)
    """Number tag index → its section."""
    pairs: dict[int, int] = field(default_factory=dict)
    """The tag that opens a block → the one that ends it."""
    looks: dict[int, str] = field(default_factory=dict)
    """Tag printed into words without runs → the run properties it would have."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    word: str
    tag: Tag
    index: int = -1


class _Reader:
    """Walks the flow of one part and fills the structure."""

    def __init__(self, structure: Structure, paths: Mapping[int, tuple[str, ...]], dialect: Dialect) -> None:
        self.found = structure
        self.paths = paths
        self.dialect = dialect
        self.inside = dict(dialect.inside)
        self.stack: list[_Open] = []
        self.missed: list[str] = []
        """Blocks told to be open: an end of theirs that comes too late is the same mistake."""
        self.heading: Section | None = None
        self.item: Item | None = None

    def read(self, flow: Iterable[Tag | str | None]) -> None:
        for piece in flow:
            match piece:
                case None:
                    self.heading = None
                case str():
                    self._words(piece)
                case Tag(kind=TagKind.PRINT):
                    self._printed(piece)
                case Tag(kind=TagKind.BLOCK):
                    self._block(piece)
        for left in self.stack:
            self._problem("BLOCK_OPEN", left.tag, expected=f"end{left.word}")

    def _words(self, words: str) -> None:
        if self.heading is not None:
            self.heading.heading += words
        if self.item is not None:
            self.item.text += words

    def _problem(self, code: str, tag: Tag, **values: str) -> None:
        self.found.problems.append(Problem(code, tag.place, tag.source, values))

    def _around(self, word: str) -> int | None:
        return next((left.index for left in reversed(self.stack) if left.word == word), None)

    def _printed(self, tag: Tag) -> None:
        if tag.body not in self.dialect.numbers:
            if not tag.body:
                self._problem("TAG_EMPTY", tag)
            self._words(tag.source)
            return
        self.found.computed[tag.number] = tag.body
        if tag.body == WORDS.item_number:
            self._entry_number(tag)
            return
        section = self._around("section")
        if section is None:
            self._problem("NUMBER_OUTSIDE", tag)
            return
        here = self.found.sections[section]
        if here.heading_tag < 0:
            here.number, here.heading_tag, self.heading = tag.body, tag.number, here
            self.found.headings[tag.number] = section

    def _entry_number(self, tag: Tag) -> None:
        listing = self._around("items")
        if listing is None or self.item is None:
            self._problem("NUMBER_OUTSIDE", tag)
            return
        self.item.text = ""
        if self.found.listings[listing].number_tag < 0:
            self.found.listings[listing].number_tag = tag.number

    def _block(self, tag: Tag) -> None:
        word = _WORD.match(tag.body)[0]  # type: ignore[index]  # matches anything
        rest, blocks = tag.body[len(word) :].strip(), self.dialect.blocks
        opened = word.removeprefix("end")
        if word in self.dialect.cells or word in (self.dialect.other_words or ()):
            self.found.jinja[tag.number] = tag.body
        elif word in blocks or (
            self.dialect.opens_with_set and word == "set" and not _ASSIGNMENT.match(rest)
        ):
            self._open(word, rest, tag)
        elif word != opened and (opened in blocks or (self.dialect.opens_with_set and opened == "set")):
            self._close(opened, tag)
        elif word in _MIDDLE:
            if not self.stack or self.stack[-1].word not in _MIDDLE[word]:
                self._problem("BLOCK_STRAY", tag)
            else:
                self._check_path(self.stack[-1], tag)
            self.found.jinja[tag.number] = tag.body
        elif word == "set" and "=" in rest:
            self.found.jinja[tag.number] = tag.body
        elif self.dialect.other_words is None:  # else only Jinja knows
            known = (*sorted(blocks), *sorted(self.dialect.cells), *(f"end{word}" for word in sorted(blocks)))
            self._problem("TAG_UNKNOWN", tag, expected=nearest(word, (*known, *_MIDDLE, "set")))
        else:
            self.found.jinja[tag.number] = tag.body

    def _open(self, word: str, rest: str, tag: Tag) -> None:
        index, source = -1, tag.body
        if word in self.inside and self._around(self.inside[word]) is None:
            self._problem("BLOCK_OUTSIDE", tag, expected=self.inside[word])
        if word in _COUNTED:
            index = getattr(self, f"_open_{word}")(tag, rest)
            source = f"call _{word}({index})"
        self.stack.append(_Open(word, tag, index))
        self.found.jinja[tag.number] = "" if word in _SILENT else source

    def _open_sections(self, *_: object) -> int:
        self.found.groups += 1
        return self.found.groups - 1

    def _open_section(self, *_: object) -> int:
        section = Section(len(self.found.sections), self._around("sections") or 0, self._around("section"))
        self.found.sections.append(section)
        return section.index

    def _open_items(self, tag: Tag, name: str) -> int:
        listing = ListBlock(len(self.found.listings), self._around("section"), name, tag=tag.number)
        self.found.listings.append(listing)
        return listing.index

    def _open_item(self, tag: Tag, _: str) -> int:
        self.item = Item(len(self.found.items), self._around("items") or 0)
        if self.found.listings:
            self.found.listings[self.item.listing].has_paragraphs = tag.scope == "p"
        self.found.items.append(self.item)
        return self.item.index

    def _close(self, word: str, tag: Tag) -> None:
        if all(around.word != word for around in self.stack):
            if word in self.missed:
                self.missed.remove(word)
            else:
                self._problem("BLOCK_STRAY", tag)
            return
        # What was begun inside and not ended is what the author forgot; the blocks around it are right.
        while self.stack[-1].word != word:
            left = self.stack.pop()
            self._problem("BLOCK_OPEN", left.tag, expected=f"end{left.word}")
            self.missed.append(left.word)
        opened = self.stack.pop()
        self._check_path(opened, tag)
        self.found.pairs[opened.tag.number] = tag.number
        if word == "item":
            self._end_item()
        source = "endcall" if opened.index >= 0 else f"end{word}"
        self.found.jinja[tag.number] = "" if word in _SILENT else source

    def _end_item(self) -> None:
        item, self.item = self.item, None
        if item is not None and self.found.listings and item.text.startswith(WORDS.link):
            self.found.listings[item.listing].link = WORDS.link

    def _check_path(self, opened: _Open, tag: Tag) -> None:
        if self.paths[opened.tag.number] != self.paths[tag.number]:
            self._problem("BLOCK_CROSSES", tag, opened=opened.tag.source)


def read_structure(
    structure: Structure,
    flow: Iterable[Tag | str | None],
    paths: Mapping[int, tuple[str, ...]],
    dialect: Dialect = REPORT,
) -> None:
    """Add what one part holds to `structure`; `paths` says where in the tree each tag's mark stands."""
    _Reader(structure, paths, dialect).read(flow)
