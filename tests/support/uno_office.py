"""LibreOffice driven through UNO: for the scripts that its own Python runs, and for the tests that start them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.source import ROOT

CONTEXT: list[Any] = []
"""The context of the running office; the connection closes when nobody holds it."""


@cache
def python_with_uno() -> str:
    """The Python that `uno` belongs to, '' when this machine has none."""
    candidates = dict.fromkeys((sys.executable, "/usr/bin/python3", shutil.which("python3") or ""))
    for python in filter(None, candidates):
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    return ""


def run_script(name: str, *arguments: Path) -> None:
    """Run `tests/support/<name>.py` with LibreOffice's Python."""
    command = [python_with_uno(), "-m", f"tests.support.{name}", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=240)


def option(name: str, value: object) -> Any:
    """One property as UNO takes it."""
    from com.sun.star.beans import PropertyValue

    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


@contextmanager
def desktop() -> Iterator[Any]:
    """The desktop of an office of its own, ended afterwards."""
    with tempfile.TemporaryDirectory() as profile:
        pipe = Path(profile).name
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        accept = f"--accept=pipe,name={pipe};urp;"
        office = subprocess.Popen(["soffice", own, "--headless", "--norestore", accept])
        try:
            found = _connected(pipe)
            yield found
            found.terminate()
            office.wait(30)
        finally:
            office.kill()


def _connected(pipe: str) -> Any:
    import uno
    from com.sun.star.connection import NoConnectException

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
            continue
        CONTEXT[:] = [context]
        return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise TimeoutError(pipe)
