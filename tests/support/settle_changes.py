"""Accept and reject every tracked change through UNO.  Run by the Python that LibreOffice's `uno` belongs to:

python3 -m tests.support.settle_changes FOLDER DOCUMENT.docx…     writes FOLDER/<stem>.accepted.docx and .rejected.docx
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.uno_office import desktop, option
from tests.support.writer_edits import WORD, do

ORDERS = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def main(folder: Path, documents: list[Path]) -> None:
    """Open each document twice, once for each order."""
    with desktop() as writer:
        for document in documents:
            for name, order in ORDERS.items():
                hidden = (option("Hidden", value=True),)
                text = writer.loadComponentFromURL(document.as_uri(), "_blank", 0, hidden)
                do(text, order)
                target = folder / f"{document.stem}.{name}.docx"
                text.storeToURL(target.as_uri(), (option("FilterName", WORD),))
                text.close(True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [Path(path).resolve() for path in sys.argv[2:]])
