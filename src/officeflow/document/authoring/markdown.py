"""The Markdown of a report's text: what an author writes, as blocks that the template is built from.

The dialect (a report is one UTF-8 file, `<report>.md` beside kit.toml):

    导语一段，里面可以写 {{ 指标 }}。          a paragraph; its lines are joined

    ## 摸清情况，找准方向                    a section; its number (一、) is computed
    ### 小标题                               a section inside it (（一）); #### 1.  ##### （1）
    ## 捐款捐物 {%p if 捐款 %}                a section that needs something
    办法有三条。                             a list under a paragraph, no blank line between:
    {#措施项数}                              (the next list's count is printed as 措施项数)
    1. 抓……。                                run on in the same paragraph as 一是…二是…
    2. 促……。
    {% if 捐款 %}                            tags alone on a line between entries stay between them
    3. 帮……。
    {% endif %}
    以上{{ 措施项数|汉字 }}条……。             and the paragraph goes on

                                             a list after a blank line: one paragraph per entry
    | 社区 | 户数 |                          a table; the first row is repeated on every page
    |------|---:|                            the more dashes the wider the column; as many = as wide
    {%tr for 行 in 联系社区名单 %}            a line of {%tr … %} alone becomes a row of its own
    | {{ 行.社区名称 }} | {{ 行.居民户数 }} |
    {%tr endfor %}

    ![柱状图：标题](各类捐物)                a chart of a figure by groups; of a list with two of its columns:
    ![饼图](联系社区名单：社区名称，居民户数)

    {%p if 指标 %}                           {%p … %} alone on a line stands between blocks
    ---                                      ends the sections: what follows has no number
    ### 走下去。### 各单位……                 a run-in head: these words look as a ### heading does, the paragraph
                                             goes on; it has no number; anywhere in a text, as often as you like
    **重点** is bold.  <!-- a remark --> is left out.

Everything else is text.  Entries may start with any number; what is printed is
counted.  Template tags (`{{ }}`, `{% %}`, `{# #}`) pass through untouched.

Why no Markdown library: the tags are full of Markdown's own signs (`|`, `_`,
`*`, `<`), and a run-in list that its paragraph outlives is not Markdown.  A
line grammar says all of it in one page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufeff]")  # what XML cannot hold; the byte order mark of Notepad
_REMARK = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_HEADING = re.compile(r"(#{2,5})\s+(.*?)\s*(?:\{%p\s+if\s+(.*?)\s*%\})?")
_ENTRY = re.compile(r"[0-9]+[.、)）]\s*(.*)")
_RUN_IN = re.compile(r"(?<!#)(?P<sign>#{2,5})(?!#)\s*(?P<head>.+?)\s*(?<!#)(?P=sign)(?!#)\s*")
_LEADS_IN = re.compile(_RUN_IN.pattern + r"(?!\{%p\s)\S")
_SPAN = re.compile(rf"\*\*(?P<bold>.+?)\*\*|{_RUN_IN.pattern}", re.DOTALL)
_COUNT_NAME = re.compile(r"\{#\s*(\w+)\s*\}")
_BLOCK_TAG = re.compile(r"\{%p\s.*%\}")
_ROW_TAG = re.compile(r"\{%tr\s.*%\}")
_ONLY_TAGS = re.compile(r"(\{%(?!p\s|tr\s|tc\s|r\s)(?:(?!%\}).)*%\}\s*)+")
_CHART = re.compile(r"!\[\s*([^\]：:]*?)\s*(?:[：:]\s*([^\]]*?)\s*)?\]\(\s*(.+?)\s*\)")
_COLUMNS = re.compile(r"([^：:|()\"'\[\]{}]+?)\s*[：:]\s*([^：:|()\"'\[\]{}]+)")
_END = re.compile(r"-{3,}")
_ALIGNMENT = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?")
_OPENS, _CLOSES = re.compile(r"\{%-?\s*(?:if|for)\b"), re.compile(r"\{%-?\s*end(?:if|for)\b")
_ALIGNS = {(False, False): "left", (True, False): "left", (False, True): "right", (True, True): "center"}
_HIDDEN = "\0"
_STOP = re.compile("[，。；：,;:]")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""One template tag."""


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A section begins; `level` 1 is `##`; `when` is the expression that it depends on, '' = always."""

    level: int
    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list, without its number."""

    text: str


