"""Office files as bytes and parts: opened with limits, written the same way every time.

Why one package below workbook/ and document/: both open zips that strangers
sent and both promise the same parts for the same input, so limits, writing
order and the atomic save are decided here once.

In order: `sniff` tells what a file is, `opening` opens it within limits.  `parts` holds
a package while it is changed, `markup` edits the text of a part; `writing` saves parts,
`repacking` a package of which few parts changed.  `small_workbook` is the .xlsx in a Word
chart, `keeping` the user's cache.
"""

from officeflow.ooxml.keeping import keep, kept
from officeflow.ooxml.opening import Package, PartError, file_finding, open_package
from officeflow.ooxml.repacking import Packed
from officeflow.ooxml.sniff import FileKind, kind_of
from officeflow.ooxml.writing import write_beside, write_file, write_package

__all__ = [
    "FileKind",
    "Package",
    "Packed",
    "PartError",
    "file_finding",
    "keep",
    "kept",
    "kind_of",
    "open_package",
    "write_beside",
    "write_file",
    "write_package",
]
