"""The helper that drives a LibreOffice through UNO.  Run by the Python that `uno` belongs to, never by pytest:

python3 -m tests.support.uno_jobs PROFILE     reads jobs, one JSON line each, and answers each with one JSON line

A job is `[module of tests/support, arguments]`; the module's `run(desktop, *arguments)` does it.  The answer is '' or
what went wrong.  Nothing is answered when the office has died; the end of the input ends both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

CONTEXT: list[Any] = []
"""The context of the running office; the connection closes when nobody holds it."""


def option(name: str, value: object) -> Any:
    """One property as UNO takes it."""
    from com.sun.star.beans import PropertyValue

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def load(desktop: Any, path: str) -> Any:
    """The document or workbook, opened without a window; the caller closes it."""
    opened = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (option("Hidden", value=True),))
    assert opened is not None, f"LibreOffice does not open {path}"
    return opened


def save(document: Any, path: Path, *, filter_name: str, filter_options: str = "") -> None:
    """Store a copy through one of LibreOffice's export filters."""
    options = [option("FilterName", filter_name)]
    if filter_options:
        options.append(option("FilterOptions", filter_options))
    document.storeToURL(path.as_uri(), tuple(options))


def do(document: Any, command: str) -> None:
    """Do what a menu item does."""
    manager = CONTEXT[0].ServiceManager
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", CONTEXT[0])
    dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())


def main(profile: Path) -> None:
    """Start the office and work until the input ends."""
    pipe = profile.name
    own, accept = f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(
        ["soffice", own, "--headless", "--norestore", accept],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        desktop = _connected(pipe)
        _work(desktop)
        desktop.terminate()
        office.wait(15)
    finally:
        office.kill()


def _work(desktop: Any) -> None:
    from com.sun.star.lang import DisposedException

    for line in sys.stdin:
        name, arguments = json.loads(line)
        failure = ""
        try:
            import_module(f"tests.support.{name}").run(desktop, *arguments)
        except DisposedException:
            raise
        except Exception:  # noqa: BLE001  whatever it is, the test that asked says it
            failure = traceback.format_exc()
        print(json.dumps(failure), flush=True)  # noqa: T201


def _connected(pipe: str) -> Any:
    import uno
    from com.sun.star.connection import NoConnectException

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
            continue
        CONTEXT[:] = [context]
        return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise TimeoutError(pipe)


if __name__ == "__main__":
    # The jobs import this module by its name: one CONTEXT for all.
    import_module("tests.support.uno_jobs").main(Path(sys.argv[1]))
