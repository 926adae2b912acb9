"""Documents inside a document: an existing file, or one that a program writes with python-docx in the template's styles."""

from __future__ import annotations

import io
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import IO, Any, ClassVar, Literal

from officeflow.document.template_api.merging import merge
from officeflow.document.wml.placing import Placing, UnplacedError, Value


class Subdoc(Value):
    """A document to be put between paragraphs with {{p name }}; everything python-docx's `Document` offers is here.

    Made by `Template.new_subdoc`: `docpath` is a file to be put in as it is now,
    without one the sub-document is empty and has the styles of `template`.
    """

    level: ClassVar[Literal["run", "paragraph"]] = "paragraph"

    def __init__(self, template: bytes, docpath: str | PathLike[str] | IO[bytes] | None = None) -> None:
        self._template = template
        self._source, self._name = _content(docpath)

    @cached_property
    def subdocx(self) -> Any:
        """The sub-document as python-docx sees it."""
        from docx import Document

        document = Document(io.BytesIO(self._template if self._source is None else self._source))
        if self._source is None:
            document._body.clear_content()  # noqa: SLF001  python-docx has no other way to empty one
        return document

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.subdocx, name)

    def placed(self, placing: Placing) -> str:
        """Return its paragraphs and tables, with all they need added to the document.

        Raises:
            UnplacedError: it is not a Word document, or rests on files outside itself.
        """
        return merge(placing, self._now(), self._name)

    def _now(self) -> bytes:
        if self._source is not None and "subdocx" not in self.__dict__:
            return self._source  # nobody has touched it
        buffer = io.BytesIO()
        self.subdocx.save(buffer)
        return buffer.getvalue()

    def __bool__(self) -> bool:
        return True


def _content(docpath: str | PathLike[str] | IO[bytes] | None) -> tuple[bytes | None, str]:
    if docpath is None:
        return None, ""
    if isinstance(docpath, (str, PathLike)):
        path = Path(docpath)
        try:
            return path.read_bytes(), path.name
        except OSError as error:
            raise UnplacedError("SUBDOCUMENT_MISSING", name=path.name) from error
    return docpath.read(), Path(str(getattr(docpath, "name", ""))).name
