"""What holds for the shipped kits together; what each promises to the clerk is told by `kit check` (test_problems.py)."""

from pathlib import Path

from officeflow.kits.catalogue import catalogue
from officeflow.kits.load import BUILTIN

KITS = catalogue()


def test_parts_are_all_used():
    """A part that no kit uses is left over; the standard checks are every kit's."""
    used = {"standard", *(form.id for kit in KITS for form in kit.forms)}

    assert {file.stem for file in Path(BUILTIN / "_parts").glob("*.toml")} <= used


def test_a_kit_lives_in_a_folder_of_its_id():
    """It is found without reading the others."""
    folders = {file.parent.name for file in BUILTIN.glob("*/kit.toml")}

    assert {kit.id for kit in catalogue()} == folders
