"""What a use case answers: findings, an exit code, and values named as the JSON envelope names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from officeflow.checks import STOPS
from officeflow.model.cells import ranges
from officeflow.model.figures import Figure
from officeflow.model.findings import Finding, Outcome, Repair, Severity
from officeflow.model.submission import Submission
from officeflow.model.trace import TracedFigure
from officeflow.model.values import canonical
from officeflow.text.personal import masked

if TYPE_CHECKING:
    from officeflow.document.compare.change_list import ListedChange


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    FINDINGS = 1
    UNUSABLE = 2  # usage, or no finding list beyond “not a workbook”
    ENVIRONMENT = 3  # locked, disk full, network


HOLDS_REPORT = frozenset({Severity.MANDATORY, Severity.EXPLAIN})
"""Open findings of these classes hold up a report; `verify` holds up sending only."""


@dataclass(frozen=True)
class Result:
    """The end of a use case.  `answer` is a frozen dataclass whose fields are envelope keys, or None."""

    answer: object
    findings: tuple[Finding, ...] = ()
    code: Exit = Exit.DONE

    @property
    def ok(self) -> bool:
        """Whether nothing is left to do."""
        return self.code is Exit.DONE


def exit_without(findings: Iterable[Finding]) -> Exit:
    """Return the exit code where a file could not be taken in: 1 when a marking stopped it, else 2."""
    return Exit.FINDINGS if any(finding.code in STOPS for finding in findings) else Exit.UNUSABLE


def exit_for(findings: Iterable[Finding]) -> Exit:
    """Return FINDINGS while any finding is open, else DONE."""
    return Exit.FINDINGS if any(finding.is_open for finding in findings) else Exit.DONE


def holding(findings: Iterable[Finding]) -> list[Finding]:
    """Return the open findings that hold up a report."""
    return [finding for finding in findings if finding.is_open and finding.severity in HOLDS_REPORT]


@dataclass(frozen=True, kw_only=True)
class FilesAnswer:
    """Paths that were written."""

    files: tuple[str, ...]


def files_result(written: Outcome[Path | None]) -> Result:
    """Return the result of a use case that writes one file and says no more."""
    if written.value is None:
        return Result(FilesAnswer(files=()), written.findings, Exit.FINDINGS)
    return Result(FilesAnswer(files=(str(written.value),)), written.findings)


@dataclass(frozen=True, kw_only=True)
class RowsAnswer:
    """How many rows of a sheet were taken over, and how many were not; of a record how many fields."""

    sheet: str
    rows: int
    left: int = 0
    fields: int = 0


@dataclass(frozen=True, kw_only=True)
class NextAnswer:
    """Answer of `next`: the workbook of `period`, what was carried, and how many figures it remembers."""

    files: tuple[str, ...] = ()
    period: str = ""
    carried: tuple[RowsAnswer, ...] = ()
    previous: int = 0


@dataclass(frozen=True, kw_only=True)
class MergeAnswer:
    """Answer of `merge`: the workbook, and the rows that only the second copy has."""

    files: tuple[str, ...] = ()
    added: tuple[RowsAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SubmissionAnswer:
    """Whose workbook it is."""

    file: str
    kit: str
    title: str
    period: str
    unit: str
    digest: str

    @classmethod
    def of(cls, submission: Submission, path: Path) -> SubmissionAnswer:
        """Return the identity of a submission and the file it was read from."""
        period = submission.period
        return cls(
            file=str(path),
            kit=submission.kit.id,
            title=submission.kit.title,
            period="" if period is None else str(period),
            unit=submission.unit,
            digest=submission.digest,
        )


@dataclass(frozen=True, kw_only=True)
class RepairAnswer:
    """One value that was read as a regular one; `from_` is what stands in the cell."""

    sheet: str
    cell: str
    from_: str
    to: str
    rule: str
    file: str

    @classmethod
    def of(cls, repair: Repair, path: Path) -> RepairAnswer:
        """Return the envelope's form of a repair."""
        return cls(
            sheet=repair.sheet,
            cell=repair.cell,
            from_=repair.typed,
            to=repair.read_as,
            rule=repair.rule,
            file=str(path),
        )


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """Answer of `check`."""

    submissions: tuple[SubmissionAnswer, ...] = ()
    repairs: tuple[RepairAnswer, ...] = ()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SourceAnswer:
    """Cells of one sheet of one workbook."""

    file: str
    sha256: str
    digest: str
    sheet: str
    cells: str


@dataclass(frozen=True, kw_only=True)
class FigureAnswer:
    """One figure with where it comes from; `value` is exact text, or a list of texts, masked where it is personal."""

    id: str
    name: str
    value: str | tuple[str, ...]
    state: str
    unit: str
    text: str
    sources: tuple[SourceAnswer, ...]

    @classmethod
    def of(cls, figure: Figure, submission: Submission) -> FigureAnswer:
        """Return the envelope's form of a figure of this submission."""
        value = figure.value if isinstance(figure.value, tuple) else canonical(figure.value)
        text = figure.text
        if figure.is_personal:
            value = tuple(map(masked, value)) if isinstance(value, tuple) else masked(value)
            text = "、".join(value) if isinstance(value, tuple) else value
        return cls(
            id=figure.id,
            name=figure.name,
            value=value,
            state=figure.state.value,
            unit=figure.unit,
            text=text,
            sources=tuple(
                SourceAnswer(
                    file=submission.file,
                    sha256=submission.sha256,
                    digest=submission.digest,
                    sheet=sheet,
                    cells=cells,
                )
                for sheet, cells in ranges(figure.cells).items()
            ),
        )


