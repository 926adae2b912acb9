"""A kit tried out on its own sample: workbook and templates are built, every tag is looked up, the reports come out.

What is wrong with a template is told at the line of Markdown or genre that its
tag was written in: the template itself is ours, its author never sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from officeflow.checks import run_checks
from officeflow.document.authoring.problems import template_problems
from officeflow.document.render.checking import check_template
from officeflow.document.render.composing import compose
from officeflow.document.render.printing import template_finding
from officeflow.document.templates.compiled import Compiled
from officeflow.document.templates.heal import Problem
from officeflow.document.templates.store import compile_template
from officeflow.figures import Tally
from officeflow.kits._lines import KeyPath, Lines, SourceLine, at, file_lines
from officeflow.kits._words import MESSAGES, kit_words
from officeflow.kits.build import report_layout, sample, template
from officeflow.kits.layout import layout_file
from officeflow.kits.load import LayoutError
from officeflow.kits.source import KitSource
from officeflow.model.document import Origin
from officeflow.model.figures import Figure
from officeflow.model.findings import Finding, Severity
from officeflow.model.kit import Report
from officeflow.model.layout import Genre
from officeflow.model.outline import OutlineRow
from officeflow.model.submission import Submission
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission

_TAG = re.compile(r"[{｛][{｛%％#＃].*?[}｝%％#＃][}｝]")
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_SCOPE = re.compile(r"^\{%(?:p|tr|tc|r)?(?=\s)")
_ROW = re.compile(r"\d+")
_HOLDS = (Severity.MANDATORY, Severity.EXPLAIN)
_OF_THE_SAMPLE = {"FIGURE_EMPTY": "SAMPLE_EMPTY", "FIGURE_UNKNOWN": "SAMPLE_UNKNOWN_FIGURE"}


@dataclass(frozen=True, kw_only=True)
class Rehearsed:
    """A kit's sample as it is read back: what the workbook says, its figures, and what its checks find."""

    submission: Submission
    tally: Tally
    findings: tuple[Finding, ...]

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by id."""
        return {figure.id: figure for figure in self.tally.all()}


def rehearsed(source: KitSource) -> Rehearsed | None:
    """Return the kit's sample, written, read and checked; None when it cannot be read back."""
    with TemporaryDirectory(prefix="officeflow-") as folder:
        path = Path(folder) / f"{source.kit.id}.xlsx"
        path.write_bytes(sample(source))
        book = open_book(path).value
        if book is None:
            return None
        outcome = read_submission(book, source.kit)
    tally = Tally(outcome.value)
    findings = (*outcome.findings, *run_checks(outcome.value, tally))
    return Rehearsed(submission=outcome.value, tally=tally, findings=findings)


def sample_problems(source: KitSource, tried: Rehearsed) -> Iterator[Finding]:
    """Yield what the kit's own checks find in its sample and nobody has explained there."""
    told = set()
    for finding in tried.findings:
        column = finding.cell.rstrip("0123456789")
        key = (finding.code, finding.rule, finding.sheet, column if ":" not in column else finding.cell)
        if finding.is_open and finding.severity in _HOLDS and key not in told:
            told.add(key)  # one slip of a rule or a column fails in every row
            yield _failed(source, tried, finding)


def _failed(source: KitSource, tried: Rehearsed, finding: Finding) -> Finding:
    """Return a finding on the sample's workbook at the line of sample.toml that fills the cell."""
    table = next((table for table in tried.submission.tables.values() if table.sheet == finding.sheet), None)
    keys: KeyPath = ()
    row = _ROW.search(finding.cell)
    if table is not None:
        keys = (table.form.id,)
        if row and int(row[0]) in table.rows and table.form.kind != "record":
            keys = (*keys, "rows", table.rows.index(int(row[0])))
        elif row:
            keys = (*keys, *(name for name, place in table.field_rows.items() if place == int(row[0])))
    where = SourceLine(source.sample_file, file_lines(source.sample_file).line(keys))
    told = MESSAGES.finding("SAMPLE_FAILS", value=finding.message, rule=finding.rule)
    return at(told, where)


def report_problems(
    source: KitSource, report: Report, tried: Rehearsed, *, is_sound: bool
) -> Iterator[Finding]:
    """Yield what is wrong with one report: its text, genre, profile, tags; of a sound sample also its document.

    Raises:
        OSError: the report's text is missing or cannot be read now.
    """
    try:
        layout = report_layout(source, report)
    except LayoutError as error:
        yield from error.findings
        return
    folders = (source.folder, source.folder.parent)
    manuscript = _Manuscript(source, report, layout[0], layout_file("genres", report.genre, folders))
    faults = template_problems(manuscript.text, *layout, numbering=report.numbering)
    yield from map(manuscript.placed, faults)
    if any(fault.severity is Severity.MANDATORY for fault in faults):
        return
    built = template(source, report)
    compiled = compile_template(built, None)
    problems = check_template(built, tried.figures, is_sample=is_sound).problems
    yield from manuscript.told(compiled, problems)
    if is_sound and all(template_finding(each).severity is not Severity.MANDATORY for each in problems):
        yield from _document(source, report, tried, built)


