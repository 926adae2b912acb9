"""Lift {%p …%}, {%tr …%} and {%tc …%} out of the paragraph, row or cell they stand in, which then is gone.

What is left must stay lawful: a cell or header keeps one paragraph, a table
without rows and a row without cells vanish (ECMA-376 part 1, 17.4.65, 17.4.78).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.dialect import REPORT, Dialect
from officeflow.document.templates.heal import Healed, Problem, Tag, mark
from officeflow.document.wml.wordml import P_PR, SECT_PR, TBL, TC, TR, P, R, T, qn

_CONTAINER = {"p": P, "tr": TR, "tc": TC}
_NEEDS_PARAGRAPH = frozenset((TC, *map(qn, ("hdr", "ftr", "txbxContent", "footnote", "endnote", "comment"))))
_GUARDS = {"tr": (TBL, "gt"), "tc": (TR, "gr")}
_PROPERTIES = frozenset(map(qn, ("tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx")))


def lift(healed: Healed, dialect: Dialect = REPORT) -> None:
    """Move the marks of scoped tags out of their containers, drop these, and guard what may become empty.

    Where a printed tag may stand for a whole paragraph, row or cell (`dialect.prints_whole`), marks
    `c` and `C` are put around that.
    """
    prints_whole = dialect.prints_whole
    emptied: dict[etree._Element, Tag] = {}
    guarded: dict[etree._Element, str] = {}
    for tag in healed.tags:
        if tag.scope not in _CONTAINER:
            continue
        own = healed.marks[tag.number]
        container = next(own.iterancestors(_CONTAINER[tag.scope]), None)
        is_printed = tag.kind is TagKind.PRINT
        if container is None or (is_printed and not prints_whole):
            healed.problems.append(Problem("TAG_SCOPE", tag.place, tag.source))
            continue
        guarded |= _guards(container, tag.scope, guarded)
        if tag.scope == "tc" and prints_whole:
            dialect.fit_columns(next(container.iterancestors(TBL)))
        if is_printed:
            _stand_for(container, own, tag, healed)
            continue
        container.addprevious(own)
        emptied[container] = tag
    for container, tag in emptied.items():
        _empty(container, tag, healed, is_told=not prints_whole)
    for holder, guard in guarded.items():
        _guard(holder, guard)


def _guards(
    container: etree._Element, scope: str, guarded: Mapping[etree._Element, str]
) -> dict[etree._Element, str]:
    """Return what may become empty around a container that may go, and how it is guarded."""
    found: dict[etree._Element, str] = {}
    for holder in container.iterancestors():
        if holder.tag in _NEEDS_PARAGRAPH:
            found[holder] = "gb"
        elif scope in _GUARDS and holder.tag == _GUARDS[scope][0] and holder not in guarded:
            found[holder] = _GUARDS[scope][1]
    return found


def _stand_for(container: etree._Element, own: etree._Element, tag: Tag, healed: Healed) -> None:
    """Put marks around what a printed tag stands for."""
    numbers = [mark for mark in container.iter(etree.ProcessingInstruction) if (mark.text or "").isdigit()]
    words = "".join(text.text or "" for text in container.iter(T)).strip()
    if numbers != [own]:
        healed.problems.append(Problem("TAG_NOT_ALONE", tag.place, tag.source))
        return
    if words:
        healed.hints.append(Problem("WORDS_DROPPED", tag.place, tag.source))
    container.addprevious(mark("c"))
    container.addnext(mark("C"))


def _empty(container: etree._Element, tag: Tag, healed: Healed, *, is_told: bool) -> None:
    words = "".join(text.text or "" for text in container.iter(T)).strip()
    has_tags = next(container.iter(etree.ProcessingInstruction), None) is not None
    if words or has_tags:
        # docxtpl drops words beside such a tag, and many templates rely on it.
        if is_told or has_tags:
            healed.problems.append(Problem("TAG_NOT_ALONE", tag.place, tag.source))
        else:
            healed.hints.append(Problem("WORDS_DROPPED", tag.place, tag.source))
    if container.tag == P and container.find(f"{P_PR}/{SECT_PR}") is not None:
        for run in container.findall(R):  # the paragraph carries a page layout and must stay
            container.remove(run)
        return
    _remove(container)


def _guard(holder: etree._Element, guard: str) -> None:
    if guard == "gb":
        first = next((i for i, child in enumerate(holder) if child.tag not in _PROPERTIES), len(holder))
        holder.insert(first, mark(guard))
        holder.append(mark("G"))
    else:
        holder.addprevious(mark(guard))
        holder.addnext(mark("G"))


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def path_of(own: etree._Element) -> tuple[str, ...]:
    """Return the chain of element names that holds a mark (that of its run when it has one)."""
    names = [str(node.tag) for node in own.iterancestors()]
    return tuple(names[2:] if names[:1] == [T] else names)
