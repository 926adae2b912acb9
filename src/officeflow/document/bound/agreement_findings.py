"""What a person is told of each figure that does not stand as it was printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from officeflow.document.bound.agreement import Agreement, JudgedFigure
from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.provenance.standing import is_number, typed_against
from officeflow.document.wml.bound_text import Spot
from officeflow.model.findings import Finding
from officeflow.model.values import plain
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "agreement.toml")
_CODES = {
    Agreement.STALE: "FIGURE_STALE",
    Agreement.REWORDED: "REWORDED",
    Agreement.OVERTYPED: "OVERTYPED",
    Agreement.REMOVED: "FIGURE_REMOVED",
    Agreement.ADOPTED: "FIGURE_ADOPTED",
    Agreement.MISSING: "SOURCE_MISSING",
}
_CHANGED = (Agreement.OVERTYPED, Agreement.REWORDED, Agreement.REMOVED, Agreement.ADOPTED)
_FEWEST = 6
"""Characters around a number by which a copy of its sentence is known."""
_LONGEST = 12
"""Characters of a text by which a person may call a figure."""
_STOP = re.compile("[0-9。！？；\n]")
_TO_QUOTE = re.compile(r"[\s()&|<>;'$*?]")
"""What a command line would not take as part of a name."""


@cache
def words() -> dict[str, str]:
    """Return the words by which findings name a value and a place."""
    source = Path(__file__).with_name("agreement_words.toml").read_text(encoding="utf-8")
    return {name: str(said) for name, said in tomllib.loads(source).items()}


def said_of(judged: JudgedFigure) -> str:
    """Return what the data say: 16000元（1.6万元）, the printed text alone where that is exact."""
    now = judged.now
    if now is None:
        return words()["nothing"]
    number = plain(now.value) if isinstance(now.value, Decimal) else ""
    if not number or number in now.text:
        return now.text
    return words()["exact"].format(exact=f"{number}{now.unit}", printed=now.text)


@dataclass(frozen=True)
class AgreementReport:
    """All figures of a document held against the data, as people are told of them."""

    document: BoundDocument
    judged: Sequence[JudgedFigure]

    def key(self, judged: JudgedFigure) -> str:
        """Return the shortest name by which a person can mean this figure and none that says something else, as typed."""
        name = next(name for name in self.names_of(judged) if len(self._written.get(name, ())) <= 1)
        return f'"{name}"' if _TO_QUOTE.search(name) else name

    @cached_property
    def _written(self) -> Mapping[str, set[str | None]]:
        """What stands at the changed figures that a name means."""
        found: dict[str, set[str | None]] = {}
        for one in self.judged:
            for name in self.names_of(one) if one.agreement in _CHANGED else ():
                found.setdefault(name, set()).add(one.stretch.text)
        return found

    def names_of(self, judged: JudgedFigure) -> tuple[str, ...]:
        """Return what a person may call a figure, best first.

        Its name, its id, its name at its paragraph (捐款@18), what is written there, its bookmark's name.
        """
        bound, number, written = judged.stretch.bound, self.number(judged), shown_text(judged)
        name = bound.name or bound.id
        at = (f"{name}@{number}",) if number else ()
        return name, bound.id, *at, *((written,) if 0 < len(written) <= _LONGEST else ()), judged.stretch.name

    def number(self, judged: JudgedFigure) -> int:
        """Return the paragraph it stands in, from 1; 0 when it is gone."""
        return self.document.paragraph_number(judged.stretch)

    def finding(self, judged: JudgedFigure, code: str = "") -> Finding | None:
        """Return what is to be said of a figure, None when it says what the data say; `code` for another message."""
        code = code or _code(judged)
        if not code:
            return None
        bound, text = judged.stretch.bound, judged.stretch.text
        is_gone = judged.agreement is Agreement.REMOVED
        return MESSAGES.finding(
            code,
            name=bound.name or bound.id,
            key=self.key(judged),
            value=bound.text if is_gone or text is None else shown_text(judged),
            expected=said_of(judged),
            paragraph=self.number(judged),
            reason=bound.reason,
        )

    def copies(self, judged: JudgedFigure) -> Iterator[Finding]:
        """Yield a finding for each other place that says the sentence of an untouched number word by word."""
        stretch = judged.stretch
        patterns = list(_patterns(stretch))
        if stretch.text is None or not is_number(stretch.bound) or not patterns:
            return
        taken = {(one.part, one.start) for one in self.document.figures if one.text is not None}
        count = 0
        for text in self.document.texts:
            for index, paragraph in enumerate(text.paragraphs):
                count += bool(paragraph.text.strip())
                found = {match.start() for pattern in patterns for match in pattern.finditer(paragraph.text)}
                for start in sorted(found):
                    if (text.name, Spot(index, start)) not in taken:
                        yield MESSAGES.finding(
                            "FIGURE_COPIED",
                            name=stretch.bound.name or stretch.bound.id,
                            value=stretch.text,
                            expected=said_of(judged),
                            paragraph=count,
                        )


def _patterns(stretch: Stretch) -> Iterator[re.Pattern[str]]:
    """Yield how a copy of a number is known: by its words as they were when it was printed, or as they are.

    Numbers beside it may have been changed since the copy was made: they are no words.
    """
    bound, beside = stretch.bound, stretch.beside
    for before, after in {(bound.before, bound.after), (beside.before, beside.after)}:
        ahead, behind = _STOP.split(before)[-1], _STOP.split(after)[0]
        if len(ahead) + len(behind) >= _FEWEST:
            text = re.escape(stretch.text or "")
            yield re.compile(f"(?<={re.escape(ahead)}){text}(?={re.escape(behind)})")


def _code(judged: JudgedFigure) -> str:
    bound, agreement = judged.stretch.bound, judged.agreement
    if agreement is Agreement.MISSING and not bound.value:
        return "FIGURE_AWAITED"
    if agreement is Agreement.ADOPTED and not bound.adopted:
        return "ADOPTED_REMOVED"
    return _CODES.get(agreement, "")


def shown_text(judged: JudgedFigure) -> str:
    """Return what stands there now, with what was typed against it: 近39名."""
    stretch = judged.stretch
    text = stretch.text or ""
    if judged.agreement in (Agreement.REWORDED, Agreement.OVERTYPED) and text == stretch.bound.text:
        before, after = typed_against(stretch.bound, *stretch.against)
        return f"{before}{text}{after}"
    return text
