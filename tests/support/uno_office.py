"""The warm LibreOffice of a test run: started with the first job, ended with the run, replaced when it dies or hangs.

The office is driven by a helper process, `tests/support/uno_jobs.py`, run by the Python that LibreOffice's `uno`
belongs to.  Each pytest process has its own helper and profile, so that parallel workers do not meet.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from tests.support.source import ROOT

LONGEST_JOB = 120
"""Seconds after which an office is taken for hung."""


@cache
def python_with_uno() -> str:
    """The Python that `uno` belongs to, '' when this machine has none."""
    candidates = dict.fromkeys((sys.executable, "/usr/bin/python3", shutil.which("python3") or ""))
    for python in filter(None, candidates):
        if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return python
    return ""


class WarmOffice:
    """A helper process with its office, working through one job after the other."""

    def __init__(self) -> None:
        python = python_with_uno()
        if not python:
            pytest.skip("office: no Python with uno on this machine (Debian: python3-uno)")
        self._profile = tempfile.TemporaryDirectory(prefix="officeflow-soffice-", ignore_cleanup_errors=True)
        # A session of its own: a hung office is ended together with everything that it started.
        self._process = subprocess.Popen(
            [python, "-m", "tests.support.uno_jobs", self._profile.name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        """The process group of the helper and its office."""
        return self._process.pid

    def run(self, job: str, arguments: list[str]) -> str | None:
        """Return what went wrong with the job, '' when nothing did, None when the office died or hung."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = threading.Timer(LONGEST_JOB, self.kill)
        watch.start()
        try:
            self._process.stdin.write(json.dumps([job, arguments]) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            return None
        finally:
            watch.cancel()
        return json.loads(answer) if answer else None

    def kill(self) -> None:
        """End the helper and its office at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let the office end, or end it."""
        try:
            self._process.communicate(timeout=20)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self.kill()
            self._process.communicate()
        self._profile.cleanup()


_running: list[WarmOffice] = []
"""The office of this process: none before the first job and after one that died."""


def run_job(job: str, *arguments: Path | str) -> None:
    """Have the office do a job: the `run` of `tests/support/<job>.py`.

    An office that dies or hangs over it is replaced and asked once more.
    """
    for _ in range(2):
        if not _running:
            _running.append(WarmOffice())
        failure = _running[0].run(job, [str(argument) for argument in arguments])
        if failure is not None:
            assert not failure, failure
            return
        close_office()
    raise AssertionError(f"LibreOffice died twice over {job} {arguments}")


@atexit.register
def close_office() -> None:
    """End the office of this process; the next job starts another."""
    while _running:
        _running.pop().close()
