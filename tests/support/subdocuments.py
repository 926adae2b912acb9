"""Documents to put into documents, made with python-docx."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lists() -> bytes:
    """Two numbered lists and bullets between them, as a person makes them in Word: numbers of their own, no style."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbered = document.styles["List Number"].element.pPr.numPr.numId.val
    bullets = document.styles["List Bullet"].element.pPr.numPr.numId.val
    first = numbering.num_having_numId(numbered).abstractNumId.val
    second = numbering.add_num(first)
    second.add_lvlOverride(0).add_startOverride(1)
    for text, number in (
        ("甲", numbered),
        ("乙", numbered),
        ("点", bullets),
        ("丙", second.numId),
        ("丁", second.numId),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number
    return saved(document)


def sections() -> bytes:
    """Two sections, the second lying, each with a header in a style of its own."""
    inner = Document()
    inner.styles.add_style("附件页眉", 1)
    inner.sections[0].header.paragraphs[0].text = "附件一"
    inner.add_paragraph("甲")
    second = inner.add_section()
    second.orientation, second.page_width, second.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "附件二"
    second.header.paragraphs[0].style = "附件页眉"
    inner.add_paragraph("乙")
    return saved(inner)
