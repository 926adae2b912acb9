r"""Text with a look of its own: RichText inside a paragraph, RichTextParagraph between paragraphs, Listing for lines.

Arguments are those of docxtpl 0.20.  In every text `\n` is a line break, `\t` a
tab, `\a` a new paragraph like the one around it, `\f` a new page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import escape as _escape
from typing import Any, ClassVar, Literal, NamedTuple

from officeflow.document.wml.placing import Placing, Value
from officeflow.document.wml.wordml import escape

_UNDERLINES = frozenset(("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"))
_EAST_ASIAN = ("zh", "ja", "ko")
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def as_text(value: object) -> str:
    """Return any value as a text in NFC; bytes are UTF-8."""
    text = value.decode("utf-8", errors="ignore") if isinstance(value, bytes) else str(value)
    return unicodedata.normalize("NFC", text)


def written(text: str, before: str, after: str, paragraph: str = "") -> str:
    r"""Return a text between the start and the end of its run.

    `\a` and `\f` start a new paragraph with the start tag and properties `paragraph`,
    and a new line where '' says that the run does not stand in a paragraph itself.

    >>> written("甲\a乙", "<w:r><w:t>", "</w:t></w:r>", "<w:p>")
    '<w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r>'
    """
    if not paragraph:
        return before + escape(text.replace("\a", "\n").replace("\f", "\n")) + after
    if "\a" not in text and "\f" not in text:
        return before + escape(text) + after
    pages = (
        f"{after}</w:p>{paragraph}{before}".join(map(escape, page.split("\a"))) for page in text.split("\f")
    )
    return before + f"{after}</w:p>{_PAGE_BREAK}{paragraph}{before}".join(pages) + after


class _Piece(NamedTuple):
    text: str
    properties: str
    """Run properties after the style's."""
    style: str
    url_id: str


class RichText(Value):
    """Runs with properties of their own; print it with {{r name }}, or {{ name }} in a run that has none to keep.

    `size` counts half points (or is python-docx's length); `color` and `highlight` are RRGGBB; `style` is a character style's
    id or name; `url_id` comes from `Template.build_url_id`.  `font` sets all four faces of the run, so that
    Chinese and Latin text look alike; a region before it (`eastAsia:仿宋`) is accepted as docxtpl's.
    """

    def __init__(self, text: object = None, **text_prop: Any) -> None:
        self._pieces: list[_Piece] = []
        if text:
            self.add(text, **text_prop)

    def add(  # noqa: PLR0913, PLR0917  docxtpl's arguments
        self,
        text: object,
        style: str | None = None,
        color: object = None,
        highlight: str | None = None,
        size: object = None,
        subscript: object = None,
        superscript: object = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str = False,
        strike: bool = False,
        font: str | None = None,
        url_id: str | None = None,
        rtl: bool = False,
        lang: str | None = None,
    ) -> None:
        """Add a text with its look, or all of another RichText."""
        if isinstance(text, RichText):
            self._pieces += text._pieces  # noqa: SLF001  of its own class
            return
        complex_too = bold and rtl, italic and rtl
        # In the schema's order (ECMA-376 part 1, 17.3.2.28): Word refuses some other orders.
        properties = (
            _fonts(font),
            "<w:b/>" if bold else "",
            "<w:bCs/>" if complex_too[0] else "",
            "<w:i/>" if italic else "",
            "<w:iCs/>" if complex_too[1] else "",
            "<w:strike/>" if strike else "",
            _value("color", str(color).removeprefix("#")) if color else "",
            _size(size),
            _value("u", underline if underline in _UNDERLINES else "single") if underline else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_quoted(highlight.removeprefix("#"))}"/>'
            if highlight
            else "",
            _value("vertAlign", "subscript" if subscript else "superscript")
            if subscript or superscript
            else "",
            '<w:rtl w:val="true"/>' if rtl else "",
            _language(lang),
        )
        self._pieces.append(_Piece(as_text(text), "".join(properties), style or "", url_id or ""))

    def placed(self, placing: Placing) -> str:
        """Return its runs; styles by name, links as relations of the part where they stand."""
        return self._written(
            lambda style: placing.style_id(style, "character"), placing.relation_here, placing.paragraph
        )

    def _written(
        self, style_id: Callable[[str], str], relation: Callable[[str], str], paragraph: str = "<w:p>"
    ) -> str:
        runs = []
        for piece in self._pieces:
            style = _value("rStyle", style_id(piece.style)) if piece.style else ""
            looks = f"<w:rPr>{style}{piece.properties}</w:rPr>" if style or piece.properties else ""
            inside = "" if piece.url_id else paragraph
            run = written(piece.text, f'<w:r>{looks}<w:t xml:space="preserve">', "</w:t></w:r>", inside)
            if piece.url_id:
                own = _quoted(relation(piece.url_id))
                run = f'<w:hyperlink r:id="{own}" w:tgtFrame="_blank">{run}</w:hyperlink>'
            runs.append(run)
        return "".join(runs)

    @property
    def xml(self) -> str:
        """Its runs as they are in a document whose style ids and relations it was made for."""
        return self._written(str, str)

    def __str__(self) -> str:
        return self.xml

    def __html__(self) -> str:
        return self.xml

    def __bool__(self) -> bool:
        return True


