"""The record of a document as another version of the program would have written it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from officeflow.document.wml.carrying import carried, with_properties

ITEM, CUSTOM = "customXml/item1.xml", "docProps/custom.xml"


def record_of(document: bytes) -> dict[str, Any]:
    """The record's JSON."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        text = archive.read(ITEM).decode()
    return json.loads(text[text.index("{") : text.rindex("}") + 1].replace("&lt;", "<").replace("&amp;", "&"))


def rewritten(document: bytes, edit: Callable[[dict[str, Any]], Any], *, is_lost: bool = False) -> bytes:
    """The document with its record changed, in both places; `is_lost` leaves the copy in the properties only."""
    table = record_of(document)
    edit(table)
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == ITEM and is_lost:
                part = b"<lost/>"
            elif name == ITEM:
                head, _, _ = part.decode().partition("{")
                part = f"{head}{escape(text)}</of:record>".encode()
            elif name == CUSTOM:
                part = with_properties(None, carried(text))
            new.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


def with_unknown_keys(table: dict[str, Any]) -> None:
    """One key more in the record, in its origin and in every figure, as a later minor version may add."""
    table["reviewed"] = {"by": "王五", "steps": [1, 2]}
    table["origin"]["sha256"] = "ab" * 32
    for entry in table["figures"].values():
        entry["bounds"] = ["[", 1]
