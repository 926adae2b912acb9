"""Compiled templates kept on disk."""

from __future__ import annotations

import pytest

from officeflow.document.render.composing import compose
from officeflow.document.templates.store import compile_template
from tests.support.docx import docx, p
from tests.support.figures import ORIGIN, STANDARD

TEMPLATE = docx(
    p("{% items 项数 %}{% item %}{{ 项号 }}是捐{{ 捐款 }}。{% enditem %}{% enditems %}{{ 项数 }}")
)


@pytest.fixture(autouse=True)
def cold():
    """Nothing compiled is in memory."""
    compile_template.cache_clear()


def test_kept_template_composes_the_same_document(tmp_path):
    """The second process reads what the first compiled, and writes the same bytes."""
    first = compose(TEMPLATE, STANDARD, origins=(ORIGIN,), store=tmp_path / "store")
    compile_template.cache_clear()
    (entry,) = (tmp_path / "store").iterdir()
    stamp = entry.stat().st_mtime_ns
    second = compose(TEMPLATE, STANDARD, origins=(ORIGIN,), store=tmp_path / "store")

    assert first.value.document == second.value.document
    assert stamp == entry.stat().st_mtime_ns


@pytest.mark.parametrize("content", [b"", b"abc", b"\x80\x05N."])
def test_damaged_entry_is_compiled_anew(tmp_path, content):
    """An entry that cannot be read costs time, nothing else."""
    compose(TEMPLATE, STANDARD, origins=(ORIGIN,), store=tmp_path)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(content)
    compile_template.cache_clear()

    assert compose(TEMPLATE, STANDARD, origins=(ORIGIN,), store=tmp_path).value is not None
    assert content != entry.read_bytes()


def test_store_that_cannot_be_written_is_no_matter(tmp_path):
    """A file where the folder should be."""
    (tmp_path / "store").write_bytes(b"")

    assert compose(TEMPLATE, STANDARD, origins=(ORIGIN,), store=tmp_path / "store").value is not None


def test_template_with_mistakes_is_not_kept(tmp_path):
    """Its author is about to mend it."""
    compose(docx(p("{{ }}")), STANDARD, origins=(ORIGIN,), store=tmp_path)

    assert [] == list(tmp_path.iterdir())


def test_template_with_hints_is_kept(tmp_path):
    """Signs of a Chinese keyboard are worth a hint and are kept with the rest."""
    template = docx(p("捐｛｛捐款｝｝"))
    first = compile_template(template, tmp_path)
    compile_template.cache_clear()
    kept = compile_template(template, tmp_path)

    assert ["TAG_RETYPED"] == [hint.code for hint in kept.hints]
    assert first.hints == kept.hints
