"""Packages written again: changed parts are packed, all others copied as they are."""

from __future__ import annotations

import io
import zipfile

import pytest

from officeflow.ooxml import Packed, PartError, write_package

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b"<a/>" * 500,
    "word/media/图.png": bytes(range(256)),
}


def read(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_changed_and_added_parts():
    """Others keep bytes and place; the content types come first wherever they stood; names may be Chinese."""
    source = write_package(PARTS)
    changed = {"word/document.xml": b"<b/>", "词/新.xml": b"<c/>"}

    assert PARTS | changed == read(Packed.of(source).with_parts(changed))
    assert [*PARTS, "词/新.xml"] == list(read(Packed.of(source).with_parts(changed)))


def test_same_bytes_as_written_at_once():
    """Nothing tells whether a part was copied or packed: dates, platform and order are those of `write_package`."""
    changed = dict.fromkeys(PARTS, b"x")
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w") as archive:
        for name in reversed(PARTS):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 1, 2, 4)), b"old")
    reordered = {name: changed[name] for name in reversed(PARTS)}

    assert write_package(reordered) == Packed.of(source.getvalue()).with_parts(changed)
    assert write_package(PARTS) == Packed.of(write_package(PARTS)).with_parts({})


def test_stored_parts_and_extra_fields_are_copied():
    """Parts that were not deflated, with what other programs write into their headers, come out whole."""
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w") as archive:
        stored = zipfile.ZipInfo("a.xml")
        stored.extra = b"\x99\x99\x04\x00abcd"
        archive.writestr(stored, b"<a/>")
        with archive.open("b.xml", "w", force_zip64=True) as entry:
            entry.write(b"<b/>")

    assert {"a.xml": b"<a/>", "b.xml": b"<b/>"} == read(Packed.of(source.getvalue()).with_parts({}))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", write_package(PARTS)[:-40]])
def test_what_is_no_package_is_refused(data):
    """A file that cannot be opened is refused as everywhere."""
    with pytest.raises(PartError):
        Packed.of(data)
