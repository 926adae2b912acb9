"""Compile a template once: every part that holds tags becomes a Jinja program over its XML text."""

from __future__ import annotations

import marshal
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Template, TemplateSyntaxError, nodes
from lxml import etree

from officeflow.document.blocks import Structure, read_structure
from officeflow.document.heal import MARK, Healed, Problem, Tag, heal
from officeflow.document.lift import lift, path_of
from officeflow.document.sandbox import DELIMITERS, sandbox
from officeflow.document.store import load, save
from officeflow.document.tags import Kind
from officeflow.document.wordml import main_part, parse, serialize
from officeflow.document.words import WORDS
from officeflow.model.findings import Finding
from officeflow.ooxml import PartError, open_package
from officeflow.text.messages import Catalogue
from officeflow.text.nearest import nearest

MESSAGES = Catalogue.beside(__file__)

_RENDERED = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MARKS = re.compile(rf"<\?{MARK} (\w+)\?>")
_PRINT, _PRINT_END = DELIMITERS["variable_start_string"], DELIMITERS["variable_end_string"]
_BLOCK, _BLOCK_END = DELIMITERS["block_start_string"], DELIMITERS["block_end_string"]
_COMMENT, _COMMENT_END = DELIMITERS["comment_start_string"], DELIMITERS["comment_end_string"]
_CALL_END = f"{_BLOCK}endcall{_BLOCK_END}"
_OURS = frozenset(
    [
        "_print",
        "_number",
        "_heading",
        "_section",
        "_sections",
        "_item",
        "_items",
        "_paragraph",
        "_rows",
        "_cells",
        "_next",
        "caller",
        "loop",
    ]
)
"""What a program calls while it runs."""
_GUARDS = {"gb": "_paragraph", "gt": "_rows", "gr": "_cells"}
_PICTURE_IDS = re.compile(r'(?<=<wp:docPr id=")\d+(?=")')
_IDS = re.compile(r'<(?:w:bookmarkStart [^>]*?w:id|wp:docPr [^>]*?id)="(\d+)"')


class Shell(NamedTuple):
    """The run around a printed tag: what stands before and after its text."""

    before: str
    after: str


@dataclass(slots=True)
class Program:
    """One part that holds tags; `lines` says at which line of the source each of `tags` begins."""

    part: str = ""
    source: str = ""
    """The Jinja source; '' once it is compiled."""
    code: bytes = b""
    """The compiled program, as marshal writes it: data like the rest, so that it can be kept in a file."""
    tags: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def template(self) -> Template:
        """The program, ready to run."""
        return _loaded(self.code)

    def tag_at(self, line: int) -> int:
        """Return the tag that a line of the program's source belongs to."""
        return self.tags[max(bisect_right(self.lines, line) - 1, 0)]


@dataclass(slots=True)
class Compiled:
    """A template ready to be composed; never changed once compiled."""

    parts: dict[str, bytes] = field(default_factory=dict)
    main: str = ""
    """The part that holds the body."""
    programs: list[Program] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    shells: dict[int, Shell] = field(default_factory=dict)
    openings: dict[int, str] = field(default_factory=dict)
    """List entry number → the beginning of its paragraph."""
    structure: Structure = field(default_factory=Structure)
    names: dict[str, list[int]] = field(default_factory=dict)
    """Every name the template asks for → the tags that do."""
    problems: list[Problem] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    """Why the file cannot be opened; the rest is empty then."""
    first_id: int = 1
    """The first number that no bookmark or picture of the template has."""


@lru_cache(maxsize=16)
def compile_template(template: bytes, store: Path | None = None) -> Compiled:
    """Return the compiled template, from memory or from the folder `store` when these bytes were compiled before."""
    kept = load(store, template) if store else None
    if isinstance(kept, Compiled):
        return kept
    compiled = _compiled(template)
    if store and not compiled.findings and not compiled.problems:
        save(store, template, compiled)
    return compiled


def _compiled(template: bytes) -> Compiled:
    opened = open_package(template, name=WORDS.template)
    compiled = Compiled(findings=opened.findings)
    package = opened.value
    if package is None:
        return compiled
    try:
        compiled.parts = {name: package.read(name) for name in package.names}
        compiled.main = main_part(compiled.parts)
        healed = list(_heal(compiled))
    except PartError as error:
        compiled.findings = (error.finding,)
        return compiled
    except etree.XMLSyntaxError:
        compiled.findings = (package.finding("FILE_DAMAGED"),)
        return compiled
    if not compiled.main:
        compiled.findings = (MESSAGES.finding("TEMPLATE_FOREIGN"),)
        return compiled
    for part, root, found in healed:
        paths = {index: path_of(own) for index, own in found.marks.items()}
        read_structure(compiled.structure, found.flow, paths)
        compiled.programs.append(_program(compiled, part, serialize(root), found))
    compiled.problems += compiled.structure.problems
    if not compiled.problems:
        _compile(compiled)
    return compiled


def _heal(compiled: Compiled) -> Iterator[tuple[str, etree._Element, Healed]]:
    headings = WORDS.numbers.keys() - {WORDS.item_number}
    main = compiled.main
    for name in sorted(filter(_RENDERED.fullmatch, compiled.parts), key=lambda name: (name != main, name)):
        content = compiled.parts[name]
        ids = map(int, _IDS.findall(content.decode(errors="replace")))
        compiled.first_id = max(compiled.first_id, *(number + 1 for number in ids), 1)
        if b"{" not in content and "｛".encode() not in content:
            continue
        root = parse(content)
        found = heal(root, WORDS.part(name), first=len(compiled.tags), numbers=headings)
        lift(found)
        compiled.problems += found.problems
        if found.tags:
            compiled.tags += found.tags
            yield name, root, found


