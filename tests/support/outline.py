"""A .docx as lines that show its text and structure, and templates written as such lines."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from defusedxml import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CELL = re.compile(r"(?<!\\)\|")


def build(lines: Iterable[str], *, header: str = "", footer: str = "", title: str = "") -> io.BytesIO:
    """A template of python-docx's: a line is a paragraph (`[Style] text`), `¦` ends a run, a run that begins with `*` is bold.

    Lines that begin with `|` are the rows of a table; `\n` in a cell ends its paragraph.
    """
    from docx import Document

    document = Document()
    rows: list[list[str]] = []
    for line in [*lines, None]:
        if line is not None and line.startswith("|"):
            rows.append([cell.strip() for cell in _CELL.split(line.strip().strip("|"))])
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if line is not None:
            _fill(document.add_paragraph(), line)
    section = document.sections[0]
    if header:
        _fill(section.header.paragraphs[0], header)
    if footer:
        _fill(section.footer.paragraphs[0], footer)
    if title:
        document.core_properties.title = title
    saved = io.BytesIO()
    document.save(saved)
    saved.seek(0)
    return saved


def _add_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            for number, line in enumerate(text.split("\\n")):
                _fill(cell.paragraphs[0] if not number else cell.add_paragraph(), line)
        for spare in cells[len(row) :]:
            spare._tc.getparent().remove(spare._tc)


def _fill(paragraph: Any, line: str) -> None:
    style = re.match(r"\[([^\]{]+)\] ", line)
    if style:
        paragraph.style = style[1]
        line = line[style.end() :]
    for piece in line.split("¦"):
        run = paragraph.add_run(piece.removeprefix("*"))
        if piece.startswith("*"):
            run.bold = True


def outline(document: bytes | IO[bytes], part: str = "word/document.xml") -> list[str]:
    """The lines of one part: paragraphs with style, runs of equal look as one, tables with spans, merges, shades, grid."""
    import zipfile

    source = io.BytesIO(document) if isinstance(document, bytes) else document
    with zipfile.ZipFile(source) as archive:
        root = ElementTree.fromstring(archive.read(part))
    body = root.find(f"{_W}body")
    return list(_blocks(root if body is None else body, ""))


def _blocks(parent: Any, indent: str) -> Iterator[str]:
    for node in parent:
        name = node.tag.removeprefix(_W)
        if name == "p":
            yield indent + _paragraph(node)
        elif name == "tbl":
            grid = node.find(f"{_W}tblGrid")
            yield f"{indent}table of {0 if grid is None else len(grid)}"
            for row in node.iter(f"{_W}tr"):
                yield f"{indent}  row"
                for cell in row.findall(f"{_W}tc"):
                    yield f"{indent}    cell{_cell(cell)}"
                    yield from _blocks(cell, indent + "      ")
        elif name in ("sdt", "sdtContent", "footnote", "comment", "endnote"):
            yield from _blocks(node, indent)
    for box in parent.iter(f"{_W}txbxContent") if not indent else ():
        yield "  box"
        yield from _blocks(box, "    ")


def _cell(cell: Any) -> str:
    properties = cell.find(f"{_W}tcPr")
    said = []
    for name, attribute in (("gridSpan", "val"), ("vMerge", "val"), ("shd", "fill")):
        found = None if properties is None else properties.find(_W + name)
        if found is not None and (found.get(_W + attribute) or "1") != "1":
            said.append(f" {name}={found.get(_W + attribute)}")
    return "".join(said)


def _paragraph(node: Any) -> str:
    style = node.find(f"{_W}pPr/{_W}pStyle")
    named = "" if style is None else f"[{style.get(_W + 'val')}] "
    pieces: list[list[str]] = []
    for look, text in _runs(node):
        if text and pieces and pieces[-1][0] == look:
            pieces[-1][1] += text
        elif text:
            pieces.append([look, text])
    return named + "".join(f"<{look}>{text}</>" if look else text for look, text in pieces)


def _runs(node: Any, around: str = "") -> Iterator[tuple[str, str]]:
    for child in node:
        name = child.tag.removeprefix(_W)
        if name == "r":
            properties = child.find(f"{_W}rPr")
            looks = sorted(_look(one) for one in ([] if properties is None else properties))
            yield around + " ".join(looks), "".join(_words(child))
        elif name == "hyperlink":
            yield from _runs(child, "link ")
        elif name in ("ins", "sdt", "sdtContent", "smartTag"):
            yield from _runs(child, around)


def _look(node: Any) -> str:
    said = [f"{key.removeprefix(_W)}={value}" for key, value in sorted(node.items())]
    return node.tag.removeprefix(_W) + ("(" + ",".join(said) + ")" if said else "")


def _words(run: Any) -> Iterator[str]:
    for leaf in run:
        name = leaf.tag.removeprefix(_W)
        if name == "t":
            yield leaf.text or ""
        elif name == "br":
            yield "⏏" if leaf.get(f"{_W}type") == "page" else "⏎"
        elif name == "tab":
            yield "→"
        elif name == "drawing":
            yield "▣"
