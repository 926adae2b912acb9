"""Every built-in kit's sample, built and read again: nothing is lost on the way, nothing is wrong with it."""

from decimal import Decimal
from functools import cache

import pytest

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.kits.build import build
from officeflow.kits.catalogue import catalogue, kit_source
from officeflow.model.figures import State
from officeflow.model.values import PartialDate
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.recognise import candidate_kits
from officeflow.workbook.reading.submission import read_submission

KITS = [kit.id for kit in catalogue()]
every_kit = pytest.mark.parametrize("kit_id", KITS)


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory):
    """Read a kit's sample workbook as a clerk's would be read."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def submission(kit_id: str):
        file = folder / f"{kit_id}.xlsx"
        file.write_bytes(build(kit_source(kit_id))[f"workbooks/{kit_id}.sample.xlsx"])
        book = open_book(file).value
        return read_submission(book, candidate_kits(book, catalogue())[0])

    return submission


@every_kit
def test_sample_has_nothing_open(kit_id, read):
    """The sample shows how it is done: hints at most."""
    outcome = read(kit_id)
    findings = (*outcome.findings, *run_checks(outcome.value, Tally(outcome.value)))

    assert [] == [finding.message for finding in findings if finding.is_open]


@every_kit
def test_sample_shows_every_figure(kit_id, read):
    """No figure rests on a cell that cannot be read; what is counted in print is known later."""
    states = {figure.state for figure in Tally(read(kit_id).value).all()}

    assert State.UNKNOWN not in states


@every_kit
def test_sample_is_read_back_as_it_was_written(kit_id, read):
    """Every value of sample.toml comes back from the workbook; only defaults are added."""
    tables = read(kit_id).value.tables
    for form_id, rows in kit_source(kit_id).sample.items():
        table = tables[form_id]
        for entry, row in enumerate(rows):
            typed = {name: _plain(value) for name, value in row.items()}
            back = {name: _back(table.value(name, entry)) for name in typed}
            assert typed == back, (form_id, entry)
        assert len(rows) == len(table)


def _plain(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _back(value: object) -> object:
    return f"{value.year}年{value.month}月{value.part.value}" if isinstance(value, PartialDate) else value
