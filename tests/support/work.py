"""Work counted, not timed: a loaded machine is slow, but it takes no more steps."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")


def counted(work: Callable[[], Given]) -> tuple[Given, int]:
    """What the work gives, and how many calls it took: our functions, and the built-in ones in their loops."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        given = work()
    finally:
        sys.setprofile(before)
    return given, calls
