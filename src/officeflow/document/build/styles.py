"""A profile as Word's own parts: named styles, fonts, settings, page set-up."""

from __future__ import annotations

from officeflow.document.wml.elements import root, w
from officeflow.model.layout import TWIPS_PER_MM, Border, Profile, Style

_NORMAL = "a"  # Word's own id for Normal in Chinese documents


def styles_part(profile: Profile) -> bytes:
    """Return word/styles.xml: Normal at body size, every style of the profile, its labels, the table grid."""
    named = [_paragraph_style(profile, name, style) for name, style in profile.styles.items()]
    labels = [_label_style(profile, name, font, i) for i, (name, font) in enumerate(profile.labels.items())]
    return root("styles", _defaults(profile), _normal(profile), *named, *labels, _table_style())


def fonts_part(profile: Profile) -> bytes:
    """Return word/fontTable.xml: each face and the stand-in that Word takes where it is missing."""
    return root(
        "fonts",
        *(
            w(
                "font",
                # Word takes the whole value for one name (MS-OI29500 2.1.262), so only the best goes in.
                w("altName", val=face.instead[0]) if face.instead else "",
                w("charset", val="86" if face.instead else "00"),
                w("family", val=face.family),
                w("pitch", val="variable"),
                name=face.name,
            )
            for face in profile.fonts.values()
        ),
    )


def settings_part() -> bytes:
    """Return word/settings.xml: page numbers outside, no squeezed punctuation, Word 2013 layout."""
    compatibility = w(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15"
    )
    return root(
        "settings",
        w("zoom", percent="100"),
        w("defaultTabStop", val="640"),
        w("evenAndOddHeaders"),
        # The grid of 28 characters is lost where two punctuation marks share one square.
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", compatibility),
    )


def section(profile: Profile, *references: str) -> str:
    """Return `w:sectPr` of the profile's page."""
    page = profile.page
    pitch = _twentieths(page.line_pt)
    grid = w("docGrid", type="lines", linePitch=pitch)
    if page.has_character_grid:
        # MS Learn, docGrid charSpace: 4096ths of a point added to the size of Normal.
        width_pt = page.text_width / 20 / page.characters
        space = round((width_pt - profile.styles[profile.body].size_pt) * 4096)
        grid = w("docGrid", type="linesAndChars", linePitch=pitch, charSpace=space)
    return w(
        "sectPr",
        *references,
        w("pgSz", w=_mm(page.width_mm), h=_mm(page.height_mm)),
        w(
            "pgMar",
            top=_mm(page.top_mm),
            right=_mm(page.right_mm),
            bottom=_mm(page.bottom_mm),
            left=_mm(page.left_mm),
            header=851,
            footer=_mm(page.footer_mm),
            gutter=0,
        ),
        grid,
    )


def frame(profile: Profile) -> str:
    """Return `w:framePr` of the block at the page bottom; equal on all its paragraphs, which makes them one block."""
    return w(
        "framePr",
        w=profile.page.text_width,
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="left",
        yAlign="bottom",
    )


def _mm(length: float) -> int:
    return round(length * TWIPS_PER_MM)


def _twentieths(points: float) -> int:
    return round(points * 20)


def _fonts(profile: Profile, font: str) -> str:
    """Return all four faces; one left out would come from the reader's theme (Calibri, MS Mincho)."""
    east, latin = profile.fonts[font].name, profile.fonts[profile.digits or font].name
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin, hint="eastAsia")


def _defaults(profile: Profile) -> str:
    body = profile.styles[profile.body]
    size = round(body.size_pt * 2)
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    properties = w("rPr", _fonts(profile, body.font), w("sz", val=size), w("szCs", val=size), language)
    return w("docDefaults", w("rPrDefault", properties), w("pPrDefault"))


def _normal(profile: Profile) -> str:
    # The character grid is reckoned from Normal's size (layout: GB/T 9704 5.2.3).
    return w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w(
            "pPr",
            w("widowControl", val="0"),
            w("spacing", line=_twentieths(profile.page.line_pt), lineRule="exact"),
            w("jc", val="both"),
        ),
        type="paragraph",
        default="1",
        styleId=_NORMAL,
    )


