"""The reader's words (words.toml), compiled once, and the one way names are compared."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

# Marks that builders and clerks put beside a heading; none of them changes its name.
_DROPPED = re.compile(r"[\s*★☆●◐○※:_\u200b-\u200f\ufeff]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")

_BRACKET = r"(?:\(.*\))?"


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a sheet name or heading as it is compared: width, case, spaces, stars and colons aside.

    >>> folded("金额 （元）＊") == folded("金额(元)")
    True
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return a folded name without what stands in brackets: '金额（万元）' and '金额' are then equal."""
    name = folded(text)
    return _BRACKETS.sub("", name) or name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords:
    """reading.toml with its names folded and its patterns compiled."""

    pages: frozenset[str]
    previous: str
    serial: frozenset[str]
    remark: frozenset[str]
    record_heads: frozenset[str]
    total: re.Pattern[str]
    total_alone: re.Pattern[str]
    """A total that says of nothing in particular: 合计, 本页小计."""
    note: re.Pattern[str]
    signature: re.Pattern[str]
    """The part of such a text before the colon, where a person's name may follow."""
    starts: frozenset[str]
    ends: frozenset[str]
    """First and last characters of every text that `total` or `note` may match: most cells are settled by one look."""
    ditto: frozenset[str]
    picture: str
    remark_number: re.Pattern[str]
    title_month: re.Pattern[str]
    unit: re.Pattern[str]
    table_unit: re.Pattern[str]
    """A line that gives the unit of all amounts below; group 1 is the unit."""
    rules: dict[str, str]


@cache
def words() -> ReadingWords:
    """Return the reader's words."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return ReadingWords(
        pages=frozenset(map(folded, table["pages"])),
        previous=folded(table["previous"]),
        serial=frozenset(map(folded, table["serial"])),
        remark=frozenset(map(folded, table["remark"])),
        record_heads=frozenset(map(folded, table["record_heads"])),
        total=re.compile(rf"(?:{_total(table)}|.{{1,12}}(?:{'|'.join(table['total_ends'])})){_BRACKET}"),
        total_alone=re.compile(_total(table) + _BRACKET),
        note=_note(table),
        signature=re.compile(rf"\s*(?:{'|'.join(table['signatures'])})[^:：]*[:：]"),
        starts=frozenset(
            word[0]
            for key in ("total_of", "totals", "notes", "signatures", "notes_alone")
            for word in table[key]
        )
        | set(" \u3000(（"),
        ends=frozenset(word[-1] for word in table["total_ends"]) | set(" \u3000)）:："),
        ditto=frozenset(table["ditto"]),
        picture=table["picture"],
        remark_number=re.compile(table["remark_number"]),
        title_month=re.compile(table["title_month"]),
        unit=re.compile(table["unit"]),
        table_unit=re.compile(table["table_unit"]),
        rules=table["rules"],
    )


def _total(table: dict[str, list[str]]) -> str:
    return rf"(?:{'|'.join(table['total_of'])})?(?:{'|'.join(table['totals'])})"


def _note(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return how texts for people begin: 注：…, 填报单位（盖章）：…; a total with its number in one cell (合计：39人) too."""
    notes = "|".join([*table["notes"], *table["signatures"]])
    alone, ends = ("|".join(table[key]) for key in ("notes_alone", "total_ends"))
    return re.compile(
        rf"\s*(?:(?:{notes})\s*(?:[(（][^()（）]*[)）]\s*)?[:：]|[(（]?(?:{alone})[)）]?\s*$|(?:{ends})\s*[:：]?\s*[￥¥]?\d)"
    )
