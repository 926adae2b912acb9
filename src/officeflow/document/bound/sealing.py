"""The final version of a document: what stands in its way, and the record as it is kept or moved out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from officeflow.document.bound.cleaning import cleaned, without_record
from officeflow.document.bound.document import BoundDocument
from officeflow.document.bound.refreshing import with_contexts
from officeflow.document.provenance.record import Record
from officeflow.document.wml.bound_text import PartText
from officeflow.document.wml.wordml import FALLBACK, TR, P, R, T, parse, qn
from officeflow.model.findings import Finding
from officeflow.ooxml import write_package
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__, "sealing.toml")
_SHOWN, _BETWEEN = 20, "”“"
_INSERTED = frozenset(map(qn, ("ins", "moveTo", "cellIns")))
_DELETED = frozenset(map(qn, ("del", "moveFrom", "cellDel")))
_REFORMATTED = frozenset(
    qn(name)
    for name in [
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "numberingChange",
        "cellMerge",
    ]
)
_CODES = {
    **dict.fromkeys(_INSERTED, "SEAL_INSERTED"),
    **dict.fromkeys(_DELETED, "SEAL_DELETED"),
    **dict.fromkeys(_REFORMATTED, "SEAL_REFORMATTED"),
}
_UNSEEN = {"SEAL_INSERTED": "SEAL_INSERTED_UNSEEN", "SEAL_DELETED": "SEAL_DELETED_UNSEEN"}
"""What is said where a change has no words."""
_MARKS = frozenset(map(qn, ("bookmarkStart", "bookmarkEnd", "proofErr")))
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A final version; `record` is what was moved out of it, None when nothing was."""

    document: bytes
    record: Record | None = None


def obstacles(parts: Mapping[str, bytes], texts: list[PartText]) -> tuple[Finding, ...]:
    """Return what must be settled first: tracked changes and hidden text, one finding per paragraph and kind."""
    hidden = _hidden_styles(parts)
    found: dict[tuple[int, str], list[_Held]] = {}
    before = 0
    for text in texts:
        places = {id(one.node): index for index, one in enumerate(text.paragraphs)}
        numbers = _numbers(text, before)
        before = numbers[-1] if numbers else before
        for code, node, said in (*_tracked(text.root), *_hidden(text.root, hidden)):
            index = places.get(id(_paragraph_of(node)), 0)
            number = max(numbers[index] if numbers else before, 1)
            found.setdefault((number, code), []).append(_Held(node, said))
    return tuple(_finding(number, code, _apart(held)) for (number, code), held in found.items())


def _finding(number: int, code: str, texts: list[str]) -> Finding:
    code = code if texts else _UNSEEN.get(code, code)
    return MESSAGES.finding(code, paragraph=number, value=_quoted(texts))


class _Held(NamedTuple):
    node: etree._Element
    said: str


def _apart(held: Sequence[_Held]) -> list[str]:
    """Return the texts that lie apart, those right behind each other as one."""
    texts: list[str] = []
    last = None
    for node, said in held:
        if last is not None and _before(node) is last and texts:
            texts[-1] += said
        elif said:
            texts.append(said)
        last = node
    return texts


def _before(node: etree._Element) -> etree._Element | None:
    return next((one for one in node.itersiblings(preceding=True) if one.tag not in _MARKS), None)


def _numbers(text: PartText, before: int) -> list[int]:
    """Return the number of each paragraph, counted as findings count them: those with words in them."""
    numbers = []
    for paragraph in text.paragraphs:
        before += bool(paragraph.text.strip())
        numbers.append(before)
    return numbers


def _quoted(texts: Sequence[str]) -> str:
    """Return them as they stand in one pair of quotes; of many the first."""
    shown, left = [], _SHOWN
    for text in texts:
        shown.append(text if len(text) <= left else f"{text[:left]}…")
        left -= len(text)
        if left <= 0:
            break
    return _BETWEEN.join(shown)


