"""Bind again what came back: pasted as plain text, typed again, from another program."""

from __future__ import annotations

from pathlib import Path

from officeflow.document.bound.document import BoundDocument
from officeflow.document.compare.rebinding import LostFigure, Rebound, rebind
from officeflow.document.provenance.record import Record
from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import (
    ChangedAnswer,
    Exit,
    LostAnswer,
    NumberAnswer,
    RebindAnswer,
    Result,
    RivalAnswer,
    exit_for,
    exit_without,
)
from officeflow.flow.destination import marked_name, put
from officeflow.intake.desk import Desk
from officeflow.intake.documents import SIDECAR, read_any_document, read_document, read_sidecar
from officeflow.intake.progress import Event, Tell, ignore
from officeflow.intake.source import missing
from officeflow.model.findings import Finding, Outcome

_LONGEST = 16
"""Characters by which a sentence is known again in a list of several."""


def run(desk: Desk, *, returned: Path, ours: Path, output: Path | None = None, tell: Tell = ignore) -> Result:
    """Return where what came back was written with our figures bound in it, and what people changed.

    `ours` is our last version or its sidecar; `returned` stays as it is.  Done when no
    number was changed and no figure was lost.

    Raises:
        OSError: a file or the folder is out of reach now.
    """
    known = _known(ours)
    tell(Event(stage="read", name=returned.name))
    came = read_any_document(desk, returned)
    findings = (*known.findings, *came.findings)
    if known.value is None or came.value is None:
        return Result(RebindAnswer(), findings, exit_without(findings))
    record, document = known.value
    tell(Event(stage="bind", name=returned.name))
    outcome = rebind(came.value, record, document, name=returned.name)
    if outcome.value is None:
        return Result(RebindAnswer(), (*findings, *outcome.findings), Exit.UNUSABLE)
    rebound = outcome.value
    said = (*findings, *_renumbered(rebound), *_lost(rebound.lost))
    if not rebound.count:
        none = MESSAGES.finding("NOTHING_BOUND", name=returned.name, other=ours.name)
        return Result(_answer(rebound), (*findings, none), Exit.FINDINGS)
    target = output or marked_name(returned, words()["rebound"], ".docx")
    written = put("rebind", rebound.document, target, is_named=output is not None)
    answer = _answer(rebound, "" if written.value is None else str(written.value))
    return Result(answer, (*said, *written.findings), exit_for((*said, *written.findings)))


def _known(path: Path) -> Outcome[tuple[Record, BoundDocument | None] | None]:
    """Return the record of our last version and that itself, where it is more than a sidecar."""
    if path.name.endswith(SIDECAR):
        sidecar = read_sidecar(path)
        if sidecar.value is not None:
            return Outcome((sidecar.value, None))
        lost = MESSAGES.finding("SIDECAR_UNREADABLE", file=str(path), name=path.name)
        return Outcome(None, sidecar.findings or (lost if path.is_file() else missing(path),))
    opened = read_document(path)
    if opened.value is None:
        return Outcome(None, opened.findings)
    return Outcome((opened.value.record, opened.value), opened.findings)


def _renumbered(rebound: Rebound) -> list[Finding]:
    return [
        MESSAGES.finding(
            "NUMBER_CHANGED" if one.id else "NUMBER_CHANGED_BY_HAND",
            paragraph=one.paragraph,
            name=one.name,
            value=one.theirs,
            expected=one.ours,
        )
        for one in rebound.numbers
    ]


def _lost(lost: tuple[LostFigure, ...]) -> list[Finding]:
    """Return one finding for what was lost of a figure in one sentence: a list may have many entries there."""
    groups: dict[tuple[str, str, tuple[tuple[int, str], ...]], list[str]] = {}
    for one in lost:
        groups.setdefault((one.name, one.sentence, one.places), []).append(one.text)
    return [
        MESSAGES.finding(
            "FIGURE_TWICE" if places else "FIGURE_LOST",
            name=name,
            value=words()["and"].join(texts),
            sentence=_around(sentence, texts[0]),
            places=words()["or"].join(
                words()["rival"].format(paragraph=paragraph, sentence=_brief(text))
                for paragraph, text in places
            ),
        )
        for (name, sentence, places), texts in groups.items()
    ]


def _around(sentence: str, text: str) -> str:
    """Return a sentence cut to the words around a figure's."""
    start = max(sentence.find(text), 0)
    first, last = max(start - _LONGEST // 2, 0), start + min(len(text), _LONGEST) + _LONGEST // 2
    return f"{'…' if first else ''}{sentence[first:last]}{'…' if last < len(sentence) else ''}"


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _answer(rebound: Rebound, path: str = "") -> RebindAnswer:
    return RebindAnswer(
        path=path,
        bound=rebound.count,
        words=tuple(map(ChangedAnswer.of, rebound.words)),
        numbers=tuple(
            NumberAnswer(
                id=one.id,
                name=one.name,
                ours=one.ours,
                theirs=one.theirs,
                sentence=one.sentence,
                paragraph=one.paragraph,
            )
            for one in rebound.numbers
        ),
        lost=tuple(
            LostAnswer(
                id=one.id,
                name=one.name,
                text=one.text,
                sentence=one.sentence,
                places=tuple(RivalAnswer(paragraph=number, sentence=text) for number, text in one.places),
            )
            for one in rebound.lost
        ),
    )
