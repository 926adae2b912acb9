"""Join what `{%- … -%}` joins: a tag and what stands before it, a tag and what follows it, over paragraphs.

`{{- … -}}` takes away the blanks beside it, as in Jinja.
"""

from __future__ import annotations

from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.heal import Healed, is_mark
from officeflow.document.wml.runs import WRAPPERS, drop
from officeflow.document.wml.wordml import P_PR, R_PR, SECT_PR, TBL, P, R, T, qn

_BREAKS = (qn("br"), qn("cr"))
_BETWEEN = (P, TBL, qn("sdt"))
"""What may stand beside a paragraph; marks and bookmarks between are no obstacle."""


def join(healed: Healed) -> None:
    """Do what the tags' `-` ask for; their marks stay where they are in the text."""
    for tag in healed.tags:
        own = healed.marks[tag.number]
        for is_after, is_asked in enumerate(tag.trims):
            if is_asked and tag.kind is TagKind.PRINT:
                _strip_beside(own, is_after=bool(is_after))
            elif is_asked:
                _join_beside(own, is_after=bool(is_after))


def _strip_beside(own: etree._Element, *, is_after: bool) -> None:
    run = next(own.iterancestors(R))
    siblings = run.itersiblings(preceding=not is_after)
    # Blanks beyond another tag are not beside this one; `s` and `e` only frame printed runs.
    beside = next(
        (
            node
            for node in siblings
            if node.tag in (R, *WRAPPERS) or (is_mark(node) and node.text not in ("s", "e"))
        ),
        None,
    )
    leaves = [] if beside is None else [leaf for leaf in beside if leaf.tag == T]
    if leaves:
        leaf = leaves[0 if is_after else -1]
        leaf.text = (leaf.text or "").lstrip() if is_after else (leaf.text or "").rstrip()


def _join_beside(own: etree._Element, *, is_after: bool) -> None:
    paragraph = next(own.iterancestors(P), None)
    if paragraph is None:
        return
    for node in list(own.itersiblings(preceding=not is_after)):
        if node.tag == R and not _take_breaks(node, is_after=is_after):
            drop(node)  # nothing but line breaks
        elif node.tag == R or node.tag in WRAPPERS or is_mark(node):
            return  # words of the same line, or of the one broken there
    beside = next(
        (node for node in paragraph.itersiblings(preceding=not is_after) if node.tag in _BETWEEN), None
    )
    if beside is None or beside.tag != P:
        return
    first, second = (paragraph, beside) if is_after else (beside, paragraph)
    if first.find(f"{P_PR}/{SECT_PR}") is None:  # else a page layout ends there
        first.extend([child for child in second if child.tag != P_PR])
        drop(second)


def _take_breaks(run: etree._Element, *, is_after: bool) -> bool:
    """Take the line breaks next to a tag out of a run; return whether anything is left of it."""
    leaves = [leaf for leaf in run if leaf.tag != R_PR]
    for leaf in leaves if is_after else reversed(leaves):
        if leaf.tag not in _BREAKS and (leaf.tag != T or leaf.text):
            return True
        run.remove(leaf)
    return not leaves
