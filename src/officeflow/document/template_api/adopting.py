"""Values made by docxtpl itself, taken as ours: people who come from it need not change their programs at once."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from officeflow.document.template_api.inline_image import InlineImage
from officeflow.document.template_api.rich_text import RichText, RichTextParagraph

_PICTURE, _RICH = "docxtpl.inline_image", "docxtpl.richtext"
# What docxtpl 0.20 writes; its texts may hold control characters, so it is not XML yet.
_RUN = re.compile(
    r'(?:<w:hyperlink r:id="([^"]*)"[^>]*>)?<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t xml:space="preserve">(.*?)</w:t></w:r>',
    re.DOTALL,
)
_PARAGRAPH = re.compile(r'<w:p>(?:<w:pPr><w:pStyle w:val="([^"]*)"/></w:pPr>)?(.*?)</w:p>', re.DOTALL)
_PROPERTY = re.compile(r'<w:(\w+)(?: w:(\w+)="([^"]*)")?[^>]*/>')
_VALUES = {
    "rStyle": "style",
    "color": "color",
    "shd": "highlight",
    "sz": "size",
    "u": "underline",
    "rFonts": "font",
    "lang": "lang",
}
_SWITCHES = {"b": "bold", "i": "italic", "strike": "strike", "rtl": "rtl"}


def adopted(value: Any) -> Any:
    """Return docxtpl's picture or rich text as our own; listings and sub-documents say themselves what they print."""
    home = type(value).__module__
    if home == _PICTURE:
        return InlineImage(value.tpl, value.image_descriptor, value.width, value.height, value.anchor)
    if home != _RICH:
        return value
    if type(value).__name__ == "RichText":
        return _rich(value.xml)
    paragraphs = RichTextParagraph()
    for style, runs in _PARAGRAPH.findall(value.xml):
        paragraphs.add(_rich(runs), unescape(style))
    return paragraphs


def _rich(xml: str) -> RichText:
    rich = RichText()
    for link, properties, text in _RUN.findall(xml):
        rich.add(unescape(text), url_id=unescape(link), **_looks(properties))
    return rich


def _looks(properties: str) -> dict[str, Any]:
    """Return run properties as the arguments that they were made from."""
    looks: dict[str, Any] = {}
    for name, _, said in _PROPERTY.findall(properties):
        if name in _VALUES:
            looks[_VALUES[name]] = unescape(said)
        elif name in _SWITCHES:
            looks[_SWITCHES[name]] = True
        elif name == "vertAlign":
            looks[said] = True
    if "font" in looks and " w:eastAsia=" in properties:
        looks["font"] = f"eastAsia:{looks['font']}"
    return looks
