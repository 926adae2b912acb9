"""From a file to a submission with its figures and findings: the step that check, figures and report share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from officeflow.checks import run_checks
from officeflow.figures import Tally
from officeflow.flow._messages import MESSAGES
from officeflow.flow._refused import refusal
from officeflow.flow._settings import kit_folders
from officeflow.kits import catalogue
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Kit
from officeflow.model.submission import Submission
from officeflow.workbook import Book, guess_kit, open_book, read_stamp, read_submission


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A workbook read by its installed kit, its figures, and every finding of reader and checks."""

    book: Book
    submission: Submission
    tally: Tally
    findings: tuple[Finding, ...]


def read(path: Path) -> Outcome[Reading | None]:
    """Return what a filled workbook says; value None with one finding when it is no workbook of ours.

    Raises:
        OSError: the file is there but cannot be read now (locked, no permission, network).
    """
    if not path.is_file():
        return Outcome(None, (MESSAGES.finding("FILE_MISSING", file=str(path), name=path.name),))
    opened = open_book(path)
    if opened.value is None:
        return Outcome(None, opened.findings)
    book = opened.value
    found = _kit_of(book)
    if found.value is None:
        return Outcome(None, (*opened.findings, *found.findings))
    outcome = read_submission(book, found.value)
    tally = Tally(outcome.value)
    findings = (*opened.findings, *outcome.findings, *run_checks(outcome.value, tally))
    return Outcome(Reading(book=book, submission=outcome.value, tally=tally, findings=findings))


def _kit_of(book: Book) -> Outcome[Kit | None]:
    """Return the installed kit that a workbook names, else the one it looks like; None with the reason."""
    kits, stamp = catalogue(kit_folders()), read_stamp(book)
    if stamp is not None:
        named = next((kit for kit in kits if kit.id == stamp.kit), None)
        refused = () if named is not None else refusal(stamp.kit)
        if named is not None or refused:
            return Outcome(named, refused)
    guessed = guess_kit(book, kits)
    if guessed is not None:
        return Outcome(guessed)
    finding = MESSAGES.finding("KIT_UNKNOWN", file=str(book.path), name=book.path.name)
    return Outcome(None, (finding, *refusal()))
