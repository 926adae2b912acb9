"""What a person sees of `verify` and `refresh`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from officeflow.cli.parser import screens
from officeflow.flow._refresh_answers import RefreshAnswer, VerifyAnswer

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
    if answer.adopted:
        yield words["newly"].format(count=len(answer.adopted), names=words["and"].join(answer.adopted))
    yield from _sentence(answer)
    if answer.path:
        yield words["written"].format(path=answer.path)


def _sentence(answer: RefreshAnswer) -> Iterator[str]:
    words, states = screens()["refresh"], Counter(figure.state for figure in answer.kept)
    # Those of which the data say nothing were nobody's doing.
    counts = {"adopted": states["adopted"], "kept": states.total() - states["adopted"] - states["missing"]}
    if answer.is_current and not any(counts.values()):
        yield words["same"]
    elif answer.is_current or answer.path:
        parts = [words["moved" if answer.changes else "none"].format(count=len(answer.changes))]
        parts += [words[name].format(count=counts[name]) for name in ("kept", "adopted") if counts[name]]
        yield words["sentence"].format(parts=words["joiner"].join(parts))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
