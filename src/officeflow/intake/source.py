"""A file that comes in: by its path, or as bytes under the name it was sent by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from officeflow.checks import STOPS, secrecy_finding, secrecy_of_name
from officeflow.model.findings import Finding
from officeflow.text.messages import Catalogue, Place

MESSAGES = Catalogue.beside(__file__)
"""What is said of files that cannot be taken in, wherever they came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A workbook or document to be read.

    `content` is what a mail attachment, a register row or a task of another machine brings along;
    None: the file lies at `path`.  With `content`, `path` is only the name that findings use.
    """

    path: Path
    content: bytes | None = None

    @classmethod
    def of(cls, given: Path | Source) -> Source:
        """Return the source that a caller means: a path is the file that lies there."""
        return given if isinstance(given, Source) else cls(path=given)

    @property
    def name(self) -> str:
        """The file name that people know it by."""
        return self.path.name

    @property
    def lost(self) -> tuple[Finding, ...]:
        """Why there is nothing to read: no such file, or a folder; () if there is something."""
        return () if self.content is not None or self.path.is_file() else (missing(self.path),)

    @property
    def marked(self) -> tuple[Finding, ...]:
        """The finding that stops at a file whose name is marked as classified (某局_机密_2026.docx), else nothing."""
        code = secrecy_of_name(self.path.stem)
        return (secrecy_finding(code, Place(), file=str(self.path)),) if code in STOPS else ()

    def read(self) -> bytes:
        """Return the content.

        Raises:
            OSError: the file cannot be read now (locked, no permission, network).
        """
        return self.path.read_bytes() if self.content is None else self.content


def missing(path: Path) -> Finding:
    """Return the finding for a file that does not exist, or is a folder."""
    code = "FOLDER_GIVEN" if path.is_dir() else "FILE_MISSING"
    return MESSAGES.finding(code, file=str(path), name=path.name)
