"""Styles and lists that a sub-document brings: named as the document names them, numbered afresh each time.

Styles are the same when their names are (ids differ from one language of Word to
the next).  A list of the sub-document gets definitions of its own, so that it
restarts and keeps its look however often and deep it is put in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import count

from lxml import etree

from officeflow.document.wml.merged_tree import understood
from officeflow.document.wml.placing import Placing, style_name
from officeflow.document.wml.wordml import DECLARATION, P_PR, P, W, qn

_VAL, _TYPE, _STYLE_ID = qn("val"), qn("type"), qn("styleId")
_NUM, _ABSTRACT, _NUM_ID, _ABSTRACT_ID = qn("num"), qn("abstractNum"), qn("numId"), qn("abstractNumId")
_KINDS = {qn("pStyle"): "paragraph", qn("rStyle"): "character", qn("tblStyle"): "table"}
_LINKS = tuple(qn(name) for name in ("basedOn", "link", "next"))
_NO_NUMBERING = f'{DECLARATION}<w:numbering xmlns:w="{W}"/>'.encode()
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_BEFORE_NUMBERING = frozenset(
    qn(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


class Styles:
    """The styles of one document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = root
        found = () if root is None else root.iter(qn("style"))
        self.by_id: dict[str, etree._Element] = {style.get(_STYLE_ID) or "": style for style in found}

    def named(self, like: etree._Element) -> str:
        """Return the id of the style with the same name and kind, '' when there is none."""
        own = style_name(like)
        same = (
            known
            for known, style in self.by_id.items()
            if style_name(style) == own and style.get(_TYPE) == like.get(_TYPE)
        )
        return next(same, "")

    def numbering(self, style_id: str) -> etree._Element | None:
        """Return the w:numPr that a paragraph style has itself or from those it is based on."""
        for style in self._chain(style_id):
            found = style.find(f"{P_PR}/{qn('numPr')}")
            if found is not None:
                return found
        return None

    def is_heading(self, style_id: str) -> bool:
        """Whether a paragraph style has an outline level: its numbers go on through the document."""
        return any(style.find(f"{P_PR}/{qn('outlineLvl')}") is not None for style in self._chain(style_id))

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            based = style.find(qn("basedOn"))
            style_id = "" if based is None else based.get(_VAL) or ""


class Numbering:
    """The list definitions of a document being written."""

    def __init__(self, placing: Placing) -> None:
        self._placing = placing
        self._root: etree._Element | None = None

    @property
    def root(self) -> etree._Element:
        """The numbering part's tree; the part is added when there is none."""
        if self._root is None:
            placing = self._placing
            name = placing.related("numbering")
            if not name:
                name = placing.add("word/numbering.xml", _NUMBERING_TYPE, _NO_NUMBERING)
                placing.patch.relate(placing.main, "numbering", name)
            self._root = placing.tree(name)
        return self._root

    def add_list(self, abstract: etree._Element, list_: etree._Element, salt: str) -> str:
        """Add a list of another document with its own definition and return its number."""
        own, number = understood(deepcopy(abstract)), self._free(_ABSTRACT, _ABSTRACT_ID)
        own.set(_ABSTRACT_ID, number)
        # Word joins definitions with the same nsid into one list.
        identity = hashlib.sha256(f"{salt} {number}".encode()).hexdigest()[:8].upper()
        nsid = own.find(qn("nsid"))
        if nsid is None:
            nsid = etree.Element(qn("nsid"))
            own.insert(0, nsid)
        nsid.set(_VAL, identity)
        first = self.root.find(_NUM)
        if first is None:
            self.root.append(own)
        else:
            first.addprevious(own)
        return self._add_num(list_, number)

    def restarted(self, num_id: str) -> str:
        """Return the number of a list like one that is here, restarting; '' if there is no such list or it has no numbers."""
        here = next((one for one in self.root.iter(_NUM) if one.get(_NUM_ID) == num_id), None)
        link = None if here is None else here.find(_ABSTRACT_ID)
        if here is None or link is None:
            return ""
        own = link.get(_VAL)
        abstract = next((one for one in self.root.iter(_ABSTRACT) if one.get(_ABSTRACT_ID) == own), None)
        formats = [] if abstract is None else [one.get(_VAL) for one in abstract.iter(qn("numFmt"))]
        if not formats or set(formats) <= {"bullet", "none"}:
            return ""
        starts = {one.get(qn("ilvl")): one for one in here.iter(qn("lvlOverride"))}
        number = self._add_num(here, str(own))
        added = next(one for one in self.root.iter(_NUM) if one.get(_NUM_ID) == number)
        for level in map(str, range(len(formats))):
            if level not in starts:
                override = etree.SubElement(added, qn("lvlOverride"), {qn("ilvl"): level})
                etree.SubElement(override, qn("startOverride"), {_VAL: _start(abstract, level)})
        return number

    def _add_num(self, like: etree._Element, abstract: str) -> str:
        number = self._free(_NUM, _NUM_ID)
        own = understood(deepcopy(like))
        own.set(_NUM_ID, number)
        link = own.find(_ABSTRACT_ID)
        if link is not None:
            link.set(_VAL, abstract)
        last = self.root.findall(_NUM)[-1:] or self.root.findall(_ABSTRACT)[-1:]
        if last:
            last[0].addnext(own)
        else:
            self.root.append(own)
        return number

    def _free(self, tag: str, key: str) -> str:
        taken = {one.get(key) for one in self.root.iter(tag)}
        return next(number for number in map(str, count(1)) if number not in taken)


