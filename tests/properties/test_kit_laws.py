"""Whatever an author writes into a kit is refused in words or can be used: there is nothing between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.kits._notation import BUILTIN, read_toml, spell_out
from officeflow.kits._sound import kit_faults
from officeflow.kits.load import parse_kit
from officeflow.workbook.files.book import Book
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission

FOLDER = BUILTIN / "community-posts"
SAMPLE = Path(__file__).parents[2] / "workbooks" / "community-posts.sample.xlsx"
KIT = spell_out(FOLDER).table
WRITTEN = read_toml(FOLDER / "kit.toml")
Place = tuple[str | int, ...]


def places(held: Any, path: Place = ()) -> Iterator[Place]:
    """Every place of a table, by the keys that lead there."""
    if path:
        yield path
    for key, inner in (
        held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    ):
        yield from places(inner, (*path, key))


def at(table: Any, path: Place) -> Any:
    for key in path:
        table = table[key]
    return table


PLACES = list(places(KIT))
WRITTEN_PLACES = list(places(WRITTEN))
SAID = sorted({said for path in PLACES if isinstance(said := at(KIT, path), str)})
ODD = [
    None,
    0,
    1,
    -1,
    True,
    "",
    "row",
    "count",
    [],
    {},
    ["filing.unit"],
    {"not": "x"},
    {"filled": True},
    Decimal("1.5"),
]
WORDS = [
    "of",
    "to",
    "by",
    "order",
    "where",
    "format",
    "else",
    "in",
    "min",
    "max",
    "when",
    "key",
    "zero",
    "default",
    "required",
    "refers",
    "type",
    "kind",
    "options",
]


@pytest.fixture(scope="module")
def book() -> Book:
    opened = open_book(SAMPLE).value
    assert opened is not None
    return opened


@settings(max_examples=120)
@given(
    place=st.sampled_from(PLACES),
    own=st.one_of(
        st.sampled_from(SAID), st.sampled_from(ODD), st.sampled_from(PLACES).map(lambda path: at(KIT, path))
    ),
    word=st.one_of(st.none(), st.sampled_from(WORDS)),
)
def test_a_kit_is_refused_or_can_be_used(book: Book, place: Place, own: Any, word: str | None) -> None:
    """One slip anywhere: a finding, or a submission with figures and checks; never a stop on the way."""
    table = deepcopy(KIT)
    around = at(table, place[:-1])
    around[word if word and isinstance(around, dict) else place[-1]] = deepcopy(own)
    try:
        kit = parse_kit(table)
    except ValueError:
        return
    if kit_faults(kit):
        return
    submission = read_submission(book, kit).value
    tally = Tally(submission)

    assert len(kit.figures) == len(tally.all())
    assert isinstance(run_checks(submission, tally), tuple)


@given(
    place=st.sampled_from(WRITTEN_PLACES),
    own=st.one_of(
        st.sampled_from([*ODD, False, "zero", "CP-", {"by": "kind", "甲": 3}]),
        st.sampled_from(WRITTEN_PLACES).map(lambda path: at(WRITTEN, path)),
    ),
    word=st.one_of(
        st.none(), st.sampled_from([*WORDS, "use", "of", "field", "choices", "before", "repeat", "figure"])
    ),
)
def test_whatever_is_written_is_spelled_out_or_refused(place: Place, own: Any, word: str | None) -> None:
    """One slip anywhere in kit.toml: a place that says so, or a table for the grammar to judge; never a stop on the way."""
    table = deepcopy(WRITTEN)
    around = at(table, place[:-1])
    around[word if word and isinstance(around, dict) else place[-1]] = deepcopy(own)
    spelled = spell_out(FOLDER, table)

    assert all(slip.origin.file.name for slip in spelled.slips)
    if not spelled.slips:
        with suppress(ValueError):
            parse_kit(spelled.table)
