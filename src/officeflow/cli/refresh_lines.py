"""What a person sees of `verify` and `refresh`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from officeflow.cli.parser import screens
from officeflow.flow._refresh_answers import JudgedAnswer, RefreshAnswer, VerifyAnswer

_LONGEST = 24
_SETTLED = ("same", "adopted")


def verify_lines(answer: VerifyAnswer) -> Iterator[str]:
    """Yield one sentence that counts the figures by how they stand; what does not agree was listed as findings."""
    words = screens()["verify"]
    counts = Counter(figure.state for figure in answer.figures)
    if not counts:
        return
    parts = words["joiner"].join(
        words[state].format(count=counts[state]) for state in words["order"] if counts[state]
    )
    yield words["total"].format(count=len(answer.figures), parts=parts)
    if all(state in _SETTLED for state in counts):
        yield words["settled"]


def refresh_lines(answer: RefreshAnswer) -> Iterator[str]:
    """Yield what was moved, and one sentence with where it was written."""
    words = screens()["refresh"]
    for change in answer.changes:
        yield words["change"].format(
            paragraph=change.paragraph, name=change.name, before=_short(change.from_), after=_short(change.to)
        )
    kept = _edited(answer.kept)
    if answer.is_current and not kept:
        yield words["same"]
    elif answer.is_current or answer.path:
        yield words["kept" if kept else "moved"].format(count=len(answer.changes), kept=kept)
    if answer.path:
        yield words["written"].format(path=answer.path)


def _edited(kept: tuple[JudgedAnswer, ...]) -> int:
    """Return how many figures a person changed; those of which the data say nothing were nobody's doing."""
    return sum(figure.state != "missing" for figure in kept)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