def _paragraph_style(profile: Profile, name: str, style: Style) -> str:
    return w(
        "style",
        w("name", val=style.name or name),
        w("basedOn", val=_NORMAL),
        w("qFormat"),
        w("pPr", *_paragraph_properties(profile, style)),
        w("rPr", *_run_properties(profile, style)),
        type="paragraph",
        customStyle="1",
        styleId=style.id,
    )


def _paragraph_properties(profile: Profile, style: Style) -> list[str]:
    """Return the children of w:pPr in the order the schema demands (ECMA-376 part 1, CT_PPrBase)."""
    borders = [_border("top", style.over), _border("bottom", style.under)]
    line = profile.page.line_pt
    stop = profile.page.text_width - _twentieths(style.size_pt * (style.right_tab_chars or 0))
    return [
        w("keepNext") if style.keeps_with_next else "",
        w("keepLines") if style.keeps_lines else "",
        w("widowControl", val="0"),
        w("pBdr", *borders) if any(borders) else "",
        "" if style.right_tab_chars is None else w("tabs", w("tab", val="right", pos=stop)),
        # Word's own default, said aloud: LibreOffice (7.4 to 24) reads it the other way round, and without it
        # a comma that hangs over the edge of the block at the page bottom is cut off.
        w("overflowPunct", val="1"),
        # A gap between Chinese and digits breaks the grid of 28.
        w("autoSpaceDE", val="0"),
        w("autoSpaceDN", val="0"),
        w(
            "spacing",
            before=_twentieths(style.before_lines * line),
            after=_twentieths(style.after_lines * line),
            line=_twentieths(style.line_pt or line),
            lineRule="exact",
        ),
        _indent(style),
        w("jc", val=style.align),
        "" if style.outline_level is None else w("outlineLvl", val=style.outline_level - 1),
    ]


def _indent(style: Style) -> str:
    """Return both measures of every indent: Word obeys the one in characters, others the one in twentieths."""
    found: dict[str, int] = {"left": 0, "right": 0}
    for key, characters in (("right", style.right_chars), ("firstLine", style.first_line_chars)):
        if characters:
            found |= {f"{key}Chars": round(characters * 100), key: _twentieths(characters * style.size_pt)}
    if style.hanging_chars:
        width, hundredths = _twentieths(style.hanging_chars * style.size_pt), round(style.hanging_chars * 100)
        found |= {"leftChars": 0, "left": width, "hangingChars": hundredths, "hanging": width}
    elif not style.first_line_chars:
        found |= {"firstLineChars": 0, "firstLine": 0}
    return w("ind", **found)


def _run_properties(profile: Profile, style: Style) -> list[str]:
    page, is_body_size = profile.page, style.size_pt == profile.styles[profile.body].size_pt
    spacing = style.letter_spacing_pt
    if spacing is None:
        spacing = page.character_spacing_pt if is_body_size and not page.has_character_grid else 0
    size = round(style.size_pt * 2)
    return [
        _fonts(profile, style.font),
        w("b") + w("bCs") if style.is_bold else "",
        w("color", val=style.color),
        w("spacing", val=_twentieths(spacing)) if spacing else "",
        w("sz", val=size),
        w("szCs", val=size),
    ]


def _border(side: str, border: Border | None) -> str:
    if border is None:
        return ""
    eighths = round(border.width_mm / 25.4 * 72 * 8)
    return w(side, val="single", sz=eighths, space=round(border.gap_pt), color=border.color)


def label_id(index: int) -> str:
    """Return the style id of the profile's label number `index`."""
    return f"Label{index + 1}"


def _label_style(profile: Profile, name: str, font: str, index: int) -> str:
    return w(
        "style",
        w("name", val=name),
        w("qFormat"),
        w("rPr", _fonts(profile, font)),
        type="character",
        customStyle="1",
        styleId=label_id(index),
    )


def _table_style() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz="4", space="0", color="000000") for side in sides))
    return w(
        "style",
        w("name", val="Table Grid"),
        w("tblPr", borders),
        type="table",
        styleId="TableGrid",
    )
