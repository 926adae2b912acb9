"""How each figure of a document agrees with other data: what would be printed now, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.provenance.standing import Standing
from officeflow.document.reckoning.limits import watched
from officeflow.document.reckoning.recipes import CellPiece, cell_pieces, reckon
from officeflow.document.wml.wordml import legible
from officeflow.model.figures import Figure, State


class Agreement(StrEnum):
    """What a document and the data say of one figure."""

    SAME = "same"
    STALE = "stale"  # untouched, and the data have moved on
    REWORDED = "reworded"  # 约39名
    OVERTYPED = "overtyped"
    REMOVED = "removed"
    ADOPTED = "adopted"  # 审定数
    MISSING = "missing"  # untouched, but the data give no such figure: its row is gone


_OF_STANDING = {
    Standing.REWORDED: Agreement.REWORDED,
    Standing.OVERTYPED: Agreement.OVERTYPED,
    Standing.REMOVED: Agreement.REMOVED,
    Standing.ADOPTED: Agreement.ADOPTED,
}


class Move(NamedTuple):
    """Words of a figure to be replaced: offsets in its own text, and the new words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class JudgedFigure:
    """One figure of the document held against the data.

    `now` is None when the data give nothing.  `pieces` are the words and figures of a text
    with {{指标}} in it; `keeps_inside` says that the same figures stand in it as before.
    """

    stretch: Stretch
    agreement: Agreement
    now: Figure | None = None
    pieces: tuple[CellPiece, ...] = ()
    keeps_inside: bool = True

    @property
    def literals(self) -> tuple[str, ...]:
        """The new words around the figures inside, as `Stretch.literals` has the old ones."""
        return _literals(self.pieces)

    @property
    def moves(self) -> Iterator[Move]:
        """What is to be replaced in its text so that it says what the data say; the figures inside move by themselves."""
        stretch = self.stretch
        if not (self.keeps_inside and stretch.inside):
            yield Move(0, len(stretch.text or ""), self.now.text if self.now else "")
            return
        at = 0
        for old, new, inside in zip_longest(stretch.literals, self.literals, stretch.inside):
            if old != new:
                yield Move(at, at + len(old), new)
            at += len(old) + (inside.end.offset - inside.start.offset if inside else 0)


@watched()
def judge_all(document: BoundDocument, figures: Mapping[str, Figure]) -> tuple[JudgedFigure, ...]:
    """Return every recorded figure held against the data, in the record's order."""
    return tuple(_judge(one, figures) for one in document.figures)


def _judge(stretch: Stretch, figures: Mapping[str, Figure]) -> JudgedFigure:
    now, pieces = _now(stretch, figures)
    judged = JudgedFigure(stretch=stretch, agreement=Agreement.MISSING, now=now, pieces=pieces)
    if stretch.inside or len(pieces) > 1:
        inside = [one.bound.recipe or one.bound.id for one in stretch.inside]
        keeps = inside == [piece.recipe for piece in pieces if piece.recipe]
        # Where no words stood there are none to be replaced.
        keeps = keeps and all(
            old or not new for old, new in zip(stretch.literals, judged.literals, strict=True)
        )
        judged = replace(judged, keeps_inside=keeps)
    return replace(judged, agreement=_agreement(judged))


def _agreement(judged: JudgedFigure) -> Agreement:
    stretch, now = judged.stretch, judged.now
    standing = stretch.standing
    if standing not in (Standing.UNTOUCHED, Standing.OVERTYPED):
        return _OF_STANDING[standing]
    if now is None:
        return Agreement.MISSING if standing is Standing.UNTOUCHED else Agreement.OVERTYPED
    if judged.keeps_inside and stretch.inside:
        is_same = stretch.literals == judged.literals
    else:
        is_same = stretch.text == now.text
    if is_same and not (standing is Standing.OVERTYPED and stretch.text == stretch.bound.text):
        return Agreement.SAME
    return Agreement.STALE if standing is Standing.UNTOUCHED else Agreement.OVERTYPED


def _now(stretch: Stretch, figures: Mapping[str, Figure]) -> tuple[Figure | None, tuple[CellPiece, ...]]:
    bound = stretch.bound
    recipe = bound.recipe or bound.id
    found = reckon(recipe, figures)
    if found is not None and found.state is State.PRINTED:
        # How many items the text has is known from the text: it stands as it was printed.
        return replace(found, state=State.KNOWN, text=bound.text), ()
    text = legible(found.text) if found is not None and found.is_known else ""
    if found is None or not text or found.is_personal:  # what is personal no record may keep
        return None, ()
    found = replace(found, text=text)
    raw = figures.get(recipe)
    return found, cell_pieces(raw, figures) if raw is not None and raw.has_tags else ()


def _literals(pieces: tuple[CellPiece, ...]) -> tuple[str, ...]:
    found = [""]
    for piece in pieces:
        if piece.recipe:
            found.append("")
        else:
            found[-1] += piece.text
    return tuple(found)
