"""Pictures that a template's values bring: a media part, a relation of the part they stand in, a drawing in the line."""

from __future__ import annotations

import struct
from html import escape
from os import PathLike
from pathlib import Path, PurePath
from typing import IO, NamedTuple

from officeflow.document.wml.placing import Placing, UnplacedError, Value

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EMU_PER_INCH = 914_400


class Picture(NamedTuple):
    """A picture file that was recognised; width and height in EMU as it says itself."""

    data: bytes
    name: str
    extension: str
    content_type: str
    width: int
    height: int


class InlineImage(Value):
    """A picture in a line of text.

    `image_descriptor` is a path or an open file; `width` and `height` are EMU (`docx.shared.Mm(…)` gives them):
    one alone keeps the proportions, none takes the size the file says. `anchor` is an address the picture links to.
    """

    def __init__(
        self,
        tpl: object,
        image_descriptor: str | PathLike[str] | IO[bytes],
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
    ) -> None:
        self.tpl = tpl
        self.image_descriptor = image_descriptor
        self.width, self.height = width, height
        self.anchor = anchor

    def placed(self, placing: Placing) -> str:
        """Return a run with the drawing, having added the picture to the package once.

        Raises:
            UnplacedError: the file does not exist or is not a picture that Word knows.
        """
        picture = read_picture(*_content(self.image_descriptor))
        width, height = _size(picture, self.width, self.height)
        relation = placing.relate(
            "image", placing.media(picture.data, picture.extension, picture.content_type)
        )
        link = ""
        if self.anchor:
            own = placing.relate_outside("hyperlink", self.anchor)
            link = f'<a:hlinkClick xmlns:r="{_RELATIONS}" r:id="{own}"/>'
        number, name = placing.next(), escape(picture.name)
        extent = f'cx="{width}" cy="{height}"'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
            f'distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr id="{number}" name="Picture {number}">{link}</wp:docPr>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic xmlns:pic="{_DRAWING}/picture">'
            f'<pic:nvPicPr><pic:cNvPr id="0" name="{name}">{link}</pic:cNvPr><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="{relation}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


def read_picture(data: bytes, name: str) -> Picture:
    """Return a picture with what its header says; without a resolution it has 72 dots per inch.

    Raises:
        UnplacedError: it is not a PNG, JPEG, GIF, BMP or TIFF, or its header is broken.
    """
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image

    try:
        image = Image.from_blob(data)
        across, down = image.px_width / (image.horz_dpi or 72), image.px_height / (image.vert_dpi or 72)
    except (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
        struct.error,
        ValueError,
        LookupError,
        TypeError,
        ArithmeticError,
    ) as error:
        raise UnplacedError("IMAGE_UNREADABLE", name=name) from error
    width, height = round(across * _EMU_PER_INCH), round(down * _EMU_PER_INCH)
    return Picture(data, name or f"image.{image.ext}", image.ext, image.content_type, width, height)


def _content(source: str | PathLike[str] | IO[bytes]) -> tuple[bytes, str]:
    if isinstance(source, (str, PathLike)):
        path = Path(source)
        try:
            return path.read_bytes(), path.name
        except OSError as error:
            raise UnplacedError("IMAGE_MISSING", name=path.name) from error
    if source.seekable():  # a template may be rendered twice with the same picture
        source.seek(0)
    name = getattr(source, "name", "")
    return source.read(), PurePath(name).name if isinstance(name, str) else ""


def _size(picture: Picture, width: int | None, height: int | None) -> tuple[int, int]:
    if width is None and height is None:
        width, height = picture.width, picture.height
    elif width is None:
        width = round((height or 0) * picture.width / max(picture.height, 1))
    elif height is None:
        height = round(width * picture.height / max(picture.width, 1))
    return max(int(width), 1), max(int(height or 0), 1)