def _paragraph_of(node: etree._Element) -> etree._Element | None:
    """Return the paragraph a mark is in, or for a mark of a row, cell or table the first one inside that."""
    within = next(node.iterancestors(P), None)
    if within is not None:
        return within
    around = next((one for one in node.iterancestors() if one.find(f".//{P}") is not None), None)
    return None if around is None else around.find(f".//{P}")


def _tracked(root: etree._Element) -> Iterator[tuple[str, etree._Element, str]]:
    for node in root.iter(*_CODES):
        if next(node.iterancestors(FALLBACK), None) is None:
            yield _CODES[str(node.tag)], node, "".join(one.text or "" for one in node.iter(T, qn("delText")))


def _hidden(root: etree._Element, styles: Mapping[str, bool]) -> Iterator[tuple[str, etree._Element, str]]:
    for run in root.iter(R):
        words = "".join(one.text or "" for one in run.iter(T))
        if words.strip() and _is_hidden(run, styles) and next(run.iterancestors(FALLBACK), None) is None:
            yield "SEAL_HIDDEN", run, words


def _is_hidden(run: etree._Element, styles: Mapping[str, bool]) -> bool:
    if any(_is_on(row.find(f"{qn('trPr')}/{qn('hidden')}")) for row in run.iterancestors(TR)):
        return True
    own = run.find(f"{qn('rPr')}/{qn('vanish')}")
    if own is not None:
        return _is_on(own)
    paragraph = next(run.iterancestors(P), None)
    named = run.find(f"{qn('rPr')}/{qn('rStyle')}")
    around = None if paragraph is None else paragraph.find(f"{qn('pPr')}/{qn('pStyle')}")
    by_run = named is not None and styles.get(named.get(qn("val")) or "", False)
    by_paragraph = styles.get("" if around is None else around.get(qn("val")) or "", False)
    return by_run != by_paragraph  # a toggle property: ECMA-376 part 1, 17.7.3


def _is_on(node: etree._Element | None) -> bool:
    return node is not None and node.get(qn("val")) not in _OFF


def _hidden_styles(parts: Mapping[str, bytes]) -> Mapping[str, bool]:
    """Return style id → whether it hides text; '' is the default paragraph style."""
    if "word/styles.xml" not in parts:
        return {}
    nodes = {one.get(qn("styleId")) or "": one for one in parse(parts["word/styles.xml"]).iter(qn("style"))}
    found = {name: _hides(name, nodes) for name in nodes}
    default = (
        name
        for name, one in nodes.items()
        if one.get(qn("type")) == "paragraph" and one.get(qn("default")) in ("1", "true")
    )
    return {**found, "": found.get(next(default, ""), False)}


def _hides(name: str, nodes: Mapping[str, etree._Element]) -> bool:
    seen: set[str] = set()
    while name in nodes and name not in seen:
        seen.add(name)
        own = nodes[name].find(f"{qn('rPr')}/{qn('vanish')}")
        if own is not None:
            return _is_on(own)
        based = nodes[name].find(qn("basedOn"))
        name = "" if based is None else based.get(qn("val")) or ""
    return False


def seal(document: BoundDocument, *, is_sidecar: bool = False) -> Sealed:
    """Return a document with its record brought up to what stands around each figure now.

    With `is_sidecar` the record is moved out: the document has the bookmarks alone.
    """
    record = with_contexts(document)
    if is_sidecar:
        return Sealed(document=write_package(without_record(document.parts, document.main)), record=record)
    return Sealed(document=document.written(record))


def seal_public(parts: Mapping[str, bytes]) -> Sealed:
    """Return a document for everybody: the same text and layout, nothing that says who, where and whence."""
    return Sealed(document=write_package(cleaned(parts)))


def comments_left(parts: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return a hint when comments stay in the document."""
    part = parts.get("word/comments.xml", b"")
    count = len(parse(part).findall(qn("comment"))) if part else 0
    return (MESSAGES.finding("SEAL_COMMENTS", count=count),) if count else ()
