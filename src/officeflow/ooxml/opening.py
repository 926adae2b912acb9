"""Open a zip of parts that may be broken or hostile, within limits."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from officeflow.model.findings import Finding, Outcome
from officeflow.ooxml.sniff import FileKind, kind_of
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)

# A month's ledgers with photographs stay far below these; a gigabyte bomb lies far above.
MAX_FILE = 200 << 20
MAX_PARTS = 10_000
MAX_TOTAL = 300 << 20
# A million blank formatted rows shrink to a thirtieth and are lawful; deflate itself ends near 1:1032.
MAX_RATIO, RATIO_FROM = 200, 32 << 20
# Wherever it may stand: after remarks and processing instructions of any length.
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_LOCAL_HEADER = 30  # APPNOTE 4.3.7, without name and extra field
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class PartError(Exception):
    """A part cannot be had; `finding` says it for people. Callers turn it into their outcome."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(frozen=True, kw_only=True)
class Package:
    """The parts of an opened file; nothing is unpacked until it is read."""

    name: str
    """The file name, for messages only."""
    data: bytes
    _zip: zipfile.ZipFile
    _by_folded: Mapping[str, str]
    _cache: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Part names in file order."""
        return tuple(self._by_folded.values())

    @property
    def infos(self) -> tuple[zipfile.ZipInfo, ...]:
        """How each part is packed, in file order."""
        return tuple(info for info in self._zip.infolist() if not info.is_dir())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._by_folded

    def read(self, name: str) -> bytes:
        """Return the bytes of one part; case does not matter (ECMA-376 part 2, 6.2.2.3).

        Raises:
            PartError: there is no such part, it is damaged, or it declares a document type
                (no office program writes one; entity bombs need one).
        """
        stored = self._by_folded.get(name.casefold())
        if stored is None:
            raise PartError(self.finding("FILE_PART_MISSING", part=name))
        if stored not in self._cache:
            try:
                content = self._zip.read(stored)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
                raise PartError(self.finding("FILE_DAMAGED", part=stored)) from error
            if b"<!ENTITY" in content[:4096] or _DOCTYPE.match(content):
                raise PartError(self.finding("FILE_UNSAFE", part=stored))
            self._cache[stored] = content
        return self._cache[stored]

    def raw(self, name: str) -> bytes:
        """Return the bytes of a part to pass on as they are, whatever they declare.

        Raises:
            PartError: there is no such part or it is damaged.
        """
        stored = self._by_folded.get(name.casefold(), "")
        if stored in self._cache:
            return self._cache[stored]
        try:
            return self._zip.read(stored)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            struct.error,
        ) as error:
            raise PartError(self.finding("FILE_DAMAGED", part=name)) from error

    def parts(self) -> dict[str, bytes]:
        """Return every part by name, in file order.

        Raises:
            PartError: as `read`, for the first part that cannot be had.
        """
        return {name: self.read(name) for name in self.names}

    def finding(self, code: str, *, part: str = "") -> Finding:
        """Return one of this package's findings about the file."""
        return file_finding(code, self.name, part=part)


def file_finding(code: str, name: str, *, part: str = "") -> Finding:
    """Return the finding that a file named `name` is not what was hoped for; `code` is a `FileKind` or of messages.toml."""
    return MESSAGES.finding(code, name=name, part=part)


def open_package(source: bytes | Path, *, name: str = "") -> Outcome[Package | None]:
    """Return the parts of a zip-based office file, or None and the one finding that says what it is instead.

    Nothing is unpacked: sizes are judged as declared, and reading a part that is
    not as declared fails there.

    Raises:
        OSError: the file cannot be read now (permissions, network).
    """
    if isinstance(source, Path):
        name = name or source.name
        source = source.read_bytes()
    kind = kind_of(source)
    if kind is FileKind.OLE_EXCEL:
        kind = FileKind.OTHER_OFFICE
    if kind is not FileKind.ZIP:
        return _refused(kind.value, name)
    if len(source) > MAX_FILE:
        return _refused("FILE_TOO_LARGE", name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(source))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, UnicodeDecodeError):
        # The directory stands at the end: a download that broke off has none.
        return _refused("FILE_TRUNCATED" if b"PK\x05\x06" not in source[-65_557:] else "FILE_DAMAGED", name)
    infos = archive.infolist()
    if code := _problem(infos):
        return _refused(code, name)
    by_folded = {info.filename.casefold(): info.filename for info in infos if not info.is_dir()}
    return Outcome(Package(name=name, data=source, _zip=archive, _by_folded=MappingProxyType(by_folded)))


def _refused(code: str, name: str) -> Outcome[Package | None]:
    return Outcome(None, (file_finding(code, name),))


def _problem(infos: list[zipfile.ZipInfo]) -> str:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MAX_PARTS or total > MAX_TOTAL or (total > RATIO_FROM and total > MAX_RATIO * packed):
        return "FILE_TOO_LARGE"
    if any(info.flag_bits & 1 for info in infos):
        return "FILE_ENCRYPTED"
    if any(info.compress_type not in _STORED_OR_DEFLATED for info in infos):
        return "FILE_DAMAGED"
    names = [info.filename for info in infos]
    if (
        len({name.casefold() for name in names}) < len(names)
        or any(map(_is_outside, names))
        or _overlap(infos)
    ):
        return "FILE_UNSAFE"
    return ""


def _is_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    # zipfile looks for this itself since 3.11.8 (CVE-2024-0450); older 3.11 are still in use.
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + _LOCAL_HEADER + len(info.orig_filename) + info.compress_size
    return False
