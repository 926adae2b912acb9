"""What `verify` and `refresh` answer."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class RefreshAnswer:
    """Answer of `refresh`: the document ('' when none had to be written), what was moved, what was left as it stands.

    `wording` are the sentences whose words no longer agree with their numbers; `is_current`:
    the document says already what the workbook says.
    """

    path: str = ""
    is_current: bool = False
    changes: tuple[ChangeAnswer, ...] = ()
    kept: tuple[JudgedAnswer, ...] = ()
    adopted: tuple[str, ...] = ()
    """Names of the figures that this refresh made 审定数."""
    wording: tuple[Finding, ...] = ()
