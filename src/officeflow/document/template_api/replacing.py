"""Pictures and embedded files of a template that are exchanged for others when the document is written."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import IO

from lxml import etree

from officeflow.document.template_api.inline_image import read_picture
from officeflow.document.wml.placing import Placing, UnplacedError
from officeflow.document.wml.wordml import RELATIONS, parse, serialize

Source = str | PathLike[str] | IO[bytes]
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = (f"{_DRAWING}/wordprocessingDrawing}}docPr", f"{_DRAWING}/picture}}cNvPr")
_PLACES = tuple(f"{_DRAWING}/wordprocessingDrawing}}{name}" for name in ("inline", "anchor"))
_BLIP = f"{_DRAWING}/main}}blip"
_EMBED = f"{{{RELATIONS}}}embed"


@dataclass(slots=True)
class Replacements:
    """What is to be exchanged; the same rules as docxtpl's `replace_…`."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    """Name, title or description (alt text) of a picture → its new bytes."""
    media: dict[int, bytes] = field(default_factory=dict)
    """CRC of a picture's bytes in the template → new bytes."""
    embedded: dict[int, bytes] = field(default_factory=dict)
    """CRC of an embedded file's bytes in the template → new bytes."""
    names: dict[str, bytes] = field(default_factory=dict)
    """Part name → new bytes."""

    def replace_pic(self, embedded_file: str, dst_file: Source) -> None:
        """Show another picture wherever one has this name, title or description; its frame stays as it is."""
        self.pictures[embedded_file] = read_source(dst_file)

    def replace_media(self, src_file: Source, dst_file: Source) -> None:
        """Exchange every picture of the template that has the bytes of `src_file`."""
        self.media[zlib.crc32(read_source(src_file))] = read_source(dst_file)

    def replace_embedded(self, src_file: Source, dst_file: Source) -> None:
        """Exchange every embedded file of the template that has the bytes of `src_file`."""
        self.embedded[zlib.crc32(read_source(src_file))] = read_source(dst_file)

    def replace_zipname(self, zipname: str, dst_file: Source) -> None:
        """Exchange the part of this name, for instance 'word/embeddings/Microsoft_Excel_Sheet1.xlsx'."""
        self.names[zipname] = read_source(dst_file)

    def reset(self) -> None:
        """Forget what was to be exchanged."""
        for kept in (self.pictures, self.media, self.embedded, self.names):
            kept.clear()

    def apply(self, placing: Placing, texts: dict[str, str], *, allow_missing: bool = False) -> None:
        """Exchange everything in the package; `texts` are the rendered parts, changed where a picture is another's.

        Raises:
            UnplacedError: no picture has one of the names, or the replacement is not a picture.
        """
        missing = set(self.pictures)
        for part in _drawn_parts(placing) if self.pictures else ():
            missing -= self._pictures_of(part, placing, texts)
        if missing and not allow_missing:
            raise UnplacedError("PICTURE_UNKNOWN", name="、".join(sorted(missing)))
        patch = placing.patch
        for name in patch.names:
            known = {"word/media": self.media, "word/embeddings": self.embedded}.get(name.rpartition("/")[0])
            if known and (data := known.get(zlib.crc32(patch.read(name)))) is not None:
                patch.write(name, data)
        for name, data in self.names.items():
            if name in patch:
                patch.write(name, data)

    def _pictures_of(self, part: str, placing: Placing, texts: dict[str, str]) -> set[str]:
        """Exchange the pictures of one part; each gets a part of its own, since one that others show must stay."""
        source = texts.get(part) or placing.patch.read(part).decode("utf-8", "replace")
        if "<a:blip" not in source and ":blip" not in source:
            return set()
        root, found = parse(source.encode()), set()
        placing.part = part
        for drawing in root.iter(*_PLACES):
            known = next((name for name in _known_as(drawing) if name in self.pictures), None)
            for blip in drawing.iter(_BLIP) if known is not None else ():
                picture = read_picture(self.pictures[str(known)], str(known))
                target = placing.media(picture.data, picture.extension, picture.content_type)
                blip.set(_EMBED, placing.relate("image", target))
                for extension in blip.findall(f"{_DRAWING}/main}}extLst"):
                    blip.remove(extension)  # the same picture once more as SVG would win over it
                found.add(str(known))
        if found:
            texts[part] = serialize(root)
        return found


def _drawn_parts(placing: Placing) -> Iterator[str]:
    yield placing.main
    for relation in placing.patch.relations(placing.main):
        if relation.kind in ("header", "footer", "footnotes", "endnotes"):
            yield relation.target


def _known_as(drawing: etree._Element) -> Iterator[str]:
    for node in drawing.iter(*_NAMES):
        for key in ("name", "title", "descr"):
            if node.get(key):
                yield str(node.get(key))


def read_source(source: Source) -> bytes:
    """Return the bytes of a path or an open file.

    Raises:
        OSError: the file cannot be read.
    """
    return Path(source).read_bytes() if isinstance(source, (str, PathLike)) else source.read()
