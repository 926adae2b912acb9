"""Write parts and files: the same parts give the same bytes, and a save never leaves half a file."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry
_FIRST = "[Content_Types].xml"  # Word and file(1) expect it first


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of `parts` in their order ([Content_Types].xml first), without clock or platform in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda name: name != _FIRST):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else Windows and Linux write different bytes
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def write_file(path: Path, data: bytes) -> None:
    """Replace `path` by `data` in one step; after a crash the old file or the new one is there, whole.

    Raises:
        PermissionError: the folder is read-only, or the target is open in another program (Windows).
        OSError: the disk is full, the network is gone.
    """
    temporary = _write_temporary(path, data)
    try:
        temporary.replace(path)
    except BaseException:  # Ctrl-C too
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_beside(path: Path, data: bytes) -> Path:
    """Write `path`, or `名称(2).docx` and so on when it is open elsewhere; return what was written.

    Raises:
        OSError: nothing can be written in that folder.
    """
    temporary = _write_temporary(path, data)
    try:
        for number in count(1):
            target = path if number == 1 else path.with_name(f"{path.stem}({number}){path.suffix}")
            if target.exists() and (number > 1 or _is_open(target)):
                continue
            try:
                temporary.replace(target)
            except PermissionError:
                # Only a target that exists can be held open; without one the folder itself refuses.
                if not target.exists():
                    raise
                continue
            _sync_folder(path.parent)
            return target
    finally:
        temporary.unlink(missing_ok=True)
    raise AssertionError  # count() does not end


def _is_open(path: Path) -> bool:
    """Whether LibreOffice has the file open: where renaming is always allowed, its note is all there is to see."""
    return path.with_name(f".~lock.{path.name}#").exists()


def _write_temporary(path: Path, data: bytes) -> Path:
    # Not derived from the name: a Chinese name may already fill the 255 bytes a file system allows.
    temporary = path.with_name(f".officeflow-{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:  # Ctrl-C too
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows cannot open a folder; its rename is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
