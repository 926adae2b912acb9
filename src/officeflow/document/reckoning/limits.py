"""How long one document may reckon and how much it may make, counted while its programs run.

A template is somebody's text: a loop in a loop, a word padded to a hundred
million signs or a list that holds itself twice over must end with a sentence
about its tag, not with a desk that stands still.  Programs count here each turn
of a loop, each call and each filter, and everything they put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import local
from time import thread_time
from typing import Any, ClassVar

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError

SECONDS = 3.0
"""Of this thread's own computing: a machine that is busy or asleep meanwhile refuses nothing (a bulletin takes 0.005)."""
MOST_MADE = 30_000_000
"""Characters and list members that one document may put together, intermediate results too."""
MOST_MEMBERS = 1_000_000
"""Of one list with all lists inside it."""
_BETWEEN = 32
"""Turns between two looks at the clock."""
_TOGETHER = 64
"""Pieces of text counted at a time."""
_CONTAINERS = (list, tuple, dict, set, frozenset)


class TooLong(SecurityError):  # noqa: N818  said as what it is
    """A document has reckoned for longer than `SECONDS`."""


class TooMuch(SecurityError):  # noqa: N818
    """A document has put together more than `MOST_MADE`, or one result is larger than any page needs."""


class _Watch:
    """What is left of one document's time and room."""

    __slots__ = ("room", "turns", "until")

    def __init__(self) -> None:
        self.turns = _BETWEEN
        self.until = thread_time() + SECONDS
        self.room = MOST_MADE


class _Now(local):
    watch: ClassVar[_Watch | None] = None


_now: Any = _Now()


@contextmanager
def watched() -> Iterator[None]:
    """Count what runs inside as one document; inside another watch it belongs to that one."""
    before = _now.watch
    _now.watch = before or _Watch()
    try:
        yield
    finally:
        _now.watch = before


def tick(turns: int = 1) -> None:
    """Count a turn.

    Raises:
        TooLong: the time is over.
    """
    watch = _now.watch
    if watch is None:
        return
    watch.turns -= turns
    if watch.turns <= 0:
        watch.turns = _BETWEEN
        if thread_time() > watch.until:
            raise TooLong


def look() -> None:
    """Look at the clock now, before something that counts no turns.

    Raises:
        TooLong: the time is over.
    """
    tick(_BETWEEN)


def spend(made: int) -> None:
    """Count characters or list members just made, or about to be.

    Raises:
        TooMuch: the limit is exceeded.
    """
    watch = _now.watch
    if watch is None:
        if made > MOST_MADE:
            raise TooMuch
        return
    watch.room -= made
    if watch.room < 0:
        raise TooMuch


def joined(pieces: Iterable[Any]) -> str:
    """Return texts put together; this is how a program makes a text of what it printed.

    Raises:
        TooMuch: the limit is exceeded.
    """
    left, made = iter(pieces), []
    while some := list(islice(left, _TOGETHER)):
        made.append("".join(some))
        spend(len(made[-1]) + len(some))
    return "".join(made)


def members(value: object) -> int:
    """Return how many members a list has with all lists inside it, each as often as it would be printed.

    Raises:
        TooMuch: more than `MOST_MEMBERS`; `[a, a]` forty times over would be a trillion.
    """
    found, left = 0, [value]
    while left:
        one = left.pop()
        if isinstance(one, _CONTAINERS):
            found += len(one)
            if found > MOST_MEMBERS:
                raise TooMuch
            own = one.values() if isinstance(one, dict) else one
            left += [member for member in own if isinstance(member, _CONTAINERS)]
    return found


def kept(made: Any) -> Any:
    """Return a result as it is, counted.

    Raises:
        TooMuch: the limit is exceeded.
    """
    if isinstance(made, (str, bytes)):
        spend(len(made))
    elif isinstance(made, _CONTAINERS):
        spend(members(made))
    return made


class CountingCode(CodeGenerator):
    """Writes programs that count their turns and the lists and texts they make."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._bodies: set[int] = set()

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """Write a loop whose body begins with a tick."""
        self._bodies.add(id(node.body))
        super().visit_For(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write the statements of a block."""
        if id(nodes) in self._bodies:
            self.writeline("environment.tick()")
        super().blockvisit(nodes, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write `a ~ b`, counted."""
        self.write("environment.kept(")
        super().visit_Concat(node, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        """Write a list, counted."""
        self.write("environment.kept(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Write a tuple, counted where it is a value."""
        is_value = node.ctx == "load"
        self.write("environment.kept(" * is_value)
        super().visit_Tuple(node, frame)
        self.write(")" * is_value)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """Write a dict, counted."""
        self.write("environment.kept(")
        super().visit_Dict(node, frame)
        self.write(")")


def text_joined(joint: str, texts: Iterable[object]) -> str:
    """Return `joint.join(texts)`; anything that is not a text is converted."""
    made: list[Any] = []
    for text in texts:
        made.append(text if isinstance(text, str) or hasattr(text, "__html__") else str(kept(text)))
        spend(len(joint) + len(str(made[-1])))
    return joint.join(made)
