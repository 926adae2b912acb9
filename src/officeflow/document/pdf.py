"""PDF beside a document, through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_TIMEOUT_S = 180
_PLACES = (  # where installers put it when it is not on the path
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_soffice(named: str = "") -> str:
    """Return the LibreOffice program: the one named, else from the path, else from the usual places; '' for none."""
    candidates = (named, shutil.which("soffice") or "", *_PLACES)
    return next((path for path in candidates if path and Path(path).is_file()), "")


def convert(document: Path, *, soffice: str = "") -> Path | None:
    """Write the PDF beside the document and return its path, or None when LibreOffice is missing or fails.

    Raises:
        OSError: the PDF cannot be written where the document stands.
    """
    program = find_soffice(soffice)
    if not program:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        # A profile of its own: a running LibreOffice would otherwise swallow the call and write nothing.
        profile = (Path(scratch) / "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            scratch,
        ]
        try:
            subprocess.run(  # noqa: S603
                [*command, str(document)], capture_output=True, check=False, timeout=_TIMEOUT_S, env=_clean()
            )
        except subprocess.TimeoutExpired:
            return None
        made = Path(scratch) / document.with_suffix(".pdf").name
        if not made.is_file():
            return None
        target = document.with_suffix(".pdf")
        shutil.copyfile(made, target)
        return target


def _clean() -> dict[str, str]:
    # Python's own variables would reach LibreOffice's bundled Python.
    drop = {"PYTHONPATH", "PYTHONHOME", *(("LD_LIBRARY_PATH",) if sys.platform != "win32" else ())}
    return {name: value for name, value in os.environ.items() if name not in drop}
