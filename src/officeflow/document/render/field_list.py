"""指标清单: a Word page of the tags a template may use, to be copied from beside the template."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from officeflow.document.wml.elements import DECLARATION, root, run, w
from officeflow.ooxml import write_package

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WIDTHS = (3400, 3600, 2000)  # twentieths of a point; together what an A4 page has between 27 mm margins
_HALF_POINTS = 24
_LONGEST = 40


class ListedField(NamedTuple):
    """One line: the tag as it is typed, what the sample prints, a remark; `is_inner` stands below a list."""

    tag: str
    text: str
    remark: str
    is_inner: bool = False


def build_field_list(title: str, fields: Iterable[ListedField]) -> bytes:
    """Return the page for a kit of that title."""
    words = _words()
    rows = [_row(words["headings"], is_heading=True)]
    rows += [_row((_indented(one), _shortened(one.text), one.remark)) for one in fields]
    borders = (
        w(side, val="single", sz=4) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(_WIDTHS), type="dxa"),
            w("tblBorders", *borders),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in _WIDTHS)),
        *rows,
    )
    page = w(
        "sectPr",
        w("pgSz", w=11906, h=16838),
        w("pgMar", top=1440, right=1440, bottom=1440, left=1440, header=851, footer=851, gutter=0),
    )
    heading = w("p", w("pPr", w("jc", val="center")), run(words["title"].format(title=title), w("b")))
    body = w("body", heading, w("p", run(words["note"])), table, w("p"), page)
    return write_package(
        {**_frame(), "word/document.xml": root("document", body), "word/styles.xml": _styles()}
    )


def _indented(field: ListedField) -> str:
    return "\u3000" * field.is_inner + field.tag


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _row(cells: Iterable[str], *, is_heading: bool = False) -> str:
    properties = w("trPr", w("cantSplit"), *([w("tblHeader")] if is_heading else []))
    bold = [w("b")] if is_heading else []
    texts = (
        w("tc", w("tcPr", w("tcW", w=width, type="dxa")), w("p", run(text, *bold)))
        for text, width in zip(cells, _WIDTHS, strict=True)
    )
    return w("tr", properties, *texts)


def _styles() -> bytes:
    font = _words()["font"]
    face = w("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
    size = (w("sz", val=_HALF_POINTS), w("szCs", val=_HALF_POINTS))
    return root("styles", w("docDefaults", w("rPrDefault", w("rPr", face, *size))))


def _frame() -> dict[str, bytes]:
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    )
    return {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'.encode(),
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
    }


def _relations(kind: str, target: str) -> bytes:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'.encode()


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("field_list.toml").read_text(encoding="utf-8"))