def _program(compiled: Compiled, part: str, xml: str, found: Healed) -> Program:
    """Write the Jinja source of a part: literal XML, and one line feed inside each tag so that lines tell tags."""
    program = Program(part)
    pieces = _MARKS.split(xml)  # text, mark, text, mark, …, text
    source, line = [_unique_pictures(pieces[0])], 1 + pieces[0].count("\n")
    shell = opening = ""
    tags = {tag.number: tag for tag in found.tags}
    for own, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if own == "s":
            shell, opening = text, source[-1]
            continue
        if own.isdigit():
            tag = tags[int(own)]
            if tag.kind is Kind.PRINT:
                compiled.shells[tag.number] = Shell(shell, text)
                if tag.body == WORDS.item_number:
                    compiled.openings[tag.number] = _paragraph_opening(opening)
                text = ""  # noqa: PLW2901  it follows in the shell
            source.append(_tag_source(tag, compiled.structure))
            program.tags.append(tag.number)
            line += 1
            program.lines.append(line)
        else:
            source.append(_mark_source(own, compiled.structure))
        source.append(_unique_pictures(text))
        line += text.count("\n")
    program.source = "".join(source)
    return program


def _tag_source(tag: Tag, structure: Structure) -> str:
    if tag.kind is Kind.COMMENT:
        return f"{_COMMENT}\n{_COMMENT_END}"
    if tag.kind is Kind.BLOCK:
        return f"{_BLOCK}\n{structure.jinja.get(tag.number, '')}{_BLOCK_END}"
    if tag.number in structure.computed:
        return f"{_PRINT}\n_number({tag.number}){_PRINT_END}"
    return f"{_PRINT}\n_print(({tag.body}),{tag.number}){_PRINT_END}"


def _mark_source(own: str, structure: Structure) -> str:
    if own in _GUARDS:
        return f"{_BLOCK}call {_GUARDS[own]}(){_BLOCK_END}"
    if own == "G":
        return _CALL_END
    if own[0] in "hH" and int(own[1:]) in structure.headings:
        return f"{_BLOCK}call _heading({own[1:]}){_BLOCK_END}" if own[0] == "h" else _CALL_END
    return ""


def _paragraph_opening(xml: str) -> str:
    """Return the last paragraph's start tag and properties."""
    return xml[max(xml.rfind("<w:p>"), xml.rfind("<w:p "), 0) :]


def _unique_pictures(xml: str) -> str:
    """Let pictures and shapes inside loops get a number of their own each time."""
    return _PICTURE_IDS.sub(f"{_PRINT}_next(){_PRINT_END}", xml) if "<wp:docPr " in xml else xml


def _compile(compiled: Compiled) -> None:
    environment, trees = sandbox(), []
    for program in compiled.programs:
        try:
            trees.append(environment.parse(program.source))
        except TemplateSyntaxError as error:
            found = list(_syntax_problems(compiled.tags[index] for index in program.tags))
            tag = compiled.tags[program.tag_at(error.lineno)]
            compiled.problems += found or [Problem("TAG_SYNTAX", tag.place, tag.source)]
    if compiled.problems:
        return
    for program, tree in zip(compiled.programs, trees, strict=True):
        _collect_names(compiled, program, tree)
    for program, tree in zip(compiled.programs if not compiled.problems else (), trees, strict=False):
        code = environment.compile(tree, filename=program.part)
        program.code, program.source = marshal.dumps(code), ""


@lru_cache(maxsize=64)
def _loaded(code: bytes) -> Template:
    environment = sandbox()
    program = marshal.loads(code)  # noqa: S302  written by this process, or read from its user's own store
    return Template.from_code(environment, program, environment.make_globals(None))


def _collect_names(compiled: Compiled, program: Program, tree: nodes.Template) -> None:
    for listing in compiled.structure.listings:
        if listing.name and listing.tag in program.tags:
            compiled.names.setdefault(listing.name, []).append(listing.tag)
    environment = sandbox()
    filters, tests = ("FILTER_UNKNOWN", environment.filters), ("TEST_UNKNOWN", environment.tests)
    found = list(tree.find_all((nodes.Name, nodes.Filter, nodes.Test)))
    own = {node.name for node in found if isinstance(node, nodes.Name) and node.ctx != "load"} | _OURS
    for node in found:
        place = program.tag_at(node.lineno)
        if isinstance(node, nodes.Name):
            if node.name not in own:
                compiled.names.setdefault(node.name, []).append(place)
        elif isinstance(node, (nodes.Filter, nodes.Test)):
            code, known = filters if isinstance(node, nodes.Filter) else tests
            if node.name in known:
                continue
            said = {"name": node.name, "expected": nearest(node.name, known)}
            compiled.problems.append(
                Problem(code, compiled.tags[place].place, compiled.tags[place].source, said)
            )


def _syntax_problems(tags: Iterable[Tag]) -> Iterator[Problem]:
    """Yield the tags that no program can hold, each tried alone."""
    environment = sandbox()
    for tag in tags:
        try:
            environment.parse(_alone(tag))
        except TemplateSyntaxError:
            yield Problem("TAG_SYNTAX", tag.place, tag.source)


def _alone(tag: Tag) -> str:
    if tag.kind is Kind.PRINT:
        return f"{_PRINT}({tag.body}){_PRINT_END}"
    word, _, rest = tag.body.partition(" ")
    if word not in ("if", "elif", "for", "with", "set"):
        return ""
    end = "if" if word == "elif" else word
    return f"{_BLOCK}{end} {rest}{_BLOCK_END}" + (f"{_BLOCK}end{end}{_BLOCK_END}" if word != "set" else "")
