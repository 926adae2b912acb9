"""Open .ods (LibreOffice) by its content.xml: the only place that has errors, hidden rows and merges as well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from officeflow.model.cells import CellRef
from officeflow.model.findings import Outcome
from officeflow.ooxml import Package, PartError
from officeflow.text.messages import Catalogue, Place
from officeflow.workbook.book import Area, At, Book, Raw, Sheet, Tab
from officeflow.workbook.sheet_xml import MAX_CELLS

MESSAGES = Catalogue.beside(__file__)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def open_ods(path: Path, package: Package) -> Outcome[Book | None]:
    """Return the workbook in an OpenDocument package, or None and the finding that says why not."""
    try:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            return Outcome(None, (package.finding("FILE_ENCRYPTED"),))
        root = _tree(package, "content.xml")
        properties = dict(_properties(package))
    except PartError as error:
        return Outcome(None, (error.finding,))
    if root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet") is None:
        return Outcome(None, (package.finding("FILE_OTHER_OFFICE"),))
    hidden = set(_hidden_styles(root))
    tables = {
        Tab(table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name") in hidden): table
        for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    }
    digest = hashlib.sha256(package.data).hexdigest()
    return Outcome(
        Book(
            path=path,
            sha256=digest,
            tabs=tuple(tables),
            properties=properties,
            load=lambda tab: _load(path, tab, tables[tab]),
        )
    )


def _tree(package: Package, part: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(package.read(part), parser)
    except etree.XMLSyntaxError as error:
        raise PartError(package.finding("FILE_DAMAGED", part=part)) from error


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    if "meta.xml" in package:
        for item in _tree(package, "meta.xml").iter(f"{_META}user-defined"):
            yield item.get(f"{_META}name", ""), item.text or ""


def _hidden_styles(root: Any) -> Iterator[str]:
    for style in root.iter(f"{_STYLE}style"):
        properties = style.find(f"{_STYLE}table-properties")
        if properties is not None and properties.get(f"{_TABLE}display") == "false":
            yield style.get(f"{_STYLE}name")


def _load(path: Path, tab: Tab, table: Any) -> Outcome[Sheet | None]:
    reader = _Reader()
    try:
        reader.read(table)
    except OverflowError:
        finding = MESSAGES.finding(
            "SHEET_TOO_WIDE", place=Place(tab.name, cell=reader.far), file=str(path), far=reader.far
        )
        return Outcome(None, (finding,))
    width = max(map(len, reader.rows), default=0)
    return Outcome(
        Sheet(
            name=tab.name,
            rows=[row + [""] * (width - len(row)) for row in reader.rows],
            broken=reader.broken,
            areas=tuple(reader.areas),
            hidden_rows=frozenset(reader.hidden_rows),
            hidden_columns=frozenset(_hidden_columns(table)),
            is_hidden=tab.is_hidden,
            percents=lambda: frozenset(reader.percents),
        )
    )


class _Reader:
    """Walks the rows of one table; repeated blank rows and cells cost nothing until something follows them."""

    def __init__(self) -> None:
        self.rows: list[list[Raw]] = []
        self.broken: dict[At, str] = {}
        self.areas: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.percents: set[At] = set()
        self.far = ""
        self._width = 1

    def read(self, table: Any) -> None:
        """Read every row.

        Raises:
            OverflowError: the used range is too large; `far` is its corner.
        """
        number = 1
        for row in table.iter(f"{_TABLE}table-row"):
            repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
            cells = self._cells(row, number)
            hidden = row.get(f"{_TABLE}visibility") in {"collapse", "filter"}
            if cells:
                last = number + repeated - 1
                self._width = max(self._width, len(cells))
                if last * self._width > MAX_CELLS:
                    self.far = CellRef("", min(last, 1_048_576), min(len(cells), 16_384)).a1
                    raise OverflowError
                self.rows.extend([""] for _ in range(number - 1 - len(self.rows)))
                self.rows.extend(list(cells) for _ in range(repeated))
            if hidden:
                self.hidden_rows.update(range(number, min(number + repeated, MAX_CELLS)))
            number += repeated

    def _cells(self, row: Any, number: int) -> list[Raw]:
        cells: list[Raw] = []
        column = 1
        for cell in row.iterchildren(*_CELLS):
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            value = self._value(cell, number, column)
            if value != "":
                if (column + repeated) * number > MAX_CELLS:
                    self.far = CellRef("", min(number, 1_048_576), min(column, 16_384)).a1
                    raise OverflowError
                cells.extend([""] * (column - 1 - len(cells)))
                cells.extend([value] * repeated)
            down, across = (
                int(cell.get(f"{_TABLE}number-{name}-spanned", "1")) for name in ("rows", "columns")
            )
            if down > 1 or across > 1:
                self.areas.append(Area(number, column, number + down - 1, column + across - 1))
            column += repeated
        return cells

    def _value(self, cell: Any, row: int, column: int) -> Raw:
        kind = cell.get(f"{_OFFICE}value-type", "")
        if cell.get(f"{_CALC}value-type") == "error" or (kind == "string" and _is_error(cell)):
            self.broken[row, column] = _text(cell) or "#"
            return ""
        if not kind:
            if cell.get(f"{_TABLE}formula") is not None:
                self.broken[row, column] = ""
            return ""
        if kind == "string":
            return cell.get(f"{_OFFICE}string-value") or _text(cell)
        if kind == "percentage":
            self.percents.add((row, column))
        return _typed(kind, cell)


def _is_error(cell: Any) -> bool:
    return cell.get(f"{_TABLE}formula") is not None and _text(cell).startswith(("#", "Err:"))


def _typed(kind: str, cell: Any) -> Raw:
    if kind == "boolean":
        return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        text = cell.get(f"{_OFFICE}date-value", "")
        try:
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
        except ValueError:
            return _text(cell)
    if kind == "time":
        return _text(cell)
    try:
        return float(cell.get(f"{_OFFICE}value", ""))
    except ValueError:
        return _text(cell)


def _text(cell: Any) -> str:
    return "\n".join(_line(line) for line in cell.iterchildren(f"{_TEXT}p"))


def _line(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        else:
            parts.append(_line(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _hidden_columns(table: Any) -> Iterator[int]:
    number = 1
    for column in table.iter(f"{_TABLE}table-column"):
        repeated = int(column.get(f"{_TABLE}number-columns-repeated", "1"))
        if column.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            yield from range(number, min(number + repeated, 512))
        number += repeated
