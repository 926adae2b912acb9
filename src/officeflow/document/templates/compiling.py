"""Compile a template once: every part that holds tags becomes a Jinja program over its XML text."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from officeflow.document.reckoning.tags import TagKind
from officeflow.document.templates.blocks import read_structure
from officeflow.document.templates.charts import heal_charts
from officeflow.document.templates.compiled import MESSAGES, Compiled
from officeflow.document.templates.dialect import BLOCK, BLOCK_END, PRINT, PRINT_END, Dialect
from officeflow.document.templates.heal import Healed, Problem, Tag, heal
from officeflow.document.templates.lift import lift, path_of
from officeflow.document.templates.program import CALLS, Program
from officeflow.document.templates.text_nodes import heal_nodes, parts_with_tags, title_recipe
from officeflow.document.templates.writing import write_program
from officeflow.document.wml.chart_parts import chart_parts_of
from officeflow.document.wml.refusing import refused_parts
from officeflow.document.wml.wordml import main_part, parse, serialize
from officeflow.document.words import WORDS
from officeflow.ooxml import PartError, open_package
from officeflow.text.nearest import nearest

_OURS = frozenset((*(f"_{name}" for name in CALLS), "_value", "_chart", "_chart_end", "caller", "loop"))
_IDS = re.compile(r'<(?:w:bookmarkStart [^>]*?w:id|wp:docPr [^>]*?id)="(\d+)"')


def compiled_now(template: bytes, dialect: Dialect) -> Compiled:
    """Return the compiled template; `problems` and `findings` say all that is wrong with it."""
    opened = open_package(template, name=WORDS.template)
    compiled = Compiled(findings=opened.findings)
    package = opened.value
    if package is None:
        return compiled
    try:
        compiled.parts = package.parts()
        compiled.main = main_part(compiled.parts)
        compiled.findings = tuple(refused_parts(compiled.parts))
        healed = [*_heal(compiled, dialect), *_heal_nodes(compiled, dialect)]
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
        read_structure(compiled.structure, found.flow, paths, dialect)
        if not compiled.structure.problems:
            dialect.read_part(compiled, found)
        compiled.problems += found.problems
        compiled.hints += found.hints
        tags = {tag.number: tag for tag in found.tags}
        xml, starts = serialize(root), dialect.openings(found)
        program = write_program(part, xml, tags, compiled.structure, dialect, starts)
        compiled.programs.append(program)
        compiled.shells |= program.shells
    compiled.problems += compiled.structure.problems
    suspects = [] if compiled.problems else list(_compile(compiled, dialect))
    if compiled.problems or suspects:
        _examine(compiled, dialect)
        compiled.problems = compiled.problems or suspects
    return compiled


def _heal(compiled: Compiled, dialect: Dialect) -> Iterator[tuple[str, etree._Element, Healed]]:
    headings = dialect.numbers - {WORDS.item_number}
    main = compiled.main
    for name in sorted(
        filter(dialect.parts.fullmatch, compiled.parts), key=lambda name: (name != main, name)
    ):
        content, text = compiled.parts[name], compiled.parts[name].decode(errors="replace")
        compiled.first_id = max(compiled.first_id, *(int(own) + 1 for own in _IDS.findall(text)), 1)
        is_rewritten = dialect.rewrites(text)
        if not is_rewritten and not dialect.delimiters.may_be_in(text):
            continue
        root = parse(content)
        dialect.prepare(root)
        found = heal(
            root,
            WORDS.part(name),
            first=len(compiled.tags),
            numbers=headings,
            dialect=dialect,
        )
        dialect.arrange(found)
        charts = heal_charts(root, found, WORDS.part(name), len(compiled.tags), dialect.delimiters)
        compiled.charts |= chart_parts_of(compiled.parts, name, charts)
        dialect.heal_more(root, found, WORDS.part(name), len(compiled.tags))
        lift(found, dialect)
        compiled.tags += found.tags
        if found.tags or found.problems or is_rewritten:
            yield name, root, found


def _heal_nodes(compiled: Compiled, dialect: Dialect) -> Iterator[tuple[str, etree._Element, Healed]]:
    """Heal what holds tags but no paragraphs: charts and the document's properties."""
    for name in parts_with_tags(compiled.parts):
        content = compiled.parts[name]
        if dialect.delimiters.may_be_in(content.decode(errors="replace")):
            root = parse(content)
            if title := title_recipe(root, dialect.delimiters):
                compiled.titles[name] = title
            found = heal_nodes(root, WORDS.part(name), len(compiled.tags), dialect.delimiters)
            compiled.tags += found.tags
            yield name, root, found


