"""Write a package again with some parts changed: all others are copied as they are packed, not packed again."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from officeflow.ooxml.opening import PartError, file_finding, open_package

_LOCAL = struct.Struct("<4sHHHHHLLLHH")  # APPNOTE 4.3.7
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")  # APPNOTE 4.3.12
_END = struct.Struct("<4sHHHHLLH")  # APPNOTE 4.3.16
_VERSION, _UTF8 = 20, 1 << 11
_DATE = (1 << 5) | 1  # 1980-01-01, the earliest date an entry can carry
_DEFLATED = 8
_MODE = 0o600 << 16  # what zipfile writes for entries that say nothing
_SMALL = 4096
"""Relations and the like, which are the same in one document of a template and the next."""
_FIRST = "[Content_Types].xml"
_NAME_LENGTHS = slice(26, 30)
_HEADER = 30


class _Entry(NamedTuple):
    """One part as it is packed."""

    name: bytes
    method: int
    crc: int
    size: int
    packed: bytes


class Packed(NamedTuple):
    """The parts of a package as they are packed, ready to be written many times."""

    entries: Mapping[str, _Entry]

    @classmethod
    def of(cls, data: bytes) -> Packed:
        """Return the packed parts of a file that `open_package` opens.

        Raises:
            PartError: it does not.
        """
        opened = open_package(data)
        if opened.value is None:
            raise PartError(opened.findings[0])
        entries = {}
        for info in opened.value.infos:
            start = info.header_offset + _HEADER
            lengths = data[info.header_offset :][_NAME_LENGTHS]
            start += sum(struct.unpack("<HH", lengths))
            packed = data[start : start + info.compress_size]
            if len(packed) != info.compress_size:
                raise PartError(file_finding("FILE_DAMAGED", "", part=info.filename))
            entries[info.filename] = _Entry(
                info.filename.encode(), info.compress_type, info.CRC, info.file_size, packed
            )
        return cls(entries)

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with these parts replaced or added: `write_package`'s order, date and platform."""
        entries = {**self.entries, **{name: _pack(name, data) for name, data in changed.items()}}
        return _written([entries[name] for name in sorted(entries, key=lambda name: name != _FIRST)])


def _pack(name: str, data: bytes) -> _Entry:
    return _pack_again(name, data) if len(data) < _SMALL else _pack_now(name, data)


def _pack_now(name: str, data: bytes) -> _Entry:
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    return _Entry(name.encode(), _DEFLATED, zlib.crc32(data), len(data), packed)


_pack_again = lru_cache(maxsize=64)(_pack_now)


def _written(entries: list[_Entry]) -> bytes:
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, method, crc, size, packed in entries:
        flags = 0 if name.isascii() else _UTF8
        sizes = (method, 0, _DATE, crc, len(packed), size, len(name), 0)
        pieces += (_LOCAL.pack(b"PK\3\4", _VERSION, flags, *sizes), name, packed)
        directory += (
            _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, flags, *sizes, 0, 0, 0, _MODE, offset),
            name,
        )
        offset += _HEADER + len(name) + len(packed)
    ends = b"".join(directory)
    count = len(entries)
    return b"".join((*pieces, ends, _END.pack(b"PK\5\6", 0, 0, count, count, len(ends), offset, 0)))
