"""How far a use case has come, as one line."""

from __future__ import annotations

from officeflow.intake.progress import Event
from officeflow.said.words import screens


def progress_line(event: Event) -> str:
    """Return what is being done, with how many of how many where that is known."""
    words = screens()["progress"]
    text = str(words[event.stage].format(name=event.name))
    if event.of <= 1:
        return text
    return str(words["count"].format(text=text, done=event.done + 1, of=event.of))
