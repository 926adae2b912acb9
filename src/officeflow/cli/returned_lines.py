"""What a person sees of `rebind` and `compare`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from officeflow.cli.parser import screens
from officeflow.flow._returned_answers import ChangedAnswer, CompareAnswer, RebindAnswer

_SHOWN, _LONGEST = 30, 40


def compare_lines(answer: CompareAnswer) -> Iterator[str]:
    """Yield how many changes there are, each in a line, and what was written."""
    words = screens()["compare"]
    if answer.changes:
        numbers = sum(change.kind == "number" for change in answer.changes)
        yield words["total"].format(count=len(answer.changes), numbers=numbers)
        yield from _changes(answer.changes)
    elif answer.is_same:
        yield words["same"]
    for path in answer.files:
        yield screens()["files"]["line"].format(path=path)


def rebind_lines(answer: RebindAnswer) -> Iterator[str]:
    """Yield the words that were changed (numbers and losses were listed as findings), and where it was written."""
    words = screens()["rebind"]
    if answer.words:
        yield words["words"].format(count=len(answer.words))
        yield from _changes(answer.words)
    if answer.path:
        yield words["total"].format(
            count=answer.bound, numbers=len(answer.numbers), lost=len(answer.lost), words=len(answer.words)
        )
        yield screens()["files"]["line"].format(path=answer.path)


def _changes(changes: Sequence[ChangedAnswer]) -> Iterator[str]:
    words = screens()["compare"]
    for change in changes[:_SHOWN]:
        form = "both" if change.before and change.after and change.kind != "moved" else change.kind
        yield words[form].format(
            kind=words["kinds"][change.kind],
            place=change.place,
            figure=f"{change.figure}　" if change.figure else "",
            before=_short(change.before),
            after=_short(change.after),
        )
    if len(changes) > _SHOWN:
        yield words["rest"].format(count=len(changes) - _SHOWN)


def _short(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
