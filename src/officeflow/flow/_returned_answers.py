"""What `rebind` and `compare` answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if (
    TYPE_CHECKING
):  # the screen knows these answers; no command should pay for comparing but compare and rebind
    from officeflow.document.compare.change_list import ListedChange


@dataclass(frozen=True, kw_only=True)
class ChangedAnswer:
    """One change: `kind` is number, words, added, removed or moved; `place` in a person's words; `figure` '' when it is none."""

    kind: str
    place: str
    before: str
    after: str
    figure: str = ""
    sentence: str = ""

    @classmethod
    def of(cls, change: ListedChange) -> ChangedAnswer:
        """Return the envelope's form of a change."""
        return cls(
            kind=change.kind.value,
            place=change.place_text,
            before=change.before,
            after=change.after,
            figure=change.figure,
            sentence=change.sentence,
        )


@dataclass(frozen=True, kw_only=True)
class CompareAnswer:
    """Answer of `compare`: the marked document and the list of changes (none when nothing differs), and the changes."""

    files: tuple[str, ...] = ()
    is_same: bool = False
    changes: tuple[ChangedAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NumberAnswer:
    """A number that people changed; `id` and `name` are '' for one that is no figure's; `paragraph` counts from 1."""

    id: str
    name: str
    ours: str
    theirs: str
    sentence: str
    paragraph: int


@dataclass(frozen=True, kw_only=True)
class RivalAnswer:
    """A sentence in which a figure might stand; `paragraph` counts from 1."""

    paragraph: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class LostAnswer:
    """A figure that is not bound; `sentence` is ours; `places` are those equally good, () when there is none."""

    id: str
    name: str
    text: str
    sentence: str
    places: tuple[RivalAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class RebindAnswer:
    """Answer of `rebind`: the document ('' when none was written), how many figures are bound, and what people changed."""

    path: str = ""
    bound: int = 0
    words: tuple[ChangedAnswer, ...] = ()
    numbers: tuple[NumberAnswer, ...] = ()
    lost: tuple[LostAnswer, ...] = ()
