"""The text of a document once every tracked change is accepted or rejected, read without any of our code.

Word's rules: a paragraph whose end goes runs on into the next one of its body or cell;
a row that goes takes its cells along.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tests.support.docx import part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n"}


def accepted(document: bytes, name: str = "word/document.xml") -> list[str]:
    """The paragraphs with words in them after accepting everything."""
    return _texts(document, name, gone="del")


def rejected(document: bytes, name: str = "word/document.xml") -> list[str]:
    """The paragraphs with words in them after rejecting everything."""
    return _texts(document, name, gone="ins")


def _texts(document: bytes, name: str, *, gone: str) -> list[str]:
    root = etree.fromstring(part(document, name).encode())
    container = root.find(f"{_W}body")
    return [text for text in _paragraphs(root if container is None else container, gone) if text.strip()]


def _paragraphs(container: etree._Element, gone: str) -> Iterator[str]:
    text = ""
    for block in container:
        if block.tag == f"{_W}p":
            text += "".join(_pieces(block, gone))
            if block.find(f"{_W}pPr/{_W}rPr/{_W}{gone}") is None:
                yield text
                text = ""
        elif block.tag == f"{_W}tbl":
            yield text
            text = ""
            for row in block.findall(f"{_W}tr"):
                if row.find(f"{_W}trPr/{_W}{gone}") is None:
                    for cell in row.findall(f"{_W}tc"):
                        yield from _paragraphs(cell, gone)
    yield text


def _pieces(node: etree._Element, gone: str) -> Iterator[str]:
    for child in node:
        if child.tag in (f"{_W}t", f"{_W}delText"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[str(child.tag)]
        elif child.tag not in (f"{_W}{gone}", f"{_W}pPr", f"{_W}rPr"):
            yield from _pieces(child, gone)
