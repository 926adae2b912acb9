"""Files that only save time: kept beside the user's own things, and as good as absent when anything is odd.

Why here: checked kits and compiled templates are kept alike, and both are run
or trusted as they stand.  So a file that is damaged, or that somebody else
could have put there, is not used.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

from officeflow.ooxml.writing import write_file

_WRITABLE_BY_OTHERS = 0o022
_DIGEST = sha256().digest_size


def keep(path: Path, content: bytes) -> None:
    """Keep `content`; where nothing can be written nothing is kept."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, sha256(content).digest() + content)
    except OSError:
        return


def kept(path: Path) -> bytes | None:
    """Return what was kept there, whole as it was written by this user, or None."""
    try:
        held = path.read_bytes() if _is_private(path) else b""
    except OSError:
        return None
    content = held[_DIGEST:]
    return content if held[:_DIGEST] == sha256(content).digest() else None


def _is_private(path: Path) -> bool:
    """Whether nobody but the user can have written the file (on Windows the profile's folder sees to it)."""
    if sys.platform == "win32":
        return True
    import os

    folder, own = path.parent.stat(), os.getuid()
    return path.stat().st_uid == folder.st_uid == own and not folder.st_mode & _WRITABLE_BY_OTHERS
