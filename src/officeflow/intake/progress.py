"""How far a use case has come, told to the front end; and how a front end stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step of work that can take longer than a second.

    `stage` is a key of said/words.toml's `progress` (`read`, `check`, `write` …); `done` of `of` steps are
    finished, both 0 if the number is not known; `name` is the file or document that comes next.
    """

    stage: str
    done: int = 0
    of: int = 0
    name: str = ""


class CancelledError(Exception):
    """The person asked to stop; raised by a `tell`, passed on by whoever called it, after tidying up."""


Tell = Callable[[Event], None]
"""What a front end does with events.  It may raise `CancelledError` to stop the use case there."""


def ignore(event: Event) -> None:
    """Do nothing with an event: for tests and programs."""
