"""Small Word files for tests, and their text read back without any of our code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from defusedxml import ElementTree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def p(text: str, *, bold_from: int | None = None) -> str:
    """One paragraph; `¦` ends a run, `bold_from` makes the runs from that one on bold."""
    runs = []
    for number, piece in enumerate(text.split("¦")):
        properties = "<w:rPr><w:b/></w:rPr>" if bold_from is not None and number >= bold_from else ""
        runs.append(f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: Iterable[str]) -> str:
    """A table; each row is its cells' texts, or its cells' XML where a text starts with `<`."""
    cells = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: str, *, header: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A .docx with this body (and header); `parts` replaces or adds whole parts."""
    relations = f'<Relationship Id="rId9" Type="{_OFFICE}/header" Target="header1.xml"/>' if header else ""
    reference = '<w:headerReference w:type="default" r:id="rId9"/>' if header else ""
    override = f'<Override PartName="/word/header1.xml" ContentType="{_MAIN}.header+xml"/>' if header else ""
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{override}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr>{reference}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    }
    if header:
        files["word/header1.xml"] = f"<w:hdr {_NAMESPACES}>{header}</w:hdr>"
    return package(files | (parts or {}))


def package(files: dict[str, str]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def part(document: bytes, name: str = "word/document.xml") -> str:
    """One part's text."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode()


def part_names(document: bytes) -> list[str]:
    """The names of all parts."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def texts(document: bytes, name: str = "word/document.xml") -> list[str]:
    """The text of each paragraph of a part; line breaks are '/', tabs '→'."""
    signs = {f"{{{_W}}}br": "/", f"{{{_W}}}tab": "→"}
    root = ElementTree.fromstring(part(document, name))
    return [
        "".join(
            node.text or "" if node.tag == f"{{{_W}}}t" else signs.get(node.tag, "")
            for node in paragraph.iter()
        )
        for paragraph in root.iter(f"{{{_W}}}p")
    ]
