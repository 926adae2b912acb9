"""LibreOffice and poppler for tests marked `office`: a document in, pages with placed lines out.

pages = read_pages(to_pdf(path, tmp_path))
assert "第27期" in pages[0].text
draw_pages(to_pdf(path, tmp_path), tmp_path)  # PNG files to look at
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.support.uno_office import run_job

MM_PER_POINT = 25.4 / 72
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, kw_only=True)
class Word:
    """One piece of text without a gap; its box in millimetres from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """The words of one page that stand on one base line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its size in millimetres and its lines from top to bottom."""

    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines' texts, one per line, without the gaps inside a line."""
        return "\n".join(line.text for line in self.lines)


def convert(source: Path, kind: str, folder: Path) -> Path:
    """Return the file that LibreOffice makes of `source`; `kind` is an extension ('pdf', 'docx', 'ods', 'txt').

    The result is `folder`/<stem>.<kind>; give another folder than the source's when the kind is the same.
    """
    folder.mkdir(exist_ok=True)
    made = folder / f"{source.stem}.{kind}"
    run_job("uno_convert", source.absolute(), made.absolute())
    return made


def to_pdf(source: Path, folder: Path) -> Path:
    """Return the PDF that LibreOffice prints of a document or workbook."""
    return convert(source, "pdf", folder)


def read_pages(pdf: Path) -> tuple[Page, ...]:
    """Return the pages of a PDF with every line in its place."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, timeout=60, check=True)
    tree = etree.fromstring(done.stdout)
    return tuple(
        Page(
            width=float(page.attrib["width"]) * MM_PER_POINT,
            height=float(page.attrib["height"]) * MM_PER_POINT,
            lines=tuple(_lines([_word(node) for node in page.iter(f"{_XHTML}word")])),
        )
        for page in tree.iter(f"{_XHTML}page")
    )


def draw_pages(pdf: Path, folder: Path, dpi: int = 70) -> list[Path]:
    """Return one PNG per page, in page order."""
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, folder / pdf.stem], timeout=120, check=True)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _word(node: etree._Element) -> Word:
    left, top, right, bottom = (
        float(node.attrib[name]) * MM_PER_POINT for name in ("xMin", "yMin", "xMax", "yMax")
    )
    return Word(text=node.text or "", left=left, top=top, right=right, bottom=bottom)


def _lines(words: list[Word]) -> Iterator[Line]:
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        # Fonts of one line end at different heights; a line of text is never less than 3 mm from the next.
        if line and word.bottom - line[0].bottom > 1.5:
            yield Line(tuple(sorted(line, key=lambda word: word.left)))
            line = []
        line.append(word)
    if line:
        yield Line(tuple(sorted(line, key=lambda word: word.left)))
