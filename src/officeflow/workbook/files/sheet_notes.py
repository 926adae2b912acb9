"""Notes (批注) on cells of an .xlsx: a clerk may have put there what belongs into the cell."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

from officeflow.model.cells import CellRef
from officeflow.ooxml import Package, PartError
from officeflow.workbook.files.book import At

_DIGIT = re.compile(r"\d")


def noted_cells(package: Package, part: str) -> Iterator[At]:
    """Yield the cells of a worksheet part with a note that holds a number; our own marks and damaged notes are none."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return
    try:
        for relation in _root(package, relations):
            if str(relation.get("Type", "")).endswith("/comments"):
                target = posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", "")))
                yield from _noted(_root(package, target.lstrip("/")))
    except (PartError, etree.XMLSyntaxError):
        return  # notes are no data


def _root(package: Package, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _noted(comments: etree._Element) -> Iterator[At]:
    authors = ["".join(map(str, author.itertext())) for author in comments.iter("{*}author")]
    for comment in comments.iter("{*}comment"):
        number = comment.get("authorId", "")
        is_ours = number.isdigit() and int(number) < len(authors) and authors[int(number)] == _our_name()
        if is_ours or not _DIGIT.search("".join(map(str, comment.itertext()))):
            continue
        try:
            at = CellRef.parse("", comment.get("ref", ""))
        except ValueError:
            continue
        yield at.row, at.column


@cache
def _our_name() -> str:
    table = tomllib.loads((Path(__file__).parents[1] / "marks" / "marks.toml").read_text(encoding="utf-8"))
    return str(table["author"])
