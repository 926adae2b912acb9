"""A Word template from a report's Markdown, its genre's frame and an office's profile, tags in plain sight."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

from officeflow.document.authoring.markdown import (
    TAG,
    Block,
    BlockTag,
    ChartBlock,
    HeadingBlock,
    ListEntry,
    MarkdownList,
    SectionsEnd,
    TableBlock,
    TextBlock,
    read_markdown,
)
from officeflow.document.authoring.page import PageWriter
from officeflow.document.words import WORDS
from officeflow.model.layout import FramePart, Genre, Profile


def build_template(
    markdown: str, genre: Genre, profile: Profile, *, title: str = "", numbering: str = ""
) -> bytes:
    """Return the .docx template; the same text, genre, profile and title give the same bytes.

    `title` is written to the file's properties; `numbering` is the report's own (see `Genre.numbering`).

    Raises:
        KeyError: the genre names a style or label that the profile lacks; `template_problems` finds these.
    """
    writer = _TemplateWriter(
        profile, title=title, numbers=profile.numbers(numbering or genre.numbering) or ()
    )
    for part in genre.head:
        writer.part(part)
    writer.text(read_markdown(markdown))
    for part in genre.foot:
        writer.part(part)
    if any(profile.styles[part.style].at_page_bottom for part in genre.foot):
        # A frame belongs to the paragraph after it, and LibreOffice loses a frame that ends the document.
        writer.paragraph(profile.anchor)
    return writer.saved()


class _TemplateWriter(PageWriter):
    """Writes blocks of a report's text; knows which sections are open."""

    def __init__(self, profile: Profile, *, title: str, numbers: tuple[str, ...]) -> None:
        super().__init__(profile, title=title)
        self._numbers = numbers or profile.heading_numbers
        self._open: list[HeadingBlock] = []

    def part(self, part: FramePart) -> None:
        """Write one part of the frame, between {%p if %} and {%p endif %} where it has a condition."""
        is_low = self.profile.styles[part.style].at_page_bottom
        if part.when:
            self.tag(f"{{%p if {part.when} %}}", is_low=is_low)
        self.paragraph(part.style, part.text, label=part.label, label_style=part.label_style)
        if part.when:
            self.tag("{%p endif %}", is_low=is_low)

    def text(self, blocks: Iterable[Block]) -> None:
        """Write the report's text; headings open sections and close those of their level and below."""
        for block in blocks:
            match block:
                case HeadingBlock():
                    self._heading(block)
                case SectionsEnd():
                    self._close(to=0)
                case BlockTag(text):
                    self.tag(text)
                case TextBlock(pieces):
                    self.paragraph(self.profile.body, "".join(map(self._run_on, pieces)))
                case MarkdownList():
                    self._list(block)
                case TableBlock():
                    self._table(block)
                case ChartBlock():
                    columns = ", ".join(f'"{name}"' for name in block.columns)
                    self.chart(
                        block, f"{block.figure}|{WORDS.columns}({columns})" if columns else block.figure
                    )
        self._close(to=0)

    def _heading(self, heading: HeadingBlock) -> None:
        self._close(to=heading.level)
        if self._open and self._open[-1].level == heading.level:
            self._end_section()
        else:
            self.tag("{%p sections %}")
        self._open.append(heading)
        if heading.when:
            self.tag(f"{{%p if {heading.when} %}}")
        self.tag("{%p section %}")
        rank = heading.level - 1
        self.paragraph(self.profile.headings[rank], self._numbers[rank] + heading.text)

    def _end_section(self) -> None:
        self.tag("{%p endsection %}")
        if self._open.pop().when:
            self.tag("{%p endif %}")

    def _close(self, *, to: int) -> None:
        while self._open and self._open[-1].level > to:
            self._end_section()
            self.tag("{%p endsections %}")

    def _run_on(self, piece: MarkdownList | str) -> str:
        """Return a piece of a paragraph; a list in it runs on in the same line."""
        if isinstance(piece, str):
            return piece
        parts = (
            f"{{% item %}}{self.profile.item_number}{part.text}{{% enditem %}}"
            if isinstance(part, ListEntry)
            else part
            for part in piece.parts
        )
        return f"{_opening('{%', piece.name)}{''.join(parts)}{{% enditems %}}"

    def _list(self, block: MarkdownList) -> None:
        self.tag(_opening("{%p", block.name))
        for part in block.parts:
            if isinstance(part, ListEntry):
                self.tag("{%p item %}")
                self.paragraph(self.profile.body, self.profile.item_number + part.text)
                self.tag("{%p enditem %}")
            else:
                for tag in TAG.findall(part):
                    self.tag(tag.replace("{%", "{%p", 1))
        self.tag("{%p enditems %}")

    def _table(self, block: TableBlock) -> None:
        columns = max(len(row) for row in block.rows if not isinstance(row, str))
        weights = [*block.widths, *[3] * columns][:columns]
        table = self.table(shares(self.profile.page.text_width, weights))
        aligns = [*block.aligns, *["left"] * columns][:columns]
        for row in block.rows:
            self.row(table, (row,) if isinstance(row, str) else row, aligns)


def shares(total: int, weights: Iterable[int]) -> list[int]:
    """Return `total` shared out by weights, to the last unit.

    >>> shares(100, (3, 3, 3))
    [33, 33, 34]
    """
    sums = [0, *accumulate(weights)]
    return [total * end // sums[-1] - total * start // sums[-1] for start, end in pairwise(sums)]


def _opening(mark: str, name: str) -> str:
    return f"{mark} items {name} %}}" if name else f"{mark} items %}}"
