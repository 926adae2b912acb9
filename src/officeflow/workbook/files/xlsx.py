"""Open .xlsx and .xlsm: values by calamine, the rest by one pass over the sheet's XML."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

from python_calamine import CalamineError, CalamineWorkbook

from officeflow.checks import may_speak
from officeflow.model.findings import Finding, Outcome
from officeflow.ooxml import Package, PartError
from officeflow.text.messages import Catalogue, Place
from officeflow.workbook.files.book import At, Book, Sheet, Tab
from officeflow.workbook.files.sheet_xml import Facts, facts_of, formula_cells, is_lost, is_utf8, styled_cells

MESSAGES = Catalogue.beside(__file__)
_WORKBOOK = "xl/workbook.xml"
_RELATION_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",  # Strict (ISO/IEC 29500-1)
)
_PERCENT_FORMATS = {"9", "10"}  # ECMA-376 part 1, 18.8.30
_WORDED = re.compile(
    r"xl/(?:workbook|sharedStrings|worksheets/[^/]+|drawings/[^/]+|comments[^/]*)\.xml$", re.IGNORECASE
)
# Page headers, paragraphs of text boxes, notes.
_LOOSE = re.compile(
    rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer)|p|comment)\b[^>]*>(.*?)</(?:\w+:)?\1>", re.DOTALL
)
_NOTES = re.compile(r"xl/(?:comments|threadedComments)", re.IGNORECASE)
_TAG = re.compile(rb"<[^>]*>")
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|[A-Z]|\d+)')  # ECMA-376 part 1, 18.3.1.46
_STYLES = "xl/styles.xml"
_MAX_STYLES = (
    2 * 65_490
)  # Excel keeps 65 490 formats of cells, and as many named ones (its documented limits)
_BESIDE_SHEETS = ("xl/sharedStrings.xml", _STYLES)
_SIGNS = (
    ("xl/vbaProject.bin", "HAS_MACROS"),
    ("xl/externalLinks/", "HAS_LINKS"),
    ("xl/embeddings/", "HAS_OBJECTS"),
)
# A formula that calls another program (DDE): cmd|'/c calc'!A0.
_CALL = re.compile(rb"<f\b[^>]*>[^<]*\|[^<]*!")


class _Element(NamedTuple):
    """An element of a small part; names of attributes in a namespace are `namespace name`."""

    name: str
    """Without its namespace."""
    attributes: dict[str, str]
    texts: list[str]


def _elements(xml: bytes) -> list[_Element]:
    """Return the elements of a part.

    Raises:
        ExpatError: it is not well-formed, or not in an encoding of expat.
    """
    found: list[_Element] = []
    holder: list[_Element] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        element = _Element(name.rpartition(" ")[2], attributes, [])
        found.append(element)
        # Texts are asked of properties only.
        if holder or element.name == "property":
            depth += 1
            holder[:] = holder or [element]

    def end(_name: str) -> None:
        nonlocal depth
        if holder:
            depth -= 1
            if not depth:
                holder.clear()

    def text(written: str) -> None:
        if holder:
            holder[0].texts.append(written)

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(xml, True)
    return found


def _spaced(name: str) -> str:
    """Return a name in lxml's writing as expat writes it."""
    return name.removeprefix("{").replace("}", " ")


def open_xlsx(path: Path, package: Package) -> Outcome[Book | None]:
    """Return the workbook in an opened package, or None and the finding that says why not."""
    try:
        opened = _Xlsx(path, package)
        tabs = tuple(opened.parts)
    except PartError as error:
        return Outcome(None, (error.finding,))
    book = Book(
        path=path,
        sha256=hashlib.sha256(package.data).hexdigest(),
        tabs=tabs,
        properties=opened.properties(),
        load=opened.load,
        is_stale=opened.is_stale,
        has_sign=opened.has_sign,
        loose_texts=opened.loose_texts,
    )
    return Outcome(book, tuple(opened.hints()))


