"""Check a kit's definition before anybody fills it: names, operands, files, templates, and its own sample."""

from __future__ import annotations

from collections.abc import Sequence

from officeflow.flow.answers import FigureAnswer, KitCheckAnswer, Result, exit_for
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find_all
from officeflow.kits.problems import tried_kit
from officeflow.model.findings import Finding


def run(desk: Desk, *, kits: Sequence[str] = (), figures: bool = False) -> Result:
    """Return the findings on the named kits (ids, titles or folders; all installed ones when none is named).

    With `figures` also every figure of their samples, as far as they can be tried out.
    """
    chosen = find_all(desk, kits)
    # That a kit is refused is told by why it is.
    findings: list[Finding] = [finding for finding in chosen.findings if finding.code != "KIT_REFUSED"]
    shown: list[FigureAnswer] = []
    for source in chosen.value:
        problems, tried = tried_kit(source.folder)
        findings += problems
        if tried is not None and figures:
            shown += [FigureAnswer.of(figure, tried.submission) for figure in tried.figures.values()]
    answer = KitCheckAnswer(figures=tuple(shown)) if figures else None
    return Result(answer, tuple(findings), exit_for(findings))
