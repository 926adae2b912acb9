"""Where the built workbooks and templates are, in a wheel and in a working copy alike."""

from __future__ import annotations

from pathlib import Path


def built_workbooks() -> Path:
    """Return the folder of blank and sample workbooks (`<kit>.xlsx`, `<kit>.sample.xlsx`)."""
    return _built("workbooks")


def built_templates() -> Path:
    """Return the folder of Word templates (`<kit>.<report>.docx`)."""
    return _built("docx_templates")


def _built(folder: str) -> Path:
    # The wheel carries both folders inside the package; an editable install is the package alone,
    # in src/officeflow, with the folders at the top of the working copy.
    packaged = Path(__file__).parents[1] / "_built" / folder
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / folder
