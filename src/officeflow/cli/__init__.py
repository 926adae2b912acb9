"""The command line: walks the use cases, prints Chinese for people or one JSON document for programs.

`parser` makes one subcommand per use case; here the desk is made, the use case run and its
result printed, in words by `said` or as JSON by `envelope`; `progress` shows how far it has come.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from officeflow.cli.parser import Command, UsageError, build_parser
from officeflow.cli.progress import ProgressLine
from officeflow.flow import run, use_cases
from officeflow.flow.answers import Exit, Result
from officeflow.intake.desk import Desk

# What a cell holds must not steer the terminal: control characters but the tab.
_SILENT = dict.fromkeys((*range(9), *range(10, 32), *range(127, 160)))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing escapes as an exception, not even Ctrl-C while it runs."""
    # Start-up makes only what stays; looking for garbage in it is 7 % of a click (measured).
    gc.set_threshold(50_000)
    gc.freeze()
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    parser = build_parser(use_cases().values())
    try:
        command = parser.read(words)
    except UsageError as error:
        return _finish(" ".join(words[:1]), _usage(str(error)), as_json="--json" in words)
    return _finish(command.name, _run(command), as_json=command.is_json)


def _speak_utf8(stream: TextIO) -> None:
    # A Windows console or a pipe may be GBK or ASCII; Chinese must neither fail nor turn into question marks in JSON.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(encoding="utf-8", errors="replace")


def _run(command: Command) -> Result:
    line = ProgressLine(sys.stderr)
    try:
        return run(Desk.here(today=command.today), command.name, command.arguments, tell=line.tell)
    except KeyboardInterrupt:
        from officeflow.said.mishaps import stopped

        return Result(None, (stopped(),), Exit.ENVIRONMENT)
    except OSError as error:
        from officeflow.said.mishaps import environment

        return Result(None, (environment(error),), Exit.ENVIRONMENT)
    except Exception:  # noqa: BLE001  ours to mend; the person is told, and what helps to mend it goes to stderr
        from traceback import print_exc

        from officeflow.said.mishaps import defect

        print_exc()
        return Result(None, (defect(),), Exit.ENVIRONMENT)
    finally:
        line.end()


def _usage(text: str) -> Result:
    from officeflow.said.mishaps import usage

    return Result(None, (usage(text),), Exit.UNUSABLE)


def _finish(name: str, result: Result, *, as_json: bool) -> int:
    try:
        for line in _said(name, result, as_json=as_json):
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has seen enough.  Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(result.code)


def _said(name: str, result: Result, *, as_json: bool) -> Iterable[str]:
    if as_json:
        from officeflow.cli.envelope import envelope

        return [envelope(name, result)]
    from officeflow.said.result import lines

    return (line.translate(_SILENT) for line in lines(name, result))