class MergedStyles:
    """What one sub-document's styles and lists are in the document it is put into."""

    def __init__(
        self, placing: Placing, styles: etree._Element | None, numbering: etree._Element | None
    ) -> None:
        self._placing = placing
        part = placing.related("styles")
        self._ours = Styles(placing.tree(part) if part else None)
        self._theirs = Styles(styles)
        self._lists = numbering
        self._numbering = Numbering(placing)
        self._ids: dict[str, str] = {}
        self._brought: set[str] = set()
        """Styles of theirs that were added just now: their numbering is new as well."""
        self._numbers: dict[str, str] = {}
        self._restarted: dict[str, str] = {}

    def adopt(self, root: etree._Element) -> None:
        """Make every style and list that a tree of theirs names one of the document's."""
        for paragraph in root.iter(P):
            self._number(paragraph)
        for node in root.iter(*_KINDS):
            node.set(_VAL, self._style(node.get(_VAL) or ""))

    def _style(self, own: str) -> str:
        style = self._theirs.by_id.get(own)
        if own not in self._ids:
            if style is None:
                self._ids[own] = own
            else:
                self._ids[own] = self._ours.named(style) or self._bring(own, style)
        return self._ids[own]

    def _bring(self, own: str, style: etree._Element) -> str:
        if self._ours.root is None:
            return own
        added = understood(deepcopy(style))
        free = next(
            name for name in (own, *(f"{own}_{i}" for i in range(2, 1000))) if name not in self._ours.by_id
        )
        self._ids[own] = free
        self._brought.add(own)
        added.set(_STYLE_ID, free)
        added.attrib.pop(qn("default"), "")
        self._ours.root.append(added)
        self._ours.by_id[free] = added
        for link in added.iterchildren(*_LINKS):
            link.set(_VAL, self._style(link.get(_VAL) or ""))
        for number in added.iter(_NUM_ID):
            number.set(_VAL, self._list(number.get(_VAL) or ""))
        return free

    def _number(self, paragraph: etree._Element) -> None:
        """Give a paragraph the number its list has here; one that its style numbers may need a list of its own."""
        properties = paragraph.find(P_PR)
        if properties is None:
            return
        direct = properties.find(qn("numPr"))
        if direct is not None:
            for number in direct.iter(_NUM_ID):
                number.set(_VAL, self._list(number.get(_VAL) or ""))
            return
        style = properties.find(qn("pStyle"))
        theirs = "" if style is None else style.get(_VAL) or ""
        numbered = self._theirs.numbering(theirs)
        named = None if numbered is None else numbered.find(_NUM_ID)
        if numbered is None or named is None or self._theirs.is_heading(theirs):
            return
        ours = self._style(theirs)
        if theirs in self._brought:
            return
        here = self._ours.numbering(ours)
        own = None if here is None else here.find(_NUM_ID)
        if here is None or own is None:
            _set_number(properties, numbered, self._list(named.get(_VAL) or ""))
        elif again := self._again(own.get(_VAL) or ""):
            _set_number(properties, here, again)

    def _again(self, num_id: str) -> str:
        if num_id not in self._restarted:
            self._restarted[num_id] = self._numbering.restarted(num_id)
        return self._restarted[num_id]

    def _list(self, num_id: str) -> str:
        if num_id not in self._numbers:
            self._numbers[num_id] = self._bring_list(num_id)
        return self._numbers[num_id]

    def _bring_list(self, num_id: str) -> str:
        lists = [] if self._lists is None else list(self._lists)
        here = next((one for one in lists if one.tag == _NUM and one.get(_NUM_ID) == num_id), None)
        link = None if here is None else here.find(_ABSTRACT_ID)
        if here is None or link is None:
            return "0"  # no list at all, as Word shows a number that nobody defined
        abstract = self._definition(
            link.get(_VAL) or "", {one.get(_ABSTRACT_ID): one for one in lists if one.tag == _ABSTRACT}
        )
        if abstract is None:
            return "0"
        return self._numbering.add_list(self._alone(abstract), here, self._placing.part)

    def _definition(self, own: str, known: Mapping[str | None, etree._Element]) -> etree._Element | None:
        abstract = known.get(own)
        through = None if abstract is None else abstract.find(qn("numStyleLink"))
        if through is None:
            return abstract
        named = through.get(_VAL)
        linked = (
            one
            for one in known.values()
            if (link := one.find(qn("styleLink"))) is not None and link.get(_VAL) == named
        )
        return next(linked, abstract)

    def _alone(self, abstract: etree._Element) -> etree._Element:
        """Return a definition that no list style, no picture and no style of ours depends on."""
        own = deepcopy(abstract)
        for node in list(own.iter(qn("styleLink"), qn("numStyleLink"), qn("lvlPicBulletId"), qn("pStyle"))):
            parent = node.getparent()
            if node.tag == qn("pStyle") and (node.get(_VAL) or "") in self._brought:
                node.set(_VAL, self._ids[node.get(_VAL) or ""])
            elif parent is not None:
                parent.remove(node)
        return own


def _start(abstract: etree._Element | None, level: str) -> str:
    found = None if abstract is None else abstract.find(f"{qn('lvl')}[@{qn('ilvl')}='{level}']/{qn('start')}")
    return "1" if found is None else found.get(_VAL) or "1"


def _set_number(properties: etree._Element, like: etree._Element, number: str) -> None:
    own = deepcopy(like)
    for named in own.iter(_NUM_ID):
        named.set(_VAL, number)
    if own.find(qn("ilvl")) is None:
        own.insert(0, etree.Element(qn("ilvl"), {_VAL: "0"}))
    before = sum(1 for child in properties if child.tag in _BEFORE_NUMBERING)
    properties.insert(before, own)
