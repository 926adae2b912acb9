"""A Word template from a report's Markdown, its genre's frame and an office's profile.

The template is written part by part: python-docx's own default document would
bring theme fonts (Calibri, MS Mincho) that no office document may show.
"""

from __future__ import annotations

from html import escape

from officeflow.document.build.charts import CONTENT_TYPE as CHART_TYPE
from officeflow.document.build.charts import chart_parts
from officeflow.document.build.markdown import Block, Chart, read_markdown
from officeflow.document.build.styles import fonts_part, settings_part, styles_part
from officeflow.document.build.text import document_part
from officeflow.document.wml.elements import DECLARATION, root, run, w
from officeflow.model.layout import Genre, PageNumber, Profile
from officeflow.ooxml import write_package
from officeflow.ooxml.small_workbook import CONTENT_TYPE as WORKBOOK_TYPE

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
_PARTS = ("styles", "settings", "fontTable")
_FOOTERS = {"footer1": ("default", "odd"), "footer2": ("even", "even")}  # w:type, key of PageNumber


def build_template(markdown: str, genre: Genre, profile: Profile, *, title: str = "") -> bytes:
    """Return the .docx template; the same text, genre, profile and title give the same bytes.

    `title` goes into the file's properties.

    Raises:
        KeyError: the genre names a style or label that the profile lacks; `template_problems` finds these.
    """
    blocks = read_markdown(markdown)
    charts = _charts(blocks, profile)
    references = [_reference(name, kind) for name, (kind, _) in _FOOTERS.items()]
    footers = {
        f"word/{name}.xml": _footer(profile.page_number, profile, side)
        for name, (_, side) in _FOOTERS.items()
    }
    return write_package(
        {
            "[Content_Types].xml": _content_types(*charts),
            "_rels/.rels": _package_relations(),
            "word/document.xml": document_part(blocks, genre, profile, *references),
            "word/_rels/document.xml.rels": _document_relations(*charts),
            "word/styles.xml": styles_part(profile),
            "word/settings.xml": settings_part(),
            "word/fontTable.xml": fonts_part(profile),
            **footers,
            **charts,
            "docProps/core.xml": _core(title),
            "docProps/app.xml": _app(),
        }
    )


def _charts(blocks: tuple[Block, ...], profile: Profile) -> dict[str, bytes]:
    face = profile.fonts[profile.styles[profile.cell].font].name
    charts = [block for block in blocks if isinstance(block, Chart)]
    return {
        name: part
        for number, chart in enumerate(charts, start=1)
        for name, part in chart_parts(number, chart, face).items()
    }


def _reference(name: str, kind: str) -> str:
    # The relation is named like the part.
    return f'<w:footerReference w:type="{kind}" r:id="{name}"/>'


def _footer(number: PageNumber, profile: Profile, side: str) -> bytes:
    align = number.odd if side == "odd" else number.even
    style = profile.styles[number.style]
    width = round(number.margin_chars * style.size_pt * 20)
    field = w("fldSimple", run("1"), instr=" PAGE ")
    indent = (
        w("ind", **{f"{align}Chars": round(number.margin_chars * 100), align: width})
        if align != "center"
        else ""
    )
    properties = w("pPr", w("pStyle", val=style.id), indent, w("jc", val=align))
    return root("ftr", w("p", properties, run(number.before), field, run(number.after)))


def _content_types(*charts: str) -> bytes:
    main = f"{_TYPES}.wordprocessingml"
    parts = {
        "/word/document.xml": f"{main}.document.main+xml",
        **{f"/word/{name}.xml": f"{main}.{name}+xml" for name in _PARTS},
        **{f"/word/{name}.xml": f"{main}.footer+xml" for name in _FOOTERS},
        **{f"/{name}": CHART_TYPE for name in charts if _is_chart(name)},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_TYPES}.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    if charts:
        defaults += f'<Default Extension="xlsx" ContentType="{WORKBOOK_TYPE}"/>'
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _relations(*relations: tuple[str, str, str]) -> bytes:
    items = "".join(
        f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'.encode()


def _package_relations() -> bytes:
    return _relations(
        ("rId1", f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
    )


def _document_relations(*charts: str) -> bytes:
    kinds = {**{name: name for name in _PARTS}, **dict.fromkeys(_FOOTERS, "footer")}
    kinds |= {name.removeprefix("word/").removesuffix(".xml"): "chart" for name in charts if _is_chart(name)}
    return _relations(
        *(
            (name.rpartition("/")[2], f"{_OFFICE}/relationships/{kind}", f"{name}.xml")
            for name, kind in kinds.items()
        )
    )


def _is_chart(name: str) -> bool:
    return name.startswith("word/charts/chart")


def _core(title: str) -> bytes:
    # No author and no time: the office's own names and clock have no business in a template.
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title, quote=False)}</dc:title></cp:coreProperties>'
    ).encode()


def _app() -> bytes:
    return (
        f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>officeflow</Application>'
        "</Properties>"
    ).encode()