def _compile(compiled: Compiled, dialect: Dialect) -> Iterator[Problem]:
    """Compile every program; yield where one cannot be, as near as the whole program tells."""
    environment = dialect.environment
    for program in compiled.programs:
        try:
            tree = environment.parse(program.source)
            compiled.problems += _unknown_callbacks(
                tree,
                environment,
                lambda line: compiled.tags[program.tag_at(line)],  # noqa: B023  asked at once
            )
            if compiled.problems:
                continue
            code = environment.compile(tree, filename=program.part)
            _collect_names(compiled, program, tree, dialect)
        except TemplateSyntaxError as error:
            tag = compiled.tags[program.tag_at(error.lineno)]
            yield Problem("TAG_SYNTAX", tag.place, tag.source)
        else:
            program.code, program.source = marshal.dumps(code), ""


def _examine(compiled: Compiled, dialect: Dialect) -> None:
    """Judge each tag alone where they make no program together, so that all mistakes are told at once."""
    environment, told = dialect.environment, {(problem.place, problem.tag) for problem in compiled.problems}
    asked: dict[str, list[int]] = {}
    own = set(_OURS)
    for tag in compiled.tags:
        if tag.number in compiled.structure.computed:
            continue
        tree, problems = _alone_judged(tag, environment)
        if (tag.place, tag.source) not in told:
            compiled.problems += problems
        for node in () if tree is None else tree.find_all(nodes.Name):
            if node.ctx == "load":
                asked.setdefault(node.name, []).append(tag.number)
            else:
                own.add(node.name)
    compiled.names = {name: places for name, places in asked.items() if name not in own}


def _alone_judged(tag: Tag, environment: Environment) -> tuple[nodes.Template | None, list[Problem]]:
    syntax = [Problem("TAG_SYNTAX", tag.place, tag.source)]
    try:
        tree = environment.parse(_alone(tag))
    except TemplateSyntaxError:
        return None, syntax
    unknown = list(_unknown_callbacks(tree, environment, lambda _: tag))
    if unknown:
        return tree, unknown
    try:
        environment.compile(tree)
    except TemplateSyntaxError:
        return tree, syntax
    return tree, []


def _collect_names(compiled: Compiled, program: Program, tree: nodes.Template, dialect: Dialect) -> None:
    """Collect which names a program asks for, at which tags."""
    for listing in compiled.structure.listings:
        if listing.name and listing.tag in program.tags:
            compiled.names.setdefault(listing.name, []).append(listing.tag)
    for node in dialect.names(tree, _OURS):
        compiled.names.setdefault(node.name, []).append(program.tag_at(node.lineno))
    for joined in () if dialect.joins else tree.find_all(nodes.Concat):
        tag = compiled.tags[program.tag_at(joined.lineno)]
        compiled.problems.append(Problem("TAG_JOINED", tag.place, tag.source))


def _unknown_callbacks(
    tree: nodes.Template, environment: Environment, tag_at: Callable[[int], Tag]
) -> Iterator[Problem]:
    """Yield the filters and tests that nobody knows, each at the tag of its line."""
    filters, tests = ("FILTER_UNKNOWN", environment.filters), ("TEST_UNKNOWN", environment.tests)
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        code, known = filters if isinstance(node, nodes.Filter) else tests
        name = str(getattr(node, "name", ""))
        if name not in known:
            tag = tag_at(node.lineno)
            said = {"name": name, "expected": nearest(name, [one for one in known if one[0] != "_"])}
            yield Problem(code, tag.place, tag.source, said)


def _alone(tag: Tag) -> str:
    if tag.kind is TagKind.PRINT:
        return f"{PRINT}({tag.body}){PRINT_END}"
    word, _, rest = tag.body.partition(" ")
    if word not in ("if", "elif", "for", "with", "set"):
        return ""
    end = "if" if word == "elif" else word
    return f"{BLOCK}{end} {rest}{BLOCK_END}" + (f"{BLOCK}end{end}{BLOCK_END}" if word != "set" else "")
