"""What a file is, told by its bytes; its name is only what somebody called it."""

from __future__ import annotations

import re
from enum import StrEnum


class FileKind(StrEnum):
    """What a file turned out to be; all but ZIP and OLE_EXCEL are message codes of this package."""

    ZIP = "ZIP"
    OLE_EXCEL = "OLE_EXCEL"
    EMPTY = "FILE_EMPTY"
    ENCRYPTED = "FILE_ENCRYPTED"
    HTML = "FILE_HTML"
    CSV = "FILE_CSV"
    PDF = "FILE_PDF"
    PICTURE = "FILE_PICTURE"
    PROGRAM = "FILE_PROGRAM"
    ARCHIVE = "FILE_ARCHIVE"
    OTHER_OFFICE = "FILE_OTHER_OFFICE"
    FOREIGN = "FILE_FOREIGN"


_STARTS = (
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),  # a zip without entries
    (b"%PDF", FileKind.PDF),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"{\\rtf", FileKind.OTHER_OFFICE),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (  # names in the directory of a compound file are UTF-16 (MS-CFB 2.6.1)
    ("EncryptedPackage", FileKind.ENCRYPTED),
    ("Workbook", FileKind.OLE_EXCEL),
    ("Book", FileKind.OLE_EXCEL),
    ("WordDocument", FileKind.OTHER_OFFICE),
    ("PowerPoint Document", FileKind.OTHER_OFFICE),
)
# Web systems export an HTML table or "XML spreadsheet 2003" under the name .xls; browsers save MHTML.
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<table|<head|<\?xml|<meta|mime-version:)", re.IGNORECASE)


def kind_of(data: bytes) -> FileKind:
    """Return what `data` is, from its first bytes and, for compound files, its stream names.

    >>> kind_of(b"%PDF-1.7"), kind_of("单位,人数".encode("gb18030"))
    (<FileKind.PDF: 'FILE_PDF'>, <FileKind.CSV: 'FILE_CSV'>)
    """
    if not data.strip(b"\0"):
        return FileKind.EMPTY
    if data.startswith(_OLE):
        found = (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data)
        return next(found, FileKind.FOREIGN)
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(head):
        return FileKind.HTML
    return FileKind.CSV if _is_text(head) else FileKind.FOREIGN


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:  # the cut at 4096 bytes may split a character
                continue
        return True
    return False