@dataclass(frozen=True, kw_only=True)
class KitCheckAnswer:
    """Answer of `kit check --figures`: the figures of the samples."""

    figures: tuple[FigureAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class KitNewAnswer:
    """Answer of `kit new`: the kit's id, the folder it was written to, and its files, the first to edit first."""

    kit: str = ""
    folder: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FiguresAnswer:
    """Answer of `figures`."""

    figures: tuple[FigureAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class TraceAnswer:
    """Answer of `trace`: the figures asked for ('' for all) with their chains, and the files written."""

    asked: str = ""
    figures: tuple[TracedFigure, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportAnswer:
    """One report: where it and its 数据来源表 were written ('' when refused), the figures it prints, its own findings."""

    report: str
    title: str = ""
    path: str = ""
    pdf: str = ""
    sources: str = ""
    characters: int = 0
    figures: tuple[FigureAnswer, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportsAnswer:
    """Answer of `report`."""

    reports: tuple[ReportAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class DemoAnswer:
    """Answer of `demo`."""

    files: tuple[str, ...]
    reports: tuple[ReportAnswer, ...]
    seconds: float


@dataclass(frozen=True, kw_only=True)
class KitReportAnswer:
    """A report a kit can write."""

    id: str
    title: str
    genre: str


@dataclass(frozen=True, kw_only=True)
class KitAnswer:
    """A kit that is installed."""

    id: str
    title: str
    version: str
    reports: tuple[KitReportAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class KitsAnswer:
    """Answer of `kits`."""

    kits: tuple[KitAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class ConditionAnswer:
    """One thing `doctor` looked at; `state` is ok, missing, warn or damaged."""

    id: str
    state: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DoctorAnswer:
    """Answer of `doctor`."""

    checks: tuple[ConditionAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class SettingsAnswer:
    """Answer of `settings`: every setting with its value, the file they are kept in, the folder of the office's own kits."""

    settings: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    own_kits: str = ""


@dataclass(frozen=True, kw_only=True)
class JudgedAnswer:
    """One printed figure: what was printed last, what stands there now, what the data would print.

    `state` is same, stale, reworded, overtyped, removed, adopted or missing; `now` '' when it is
    gone, `expected` '' when the data give nothing; `paragraph` counts from 1, 0 when it is gone.
    """

    id: str
    name: str
    bookmark: str
    state: str
    recorded: str
    now: str
    expected: str
    sentence: str
    paragraph: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class VerifyAnswer:
    """Answer of `verify`: every figure of the document, in its order."""

    figures: tuple[JudgedAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeAnswer:
    """One figure that was moved; `sentence` is the one it stood in."""

    id: str
    name: str
    bookmark: str
    from_: str
    to: str
    sentence: str
    paragraph: int


@dataclass(frozen=True, kw_only=True)
class RefreshAnswer:
    """Answer of `refresh`: the document ('' when none had to be written), what was moved, what was left as it stands.

    `wording` are the sentences whose words no longer agree with their numbers; `is_current`:
    the document says already what the workbook says.
    """

    path: str = ""
    is_current: bool = False
    changes: tuple[ChangeAnswer, ...] = ()
    kept: tuple[JudgedAnswer, ...] = ()
    adopted: tuple[str, ...] = ()
    """Names of the figures that this refresh made 审定数."""
    wording: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangedAnswer:
    """One change: `kind` is number, words, added, removed or moved; `place` in a person's words; `figure` is '' if it is not a figure."""

    kind: str
    place: str
    before: str
    after: str
    figure: str = ""
    sentence: str = ""

    @classmethod
    def of(cls, change: ListedChange) -> ChangedAnswer:
        """Return the envelope's form of a change."""
        return cls(
            kind=change.kind.value,
            place=change.place_text,
            before=change.before,
            after=change.after,
            figure=change.figure,
            sentence=change.sentence,
        )


@dataclass(frozen=True, kw_only=True)
class CompareAnswer:
    """Answer of `compare`: the marked document and the list of changes (none when nothing differs), and the changes."""

    files: tuple[str, ...] = ()
    is_same: bool = False
    changes: tuple[ChangedAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NumberAnswer:
    """A number that people changed; `id` and `name` are '' if it does not belong to a figure; `paragraph` counts from 1."""

    id: str
    name: str
    ours: str
    theirs: str
    sentence: str
    paragraph: int


@dataclass(frozen=True, kw_only=True)
class RivalAnswer:
    """A sentence in which a figure might stand; `paragraph` counts from 1."""

    paragraph: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class LostAnswer:
    """A figure that is not bound; `sentence` is ours; `places` are those equally good, () when there is none."""

    id: str
    name: str
    text: str
    sentence: str
    places: tuple[RivalAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class RebindAnswer:
    """Answer of `rebind`: the document ('' when none was written), how many figures are bound, and what people changed."""

    path: str = ""
    bound: int = 0
    words: tuple[ChangedAnswer, ...] = ()
    numbers: tuple[NumberAnswer, ...] = ()
    lost: tuple[LostAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldAnswer:
    """A name that templates may use: how the sample prints it, and for a list the fields of its rows."""

    name: str
    title: str
    unit: str
    text: str
    state: str
    fields: tuple[FieldAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FieldsAnswer:
    """Answer of `template fields`."""

    fields: tuple[FieldAnswer, ...]
    files: tuple[str, ...] = ()