class _Xlsx:
    def __init__(self, path: Path, package: Package) -> None:
        self._path, self._package = path, package
        self.is_stale = False
        if "[Content_Types].xml" not in package:
            raise PartError(package.finding("FILE_PART_MISSING", part="[Content_Types].xml"))
        for part in _BESIDE_SHEETS:  # calamine reads them by itself
            if part in package and not is_utf8(package.read(part)):
                raise PartError(package.finding("FILE_DAMAGED", part=part))
        styles = package.read(_STYLES) if _STYLES in package else b""
        if len(styles) > _MAX_STYLES and styles.count(b"<xf ") > _MAX_STYLES:
            raise PartError(package.finding("FILE_UNSAFE", part=_STYLES))
        self.parts = dict(self._tabs())

    def _elements(self, part: str) -> list[_Element]:
        """Return the elements of a small part in document order."""
        xml = self._package.read(part)
        try:
            return _elements(xml)
        except (ExpatError, ValueError):  # an encoding that expat does not know, or damage
            tree = self._tree(part)
            return [
                _Element(
                    _spaced(one.tag).rpartition(" ")[2],
                    {_spaced(name): value for name, value in one.attrib.items()},
                    [*one.itertext()] if one.tag.endswith("property") else [],
                )
                for one in tree.iter("{*}*")
            ]

    def _tree(self, part: str) -> Any:
        # Nearly every click does without it: loading it is 2 % of one (measured).
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(self._package.read(part), parser)
        except etree.XMLSyntaxError as error:
            raise PartError(self._package.finding("FILE_DAMAGED", part=part)) from error

    def _tabs(self) -> Iterator[tuple[Tab, str]]:
        targets = {}
        for relation in self._elements("xl/_rels/workbook.xml.rels"):
            target = posixpath.normpath(posixpath.join("/xl", relation.attributes.get("Target", "")))
            targets[relation.attributes.get("Id")] = target.lstrip("/")
        workbook = self._elements(_WORKBOOK)
        # ECMA-376 part 1, 18.2.2; libraries that write results of their own set fullCalcOnLoad, Excel never saves it.
        self.is_stale = any(
            found.attributes.get("calcMode") == "manual"
            or found.attributes.get("fullCalcOnLoad") in {"1", "true"}
            for found in workbook
            if found.name == "calcPr"
        )
        for element in workbook:
            if element.name == "sheet":
                attributes = element.attributes
                relation_id = next((attributes[name] for name in _RELATION_ID if attributes.get(name)), "")
                hidden = attributes.get("state", "visible") != "visible"
                yield Tab(attributes.get("name", ""), hidden), targets.get(relation_id, "")

    def properties(self) -> dict[str, str]:
        """Return the custom document properties; those of a damaged part are none."""
        try:
            elements = self._elements("docProps/custom.xml")
        except PartError:
            return {}
        return {
            item.attributes.get("name", ""): "".join(item.texts)
            for item in elements
            if item.name == "property"
        }

    def hints(self) -> Iterator[Finding]:
        """Yield what people should know about the file as a whole."""
        for sign, code in _SIGNS:
            if any(name.startswith(sign) for name in self._package.names):
                yield MESSAGES.finding(code)

    def has_sign(self) -> bool:
        """Whether a part with texts may speak of secrecy."""
        return any(map(may_speak, self._worded_parts()))

    def loose_texts(self) -> tuple[str, ...]:
        """Return the texts of page headers, text boxes and notes."""
        # Only a workbook that may speak of secrecy is asked.
        from html import unescape

        texts = (_TAG.sub(b"", found[2]) for xml in self._worded_parts() for found in _LOOSE.finditer(xml))
        return tuple(_HEADER_CODE.sub(" ", unescape(text.decode(errors="replace"))) for text in texts)

    def _worded_parts(self) -> Iterator[bytes]:
        for name in self._package.names:
            if _WORDED.match(name):
                try:
                    yield self._package.read(name)
                except PartError:
                    continue  # said where it is needed

    @cached_property
    def _values(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(io.BytesIO(self._package.data))

    def load(self, tab: Tab) -> Outcome[Sheet | None]:
        """Return one sheet, or None and why it cannot be read."""
        try:
            facts = facts_of(self._package.read(self.parts[tab]))
        except PartError as error:
            return Outcome(None, (error.finding,))
        except ValueError:  # a number of thousands of digits
            return self._unread("SHEET_DAMAGED", tab)
        if facts.problem:
            return self._unread(facts.problem, tab, facts.far)
        try:
            rows = self._values.get_sheet_by_name(tab.name).to_python(skip_empty_area=False)
        except CalamineError:
            return self._unread("SHEET_DAMAGED", tab)
        except BaseException as error:
            # A panic inside calamine derives from BaseException (pyo3) and is about this file only.
            if type(error).__name__ != "PanicException":
                raise
            return self._unread("SHEET_DAMAGED", tab)
        if is_lost(facts, rows):
            return self._unread("SHEET_DAMAGED", tab)
        return Outcome(self._sheet(tab, rows, facts), tuple(self._calls(tab, facts.xml)))

    def _calls(self, tab: Tab, xml: bytes) -> Iterator[Finding]:
        if b"|" in xml and _CALL.search(xml):
            yield MESSAGES.finding("FORMULA_CALLS", place=Place(tab.name), file=str(self._path))

    def _unread(self, code: str, tab: Tab, far: str = "") -> Outcome[Sheet | None]:
        place = Place(tab.name, cell=far)
        return Outcome(None, (MESSAGES.finding(code, place=place, file=str(self._path), far=far),))

    def _sheet(self, tab: Tab, rows: list[list[Any]], facts: Facts) -> Sheet:
        return Sheet(
            name=tab.name,
            rows=rows,
            broken=facts.broken,
            pictures=facts.pictures,
            areas=facts.areas,
            hidden_rows=facts.hidden_rows,
            hidden_columns=facts.hidden_columns,
            remarked=self._remarked(tab),
            is_hidden=tab.is_hidden,
            percents=lambda: self._percents(facts.xml),
            formulas=lambda: frozenset(formula_cells(facts.xml)),
        )

    def _remarked(self, tab: Tab) -> frozenset[At]:
        if not any(map(_NOTES.match, self._package.names)):
            return frozenset()
        # Few workbooks have notes, and only they pay for looking.
        from officeflow.workbook.files.sheet_notes import noted_cells

        return frozenset(noted_cells(self._package, self.parts[tab]))

    def _percents(self, xml: bytes) -> frozenset[At]:
        styles = self._percent_styles
        return frozenset(styled_cells(xml, styles)) if styles else frozenset()

    @cached_property
    def _percent_styles(self) -> frozenset[int]:
        try:
            root = self._tree(_STYLES)
        except PartError:
            return frozenset()
        percents = set(_PERCENT_FORMATS)
        for number in root.iter("{*}numFmt"):
            if "%" in number.get("formatCode", ""):
                percents.add(number.get("numFmtId", ""))
        styles = root.iterfind("{*}cellXfs/{*}xf")
        return frozenset(index for index, style in enumerate(styles) if style.get("numFmtId") in percents)
