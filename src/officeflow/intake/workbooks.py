"""From a file to a submission with its figures and findings: the step that every use case of a workbook begins with."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from officeflow.checks import STOPS, explained, run_checks
from officeflow.figures import Tally
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find, refusal
from officeflow.intake.source import MESSAGES, Source
from officeflow.kits.source import KitSource
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Kit, Report
from officeflow.model.submission import Submission
from officeflow.workbook.files.book import Book
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.recognise import candidate_kits
from officeflow.workbook.reading.secrecy import find_markings
from officeflow.workbook.reading.stamp import read_stamp
from officeflow.workbook.reading.submission import read_submission

# Measured: a worker costs 0.3 s to start, reading and checking about 80 ms per unpacked megabyte, so above
# _SPACIOUS the start is less than a fifth.  A click on a usual workbook looks at its size and no further.
_SMALL, _SPACIOUS = 256 << 10, 20 << 20


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A workbook read by its installed kit, its figures, and every finding of reader and checks.

    Plain data but for `book`: it can cross a process, and then opens the workbook again when it is asked for it.
    """

    source: Source
    submission: Submission
    tally: Tally
    """The figures of the submission, each worked out when it is first asked for."""
    findings: tuple[Finding, ...]
    opened: Book | None = field(default=None, repr=False, compare=False)

    @property
    def book(self) -> Book:
        """The workbook itself.

        Raises:
            OSError: after a process was crossed, the file cannot be read now.
        """
        if self.opened is not None:
            return self.opened
        book = open_book(self.source.path, self.source.content).value
        if book is None or book.sha256 != self.submission.sha256:
            raise FileNotFoundError(str(self.source.path))
        object.__setattr__(self, "opened", book)
        return book

    def __reduce__(self) -> tuple[object, ...]:
        """Return what crosses a process: no open file, and nothing that can be worked out again."""
        return _received, (self.source, self.submission, self.findings)


def _received(source: Source, submission: Submission, findings: tuple[Finding, ...]) -> Reading:
    return Reading(source=source, submission=submission, tally=Tally(submission), findings=findings)


def read_workbook(desk: Desk, given: Path | Source, *, kit: str = "") -> Outcome[Reading | None]:
    """Return what a filled workbook says; value None with one finding when it is not one of our workbooks.

    `kit` is the id or title of its kit where somebody says it; else the workbook tells.

    A marking of classified matter anywhere stops here, with that one finding.

    Raises:
        OSError: the file is there but cannot be read now (locked, no permission, network).
    """
    source = Source.of(given)
    outcome = _read(desk, source, kit)
    findings = outcome.findings if outcome.value is None else outcome.value.findings
    stop = next((finding for finding in findings if finding.code in STOPS), None)
    return outcome if stop is None else Outcome(None, (replace(stop, file=str(source.path)),))


def _read(desk: Desk, source: Source, kit: str) -> Outcome[Reading | None]:
    if refused := source.marked or source.lost:
        return Outcome(None, refused)
    opened = open_book(source.path, source.content)
    if opened.value is None:
        return Outcome(None, opened.findings)
    book = opened.value
    mentions = tuple(find_markings(book))
    if any(finding.code in STOPS for finding in mentions):
        return Outcome(None, mentions)
    chosen = _kit_of(desk, book, kit)
    if chosen.value is None:
        return Outcome(None, (*opened.findings, *chosen.findings))
    outcome = read_submission(book, chosen.value)
    tally = Tally(outcome.value)
    checked = run_checks(outcome.value, tally)
    known = {(finding.sheet, finding.cell) for finding in checked}
    others = [finding for finding in mentions if (finding.sheet, finding.cell) not in known]
    findings = (*opened.findings, *outcome.findings, *explained(others, outcome.value), *checked)
    findings = _with_reports(findings, outcome.value)
    return Outcome(
        Reading(source=source, submission=outcome.value, tally=tally, findings=findings, opened=book)
    )


def _with_reports(findings: Iterable[Finding], submission: Submission) -> tuple[Finding, ...]:
    """Return the findings, each that concerns some reports only with their titles behind its message."""
    reports = submission.kit.reports
    if not any(report.forms for report in reports):
        return tuple(findings)
    return tuple(_titled(finding, submission.reports_about(finding), reports) for finding in findings)


def _titled(finding: Finding, concerned: tuple[Report, ...], reports: tuple[Report, ...]) -> Finding:
    if len(concerned) == len(reports):
        return finding
    titles = "、".join(report.title for report in concerned)
    return replace(
        finding, message=MESSAGES.finding("ONLY_REPORTS", value=finding.message, expected=titles).message
    )


def _kit_of(desk: Desk, book: Book, said: str) -> Outcome[Kit | None]:
    """Return the installed kit that somebody or the workbook names, else the one it looks like; None with the reason."""
    if said:
        named_kit = find(desk, said)
        return Outcome(None if named_kit.value is None else named_kit.value.kit, named_kit.findings)
    stamp = read_stamp(book)
    if stamp is not None:
        named = desk.kit(stamp.kit)
        refused = () if named is not None else refusal(desk, stamp.kit)
        if named is not None or refused:
            return Outcome(named, refused)
    candidates = candidate_kits(book, desk.kits())
    if len(candidates) == 1:
        return Outcome(candidates[0])
    code = "KIT_SEVERAL" if candidates else "KIT_UNKNOWN"
    names = "、".join(f"“{kit.title}”（{kit.id}）" for kit in candidates)
    first = candidates[0].id if candidates else ""
    finding = MESSAGES.finding(code, file=str(book.path), name=book.path.name, names=names, first=first)
    return Outcome(None, (finding, *refusal(desk)))


def example(desk: Desk, source: KitSource) -> Reading | None:
    """Return a kit's filled sample as it is read back, None if it cannot be (`kit check` says why).

    What templates are shown and judged by before there is any data.
    """
    from officeflow.kits.build import sample

    return read_workbook(desk, Source(path=Path(f"{source.kit.id}.xlsx"), content=sample(source))).value


def is_spacious(given: Path | Source) -> bool:
    """Return whether a file unpacks to so much that it is read in a process of its own."""
    source = Source.of(given)
    try:
        size = source.path.stat().st_size if source.content is None else len(source.content)
        if size <= _SMALL:
            return False
        with zipfile.ZipFile(source.path if source.content is None else BytesIO(source.content)) as archive:
            return sum(part.file_size for part in archive.infolist()) > _SPACIOUS
    except OSError:
        return False
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # A compound file is as large as it is; what is wrong with others is said where they are opened.
        return size > _SPACIOUS
