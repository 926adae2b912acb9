"""The template's word/document.xml: the genre's frame around the report's text, tags in plain sight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from officeflow.document.build.charts import chart_run
from officeflow.document.build.markdown import (
    TAG,
    Block,
    BlockTag,
    Chart,
    Entry,
    Heading,
    Listing,
    Paragraph,
    SectionsEnd,
    Table,
)
from officeflow.document.build.styles import frame, label_id, section
from officeflow.document.wml.elements import root, run, w
from officeflow.document.words import WORDS
from officeflow.model.layout import Genre, Part, Profile

_HIDDEN = "\0"  # stands for a tag while ** is looked for
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def document_part(blocks: Iterable[Block], genre: Genre, profile: Profile, *references: str) -> bytes:
    """Return word/document.xml; `references` are the section's header and footer references."""
    writer = _Writer(profile)
    body = [*map(writer.part, genre.head), *writer.text(blocks), *map(writer.part, genre.foot)]
    if any(profile.styles[part.style].at_page_bottom for part in genre.foot):
        # A frame belongs to the paragraph after it, and LibreOffice loses a frame that ends the document.
        body.append(w("p", w("pPr", w("pStyle", val=profile.styles[profile.anchor].id))))
    return root("document", w("body", *body, section(profile, *references)))


class _Writer:
    """Writes paragraphs and tables in the styles of one profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._labels = {name: label_id(index) for index, name in enumerate(profile.labels)}
        self._open: list[Heading] = []
        self._charts = 0

    def part(self, part: Part) -> str:
        """Return one part of the frame, between {%p if %} and {%p endif %} where it has a condition."""
        label = w("rStyle", val=self._labels[part.label_style]) if part.label_style else ""
        front = run(part.label, label) if part.label else ""
        paragraph = self._paragraph(part.style, front + _runs(part.text))
        if not part.when:
            return paragraph
        is_low = self._profile.styles[part.style].at_page_bottom
        return (
            self._tag(f"{{%p if {part.when} %}}", is_low=is_low)
            + paragraph
            + self._tag("{%p endif %}", is_low=is_low)
        )

    def text(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the report's text; headings open sections and close those of their level and below."""
        for block in blocks:
            match block:
                case Heading():
                    yield from self._heading(block)
                case SectionsEnd():
                    yield from self._close(to=0)
                case BlockTag(text):
                    yield self._tag(text)
                case Paragraph():
                    yield self._paragraph(self._profile.body, self._prose(block))
                case Listing():
                    yield from self._list(block)
                case Table():
                    yield self._table(block)
                case Chart():
                    yield self._chart(block)
        yield from self._close(to=0)

    def _heading(self, heading: Heading) -> Iterator[str]:
        yield from self._close(to=heading.level)
        if self._open and self._open[-1].level == heading.level:
            yield from self._end_section()
        else:
            yield self._tag("{%p sections %}")
        self._open.append(heading)
        if heading.when:
            yield self._tag(f"{{%p if {heading.when} %}}")
        yield self._tag("{%p section %}")
        profile, rank = self._profile, heading.level - 1
        yield self._paragraph(profile.headings[rank], _runs(profile.heading_numbers[rank] + heading.text))

    def _end_section(self) -> Iterator[str]:
        yield self._tag("{%p endsection %}")
        if self._open.pop().when:
            yield self._tag("{%p endif %}")

    def _close(self, *, to: int) -> Iterator[str]:
        while self._open and self._open[-1].level > to:
            yield from self._end_section()
            yield self._tag("{%p endsections %}")

    def _prose(self, paragraph: Paragraph) -> str:
        pieces = (self._run_in(piece) if isinstance(piece, Listing) else piece for piece in paragraph.pieces)
        return _runs("".join(pieces))

    def _run_in(self, listing: Listing) -> str:
        parts = (
            f"{{% item %}}{self._profile.item_number}{part.text}{{% enditem %}}"
            if isinstance(part, Entry)
            else part
            for part in listing.parts
        )
        return f"{_opening('{%', listing.name)}{''.join(parts)}{{% enditems %}}"

    def _list(self, listing: Listing) -> Iterator[str]:
        yield self._tag(_opening("{%p", listing.name))
        for part in listing.parts:
            if isinstance(part, Entry):
                yield self._tag("{%p item %}")
                yield self._paragraph(self._profile.body, _runs(self._profile.item_number + part.text))
                yield self._tag("{%p enditem %}")
            else:
                yield from (self._tag(tag.replace("{%", "{%p", 1)) for tag in TAG.findall(part))
        yield self._tag("{%p enditems %}")

    def _table(self, table: Table) -> str:
        columns = max(len(row) for row in table.rows if not isinstance(row, str))
        widths = _shares(self._profile.page.text_width, columns)
        heading, *rows = table.rows
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        properties = w(
            "tblPr",
            w("tblStyle", val="TableGrid"),
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        )
        lines = [self._row(heading, widths, table.aligns, is_heading=True)]
        lines += [self._row(row, widths, table.aligns, is_heading=False) for row in rows]
        return w("tbl", properties, grid, *lines)

    def _row(
        self, row: tuple[str, ...] | str, widths: list[int], aligns: tuple[str, ...], *, is_heading: bool
    ) -> str:
        cells = (row,) if isinstance(row, str) else row
        style = self._profile.cell_heading if is_heading else self._profile.cell
        filled = (*cells, *[""] * (len(widths) - len(cells)))
        written = (
            w(
                "tc",
                w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")),
                self._paragraph(style, _runs(text), align="" if is_heading else align),
            )
            for text, width, align in zip(filled, widths, (*aligns, *["left"] * len(widths)), strict=False)
        )
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_heading else ""), *written)

    def _chart(self, chart: Chart) -> str:
        self._charts += 1
        columns = ", ".join(f'"{name}"' for name in chart.columns)
        shown = f"{chart.figure}|{WORDS.columns}({columns})" if columns else chart.figure
        properties = w(
            "pPr",
            w("pStyle", val=self._profile.styles[self._profile.cell].id),
            # Exact spacing would cut the drawing to the height of one line.
            w("spacing", line=240, lineRule="auto"),
            w("jc", val="center"),
        )
        return w("p", properties, chart_run(self._charts, shown, self._profile.page.text_width))

    def _tag(self, text: str, *, is_low: bool = False) -> str:
        place = frame(self._profile) if is_low else ""
        style = w("pStyle", val=self._profile.styles[self._profile.tag].id)
        return w("p", w("pPr", style, place), run(text))

    def _paragraph(self, style: str, runs: str, *, align: str = "") -> str:
        named = self._profile.styles[style]
        return w(
            "p",
            w(
                "pPr",
                w("pStyle", val=named.id),
                frame(self._profile) if named.at_page_bottom else "",
                w("jc", val=align) if align else "",
            ),
            runs,
        )


def _opening(mark: str, name: str) -> str:
    return f"{mark} items {name} %}}" if name else f"{mark} items %}}"


def _shares(total: int, count: int) -> list[int]:
    return [total * (i + 1) // count - total * i // count for i in range(count)]


def _runs(text: str) -> str:
    """Return the runs of a text in the dialect: **bold** outside of template tags."""
    tags = iter(TAG.findall(text))
    pieces = _BOLD.split(TAG.sub(_HIDDEN, text))
    shown = (re.sub(_HIDDEN, lambda _: next(tags), piece) for piece in pieces)
    bold = w("b") + w("bCs")
    return "".join(run(piece, bold if i % 2 else "") for i, piece in enumerate(shown) if piece)
