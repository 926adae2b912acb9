"""Last issue as the base of the next: what a writer has to look at besides the numbers that move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from officeflow.document.bound.document import BoundDocument, Stretch
from officeflow.document.bound.unbound_text import TELLING, paragraphs, unbound
from officeflow.document.bound.wording import MESSAGES, News, number, recorded
from officeflow.document.provenance.standing import Standing
from officeflow.document.reckoning.recipes import UNKNOWN, names_in
from officeflow.document.wml.wordml import TC
from officeflow.model.figures import Figure, State
from officeflow.model.findings import Finding
from officeflow.model.values import Period
from officeflow.text.numerals import print_numeral

_MOVES = frozenset({Standing.UNTOUCHED, Standing.REWORDED})
_PROSE, _SHOWN, _NAMED, _MONTH = 15, 12, 5, 31
"""Characters from which a paragraph is prose; characters quoted of one; figures named in one finding; days of a month."""
_SENTENCE_END = re.compile("[。！？]")


def as_next_findings(
    document: BoundDocument, news: News, period: Period | None = None
) -> tuple[Finding, ...]:
    """Return what is left of last issue; `period` is the new one.

    Figures whose row is gone or that fell to zero; last period and last numbers
    in words that nobody moves; paragraphs of prose that stay as they are;
    numbers of the workbook that the text does not use.  To be asked before the
    document's figures are moved.
    """
    return (
        *_fallen(document, news),
        *_left_of_last(document, news, period),
        *_same_as_last(document, news),
        *_unused(document, news),
    )


def _fallen(document: BoundDocument, news: News) -> Iterator[Finding]:
    gone: dict[int, list[Stretch]] = {}
    for one in document.figures:
        count, now = document.paragraph_number(one), news.now.get(one.name)
        if _is_gone(one, news):
            gone.setdefault(count, []).append(one)
        elif now is not None and _is_zero(one, news):
            yield MESSAGES.finding(
                "FIGURE_ZERO",
                paragraph=count,
                name=one.bound.name or one.bound.id,
                value=one.bound.text,
                expected=now.text,
            )
    yield from _gone(gone, news)


def _gone(gone: Mapping[int, Sequence[Stretch]], news: News) -> Iterator[Finding]:
    """Yield one finding per paragraph; of a ledger written row by row over several paragraphs one for them all.

    Its rows are known by their dates and names: the new ones are others, and to say so of each would say nothing.
    """
    of_lists: dict[str, list[int]] = {}
    for count, stretches in gone.items():
        for name in dict.fromkeys(map(_list_of, stretches)):
            of_lists.setdefault(name, []).append(count)
    long = {name: counts for name, counts in of_lists.items() if name and len(counts) > 1}
    for name, counts in long.items():
        figure = news.figures.get(name)
        yield MESSAGES.finding("ROWS_GONE", paragraph=_ranges(counts), value=figure.name if figure else name)
    for count, stretches in gone.items():
        whole = [one for one in stretches if not any(one.is_within(other) for other in stretches)]
        texts = dict.fromkeys(_cut(one.bound.text) for one in whole if _list_of(one) not in long)
        if texts:
            yield MESSAGES.finding("FIGURE_GONE", paragraph=count, value="”“".join(texts))


def _list_of(one: Stretch) -> str:
    """Return the id of the list whose row a figure is of, '' when it is of none."""
    return next(iter(names_in(one.bound.recipe)), "") if "[" in one.bound.recipe else ""


def _cut(text: str) -> str:
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]}…"


def _ranges(counts: Sequence[int]) -> str:
    """Return numbers of paragraphs as people write them.

    >>> _ranges([8, 20, 21, 22])
    '8、20—22'
    """
    found: list[list[int]] = []
    for count in counts:
        if found and found[-1][-1] + 1 == count:
            found[-1][1:] = [count]
        else:
            found.append([count])
    return "、".join("—".join(map(str, one)) for one in found)


def _is_gone(one: Stretch, news: News) -> bool:
    """Whether the new data have no such figure; how many items the text itself has (PRINTED) is not theirs to say."""
    if one.standing not in _MOVES or one.bound.recipe == UNKNOWN:
        return False
    now = news.now.get(one.name)
    return now is None or not (now.is_known or now.state is State.PRINTED)


def _is_zero(one: Stretch, news: News) -> bool:
    return one.standing in _MOVES and number(news.now.get(one.name)) == 0 and bool(recorded(one.bound))


def _moves(one: Stretch, news: News) -> bool:
    now = news.now.get(one.name)
    return one.standing in _MOVES and now is not None and now.is_known and now.text != one.bound.text


def _left_of_last(document: BoundDocument, news: News, period: Period | None) -> Iterator[Finding]:
    """Yield each mention of last period, and of a number that moves, in words that are not bound."""
    words = set(period_words(Period.parse(document.record.origin.period), period))
    words |= {
        one.bound.text for one in document.figures if _moves(one, news) and TELLING.fullmatch(one.bound.text)
    }
    for count, word in unbound(document, words):
        yield MESSAGES.finding("OLD_PERIOD", paragraph=count, value=word)


def period_words(last: Period | None, now: Period | None) -> Iterator[str]:
    """Yield how texts name last period, where the new one is named otherwise.

    >>> print(*period_words(Period.parse("2026-11"), Period.parse("2026-12")))
    2026年11月 11月 十一月
    """
    if last is None or last == now:
        return
    year, name = last.last.year, last.name
    if now is None or now.last.year != year:
        yield f"{year}年"
    if "Q" in name:
        ordinal = print_numeral(int(name[-1]))
        yield from (f"{year}年第{ordinal}季度", f"第{ordinal}季度", f"{ordinal}季度")
    elif "H" in name:
        half = f"{'上' if name[-1] == '1' else '下'}半年"
        yield from (f"{year}年{half}", half)
    elif name != str(year):
        # 26日至25日 is called by the month it ends in.
        month = last.last.month
        if (last.last - last.first).days <= _MONTH and (now is None or now.last.month != month):
            yield from (f"{year}年{month}月", f"{month}月", f"{print_numeral(month)}月")


def _same_as_last(document: BoundDocument, news: News) -> Iterator[Finding]:
    heading, same = "", dict[tuple[int, str], list[int]]()
    at = 0  # the heading's paragraph: two may have the same words
    for count, text, index, own in paragraphs(document):
        words = text.paragraphs[index].text.strip()
        is_prose = bool(_SENTENCE_END.search(words)) and len(words) >= _PROSE
        node = text.paragraphs[index].node
        if text.name != document.main or next(node.iterancestors(TC), None) is not None:
            continue
        if not is_prose:
            heading, at = "" if own or "\t" in words else words, count
        elif not any(_moves(one, news) or _is_gone(one, news) for one in own):
            is_headed = bool(heading) and len(heading) <= 2 * _SHOWN
            key = (at, heading) if is_headed else (count, f"{words[:_SHOWN]}…")
            same.setdefault(key, []).append(count)
    for (_, under), counts in same.items():
        yield MESSAGES.finding("SAME_AS_LAST", paragraph=_ranges(counts), value=under)


def _unused(document: BoundDocument, news: News) -> Iterator[Finding]:
    used = {
        name
        for one in document.figures
        for name in ({one.bound.id} if not one.bound.recipe else names_in(one.bound.recipe) | {one.bound.id})
    }
    idle = [one for one in news.figures.values() if one.id not in used and _is_worth(one)]
    if idle:
        names = "、".join(f"{one.name}{one.text}" for one in idle[:_NAMED])
        value = names if len(idle) <= _NAMED else f"{names}等"
        yield MESSAGES.finding("FIGURE_UNUSED", count=len(idle), value=value)


def _is_worth(figure: Figure) -> bool:
    return bool(number(figure)) and not figure.is_personal
