"""What the use cases themselves have to say, and file names that sort and speak: 单位-表名-时段-文稿.docx."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import cast

from officeflow.model.kit import Report
from officeflow.model.submission import Submission
from officeflow.model.values import Period
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)
TEMPLATES = Catalogue.beside(__file__, "template_messages.toml")
"""What is said of templates, and of the values they are filled with."""
_LONGEST = 60  # mail programs garble longer Chinese names; leaves room for （草稿） and (2)
# Windows refuses these in names; also control characters and trailing dots.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@cache
def words() -> dict[str, str]:
    """Return the words that file names are made of."""
    return cast(
        "dict[str, str]", tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    )


def safe(name: str) -> str:
    """Return a name that Windows and Linux accept, '' for a blank one."""
    return _FORBIDDEN.sub("_", name).strip(" .")[:_LONGEST]


def submission_name(submission: Submission, period: Period | None = None) -> str:
    """Return 单位-表名-时段 of a submission (`period` for its own); parts that are not filled are left out."""
    period = period or submission.period
    parts = (submission.unit, submission.kit.title, "" if period is None else period.name)
    return "-".join(safe(part) for part in parts if part)


def file_name(submission: Submission, report: Report, *, draft: bool) -> str:
    """Return the name of a report's document; a draft says so, so that it is never taken for the final text."""
    title = report.title + (words()["draft_mark"] if draft else "")
    return f"{submission_name(submission)}-{safe(title)}.docx"
