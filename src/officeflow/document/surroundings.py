"""The words around printed tags as far as the template alone tells them: then the finished text need not be searched."""

from __future__ import annotations

from collections.abc import Iterable

from officeflow.document.binding import CONTEXT, Context
from officeflow.document.blocks import Structure
from officeflow.document.heal import Healed, Tag
from officeflow.document.tags import Kind

_CAPTURES = ("macro", "set", "call", "filter")
_UNSURE = ("\ufffc", "{_", "_}")
"""Signs of what stands otherwise in the finished text: pictures, escaped braces."""


def surroundings(healed: Healed, structure: Structure) -> dict[int, Context]:
    """Return printed tag → the words on both sides, for tags with nothing that varies within reach."""
    words = [structure.jinja.get(tag.number, "") for tag in healed.tags]
    if any(any(tag.trims) for tag in healed.tags) or any(said.startswith(_CAPTURES) for said in words):
        return {}  # lines are joined, or text is printed elsewhere than it stands
    found: dict[int, Context] = {}
    paragraph: list[Tag | str] = []
    for piece in healed.flow:
        if piece is not None:
            paragraph.append(piece)
            continue
        for place, tag in enumerate(paragraph):
            if isinstance(tag, Tag) and tag.kind is Kind.PRINT and tag.scope in ("", "r"):
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
        elif piece.kind is not Kind.COMMENT:
            return None
        if len(words) >= CONTEXT:
            break
    if any(sign in words for sign in _UNSURE):
        return None
    words = words.replace("\t", " ").replace("\n", " ")
    return words[-CONTEXT:] if is_before else words[:CONTEXT]
