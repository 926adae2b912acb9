"""Where a use case writes, and what it may replace there: one policy for all, kept as data in destinations.toml.

A file that somebody else made or edited is never replaced.  What we wrote and nobody
saved since is.  For anything else a number is added to a name of our own (名称(2).docx),
or nothing is written and a finding says so; a name that the person gave is never changed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal

from officeflow.flow._words import MESSAGES
from officeflow.model.findings import Finding, Outcome
from officeflow.ooxml import write_beside

_SEAL = b"officeflow-sha256:"
_ENDINGS = {".html": (b"\n<!--", b"-->\n"), ".htm": (b"\n<!--", b"-->\n"), ".pdf": (b"\n%", b"\n")}
"""What a comment at the end of a file of that kind looks like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What one output of a use case does when something stands at its target.

    `judge`: how a file of ours that nobody saved since is recognised: by its record (`superseded`: others' work
    in it is in the new one too), by its marks, by a digest at its end (`signed`, added when it is written), by how it is packed (`packed`), or not at all: then only
    the same bytes once more may be written (`none`), or not even those (`never`).
    `usual`: what happens under a name of our own: a number is added, or the output is refused.
    `source`: whether the file it was made from may be the target, when the person names it.
    `refusal`: the finding that says why nothing was written, '' for the usual ones.
    """

    judge: Literal["record", "superseded", "marks", "signed", "packed", "none", "never"]
    usual: Literal["number", "refuse"]
    source: bool = False
    refusal: str = ""


@cache
def destinations() -> Mapping[str, Destination]:
    """Return the policy of every output: a use case's name, and what else it writes after it ('trace html')."""
    table = tomllib.loads(Path(__file__).with_name("destinations.toml").read_text(encoding="utf-8"))
    return {name: Destination(**entry) for name, entry in table.items()}


def put(
    output: str, content: bytes, target: Path, *, is_named: bool, source: Path | None = None
) -> Outcome[Path | None]:
    """Write an output and return where, None with the finding why not.

    `is_named`: the person gave this very name.  `source` is the file that the output was made from.  A
    target that is open elsewhere stays; the output is written as 名称(2) with a hint.

    Raises:
        OSError: nothing can be written in that folder.
    """
    policy = destinations()[output]
    if policy.judge == "signed":
        content = _signed(content, target.suffix.lower())
    if not is_named and policy.usual == "number":
        target = next(path for path in _numbered(target) if not _blocked(policy, content, path, source))
    elif blocked := blocked_at(output, target, content=content, source=source if is_named else None):
        return Outcome(None, blocked)
    elif not is_named and source is not None and _is_same_file(target, source):
        return Outcome(None, (MESSAGES.finding("FILE_EXISTS", file=str(target), name=target.name),))
    target.parent.mkdir(parents=True, exist_ok=True)
    written = write_beside(target, content)
    if written == target:
        return Outcome(written)
    beside = MESSAGES.finding("WRITTEN_BESIDE", file=str(written), name=target.name, other=written.name)
    return Outcome(written, (beside,))


def blocked_at(
    output: str, target: Path, *, content: bytes = b"", source: Path | None = None
) -> tuple[Finding, ...]:
    """Return why an output must not be written at a target, () if it may; asked before costly work is done."""
    policy = destinations()[output]
    if policy.source and source is not None and _is_same_file(target, source):
        return ()
    if not _blocked(policy, content, target, source):
        return ()
    return (MESSAGES.finding(_code(policy, target), file=str(target), name=target.name),)


def marked_name(path: Path, mark: str, suffix: str = "") -> Path:
    """Return 名称_核对.xlsx beside a file; a mark that its name has already is not doubled."""
    stem = re.sub(rf"{re.escape(mark)}(\(\d+\))?$", "", path.stem)
    return path.with_name(f"{stem}{mark}{suffix or path.suffix}")


def _numbered(target: Path) -> Iterator[Path]:
    yield target
    yield from (target.with_name(f"{target.stem}({number}){target.suffix}") for number in count(2))


def _is_same_file(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


def _blocked(policy: Destination, content: bytes, path: Path, source: Path | None) -> bool:
    """Whether a path holds what must not be replaced by this content."""
    if not path.exists():
        return False
    if path.is_dir() or (source is not None and _is_same_file(path, source)):
        return True
    there = path.read_bytes()
    if there == content and policy.judge != "never":
        return False
    return not _JUDGES[policy.judge](there, content)


def _code(policy: Destination, target: Path) -> str:
    if policy.refusal or policy.judge not in {"record", "superseded"} or not target.is_file():
        return policy.refusal or "FILE_EXISTS"
    from officeflow.document.provenance.record import is_as_written, is_newer

    there = target.read_bytes()
    if is_as_written(there) is None:
        return "DOCUMENT_FOREIGN"
    return "DOCUMENT_NEWER" if is_newer(there) else "DOCUMENT_EDITED"


def _is_untouched(there: bytes, _content: bytes) -> bool:
    """Whether a document is as we wrote it, with nobody else's work in it."""
    from officeflow.document.provenance.record import is_untouched

    return is_untouched(there) is True


def _is_superseded(there: bytes, content: bytes) -> bool:
    """Whether a document is as we wrote it and holds no decision that the new one does not."""
    from officeflow.document.provenance.record import is_as_written, read_record

    if not is_as_written(there):
        return False
    old, new = read_record(there), read_record(content)
    if old is None or new is None:
        return False
    adopted = [
        {(name, bound.adopted, bound.reason) for name, bound in record.figures.items() if bound.reason}
        for record in (old, new)
    ]
    return adopted[0] <= adopted[1]


def _is_as_marked(there: bytes, _content: bytes) -> bool:
    from officeflow.workbook.marks.writer import is_as_marked

    return is_as_marked(there)


def _is_as_packed(there: bytes, _content: bytes) -> bool:
    """Whether packing the parts again gives the same bytes: other programs pack in other ways."""
    from officeflow.ooxml import open_package, write_package

    package = open_package(there).value
    return package is not None and write_package(package.parts()) == there


def _signed(content: bytes, suffix: str) -> bytes:
    """Return a file with its own digest in a comment at its end, where every reader looks past it.

    In a package that is the comment of the zip archive, which office programs drop when they save.
    """
    digest = _SEAL + hashlib.sha256(content).hexdigest().encode()
    if suffix in _ENDINGS:
        before, after = _ENDINGS[suffix]
        return content + before + digest + after
    if content[-2:] == b"\0\0" and content[-22:-18] == b"PK\5\6":  # the end of an archive without comment
        return content[:-2] + len(digest).to_bytes(2, "little") + digest
    return content


def _is_as_signed(there: bytes, _content: bytes) -> bool:
    start = there.rfind(_SEAL)
    if start < 0:
        return False
    bare = there[: start - 2] + b"\0\0" if there[:2] == b"PK" else there[:start]
    bodies = [bare] + [bare.removesuffix(before) for before, _ in _ENDINGS.values() if bare.endswith(before)]
    suffixes = ("", *_ENDINGS)
    return any(_signed(body, suffix) == there for body in bodies for suffix in suffixes)


def _never(_there: bytes, _content: bytes) -> bool:
    return False


_JUDGES: Mapping[str, Callable[[bytes, bytes], bool]] = {
    "record": _is_untouched,
    "superseded": _is_superseded,
    "marks": _is_as_marked,
    "signed": _is_as_signed,
    "packed": _is_as_packed,
    "none": _never,
    "never": _never,
}
