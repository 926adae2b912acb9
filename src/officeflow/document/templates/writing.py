"""Write the program of one part: its XML as Jinja source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.dialect import PRINT, PRINT_END, REPORT, Dialect
from officeflow.document.templates.heal import MARK, SIGN, Tag
from officeflow.document.templates.program import Program, Shell
from officeflow.document.templates.sources import mark_source, tag_source
from officeflow.document.words import WORDS

_MARKS = re.compile(rf"(?:<\?{MARK} |{SIGN})(\w+)(?:\?>|{SIGN})")
_PICTURE_IDS = re.compile(r'(?<=<wp:docPr id=")\d+(?=")')


def write_program(
    part: str,
    xml: str,
    tags: Mapping[int, Tag],
    structure: Structure,
    dialect: Dialect = REPORT,
    openings: Mapping[int, str] = MappingProxyType({}),
) -> Program:
    """Return the program of a part, not yet compiled; `openings` are the starts of printed tags' paragraphs.

    Its source is literal XML with the tags' Jinja between; a line feed inside each tag lets
    lines tell tags.
    """
    return _Writer(Program(part), tags, structure, dialect, openings).write(_MARKS.split(xml))


class _Writer:
    """Writes the source of one program from pieces of XML and the marks between them."""

    def __init__(
        self,
        program: Program,
        tags: Mapping[int, Tag],
        structure: Structure,
        dialect: Dialect,
        openings: Mapping[int, str],
    ) -> None:
        self.program = program
        self.tags = tags
        self.structure = structure
        self.dialect = dialect
        self.openings = openings
        self.source: list[str] = []
        self.line = 1
        self.is_shelled = False
        """Whether a printed tag's run has begun."""
        self.shell = self.held = self.before = ""
        self.whole = -1
        """The tag that stands for what is being passed, while it is."""

    def write(self, pieces: list[str]) -> Program:
        self._literal(pieces[0])
        for own, text in zip(pieces[1::2], pieces[2::2], strict=True):
            if own == "s":
                self.shell, self.before = text, self.source[-1]
                self.is_shelled = True
            elif own == "c":
                self.held = text
            elif own == "C":
                self._end_whole(text)
            elif own == "e" and self.whole >= 0:
                shell = self.program.shells[self.whole]
                self.program.shells[self.whole] = shell._replace(around=(self.held, text))
            elif own.isdigit():
                self._tag(self.tags[int(own)], text)
            elif own[1:].isdigit() and own[0] == "a":
                self._begin(self.tags[int(own[1:])])
                self._literal(text)
            elif own[1:].isdigit() and own[0] == "t":
                self._words_tag(self.tags[int(own[1:])], text)
            else:
                self._jinja(mark_source(own, self.structure, self.dialect))
                self._literal(text)
        self.program.source = "".join(self.source)
        return self.program

    def _tag(self, tag: Tag, text: str) -> None:
        if self.is_shelled:
            opening = self.openings.get(tag.number, "")
            if self.structure.computed.get(tag.number) == WORDS.item_number:
                opening = _paragraph_opening(self.before)
            self.program.shells[tag.number] = Shell(self.shell, text, opening)
            self.whole, text = tag.number if self.held else -1, ""  # what follows is in the shell
            self.is_shelled = False
        self._begin(tag)
        self._literal(text)

    def _words_tag(self, tag: Tag, text: str) -> None:
        """Write a tag that is printed into words: it has a look but no run of its own."""
        before = f'<w:r>{self.structure.looks[tag.number]}<w:t xml:space="preserve">'
        self.program.shells[tag.number] = Shell(before, "</w:t></w:r>")
        self._begin(tag)
        self._literal(text)

    def _begin(self, tag: Tag) -> None:
        self.program.tags.append(tag.number)
        self.program.lines.append(self.line + 1)
        self._jinja(tag_source(tag, self.structure, self.dialect))

    def _end_whole(self, text: str) -> None:
        self.whole, self.held = -1, ""
        self._literal(text)

    def _jinja(self, source: str) -> None:
        self.source.append(source)
        self.line += source.count("\n")

    def _literal(self, text: str) -> None:
        self._jinja(_unique_pictures(self.dialect.literal(text)))


def _paragraph_opening(xml: str) -> str:
    """Return the last paragraph's start tag and what follows it."""
    return xml[max(xml.rfind("<w:p>"), xml.rfind("<w:p "), 0) :]


def _unique_pictures(xml: str) -> str:
    """Let pictures and shapes inside loops get a number of their own each time."""
    return _PICTURE_IDS.sub(f"{PRINT}_next(){PRINT_END}", xml) if "<wp:docPr " in xml else xml
