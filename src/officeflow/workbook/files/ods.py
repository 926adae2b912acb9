"""Open .ods (LibreOffice) by its content.xml: the only place that has errors, hidden rows and merges as well."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from officeflow.model.cells import MAX_COLUMN, MAX_ROW, CellRef
from officeflow.model.findings import Outcome
from officeflow.ooxml import Package, PartError
from officeflow.text.messages import Catalogue, Place
from officeflow.workbook.files.book import Area, At, Book, Raw, Sheet, Tab
from officeflow.workbook.files.sheet_xml import MAX_CELLS

MESSAGES = Catalogue.beside(__file__)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_LONGEST = 32_767  # characters of a cell, in Excel and LibreOffice
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
        hidden_columns = frozenset(_hidden_columns(table))
    except OverflowError:
        finding = MESSAGES.finding(
            "SHEET_TOO_WIDE", place=Place(tab.name, cell=reader.far), file=str(path), far=reader.far
        )
        return Outcome(None, (finding,))
    except ValueError:
        return Outcome(None, (MESSAGES.finding("SHEET_DAMAGED", place=Place(tab.name), file=str(path)),))
    width = max(map(len, reader.rows), default=0)
    return Outcome(
        Sheet(
            name=tab.name,
            rows=[row + [""] * (width - len(row)) for row in reader.rows],
            broken=reader.broken,
            areas=tuple(reader.areas),
            hidden_rows=frozenset(reader.hidden_rows),
            hidden_columns=hidden_columns,
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
            ValueError: a count is none.
        """
        number = 1
        for row in table.iter(f"{_TABLE}table-row"):
            repeated = _count(row, f"{_TABLE}number-rows-repeated")
            cells, broken, percents = self._cells(row, number)
            if cells or broken:
                self._guard(number + repeated - 1, max(len(cells), *broken, 1))
                self.rows.extend([""] for _ in range(number - 1 - len(self.rows)))
                self.rows.extend(list(cells) for _ in range(repeated))
                for same in range(number, number + repeated):
                    self.broken.update(((same, column), text) for column, text in broken.items())
                    self.percents.update((same, column) for column in percents)
            if row.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
                self.hidden_rows.update(range(number, min(number + repeated, MAX_ROW + 1)))
            number += repeated

    def _cells(self, row: Any, number: int) -> tuple[list[Raw], dict[int, str], set[int]]:
        cells: list[Raw] = []
        broken: dict[int, str] = {}
        percents: set[int] = set()
        column = 1
        for cell in row.iterchildren(*_CELLS):
            repeated = _count(cell, f"{_TABLE}number-columns-repeated")
            columns = range(column, column + repeated)
            value, error = _value(cell)
            if value != "" or error is not None:
                self._guard(number, columns[-1])
                if error is not None:
                    broken.update(dict.fromkeys(columns, error))
                elif cell.get(f"{_OFFICE}value-type") == "percentage":
                    percents.update(columns)
                if value != "":
                    cells.extend([""] * (column - 1 - len(cells)))
                    cells.extend([value] * repeated)
            down, across = (_count(cell, f"{_TABLE}number-{of}-spanned") for of in ("rows", "columns"))
            if down > 1 or across > 1:
                self.areas.append(Area(number, column, number + down - 1, column + across - 1))
            column += repeated
        return cells, broken, percents

    def _guard(self, row: int, column: int) -> None:
        self._width = max(self._width, column)
        if row * self._width > MAX_CELLS:
            self.far = CellRef("", min(row, MAX_ROW), min(column, MAX_COLUMN)).a1
            raise OverflowError


def _value(cell: Any) -> tuple[Raw, str | None]:
    """Return the value of a cell, and the error text where it has none ('' for a formula without result)."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    has_formula = cell.get(f"{_TABLE}formula") is not None
    if not kind:
        return "", "" if has_formula else None
    text = _text(cell)
    # LibreOffice marks errors in an attribute of its own; others only show them.
    if cell.get(f"{_CALC}value-type") == "error" or (has_formula and text.startswith(("#", "Err:"))):
        return "", text or "#"
    if kind == "string":
        return cell.get(f"{_OFFICE}string-value") or text, None
    return _typed(kind, cell, text), None


def _typed(kind: str, cell: Any, text: str) -> Raw:
    if kind == "boolean":
        return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
    try:
        if kind == "date":
            day = cell.get(f"{_OFFICE}date-value", "")
            found = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
            # LibreOffice knows no 1900-02-29: the number 3 is a day later in Excel, and here as there.
            return found + timedelta(days=1) if found.isoformat() < "1900-03-01" else found
        return text if kind == "time" else float(cell.get(f"{_OFFICE}value", ""))
    except ValueError:
        return text


def _count(element: Any, name: str) -> int:
    """Return how many an attribute says; one without it.

    Raises:
        ValueError: it says no number from 1.
    """
    count = int(element.get(name, "1"))
    if count < 1:
        raise ValueError(name)
    return count


def _text(cell: Any) -> str:
    return "\n".join(_line(line) for line in cell.iterchildren(f"{_TEXT}p"))


def _line(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_count(child, f"{_TEXT}c"), _LONGEST))
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
        repeated = _count(column, f"{_TABLE}number-columns-repeated")
        if column.get(f"{_TABLE}visibility") in {"collapse", "filter"}:
            yield from range(number, min(number + repeated, 512))
        number += repeated
