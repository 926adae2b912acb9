"""What a workbook contributes to its kit's figures: small plain data, made into figures anywhere."""

from __future__ import annotations

import pickle
from functools import reduce
from pathlib import Path

import pytest

from officeflow.figures import Tally, contributions, figures_of, merge
from officeflow.kits.build import build
from officeflow.kits.catalogue import find_kit, kit_source
from officeflow.model.figures import Figure
from officeflow.model.submission import Submission
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission

LARGEST = 60_000
"""Bytes of all the sample's contributions together: hundreds of workbooks pass through a pipe."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Submission:
    kit_id = "community-posts"
    file: Path = tmp_path_factory.mktemp("contributions") / "s.xlsx"
    file.write_bytes(build(kit_source(kit_id))[f"workbooks/{kit_id}.sample.xlsx"])
    return read_submission(open_book(file).value, find_kit(kit_id)).value


def test_contributions_are_small_and_equal_after_a_pipe(sample):
    """They hold keys, values and cells, and no table, workbook or open file."""
    parts = contributions(sample)
    sent = pickle.dumps(parts)

    assert len(sent) < LARGEST
    assert parts == pickle.loads(sent)  # noqa: S301 — our own bytes


def shown(figure: Figure) -> tuple[object, ...]:
    """What a figure says; its rows' fields lead back to it, so they are not compared whole."""
    return figure.id, figure.key, figure.value, figure.unit, figure.text, figure.cells


def test_figures_of_contributions_are_those_of_the_workbook(sample):
    """With their members, and in each row what other figures say of it."""
    parts = pickle.loads(pickle.dumps(contributions(sample)))  # noqa: S301 — our own bytes
    here, there = Tally(sample).all(), figures_of(parts, sample.kit)

    assert [shown(figure) for figure in here] == [shown(figure) for figure in there]
    for ours, theirs in zip(here, there, strict=True):
        for left, right in zip(ours.members, theirs.members, strict=True):
            assert shown(left) == shown(right)
            assert [(name, shown(field)) for name, field in left.fields.items()] == [
                (name, shown(field)) for name, field in right.fields.items()
            ]


def test_a_figure_of_three_workbooks_names_cells_of_each(sample):
    """Each cell knows its workbook, in lists of rows too."""
    parts = [
        {name: part.at_origin(origin) for name, part in contributions(sample).items()} for origin in range(3)
    ]
    merged = reduce(lambda left, right: {name: merge(left[name], right[name]) for name in left}, parts)
    single = {figure.id: figure for figure in Tally(sample).all()}
    figures = {figure.id: figure for figure in figures_of(merged, sample.kit)}

    assert 3 * single["捐衣物"].value == figures["捐衣物"].value
    assert [0, 1, 2] == sorted({cell.origin for cell in figures["捐衣物"].cells})
    rows = figures["帮办事项"].members
    assert [0, 1, 2] == sorted({member.fields["到场天数"].cells[0].origin for member in rows})