@dataclass(frozen=True, slots=True)
class MarkdownList:
    """A list: entries, and tags that stand between them; `name` is the figure that prints their count."""

    parts: tuple[ListEntry | str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Text and run-in lists in their order."""

    pieces: tuple[str | MarkdownList, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows of cells, the first repeated on every page; a row of one text is a {%tr %} tag."""

    rows: tuple[tuple[str, ...] | str, ...]
    aligns: tuple[str, ...]
    widths: tuple[int, ...] = ()
    """How wide the columns are, beside one another; () = equal."""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart: its kind in the author's words, its title ('' = none), the figure it shows.

    `columns` are those of a list that it takes: the first names the points, each other is a series.
    """

    kind: str
    title: str
    figure: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words that look alike: bold, or as headings of a level do (0 = as the text)."""

    text: str
    is_bold: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class BlockTag:
    """A tag between blocks ({%p … %})."""

    text: str


@dataclass(frozen=True, slots=True)
class SectionsEnd:
    """What follows belongs to no section."""


Block: TypeAlias = HeadingBlock | TextBlock | MarkdownList | TableBlock | ChartBlock | BlockTag | SectionsEnd


def read_markdown(text: str) -> tuple[Block, ...]:
    r"""Return the blocks of a report's text.

    >>> read_markdown("## 摸底\n共{{ 户数 }}。\n1. 查\n2. 访\n至此完成。")[1]
    TextBlock(pieces=('共{{ 户数 }}。', MarkdownList(parts=(ListEntry(text='查'), ListEntry(text='访')), name=''), '至此完成。'))
    """
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", _REMARK.sub("", _INVISIBLE.sub("", text))):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        blocks.extend(_blocks(lines))
    return tuple(blocks)


def report_outline(text: str) -> tuple[HeadingBlock | ListEntry, ...]:
    r"""Return the headings and list entries of a report in order, for a prefilled 提纲.

    An entry is named by its leading words, up to the first punctuation mark.

    >>> report_outline("## 考评\n1. 列入考核。纳入目标管理。\n2. {{ 安排 }}")[1:]
    (ListEntry(text='列入考核'), ListEntry(text='{{ 安排 }}'))
    """
    found: list[HeadingBlock | ListEntry] = []
    for block in read_markdown(text):
        if isinstance(block, HeadingBlock):
            found.append(block)
        pieces = block.pieces if isinstance(block, TextBlock) else (block,)
        for piece in pieces:
            if isinstance(piece, MarkdownList):
                found.extend(
                    ListEntry(_leading(part.text)) for part in piece.parts if isinstance(part, ListEntry)
                )
    return tuple(found)


def spans_of(text: str) -> Iterator[TextSpan]:
    """Yield a text's words by their look, the signs that say it left out; template tags are not looked into.

    >>> list(spans_of("### 走下去。### 共**{{ 甲 ** 2 }}**户"))[:2]
    [TextSpan(text='走下去。', is_bold=False, level=2), TextSpan(text='共', is_bold=False, level=0)]
    """
    tags = iter(TAG.findall(text))
    hidden, at = TAG.sub(_HIDDEN, text), 0
    for found in _SPAN.finditer(hidden):
        shown = found["bold"] or found["head"]
        for span in (
            TextSpan(hidden[at : found.start()]),
            TextSpan(shown, bool(found["bold"]), len(found["sign"] or "-") - 1),
        ):
            if span.text:
                yield replace(span, text=_with_tags(span.text, tags))
        at = found.end()
    if hidden[at:]:
        yield TextSpan(_with_tags(hidden[at:], tags))


def _with_tags(text: str, tags: Iterator[str]) -> str:
    return re.sub(_HIDDEN, lambda _: next(tags), text)


def _leading(text: str) -> str:
    first = _STOP.split(TAG.sub(_HIDDEN, text), maxsplit=1)[0]
    return _with_tags(first, iter(TAG.findall(text)))


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Yield the blocks of lines without a blank one among them."""
    while lines:
        line = lines[0]
        if heading := _heading(line):
            yield HeadingBlock(len(heading[1]) - 1, heading[2], heading[3] or "")
        elif _END.fullmatch(line):
            yield SectionsEnd()
        elif _BLOCK_TAG.fullmatch(line):
            yield BlockTag(line)
        elif chart := _CHART.fullmatch(line):
            yield _chart(chart)
        else:
            length = next((i for i, other in enumerate(lines) if _stands_alone(other)), len(lines))
            yield _prose(lines[:length])
            lines = lines[length:]
            continue
        lines = lines[1:]


def _stands_alone(line: str) -> bool:
    return bool(_heading(line)) or any(pattern.fullmatch(line) for pattern in (_END, _BLOCK_TAG, _CHART))


def _heading(line: str) -> re.Match[str] | None:
    return None if _LEADS_IN.match(TAG.sub(_HIDDEN, line)) else _HEADING.fullmatch(line)


def _chart(found: re.Match[str]) -> ChartBlock:
    kind, title, shown = found.groups()
    if columns := _COLUMNS.fullmatch(shown):
        return ChartBlock(
            kind, title or "", columns[1], tuple(re.split(r"\s*[，,、]\s*", columns[2].strip()))
        )
    return ChartBlock(kind, title or "", shown)


def _prose(lines: list[str]) -> Block:
    if len(lines) > 1 and "|" in lines[0] and _ALIGNMENT.fullmatch(lines[1]):
        return _table(lines)
    pieces = tuple(_listing(run) if is_list else join_lines(run) for is_list, run in _runs(lines) if run)
    match pieces:
        case (MarkdownList() as only,):
            return only
    return TextBlock(pieces)


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield (is a list, lines) in order; a line of tags belongs where its block is opened and closed."""
    text: list[str] = []
    entries: list[str] = []
    for line in lines:
        if _ENTRY.fullmatch(line) or _COUNT_NAME.fullmatch(line):
            if not entries:
                entries = _take_last(text, lambda lines: _depth(lines[-1]) > 0)
                yield False, text
                text = []
            entries.append(line)
        elif entries and _ONLY_TAGS.fullmatch(line) and _depth(*entries, line) >= 0:
            entries.append(line)
        else:
            if entries:
                text = _take_last(entries, lambda lines: _depth(*lines) > 0)
                yield True, entries
                entries = []
            text.append(line)
    yield (True, entries) if entries else (False, text)


def _take_last(lines: list[str], belongs: Callable[[list[str]], bool]) -> list[str]:
    """Remove from the end the lines of tags that belong to what follows, and return them."""
    taken: list[str] = []
    while lines and _ONLY_TAGS.fullmatch(lines[-1]) and belongs(lines):
        taken.insert(0, lines.pop())
    return taken


def _depth(*lines: str) -> int:
    """Return how many {% if %} and {% for %} the lines of tags leave open."""
    tags = [line for line in lines if _ONLY_TAGS.fullmatch(line)]
    return sum(len(_OPENS.findall(line)) - len(_CLOSES.findall(line)) for line in tags)


def _listing(lines: list[str]) -> MarkdownList:
    names = [name[1] for line in lines if (name := _COUNT_NAME.fullmatch(line))]
    rest = [line for line in lines if not _COUNT_NAME.fullmatch(line)]
    parts = (ListEntry(entry[1]) if (entry := _ENTRY.fullmatch(line)) else line for line in rest)
    return MarkdownList(tuple(parts), names[-1] if names else "")


def join_lines(lines: list[str]) -> str:
    """Return lines as one text: a space only between two Latin words, which Chinese does not use."""
    text = ""
    for line in lines:
        gap = text[-1:].isascii() and text[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        text += " " * gap + line
    return text


def _table(lines: list[str]) -> TableBlock:
    marks = _cells(lines[1])
    aligns = tuple(_ALIGNS[mark.startswith(":"), mark.endswith(":")] for mark in marks)
    rows = [line if _ROW_TAG.fullmatch(line) else _cells(line) for line in (lines[0], *lines[2:])]
    return TableBlock(tuple(rows), aligns, tuple(mark.count("-") for mark in marks))


def _cells(line: str) -> tuple[str, ...]:
    """Return the cells of a table line; a `|` inside a template tag is part of the tag."""
    hidden = TAG.sub(lambda tag: tag[0].replace("|", _HIDDEN), line)
    inner = hidden.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace(_HIDDEN, "|") for cell in inner.split("|"))
