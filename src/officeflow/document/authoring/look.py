"""How a profile looks in Word: its styles, fonts and page, written onto a document; raw XML goes through `put`."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips
from docx.text.paragraph import Paragraph
from lxml import etree

from officeflow.model.layout import TWIPS_PER_MM, Align, Border, Profile, Style

# In the order of the schema (ECMA-376 part 1, CT_PPrBase, CT_RPr, CT_TblPr, CT_TrPr, CT_SectPr), as far as we write them.
_ORDERS = {
    qn(f"w:{parent}"): [qn(f"w:{name}") for name in names.split()]
    for parent, names in {
        "pPr": (
            "pStyle keepNext keepLines framePr widowControl pBdr tabs overflowPunct autoSpaceDE autoSpaceDN"
            " spacing ind jc outlineLvl"
        ),
        "rPr": "rStyle rFonts b bCs color spacing sz szCs lang",
        "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
        "trPr": "cantSplit tblHeader",
        "sectPr": "headerReference footerReference pgSz pgMar docGrid",
    }.items()
}
_NORMAL = "Normal"


def put(parent: Any, name: str, /, *children: Any, **attributes: object) -> Any:
    """Put `<w:name>` with `w:` attributes into an element, in the place of one that is there; return it.

    Properties go where the schema wants them, everything else to the end.
    """
    tag = qn(f"w:{name}")
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.extend(children)
    order = _ORDERS.get(parent.tag)
    if order is None:
        parent.append(element)
        return element
    for old in parent.findall(tag):
        parent.remove(old)
    later = order[order.index(tag) + 1 :]
    following = next((child for child in parent if child.tag in later), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)
    return element


def twips(points: float) -> int:
    """Return a length in Word's unit, twentieths of a point."""
    return round(points * 20)


