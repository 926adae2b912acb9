"""The words around printed tags as far as the template alone tells them: then the finished text need not be searched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from officeflow.document.provenance.binding import CONTEXT, Context
from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.heal import Healed, Tag

_CAPTURES = ("macro", "set", "call", "filter")
_ASSIGNED = re.compile(r"set\s+[\w.,\s()]+=(?!=)")
_UNSURE = ("\ufffc", "{_", "_}")
"""Signs of what stands otherwise in the finished text: pictures, escaped braces."""


def is_linear(healed: Healed, structure: Structure) -> bool:
    """Whether everything is printed where it stands: no lines are joined, no text is kept to be printed elsewhere."""
    words = [structure.jinja.get(tag.number, "") for tag in healed.tags]
    return not any(any(tag.trims) for tag in healed.tags) and not any(
        said.startswith(_CAPTURES) and not _ASSIGNED.match(said) for said in words
    )


def surroundings(healed: Healed) -> dict[int, Context]:
    """Return printed tag of a linear part → the words on both sides, for tags with nothing that varies within reach."""
    found: dict[int, Context] = {}
    paragraph: list[Tag | str] = []
    for piece in healed.flow:
        if piece is not None:
            paragraph.append(piece)
            continue
        for place, tag in enumerate(paragraph):
            if isinstance(tag, Tag) and tag.kind is TagKind.PRINT and tag.scope in ("", "r"):
                before = _reach(reversed(paragraph[:place]), is_before=True)
                after = _reach(paragraph[place + 1 :], is_before=False)
                if before is not None and after is not None:
                    found[tag.number] = Context(before, after)
        paragraph = []
    return found


def _reach(pieces: Iterable[Tag | str], *, is_before: bool) -> str | None:
    """Return the words next to a tag, None when something that varies comes before there are enough."""
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words = piece + words if is_before else words + piece
        elif piece.kind is not TagKind.COMMENT:
            return None
        if len(words) >= CONTEXT:
            break
    if any(sign in words for sign in _UNSURE):
        return None
    return words[-CONTEXT:] if is_before else words[:CONTEXT]
