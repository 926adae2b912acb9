"""What `verify` and `refresh` answer."""

from __future__ import annotations

from dataclasses import dataclass

from officeflow.document.agreement import Judged
from officeflow.document.agreement_findings import Told, shown_text
from officeflow.document.refreshing import Moved
from officeflow.model.findings import Finding


@dataclass(frozen=True, kw_only=True)
class JudgedAnswer:
    """One printed figure: what was printed last, what stands there now, what the data would print.

    `state` is same, stale, reworded, overtyped, removed, adopted or missing; `now` '' when it is
    gone, `expected` '' when the data give nothing; `paragraph` counts from 1, 0 when it is gone.
    """

    id: str
    name: str
    bookmark: str
    state: str
    recorded: str
    now: str
    expected: str
    sentence: str
    paragraph: int
    reason: str = ""

    @classmethod
    def of(cls, judged: Judged, told: Told) -> JudgedAnswer:
        """Return the envelope's form of a figure held against the data."""
        stretch, bound = judged.stretch, judged.stretch.bound
        return cls(
            id=bound.id,
            name=bound.name or bound.id,
            bookmark=stretch.name,
            state=judged.agreement.value,
            recorded=bound.text,
            now=shown_text(judged),
            expected=judged.now.text if judged.now else "",
            sentence=stretch.sentence,
            paragraph=told.number(judged),
            reason=bound.reason,
        )


@dataclass(frozen=True, kw_only=True)
class VerifyAnswer:
    """Answer of `verify`: every figure of the document, in its order."""

    figures: tuple[JudgedAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeAnswer:
    """One figure that was moved; `sentence` is the one it stood in."""

    id: str
    name: str
    bookmark: str
    from_: str
    to: str
    sentence: str
    paragraph: int

    @classmethod
    def of(cls, moved: Moved, told: Told) -> ChangeAnswer:
        """Return the envelope's form of a move."""
        stretch = moved.judged.stretch
        return cls(
            id=stretch.bound.id,
            name=stretch.bound.name or stretch.bound.id,
            bookmark=stretch.name,
            from_=moved.before,
            to=moved.after,
            sentence=stretch.sentence,
            paragraph=told.number(moved.judged),
        )


@dataclass(frozen=True, kw_only=True)
class RefreshAnswer:
    """Answer of `refresh`: the document ('' when none had to be written), what was moved, what was left as it stands.

    `wording` are the sentences whose words no longer agree with their numbers.
    """

    path: str = ""
    changes: tuple[ChangeAnswer, ...] = ()
    kept: tuple[JudgedAnswer, ...] = ()
    wording: tuple[Finding, ...] = ()
