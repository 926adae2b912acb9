"""Where something stands in a TOML file: the lines of every key, table and list entry.

Why our own: tomllib keeps no positions (python/cpython issue 115516), nor does
tomlkit (issue 55); an author needs the line.  Nothing is judged here: a text
that is not TOML gives the lines of what stands before the mistake.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from officeflow.kits._notation import SourceKeys
from officeflow.kits._words import kit_words
from officeflow.model.findings import Finding

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys and places in lists: `("figure", "捐款", "of", 0)`."""

_BLANK = re.compile(r"(?:[\s]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_QUOTED = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_BARE_KEY = re.compile(r"[^\s=.\[\]{},#\"']+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]+")


class Span(NamedTuple):
    """First and last line, counted from 1."""

    first: int
    last: int


class _Unreadable(Exception):  # noqa: N818  it ends the reading, nobody is told
    pass


@dataclass(slots=True)
class Lines:
    """The lines of one TOML text."""

    text: str
    spans: dict[KeyPath, Span] = field(default_factory=dict)
    values: dict[KeyPath, str] = field(default_factory=dict)
    """Key path → the value as it is written, quotes taken away; tables and lists have none."""

    @classmethod
    def of(cls, text: str) -> Lines:
        r"""Return the lines of a TOML text.

        >>> Lines.of('[a]\nb = { c = 1,\n      d = [2, 3] }').spans["a", "b", "d", 1].first
        3
        """
        lines = cls(text.replace("\r\n", "\n"))
        with suppress(_Unreadable, RecursionError):
            _Reader(lines).read()
        return lines

    def line(self, path: KeyPath) -> int:
        """Return the line of a key path, or of the nearest table around it that is written; 0 for none."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans[path].first if path else 0

    def line_with(self, word: str, inside: Span | None = None) -> int:
        """Return the first line in which a word stands, 0 when there is none; a remark does not count."""
        rows = self.text.split("\n")
        span = inside or Span(1, len(rows))
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        for number in range(span.first, span.last + 1):
            said = rows[number - 1]
            if not said.lstrip().startswith("#") and whole.search(said):
                return number
        return 0


class _Reader:
    def __init__(self, lines: Lines) -> None:
        self.text = lines.text
        self.lines = lines
        self.place = 0
        self.table: KeyPath = ()
        self.counts: dict[KeyPath, int] = {}

    def read(self) -> None:
        while self.skip(_BLANK) < len(self.text):
            start = self.place
            if self.text.startswith("[", start):
                self.header(start)
            else:
                self.pair(self.table)

    def skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.place)
        self.place = found.end() if found else self.place
        return self.place

    def take(self, sign: str) -> None:
        if not self.text.startswith(sign, self.place):
            raise _Unreadable
        self.place += len(sign)

    def header(self, start: int) -> None:
        many = self.text.startswith("[[", start)
        self.take("[[" if many else "[")
        keys = self.keys()
        self.take("]]" if many else "]")
        path: KeyPath = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            is_last = number == len(keys) - 1
            if many and is_last:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        self.table = path
        self.note(path, start)

    def keys(self) -> list[str]:
        keys = []
        while True:
            self.skip(_SPACE)
            keys.append(self.key())
            self.skip(_SPACE)
            if not self.text.startswith(".", self.place):
                return keys
            self.place += 1

    def key(self) -> str:
        for pattern in (_QUOTED, _BARE_KEY):
            if found := pattern.match(self.text, self.place):
                self.place = found.end()
                return _unquoted(found[0])
        raise _Unreadable

    def pair(self, table: KeyPath) -> None:
        start = self.place
        path = (*table, *self.keys())
        self.take("=")
        self.skip(_SPACE)
        self.value(path)
        self.note(path, start)

    def value(self, path: KeyPath) -> None:
        if self.text.startswith("[", self.place):
            self.entries(path)
        elif self.text.startswith("{", self.place):
            self.members(path)
        else:
            found = _QUOTED.match(self.text, self.place) or _BARE_VALUE.match(self.text, self.place)
            if found is None:
                raise _Unreadable
            self.place = found.end()
            self.lines.values[path] = _unquoted(found[0].strip())

    def entries(self, path: KeyPath) -> None:
        self.take("[")
        number = 0
        while not self.text.startswith("]", self.skip(_BLANK)):
            start = self.place
            self.value((*path, number))
            self.note((*path, number), start)
            number += 1
            if not self.text.startswith("]", self.skip(_BLANK)):
                self.take(",")
        self.take("]")

    def members(self, path: KeyPath) -> None:
        self.take("{")
        while not self.text.startswith("}", self.skip(_BLANK)):
            self.pair(path)
            if not self.text.startswith("}", self.skip(_BLANK)):
                self.take(",")
        self.take("}")

    def note(self, path: KeyPath, start: int) -> None:
        """Note where a path is written; the tables around it reach at least as far."""
        first, last = (self.text.count("\n", 0, place) + 1 for place in (start, max(self.place - 1, start)))
        for depth in range(1, len(path) + 1):
            known = self.lines.spans.get(path[:depth])
            span = Span(first, last) if known is None else Span(known.first, max(known.last, last))
            self.lines.spans[path[:depth]] = span


def _unquoted(said: str) -> str:
    for quotes in ('"""', "'''", '"', "'"):
        if said.startswith(quotes):
            return said[len(quotes) : -len(quotes)]
    return said


class Fault(NamedTuple):
    """Something wrong with a kit: a place in its plain table (`("form", 2, "field", 0)`), and the finding."""

    location: KeyPath
    finding: Finding


class SourceLine(NamedTuple):
    """Where an author wrote something: a file of a kit and a line of it, 0 for the file as a whole."""

    file: Path
    line: int = 0


def at(finding: Finding, where: SourceLine) -> Finding:
    """Return a finding at a place."""
    return replace(finding, file=str(where.file), line=where.line)


def with_place(finding: Finding) -> Finding:
    """Return a finding whose sentence begins with its file and line, as people without the file at hand read it."""
    if not finding.file:
        return finding
    file = Path(finding.file)
    words = kit_words()["at"]
    before = words["line" if finding.line else "file"]
    said = before.format(file=f"{file.parent.name}/{file.name}", line=finding.line)
    return replace(finding, message=f"{said}{finding.message}")


def file_lines(file: Path) -> Lines:
    """Return the lines of a TOML file; none of one that cannot be read."""
    try:
        return _lines_of(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Lines("")


@lru_cache(maxsize=16)
def _lines_of(text: str) -> Lines:
    """Many findings are about one file."""
    return Lines.of(text)


def written_at(origin: SourceKeys, word: str = "") -> SourceLine:
    """Return the line of what an author wrote: within it the first that holds `word`, else its own first."""
    lines, keys = file_lines(origin.file), origin.keys
    while keys and keys not in lines.spans:
        keys = keys[:-1]
    # Of what is missing at the top the kit's head is the place, in a part the first line.
    span = lines.spans.get(keys or ("kit",), Span(1, 1))
    return SourceLine(origin.file, (lines.line_with(word, span) if word and keys else 0) or span.first)
