"""Whether a document from outside is marked as classified: then nothing is read further, kept or written."""

from __future__ import annotations

from lxml import etree

from officeflow.checks import STOPS, may_speak, secrecy
from officeflow.document.wml.bound_text import read_part_text
from officeflow.document.wml.wordml import parse
from officeflow.ooxml import PartError, open_package


def is_classified(document: bytes) -> bool:
    """Whether a paragraph of the body, a header, note or text box is a marking (机密★, 秘密 alone); prose is not.

    False for anything that is not a Word document: the reader reports that.
    """
    package = open_package(document).value
    names = [] if package is None else [name for name in package.names if name.startswith("word/")]
    for name in names:
        try:
            part = package.read(name) if package is not None and name.endswith(".xml") else b""
            if part and may_speak(part):
                paragraphs = read_part_text(name, parse(part)).paragraphs
                if any(secrecy(paragraph.text) in STOPS for paragraph in paragraphs):
                    return True
        except (PartError, etree.XMLSyntaxError):
            continue
    return False
