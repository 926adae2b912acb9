"""Accept and reject every tracked change through UNO.  Run by the Python that LibreOffice's `uno` belongs to:

python3 -m tests.support.settle_changes FOLDER DOCUMENT.docx…     writes FOLDER/<stem>.accepted.docx and .rejected.docx
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from subprocess import Popen

from tests.support.writer_edits import WORD, _desktop, _do, _option

ORDERS = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def main(folder: Path, documents: list[Path]) -> None:
    """Open each document twice, once for each order."""
    with tempfile.TemporaryDirectory() as profile:
        pipe = Path(profile).name
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        office = Popen(["soffice", own, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"])
        try:
            desktop = _desktop(pipe)
            for document in documents:
                for name, order in ORDERS.items():
                    text = desktop.loadComponentFromURL(
                        document.as_uri(), "_blank", 0, (_option("Hidden", value=True),)
                    )
                    _do(text, order)
                    target = folder / f"{document.stem}.{name}.docx"
                    text.storeToURL(target.as_uri(), (_option("FilterName", WORD),))
                    text.close(True)
            desktop.terminate()
            office.wait(30)
        finally:
            office.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [Path(path).resolve() for path in sys.argv[2:]])
