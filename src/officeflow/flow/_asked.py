"""Find the figures that a person means: by id, by name, or by what stands on the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from officeflow.document.bound.document import BoundDocument
from officeflow.document.wml.bound_text import sentence_at
from officeflow.flow._messages import MESSAGES
from officeflow.model.findings import Finding
from officeflow.model.trace import Trace, TracedFigure
from officeflow.text.nearest import nearest

_DIGIT = re.compile(r"[0-9.]")
_SHORTEST_PART = 2
"""Characters of a name that say which are meant."""
_LONGEST_QUOTE = 30


def asked(wanted: str, figures: Iterable[TracedFigure]) -> tuple[TracedFigure, ...]:
    """Return the figures that `wanted` says: the first way of reading it that fits any.

    In this order: id or name; printed text; the number alone (248, 16000, 1.6万); a number inside
    a longer text; words of the sentence that hold it; a part of the name.
    """
    said, known = _plain(wanted), tuple(figures)
    for fits in _READINGS:
        if said and (found := tuple(one for one in known if fits(said, one))):
            return found
    return ()


def _plain(text: str) -> str:
    """Return a text with full-width signs, blanks and digit groups made regular."""
    narrow = "".join(normalize("NFKC", text).split())
    return re.sub(r"(?<=\d),(?=\d{3})", "", narrow)


def _printed(figure: TracedFigure) -> list[str]:
    return [_plain(text) for text in (figure.text, figure.text_now) if text]


def _is_named(said: str, figure: TracedFigure) -> bool:
    return said in (_plain(figure.id), _plain(figure.name), figure.mark)


def _is_printed(said: str, figure: TracedFigure) -> bool:
    return said in _printed(figure)


def _is_value(said: str, figure: TracedFigure) -> bool:
    bare = said.removesuffix(figure.unit) if figure.unit else said
    if bare in [text.removesuffix(figure.unit) for text in _printed(figure)]:
        return True
    try:
        return Decimal(bare) == Decimal(figure.value)
    except InvalidOperation:
        return bare == figure.value


def _holds_number(said: str, figure: TracedFigure) -> bool:
    return any(_stands_in(said, text) for text in _printed(figure)) and any(map(str.isdigit, said))


def _is_quoted(said: str, figure: TracedFigure) -> bool:
    """Whether words of its sentence were given that hold it: 衣物248件."""
    return any(text in said for text in _printed(figure)) and said in _plain(figure.sentence)


def _stands_in(said: str, text: str) -> bool:
    """Whether a text holds another that is no part of a longer number there."""
    for found in re.finditer(re.escape(said), text):
        before, after = (
            text[found.start() - 1 : found.start()] if found.start() else "",
            text[found.end() : found.end() + 1],
        )
        if not (_DIGIT.match(said[0]) and _DIGIT.match(before)) and not (
            _DIGIT.match(said[-1]) and _DIGIT.match(after)
        ):
            return True
    return False


def _is_part(said: str, figure: TracedFigure) -> bool:
    return len(said) >= _SHORTEST_PART and (said in figure.name or said in figure.id)


_READINGS: Sequence[Callable[[str, TracedFigure], bool]] = (
    _is_named,
    _is_printed,
    _is_value,
    _holds_number,
    _is_quoted,
    _is_part,
)


def not_found(wanted: str, document: BoundDocument, trace: Trace) -> Finding:
    """Return why nothing is known of what was asked for: typed by hand in the text, or not there at all."""
    said, number = _plain(wanted), 0
    for part in document.texts:
        for paragraph in part.paragraphs:
            number += bool(paragraph.text.strip())
            line = _plain(paragraph.text)
            if said and _stands_in(said, line):
                sentence = sentence_at(line, line.find(said))
                return MESSAGES.finding(
                    "NUMBER_BY_HAND", value=wanted, paragraph=number, sentence=_short(sentence)
                )
    return MESSAGES.finding("FIGURE_NOT_THERE", value=wanted, nearest=_nearest(said, trace.figures))


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST_QUOTE else f"{sentence[: _LONGEST_QUOTE - 1]}…"


def _nearest(said: str, figures: Sequence[TracedFigure]) -> str:
    """Return the printed number nearest to a number, else the name or text most like what was said."""
    names = [name for one in figures for name in (one.id, one.name, one.text)]
    exact = {
        one.text: value for one in figures if one.is_reported and (value := _number(one.value)) is not None
    }
    wanted = _number("".join(re.findall(r"[\d.]", said)))
    if wanted is not None and exact:
        return min(exact, key=lambda text: abs(exact[text] - wanted))
    return nearest(said, names) or next(iter((*exact, *names)), "")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.split(" ", maxsplit=1)[0])
    except InvalidOperation:
        return None
