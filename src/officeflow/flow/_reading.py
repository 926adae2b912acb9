"""From a file to a submission with its figures and findings: the step that check, figures and report share."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from officeflow.checks import STOPS, explained, run_checks, secrecy_finding, secrecy_of_name
from officeflow.figures import Tally
from officeflow.flow._messages import MESSAGES
from officeflow.flow._refused import refusal
from officeflow.flow.answers import Exit
from officeflow.intake.desk import Desk
from officeflow.kits import with_reports
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Kit
from officeflow.model.submission import Submission
from officeflow.text.messages import Place
from officeflow.workbook import Book, find_markings, guess_kit, open_book, read_stamp, read_submission

# Measured: a worker costs 0.3 s to start, reading and checking about 80 ms per unpacked megabyte, so above
# _SPACIOUS the start is less than a fifth.  A click on a usual workbook looks at its size and no further.
_SMALL, _SPACIOUS = 256 << 10, 20 << 20


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A workbook read by its installed kit, its figures, and every finding of reader and checks."""

    book: Book
    submission: Submission
    tally: Tally
    findings: tuple[Finding, ...]


def read(desk: Desk, path: Path) -> Outcome[Reading | None]:
    """Return what a filled workbook says; value None with one finding when it is no workbook of ours.

    A marking of classified matter anywhere stops here, with that one finding.

    Raises:
        OSError: the file is there but cannot be read now (locked, no permission, network).
    """
    outcome = _read(desk, path)
    stop = next((finding for finding in _findings(outcome) if finding.code in STOPS), None)
    return outcome if stop is None else Outcome(None, (replace(stop, file=str(path)),))


def exit_without(findings: Sequence[Finding]) -> Exit:
    """Return the exit code where no reading came of a file: 1 when a marking stopped it, else 2."""
    return Exit.FINDINGS if any(finding.code in STOPS for finding in findings) else Exit.UNUSABLE


def _findings(outcome: Outcome[Reading | None]) -> tuple[Finding, ...]:
    return outcome.findings if outcome.value is None else outcome.value.findings


def _read(desk: Desk, path: Path) -> Outcome[Reading | None]:
    if (code := secrecy_of_name(path.stem)) in STOPS:
        return Outcome(None, (secrecy_finding(code, Place()),))
    if not path.is_file():
        code = "FOLDER_GIVEN" if path.is_dir() else "FILE_MISSING"
        return Outcome(None, (MESSAGES.finding(code, file=str(path), name=path.name),))
    opened = open_book(path)
    if opened.value is None:
        return Outcome(None, opened.findings)
    book = opened.value
    mentions = tuple(find_markings(book))
    if any(finding.code in STOPS for finding in mentions):
        return Outcome(None, mentions)
    found = _kit_of(desk, book)
    if found.value is None:
        return Outcome(None, (*opened.findings, *found.findings))
    outcome = read_submission(book, found.value)
    tally = Tally(outcome.value)
    checked = run_checks(outcome.value, tally)
    known = {(finding.sheet, finding.cell) for finding in checked}
    others = [finding for finding in mentions if (finding.sheet, finding.cell) not in known]
    findings = (*opened.findings, *outcome.findings, *explained(others, outcome.value), *checked)
    findings = with_reports(findings, outcome.value)
    return Outcome(Reading(book=book, submission=outcome.value, tally=tally, findings=findings))


def _kit_of(desk: Desk, book: Book) -> Outcome[Kit | None]:
    """Return the installed kit that a workbook names, else the one it looks like; None with the reason."""
    stamp = read_stamp(book)
    if stamp is not None:
        named = desk.kit(stamp.kit)
        refused = () if named is not None else refusal(desk, stamp.kit)
        if named is not None or refused:
            return Outcome(named, refused)
    guessed = guess_kit(book, desk.kits())
    if guessed is not None:
        return Outcome(guessed)
    finding = MESSAGES.finding("KIT_UNKNOWN", file=str(book.path), name=book.path.name)
    return Outcome(None, (finding, *refusal(desk)))


def is_spacious(path: Path) -> bool:
    """Whether a file unpacks to so much that it is read in a process of its own."""
    try:
        if path.stat().st_size <= _SMALL:
            return False
        with zipfile.ZipFile(path) as archive:
            return sum(part.file_size for part in archive.infolist()) > _SPACIOUS
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        # A compound file is as large as it is; what is wrong with others is said where they are opened.
        return path.is_file() and path.stat().st_size > _SPACIOUS
