"""Laws of the document engine."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.document.provenance.record import read_record
from officeflow.document.reckoning.tags import RawTag, find_tags
from officeflow.document.render.composing import compose
from tests.support.docx import docx, p, part, texts
from tests.support.figures import ORIGIN, by_id, figure
from tests.support.structure import structure_problems

NAMES = ("捐款", "捐衣物", "党员数", "单位")
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="{｛¦\ufffe\uffff"), max_size=8
)
tags = st.sampled_from(
    [*(f"{{{{ {name} }}}}" for name in NAMES), "{{ 捐款|数 }}", "{% if 捐款 %}{{ 党员数 }}{% endif %}"]
)
paragraphs = st.lists(st.lists(st.one_of(words, tags), max_size=5).map("".join), min_size=1, max_size=4)
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
typed = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20).filter(
    lambda text: "{" not in text
)


def figures(amount: Decimal, unit: str):
    return by_id(
        (
            figure("捐款", amount, "元"),
            figure("捐衣物", 248, "件"),
            figure("党员数", 39, "名"),
            figure("单位", unit),
        )
    )


@given(paragraphs, st.data(), amounts)
@settings(max_examples=60)
def test_runs_do_not_matter(lines, data, amount):
    """However Word split a paragraph into runs, the document says the same."""
    values = figures(amount, "县林业局")
    split = ["¦".join(_pieces(line, data)) for line in lines]
    whole = compose(docx("".join(map(p, lines))), values, origins=(ORIGIN,))
    pieces = compose(docx("".join(map(p, split))), values, origins=(ORIGIN,))

    assert [finding.code for finding in whole.findings] == [finding.code for finding in pieces.findings]
    if whole.value is not None:
        assert texts(whole.value.document) == texts(pieces.value.document)


def _pieces(line: str, data: st.DataObject) -> list[str]:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(line)), max_size=6)))
    return [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]


@given(paragraphs, amounts, typed)
@settings(max_examples=60)
def test_composed_document_is_sound_and_knows_its_figures(lines, amount, unit):
    """No tag is left, the structure is sound, and each bookmark holds exactly the text that the record says."""
    outcome = compose(docx("".join(map(p, lines))), figures(amount, unit), origins=(ORIGIN,))
    if outcome.value is None:
        assert {"UNIT_TWICE"} >= {finding.code for finding in outcome.findings}
        return
    xml = part(outcome.value.document)

    assert "{{" not in xml
    assert "{%" not in xml
    assert [] == structure_problems(outcome.value.document)
    for name, entry in read_record(outcome.value.document).figures.items():
        number = re.search(rf'w:id="(\d+)" w:name="{name}"', xml)[1]
        inside = xml.partition(f'w:name="{name}"/>')[2].partition(f'<w:bookmarkEnd w:id="{number}"/>')[0]
        held = "".join(texts(docx(f"<w:p>{inside}</w:p>")))
        assert _plain(entry.text) == held


def _plain(text: str) -> str:
    """The text as XML can hold it, line ends and tabs as `texts` shows them."""
    text = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "/").replace("\t", "→")


@given(st.text(max_size=60))
def test_any_text_is_cut_into_tags_and_the_rest(text):
    """Tags never overlap, come in order, and begin and end with braces."""
    found = [tag for tag in find_tags(text) if isinstance(tag, RawTag)]

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[tag.start] in "{｛" and text[tag.end - 1] in "}｝" for tag in found)


@given(st.text("{}%#｛｝％ \"'“”捐款|if=", max_size=40))
@settings(max_examples=200)
def test_no_template_breaks_the_engine(text):
    """Whatever is typed, there is a sound document or a finding, never a traceback."""
    outcome = compose(docx(p(text)), figures(Decimal(1), "局"), origins=(ORIGIN,))

    assert outcome.value is not None or outcome.findings
    if outcome.value is not None:
        assert [] == structure_problems(outcome.value.document)
