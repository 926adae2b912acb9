"""Final versions of any document: its words stay, what is ours goes, the package stays sound."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from officeflow.document.bound.cleaning import cleaned
from officeflow.document.bound.document import read_bound
from officeflow.document.bound.sealing import obstacles, seal, seal_public
from officeflow.document.provenance.record import read_record
from officeflow.document.render.composing import compose
from tests.support.docx import docx, p, part, part_names, table, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems

TAGS = [
    f"{{{{ {name} }}}}" for name in ("捐衣物", "捐款", "捐款|数", "会议日期|月日", "按语", "捐赠人", "符号")
]
words = st.lists(st.sampled_from([*TAGS, "共捐", "，", "第", "<&>", " "]), max_size=6).map("".join)
blocks = st.one_of(words.map(p), st.lists(words.map(p), min_size=2, max_size=2).map(table))
bodies = st.lists(blocks, min_size=1, max_size=5).map(lambda own: "".join(own) + p("{{ 捐款 }}"))


def composed(body: str) -> bytes:
    return compose(docx(body, header=p("{{ 单位 }}")), STANDARD, origins=(ORIGIN,)).value.document


@settings(max_examples=40, deadline=None)
@given(body=bodies)
def test_public_copy_has_the_words_and_nothing_of_ours(body):
    """Text of body and header as before; no bookmark, record or property; again changes nothing."""
    document = composed(body)
    public = seal_public(read_bound(document).value.parts).document
    kept = {name: part(public, name).encode() for name in part_names(public)}

    assert [texts(document), texts(document, "word/header1.xml")] == [
        texts(public),
        texts(public, "word/header1.xml"),
    ]
    assert not any(b"_of_" in one or b"officeflow" in one for one in kept.values())
    assert [] == structure_problems(public)
    assert kept == cleaned(kept)


@settings(max_examples=40, deadline=None)
@given(body=bodies)
def test_record_inside_or_beside_finds_the_same_figures(body):
    """Sealed with the record or with a sidecar, every figure is found as it was."""
    bound = read_bound(composed(body)).value
    inside, beside = seal(bound), seal(bound, is_sidecar=True)
    found = [
        [(one.name, one.text, one.standing, one.is_marked) for one in document.figures]
        for document in (
            bound,
            read_bound(inside.document).value,
            read_bound(beside.document, beside.record).value,
        )
    ]

    assert found[0] == found[1] == found[2]
    assert (True, False) == (
        read_record(inside.document) is not None,
        read_record(beside.document) is not None,
    )
    assert () == obstacles(bound.parts, bound.texts)
