"""Start a kit of the office's own from one that works."""

from __future__ import annotations

from officeflow.flow._words import MESSAGES, words
from officeflow.flow.answers import Exit, KitNewAnswer, Result, exit_for
from officeflow.intake.desk import Desk
from officeflow.intake.kits import find
from officeflow.kits.new_kit import copy_kit, is_kit_id
from officeflow.kits.problems import kit_problems
from officeflow.model.findings import Finding


def run(desk: Desk, *, kit: str, source: str, title: str | None = None) -> Result:
    """Return where the copy of `source` is that has the id `kit`, and what to edit first; nothing that is there is replaced.

    Raises:
        OSError: the office's folder of kits cannot be written.
    """
    folder = desk.own_folder / kit
    if not is_kit_id(kit):
        return _refused(MESSAGES.finding("KIT_ID_WRONG", value=kit))
    found = find(desk, source)
    if found.value is None:
        return _refused(*found.findings)
    if folder.exists() or desk.kit(kit) is not None:
        return _refused(MESSAGES.finding("KIT_ID_TAKEN", file=str(folder), value=kit))
    name = title or words()["kit_copy"].format(title=found.value.kit.title, id=kit)
    files = copy_kit(found.value, folder, title=name)
    findings = kit_problems(folder)
    answer = KitNewAnswer(kit=kit, folder=str(folder), files=tuple(map(str, files)))
    return Result(answer, findings, exit_for(findings))


def _refused(*findings: Finding) -> Result:
    return Result(KitNewAnswer(), findings, Exit.UNUSABLE)
