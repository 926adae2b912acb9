"""Take a copy of a report's template to be changed in Word; from then on reports are made with it."""

from __future__ import annotations

from officeflow.flow._own_template import note_origin
from officeflow.flow._words import TEMPLATES
from officeflow.flow.answers import Exit, FilesAnswer, Result
from officeflow.flow.destination import blocked_at, put
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.kits.catalogue import built_template, template_name
from officeflow.kits.load import LayoutError
from officeflow.model.findings import Finding, Outcome
from officeflow.model.kit import Kit, Report
from officeflow.text.nearest import nearest


def run(desk: Desk, *, report: str, kit: str | None = None) -> Result:
    """Return where the copy is; one that is there already is somebody's work and stays.

    The two names are understood the other way round too, as other commands have them.

    Raises:
        OSError: the folder cannot be written.
    """
    chosen = _choose(desk, report, kit)
    if chosen.value is None and kit is not None and (turned := _choose(desk, kit, report)).value is not None:
        chosen = turned
    if chosen.value is None:
        return _nothing(*chosen.findings, code=Exit.UNUSABLE)
    own, wanted = chosen.value
    target = desk.own_folder / own.id / template_name(own, wanted)
    if blocked_at("template edit", target):
        return _nothing(TEMPLATES.finding("TEMPLATE_THERE", file=str(target), name=str(target)))
    try:
        content = built_template(
            own, wanted, desk.kit_folders, profile_name=desk.settings.profile, cache=desk.cache
        )
    except LayoutError as error:
        return _nothing(*error.findings)
    target.parent.mkdir(parents=True, exist_ok=True)
    note_origin(desk, target, own, wanted)
    written = put("template edit", content, target, is_named=True)
    return Result(FilesAnswer(files=(str(written.value),)), written.findings)


def _nothing(*findings: Finding, code: Exit = Exit.FINDINGS) -> Result:
    return Result(FilesAnswer(files=()), findings, code)


def _choose(desk: Desk, report: str, kit: str | None) -> Outcome[tuple[Kit, Report] | None]:
    kits: tuple[Kit, ...] = desk.kits()
    if kit is not None:
        found = find(desk, kit)
        if found.value is None:
            return Outcome(None, found.findings)
        kits = (found.value.kit,)
    known = [(own, one) for own in kits for one in own.reports]
    chosen = [(own, one) for own, one in known if report in (one.id, one.title)]
    if len(chosen) == 1:
        return Outcome(chosen[0])
    if chosen:
        several = "、".join(own.title for own, _ in chosen)
        return Outcome(None, (TEMPLATES.finding("REPORT_SEVERAL", value=report, expected=several),))
    names = [name for _, one in known for name in (one.title, one.id)]
    near = nearest(report, names) or next(iter(names), "")
    return Outcome(None, (TEMPLATES.finding("REPORT_LOST", value=report, nearest=near),))
