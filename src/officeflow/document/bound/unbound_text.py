"""What a person typed again instead of letting it be printed: numbers and words in text that nothing moves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from officeflow.document.bound.agreement import Agreement, JudgedFigure
from officeflow.document.bound.agreement_findings import MESSAGES, said_of, words
from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.wml.bound_text import PartText
from officeflow.model.findings import Finding
from officeflow.text.numerals import SIGNS

TELLING = re.compile(r"\d.*\D|第.+期")
"""A printed text that can be recognised where it was typed again: a number with its unit, an issue number."""
_DIGITS = re.compile(r"\d{2,}")
_MOVED_ON = frozenset({Agreement.STALE, Agreement.REWORDED, Agreement.OVERTYPED, Agreement.REMOVED})
_LONGER = f"{SIGNS},，"  # 248件 is not part of 1,248件


def paragraphs(document: BoundDocument) -> Iterator[tuple[int, PartText, int, list[Stretch]]]:
    """Yield the paragraphs with words: number, part, index and the figures in it."""
    at: dict[tuple[str, int], list[Stretch]] = {}
    for one in document.figures:
        for index in range(one.start.paragraph, one.end.paragraph + 1) if one.part else ():
            at.setdefault((one.part, index), []).append(one)
    count = 0
    for text in document.texts:
        for index, paragraph in enumerate(text.paragraphs):
            if paragraph.text.strip():
                count += 1
                yield count, text, index, at.get((text.name, index), [])


def unbound(document: BoundDocument, said: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield where words stand that no figure holds: the paragraph's number and the words, once per paragraph.

    No part of a longer number counts, nor 23人 of 23人次.
    """
    if not said:
        return
    longest_first = sorted(said, key=lambda word: (-len(word), word))
    tail = rf"(?!(?<=\d)[{_LONGER.replace('，', '')}%％]|(?<=人)次)"
    pattern = re.compile(rf"(?<![{SIGNS}])(?<!\d[,，])(?:{'|'.join(map(re.escape, longest_first))}){tail}")
    for count, text, index, own in paragraphs(document):
        found = (
            match[0]
            for match in pattern.finditer(text.paragraphs[index].text)
            if not any(one.start.offset < match.end() and match.start() < one.end.offset for one in own)
        )
        for word in dict.fromkeys(found):
            yield count, word


def typed_again(
    document: BoundDocument, judged: Iterable[JudgedFigure], told: Iterable[Finding] = ()
) -> Iterator[Finding]:
    """Yield a hint for each paragraph that says, typed by hand, what a figure said before the data moved on.

    `told` are findings of copied sentences: what they quote is not said again.  To be asked
    before the document's figures are moved.
    """
    moved: dict[str, list[JudgedFigure]] = {}
    for one in judged:
        if one.agreement in _MOVED_ON and one.now and one.now.text != one.stretch.bound.text:
            moved.setdefault(one.stretch.bound.text, []).append(one)
    telling = [text for text in moved if TELLING.fullmatch(text) or _DIGITS.fullmatch(text)]
    quoted = {(one.message.partition("段")[0], one.value) for one in told if one.code == "FIGURE_COPIED"}
    for count, text in unbound(document, telling):
        if (f"第{count}", text) not in quoted:
            names = (one.stretch.bound.name or one.stretch.bound.id for one in moved[text])
            yield MESSAGES.finding(
                "TYPED_AGAIN",
                paragraph=count,
                value=text,
                name=_listed(names),
                expected=_listed(map(said_of, moved[text])),
            )


def _listed(texts: Iterable[str]) -> str:
    return words()["joiner"].join(dict.fromkeys(texts))