def twips_of_mm(length: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(length * TWIPS_PER_MM)


def set_look(document: Document, profile: Profile) -> None:
    """Give a bare document the profile's styles, fonts, page and page numbers."""
    _set_defaults(document, profile)
    for name, style in profile.styles.items():
        made = _added(document, style.name or name, style.id, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles[_NORMAL]
        _set_paragraph(made.element.get_or_add_pPr(), profile, style)
        _set_characters(made.element.get_or_add_rPr(), profile, style)
    for name, font in profile.labels.items():
        label = _added(document, name, label_id(profile, name), WD_STYLE_TYPE.CHARACTER)
        _put_fonts(label.element.get_or_add_rPr(), profile, font)
    _part(document, "/word/fontTable.xml")._blob = _font_table(profile)
    _set_page(document, profile)


def heading_look(document: Document, profile: Profile, level: int) -> str:
    """Return the id of the character style that looks as headings of a level do; it is made when first asked for."""
    name = profile.headings[level - 1]
    style = profile.styles[name]
    # Word's own name for the character half of a paragraph style.
    look, style_id = f"{style.name or name} Char", f"{style.id}Char"
    if look not in document.styles:
        made = _added(document, look, style_id, WD_STYLE_TYPE.CHARACTER)
        _set_characters(made.element.get_or_add_rPr(), profile, style)
    return style_id


def label_id(profile: Profile, name: str) -> str:
    """Return the id of one of the profile's labels."""
    return f"Label{tuple(profile.labels).index(name) + 1}"


def put_frame(paragraph: Paragraph, profile: Profile) -> None:
    """Set a paragraph into the block at the page bottom; equal frames in a row make one block."""
    put(
        paragraph._p.get_or_add_pPr(),
        "framePr",
        w=profile.page.text_width,
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="left",
        yAlign="bottom",
    )


def put_face(properties: Any, face: str) -> None:
    """Name one face for all scripts."""
    put(properties, "rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def put_size(properties: Any, size_pt: float) -> None:
    """Set the size of characters of every script."""
    for name in ("sz", "szCs"):
        put(properties, name, val=round(size_pt * 2))


def defaults_of(document: Document) -> Any:
    """Return the character properties that hold where no style says otherwise."""
    return document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")


def _set_defaults(document: Document, profile: Profile) -> None:
    # The character grid is reckoned from Normal's size (layout: GB/T 9704 5.2.3).
    body, defaults = profile.styles[profile.body], defaults_of(document)
    _put_fonts(defaults, profile, body.font)
    put_size(defaults, body.size_pt)
    normal = document.styles[_NORMAL].element.get_or_add_pPr()
    put(normal, "spacing", line=twips(profile.page.line_pt), lineRule="exact")


def _added(document: Document, name: str, style_id: str, kind: WD_STYLE_TYPE) -> Any:
    style = document.styles.add_style(name, kind)
    # python-docx makes ids of names; ours are ASCII.
    style.element.styleId = style_id
    style.quick_style = True
    return style


def _set_paragraph(properties: Any, profile: Profile, style: Style) -> None:
    line = profile.page.line_pt
    if style.keeps_with_next:
        put(properties, "keepNext")
    if style.keeps_lines:
        put(properties, "keepLines")
    put(properties, "widowControl", val=0)
    borders = [_border(side, rule) for side, rule in (("top", style.over), ("bottom", style.under)) if rule]
    if borders:
        put(properties, "pBdr", *borders)
    if style.right_tab_chars is not None:
        stop = profile.page.text_width - twips(style.size_pt * style.right_tab_chars)
        put(put(properties, "tabs"), "tab", val="right", pos=stop)
    # Word's own default, said aloud: LibreOffice (7.4 to 24) reads it the other way round, and without it
    # a comma that hangs over the edge of the block at the page bottom is cut off.
    put(properties, "overflowPunct", val=1)
    # A gap between Chinese and digits breaks the grid of 28.
    put(properties, "autoSpaceDE", val=0)
    put(properties, "autoSpaceDN", val=0)
    put(
        properties,
        "spacing",
        before=twips(style.before_lines * line),
        after=twips(style.after_lines * line),
        line=twips(style.line_pt or line),
        lineRule="exact",
    )
    put(properties, "ind", **_indents(style))
    put(properties, "jc", val=style.align)
    if style.outline_level is not None:
        put(properties, "outlineLvl", val=style.outline_level - 1)


def _indents(style: Style) -> dict[str, int]:
    """Return both measures of every indent: Word obeys the one in characters, others the one in twentieths."""
    indents: dict[str, int] = {"left": 0, "right": 0}
    for key, characters in (("right", style.right_chars), ("firstLine", style.first_line_chars)):
        if characters:
            indents |= {f"{key}Chars": round(characters * 100), key: twips(characters * style.size_pt)}
    if style.hanging_chars:
        width, hundredths = twips(style.hanging_chars * style.size_pt), round(style.hanging_chars * 100)
        indents |= {"leftChars": 0, "left": width, "hangingChars": hundredths, "hanging": width}
    elif not style.first_line_chars:
        indents |= {"firstLineChars": 0, "firstLine": 0}
    return indents


def _set_characters(properties: Any, profile: Profile, style: Style) -> None:
    page, is_body_size = profile.page, style.size_pt == profile.styles[profile.body].size_pt
    spacing = style.letter_spacing_pt
    if spacing is None:
        spacing = page.character_spacing_pt if is_body_size and not page.has_character_grid else 0
    _put_fonts(properties, profile, style.font)
    if style.is_bold:
        put_bold(properties)
    put(properties, "color", val=style.color)
    if spacing:
        put(properties, "spacing", val=twips(spacing))
    put_size(properties, style.size_pt)


def put_bold(properties: Any) -> None:
    """Make characters of every script bold."""
    put(properties, "b")
    put(properties, "bCs")


def _put_fonts(properties: Any, profile: Profile, font: str) -> None:
    """Name all four faces; one left out would come from the reader's theme (Calibri, MS Mincho)."""
    east, latin = profile.fonts[font].name, profile.fonts[profile.digits or font].name
    put(properties, "rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin, hint="eastAsia")


def _border(side: str, border: Border) -> Any:
    eighths = round(border.width_mm / 25.4 * 72 * 8)
    element = OxmlElement(f"w:{side}")
    for key, value in (
        ("val", "single"),
        ("sz", eighths),
        ("space", round(border.gap_pt)),
        ("color", border.color),
    ):
        element.set(qn(f"w:{key}"), str(value))
    return element


def _font_table(profile: Profile) -> bytes:
    """Return each face and the stand-in that Word takes where it is missing; python-docx keeps this part unread."""
    fonts = etree.fromstring(f"<w:fonts {nsdecls('w')}/>")
    for face in profile.fonts.values():
        font = put(fonts, "font", name=face.name)
        if face.instead:
            # Word takes the whole value for one name (MS-OI29500 2.1.262), so only the best is written.
            put(font, "altName", val=face.instead[0])
        put(font, "charset", val="86" if face.instead else "00")
        put(font, "family", val=face.family)
        put(font, "pitch", val="variable")
    return etree.tostring(fonts, encoding="UTF-8", standalone=True)


def _part(document: Document, name: str) -> Any:
    return next(part for part in document.part.package.iter_parts() if part.partname == name)


def _set_page(document: Document, profile: Profile) -> None:
    page, section = profile.page, document.sections[0]
    section.page_width, section.page_height = (
        Twips(twips_of_mm(page.width_mm)),
        Twips(twips_of_mm(page.height_mm)),
    )
    section.top_margin, section.right_margin = (
        Twips(twips_of_mm(page.top_mm)),
        Twips(twips_of_mm(page.right_mm)),
    )
    section.bottom_margin, section.left_margin = (
        Twips(twips_of_mm(page.bottom_mm)),
        Twips(twips_of_mm(page.left_mm)),
    )
    section.header_distance, section.footer_distance = Twips(851), Twips(twips_of_mm(page.footer_mm))
    section.gutter = Twips(0)
    if page.has_line_grid:
        put(section._sectPr, "docGrid", **_grid(profile))
    _set_page_number(section.footer, profile, profile.page_number.odd)
    _set_page_number(section.even_page_footer, profile, profile.page_number.even)


def _grid(profile: Profile) -> dict[str, object]:
    page = profile.page
    lines = {"type": "lines", "linePitch": twips(page.line_pt)}
    if not page.has_character_grid:
        return lines
    # MS Learn, docGrid charSpace: 4096ths of a point added to the size of Normal.
    width_pt = page.text_width / 20 / page.characters
    return {
        **lines,
        "type": "linesAndChars",
        "charSpace": round((width_pt - profile.styles[profile.body].size_pt) * 4096),
    }


def _set_page_number(footer: Any, profile: Profile, align: Align) -> None:
    number = profile.page_number
    style = profile.styles[number.style]
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph._p.style = style.id
    if align != "center":
        indent = {
            f"{align}Chars": round(number.margin_chars * 100),
            align: twips(number.margin_chars * style.size_pt),
        }
        put(paragraph._p.pPr, "ind", **indent)
    put(paragraph._p.pPr, "jc", val=align)
    add_run(paragraph, number.before)
    shown = add_run(paragraph, "1")
    field = put(paragraph._p, "fldSimple", instr=" PAGE ")
    field.append(shown)
    add_run(paragraph, number.after)


def add_run(paragraph: Paragraph, text: str, *, style: str = "", is_bold: bool = False) -> Any:
    """Add a run and return its element; `style` is the id of a character style, tab characters become tab stops.

    The hint makes “ ” — … use the Chinese face: they exist in both scripts, and
    Word takes the Latin one without it (docformat-gui issue 31).
    """
    run = paragraph.add_run(text)._r
    properties = run.get_or_add_rPr()
    if style:
        put(properties, "rStyle", val=style)
    put(properties, "rFonts", hint="eastAsia")
    if is_bold:
        put_bold(properties)
    return run
