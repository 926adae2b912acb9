"""PDF beside a document, through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from officeflow.document.wml.converting import convert_to


def convert(document: Path, *, soffice: str = "") -> Path | None:
    """Write the PDF beside the document and return its path, or None when LibreOffice is missing or fails.

    Raises:
        OSError: the PDF cannot be written where the document stands.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = convert_to("pdf", document, Path(scratch), soffice=soffice)
        if made is None:
            return None
        target = document.with_suffix(".pdf")
        shutil.copyfile(made, target)
        return target