class RichTextParagraph(Value):
    """Paragraphs of rich text; print it with {{p name }}. `parastyle` is a paragraph style's id or name."""

    level: ClassVar[Literal["run", "paragraph"]] = "paragraph"

    def __init__(self, text: object = None, **text_prop: Any) -> None:
        self._paragraphs: list[tuple[RichText, str]] = []
        if text:
            self.add(text, **text_prop)

    def add(self, text: object, parastyle: str | None = None) -> None:
        """Add one paragraph."""
        self._paragraphs.append((text if isinstance(text, RichText) else RichText(text), parastyle or ""))

    def placed(self, placing: Placing) -> str:
        """Return its paragraphs; styles by name, links as relations of the part where they stand."""
        return self._written(placing.style_id, placing.relation_here)

    def _written(self, style_id: Callable[[str, str], str], relation: Callable[[str], str]) -> str:
        written_ones = []
        for text, named in self._paragraphs:
            style = f"<w:pPr>{_value('pStyle', style_id(named, 'paragraph'))}</w:pPr>" if named else ""
            runs = text._written(lambda own: style_id(own, "character"), relation, f"<w:p>{style}")  # noqa: SLF001
            written_ones.append(f"<w:p>{style}{runs}</w:p>")
        return "".join(written_ones)

    @property
    def xml(self) -> str:
        """Its paragraphs as they are in a document whose style ids and relations they were made for."""
        return self._written(lambda named, _: named, str)

    def __str__(self) -> str:
        return self.xml

    def __html__(self) -> str:
        return self.xml

    def __bool__(self) -> bool:
        return True


class Listing:
    r"""A text of several lines that keeps the look of its tag: `\n` `\t` `\a` `\f` as above.

    Every text is printed like this; the class is there for templates' programs written for docxtpl.
    """

    def __init__(self, text: object) -> None:
        self.text = as_text(text)

    @property
    def xml(self) -> str:
        """The text escaped, with its control characters."""
        return _escape(self.text)

    def __str__(self) -> str:
        return self.xml

    def __html__(self) -> str:
        return self.xml


def _fonts(font: str | None) -> str:
    if not font:
        return ""
    region, _, face = font.rpartition(":")
    # “ ” — … exist in both scripts; without the hint Word takes the Latin face for them.
    hint = ' w:hint="eastAsia"' if region == "eastAsia" else ""
    own = _quoted(face)
    return f'<w:rFonts{hint} w:ascii="{own}" w:hAnsi="{own}" w:eastAsia="{own}" w:cs="{own}"/>'


def _size(size: object) -> str:
    """Return the size; python-docx's `Pt(16)` does as 32 half points do."""
    points = getattr(size, "pt", None)
    halves = size if points is None else round(points * 2)
    return _value("sz", halves) + _value("szCs", halves) if size else ""


def _language(lang: str | None) -> str:
    if not lang:
        return ""
    own = _quoted(lang)
    east = f' w:eastAsia="{own}"' if lang.startswith(_EAST_ASIAN) else ""
    return f'<w:lang w:val="{own}"{east}/>'


def _value(name: str, value: object) -> str:
    return f'<w:{name} w:val="{_quoted(value)}"/>'


def _quoted(value: object) -> str:
    return _escape(as_text(value).translate(dict.fromkeys(range(32))))


R = RichText
RP = RichTextParagraph
