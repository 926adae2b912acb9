"""The sections of a sub-document: kept apart from the text around it by a section break of that text's own.

What stands in one section has one page layout.  A sub-document with sections of its own
would give its first layout to the text before it, so that text must end its section there
(ECMA-376 part 1, 17.6.18: a section's properties stand in its last paragraph).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from officeflow.document.wml.wordml import P_PR, RELATIONS, SECT_PR, P

SECTIONS, SECTIONS_END = "\x0f1\x0f", "\x0f2\x0f"
"""Stand around a sub-document with sections until its part is rendered; no XML holds such characters."""
_PLACED = re.compile("\x0f1\x0f(.*?)\x0f2\x0f", re.DOTALL)
_SECTION = re.compile(r"<w:sectPr(?:/>|[ >].*?</w:sectPr>)", re.DOTALL)
# The text after it continues: it is not a first page, and its pages are not numbered from 1 again.
_REFERENCE = re.compile(r'<w:(header|footer)Reference [^>]*?w:type="([a-z]+)"')
_BEGINS = re.compile(
    r'<w:titlePg(?:/>| [^>]*/>)|(?<=<w:pgNumType) w:start="[0-9]+"|(?<=<w:pgNumType )w:start="[0-9]+" ?'
)


def has_sections(body: etree._Element) -> bool:
    """Whether a body has more than the one section that every body has."""
    return any(paragraph.find(f"{P_PR}/{SECT_PR}") is not None for paragraph in body.iter(P))


def drop_sections(root: etree._Element) -> None:
    """Take away all page layout."""
    for section in list(root.iter(SECT_PR)):
        parent = section.getparent()
        if parent is not None:
            parent.remove(section)


def with_last_section(body: etree._Element) -> list[etree._Element]:
    """Return the blocks of a body whose last section ends with a paragraph, as the others do."""
    last = body.find(SECT_PR)
    if last is not None:
        paragraph = etree.SubElement(body, P)
        etree.SubElement(paragraph, P_PR).append(last)
    return list(body)


def separate_sections(xml: str, empty: Callable[[str], str]) -> str:
    """Return a rendered body in which sub-documents with sections stand in sections of their own.

    In a table their page layout is dropped.  `empty` gives the relation id of an empty `header` or
    `footer`: a section without one inherits that of the section before.
    """
    found = _PLACED.search(xml)
    while found is not None:
        head, inside, tail = xml[: found.start()], found[1], xml[found.end() :]
        after = _SECTION.search(tail)
        if after is not None and _is_outside(head):
            own = f"<w:p><w:pPr>{after[0]}</w:pPr></w:p>"
            goes_on = _with_empty(_BEGINS.sub("", after[0]), inside, empty)
            xml = f"{head}{own}{inside}{tail[: after.start()]}{goes_on}{tail[after.end() :]}"
        else:
            xml = head + _SECTION.sub("", inside) + tail
        found = _PLACED.search(xml)
    return xml


def _with_empty(section: str, inside: str, empty: Callable[[str], str]) -> str:
    """Return a section that has an empty header or footer of each type that only the sub-document has."""
    lacking = dict.fromkeys(
        found for found in _REFERENCE.findall(inside) if found not in _REFERENCE.findall(section)
    )
    added = "".join(
        f'<w:{kind}Reference w:type="{name}" r:id="{empty(kind)}" xmlns:r="{RELATIONS}"/>'
        for kind, name in lacking
    )
    opened = (
        section.replace("/>", "></w:sectPr>", 1)
        if section.endswith("/>") and "</" not in section
        else section
    )
    at = opened.index(">") + 1
    return opened[:at] + added + opened[at:]


def _is_outside(head: str) -> bool:
    """Whether a place stands in no cell, text box or content control."""
    return all(
        len(re.findall(rf"<w:{name}[ >]", head)) == head.count(f"</w:{name}>")
        for name in ("tc", "txbxContent", "sdtContent")
    )
