"""A line on the terminal while a command lasts; nothing where nobody looks at one."""

from __future__ import annotations

import threading
from typing import TextIO

from officeflow.intake.progress import Event

_PATIENCE_SECONDS = 1.0
_CLEAR = "\r\x1b[K"


class ProgressLine:
    """Shows the last event on a terminal once a command has lasted longer than a second."""

    def __init__(self, stream: TextIO, *, patience_s: float = _PATIENCE_SECONDS) -> None:
        self._stream, self._patience_s = stream, patience_s
        self._lock = threading.Lock()
        self._last: Event | None = None
        self._timer: threading.Timer | None = None
        self._is_shown = False

    def tell(self, event: Event) -> None:
        """Remember what is done now, and show it if the person has waited long enough."""
        if not self._stream.isatty():
            return
        with self._lock:
            self._last = event
            if self._is_shown:
                self._show()
            elif self._timer is None:
                self._timer = threading.Timer(self._patience_s, self._begin)
                self._timer.daemon = True
                self._timer.start()

    def end(self) -> None:
        """Take the line away; what is printed next stands alone."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._last = None
            if self._is_shown:
                self._stream.write(_CLEAR)
                self._stream.flush()

    def _begin(self) -> None:
        with self._lock:
            if self._last is not None:
                self._is_shown = True
                self._show()

    def _show(self) -> None:
        # The words are loaded by those commands alone that last.
        from officeflow.said.words import progress_line

        if self._last is not None:
            self._stream.write(f"{_CLEAR}{progress_line(self._last)}")
            self._stream.flush()
