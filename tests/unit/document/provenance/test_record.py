"""What a document's record takes for a number, and what stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from officeflow.document.provenance.record import read_record
from officeflow.document.provenance.standing import is_number
from officeflow.document.render.composing import compose
from tests.support.docx import docx, p
from tests.support.figures import ORIGIN, STANDARD


@pytest.mark.parametrize("name", ["NAN", "Infinity", "sNaN", "1E+999999999"])
def test_a_name_that_reads_like_a_number_is_a_text(name: str) -> None:
    """A unit may be called so; its document is ours all the same."""
    figures = {**STANDARD, "单位": replace(STANDARD["单位"], value=name, text=name)}
    composed = compose(docx(p("{{ 单位 }}有党员{{ 党员数 }}。")), figures, origins=(ORIGIN,)).value
    record = read_record(composed.document)

    assert [(name, False), ("39", True)] == [(b.value, is_number(b)) for b in record.figures.values()]