def _document(source: KitSource, report: Report, tried: Rehearsed, built: bytes) -> Iterator[Finding]:
    table = tried.submission.tables.get(report.outline)
    outcome = compose(
        built,
        tried.figures,
        outline=() if table is None else OutlineRow.rows(table),
        origins=(Origin.of(tried.submission),),
    )
    for finding in outcome.findings:
        if finding.severity in _HOLDS:
            yield _failed(source, tried, finding)


class _Tag(NamedTuple):
    """A tag where its author wrote it."""

    where: SourceLine
    said: str
    """Without what does not matter: blanks, and which paragraph or row it stands for."""


@dataclass(frozen=True)
class _Manuscript:
    """What a report's template is built from: the genre's head, the Markdown, the genre's foot."""

    source: KitSource
    report: Report
    genre: Genre
    """With the report's own names where the genre has slots."""
    genre_file: Path

    @property
    def file(self) -> Path:
        return self.source.markdown_file(self.report.id)

    @cached_property
    def text(self) -> str:
        return self.source.reports[self.report.id]

    @cached_property
    def frame(self) -> Lines:
        return Lines.of(self.genre_file.read_text(encoding="utf-8"))

    @cached_property
    def tags(self) -> tuple[_Tag, ...]:
        """Every tag in the order of the template."""
        return (*self._framed("head"), *self._typed(), *self._framed("foot"))

    def _framed(self, end: Literal["head", "foot"]) -> Iterator[_Tag]:
        for place, part in enumerate(getattr(self.genre, end)):
            for key, tags in (("when", [f"{{%p if {part.when} %}}"]), ("text", _TAG.findall(part.text))):
                where = SourceLine(self.genre_file, self.frame.line((end, place, key)))
                yield from (_Tag(where, _plain(tag)) for tag in tags if key != "when" or part.when)

    def _typed(self) -> Iterator[_Tag]:
        text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), self.text)
        for number, line in enumerate(text.split("\n"), start=1):
            yield from (_Tag(SourceLine(self.file, number), _plain(tag)) for tag in _TAG.findall(line))

    def told(self, compiled: Compiled, problems: Sequence[Problem]) -> Iterator[Finding]:
        """Yield the problems of the template at the lines they were written in, each once."""
        seen = set()
        for problem in problems:
            where = self._written(compiled, problem)
            code = _OF_THE_SAMPLE.get(problem.code)
            name = problem.values.get("name", "")
            if code:
                finding = at(MESSAGES.finding(code, value=name, report=self.report.title), where)
            else:
                finding = at(template_finding(problem, at=self._called(where)), where)
            if (key := (finding.code, where, finding.value)) not in seen:
                seen.add(key)
                yield finding

    def _called(self, where: SourceLine) -> str:
        kind = "genre" if where.file == self.genre_file else "report"
        return str(kit_words()["at"][kind].format(title=self.report.title))

    def _written(self, compiled: Compiled, problem: Problem) -> SourceLine:
        """Return where the tag of a problem was written: the one as many of its like in as in the template."""
        name = problem.values.get("name", "")
        if problem.code.startswith("CHART_"):  # in Markdown a chart is not a tag
            return self._holding(f"]({name}", name)
        said = _plain(problem.tag)
        alike = [tag.where for tag in self.tags if tag.said == said]
        before = [tag for tag in compiled.tags if _plain(tag.source) == said]
        place = next((i for i, tag in enumerate(before) if tag.place == problem.place), 0)
        if place < len(alike):
            return alike[place]
        return self._holding(name, problem.tag, problem.place.text)

    def placed(self, finding: Finding) -> Finding:
        """Return a finding on text or layout at the line that says what it quotes."""
        if finding.code.startswith("LAYOUT_"):
            return at(finding, self._holding(f'style="{finding.value}"'))
        words = finding.value.rstrip("…")
        return at(finding, self._holding(words, *words.split("｜")))

    def _holding(self, *words: str) -> SourceLine:
        """Return the first line that holds one of the words: of the Markdown, else of the genre."""
        for word in filter(None, words):
            squeezed = "".join(word.split())[:30]
            for file, text in ((self.file, self.text), (self.genre_file, self.frame.text)):
                for number, line in enumerate(text.split("\n"), start=1):
                    if squeezed in "".join(line.split()):
                        return SourceLine(file, number)
        return SourceLine(self.file, 0)


def _plain(tag: str) -> str:
    return "".join(_SCOPE.sub("{%", tag).split())
