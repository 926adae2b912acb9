"""A document into which a value is put without a template engine: package, part, and the whole read back."""

from __future__ import annotations

import io
import os
import struct
import zlib
from itertools import count

from docx import Document

from officeflow.document.wml.placing import Placing, Value
from officeflow.document.wml.wordml import main_part
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts
from tests.support.structure import structure_problems

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)
"""One dot."""


class Written:
    """A document being written: values stand where its text says `@`, one after the other, runs in a paragraph of their own."""

    def __init__(self, template: bytes, part: str = "") -> None:
        package = open_package(template).value
        self.main = main_part({name: package.read(name) for name in package.names})
        numbers = count(1000)
        self.placing = Placing(patch=Parts(package), main=self.main, next=lambda: next(numbers))
        self.placing.part = part or self.main

    def put(self, *values: Value) -> bytes:
        """The document with these values."""
        xml = "".join(
            one.placed(self.placing) if one.level == "paragraph" else f"<w:p>{one.placed(self.placing)}</w:p>"
            for one in values
        )
        text = self.placing.patch.read(self.placing.part).decode()
        head, found, tail = text.partition(_MARK)
        assert found, text
        texts = {self.placing.part: head + xml + tail}
        self.placing.finish(texts)
        for name, rendered in texts.items():
            self.placing.patch.write(name, rendered.encode())
        document = self.placing.patch.to_bytes()
        assert [one for one in structure_problems(document) if "theme" not in one] == []
        Document(io.BytesIO(document))
        return document


_MARK = '<w:p><w:r><w:t xml:space="preserve">@</w:t></w:r></w:p>'


def png(width: int, height: int, *, dots_per_metre: int = 0, filler: int = 0) -> bytes:
    """A grey picture; `filler` bytes make the file larger."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    physical = (
        chunk(b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)) if dots_per_metre else b""
    )
    extra = chunk(b"teXt", os.urandom(filler)) if filler else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size)
        + physical
        + extra
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )
