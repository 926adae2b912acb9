"""What `template` use cases answer, named as the JSON envelope names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FieldAnswer:
    """A name that templates may use: how the sample prints it, and for a list the fields of its rows."""

    name: str
    title: str
    unit: str
    text: str
    state: str
    fields: tuple[FieldAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldsAnswer:
    """Answer of `template fields`."""

    fields: tuple[FieldAnswer, ...]
    files: tuple[str, ...] = ()
