"""One side of a comparison: a document's parts by what they are for, its paragraphs, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from officeflow.document.bound.document import BoundDocument
from officeflow.document.wml.wordml import FALLBACK, SECT_PR, TBL, TC, TR, P, parse, qn, relations_of

_WRAPPERS = (qn("sdt"), qn("sdtContent"), qn("customXml"), qn("smartTag"))
_BOX = qn("txbxContent")
_REFERENCES = {qn("headerReference"): "header", qn("footerReference"): "footer"}
_NOTES = {qn("footnotes"): qn("footnote"), qn("endnotes"): qn("endnote")}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, kw_only=True)
class PassagePlace:
    """Where a passage stands, as a person counts: from 1, 0 where it does not apply."""

    part: str
    """'body', 'header', 'footer' or 'note'."""
    paragraph: int = 0
    """Of the body's paragraphs with words in them, tables left out."""
    table: int = 0
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class PassageText:
    """A paragraph of one document: where it stands, its text, and the figures bound in it."""

    place: PassagePlace
    text: str
    figures: tuple[tuple[int, int, str], ...] = ()
    """Where each begins and ends, and what people call it."""


class DocumentSide:
    """The paragraphs of one document as they are now; what is done to its trees later does not change them."""

    def __init__(self, document: BoundDocument) -> None:
        """Read a document; its tracked changes should have been accepted."""
        self.roles = _roles(document)
        self.styles = _styles(document)
        self._texts: dict[etree._Element, str] = {}
        self._figures: dict[etree._Element, list[tuple[int, int, str]]] = {}
        self._places: dict[etree._Element, PassagePlace] = {}
        paragraphs = {text.name: text.paragraphs for text in document.texts}
        for own in paragraphs.values():
            self._texts |= {paragraph.node: paragraph.text for paragraph in own}
        for figure in document.figures:
            if figure.part and figure.start.paragraph == figure.end.paragraph:
                node = paragraphs[figure.part][figure.start.paragraph].node
                stretch = (figure.start.offset, figure.end.offset, figure.bound.name or figure.bound.id)
                self._figures.setdefault(node, []).append(stretch)
        for role, roots in self.roles.items():
            self._count(role.partition(" ")[0], roots)

    def _count(self, part: str, containers: list[etree._Element]) -> None:
        number = table = 0
        for block in (block for container in containers for block in blocks(container)):
            if block.tag == TBL:
                table += 1
                for row, node in enumerate(rows(block), 1):
                    self._places |= dict.fromkeys(node.iter(P), PassagePlace(part=part, table=table, row=row))
                continue
            number += bool(self.text(block).strip())
            place = PassagePlace(part=part, paragraph=number if part == "body" else 0)
            self._places |= dict.fromkeys(block.iter(P), place)

    def text(self, block: etree._Element) -> str:
        """Return the text of a paragraph, or of a row or table with its paragraphs parted."""
        if block.tag == P:
            return self._texts.get(block, "")
        return "\x1f".join(self._texts[one] for one in block.iter(P) if one in self._texts)

    def words(self, paragraph: etree._Element) -> PassageText:
        """Return a paragraph's text, where it stands, and the figures in it."""
        figures = tuple(sorted(self._figures.get(paragraph, ())))
        return PassageText(place=self._places[paragraph], text=self._texts[paragraph], figures=figures)

    def has_words(self, container: etree._Element) -> bool:
        """Whether a header or footer says more than a number: a page number comes and goes with the file's program."""
        return any(map(str.isalpha, "".join(self._texts.get(one, "") for one in container.iter(P))))

    def paragraphs(self, block: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraphs of a block with words in them, those of text boxes and cells too."""
        return (one for one in block.iter(P) if self._texts.get(one, "").strip())


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, cell, header, note or text box."""
    for child in container:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child)


def rows(table: etree._Element) -> list[etree._Element]:
    """Return a table's own rows."""
    return [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]


def cells(row: etree._Element) -> list[etree._Element]:
    """Return a row's own cells."""
    return [cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row]


def boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Return the text boxes anchored in a paragraph; copies that only old programs read are left out."""
    found = [box for box in paragraph.iter(_BOX) if next(box.iterancestors(P)) is paragraph]
    return [box for box in found if next(box.iterancestors(FALLBACK), None) is None]


def _roles(document: BoundDocument) -> dict[str, list[etree._Element]]:
    """Return what holds paragraphs by what it is for: programs name and number headers as they like."""
    trees = {text.name: text.root for text in document.texts}
    body, related = trees[document.main], document.parts.get(relations_of(document.main))
    folder = document.main.rpartition("/")[0]
    targets = {one.get("Id"): str(one.get("Target")) for one in parse(related)} if related else {}
    roles = {"body": list(body.iterchildren(qn("body")))}
    seen: set[str] = set()
    for number, section in enumerate(body.iter(SECT_PR)):
        for reference in (one for one in section if one.tag in _REFERENCES):
            target = targets.get(reference.get(_RELATION), "")
            name = target[1:] if target.startswith("/") else f"{folder}/{target}"
            if name in trees and name not in seen:
                seen.add(name)
                kind = _REFERENCES[str(reference.tag)]
                roles[f"{kind} {number} {reference.get(qn('type'))}"] = [trees[name]]
    for root in trees.values():
        if note := _NOTES.get(str(root.tag)):
            # Separators have a type; what people write has none.
            roles[f"note {note}"] = [one for one in root.iter(note) if one.get(qn("type")) is None]
    return roles


def _styles(document: BoundDocument) -> frozenset[str]:
    part = document.parts.get(document.main.rpartition("/")[0] + "/styles.xml")
    named = parse(part).iter(qn("style")) if part else ()
    return frozenset(one.get(qn("styleId")) or "" for one in named)
