"""One table of use cases; every front end and every document walks it."""

import inspect
import re
from importlib import import_module

import pytest

import officeflow
from officeflow import cli
from officeflow.flow import UseCase, use_cases
from tests.support.source import PACKAGE, members

every_use_case = pytest.mark.parametrize("use_case", use_cases().values(), ids=lambda use_case: use_case.name)


@every_use_case
def test_command_line_offers_it(use_case: UseCase, capsys: pytest.CaptureFixture[str]):
    """`officeflow <name> --help` exists and describes each argument in the table's words."""
    with pytest.raises(SystemExit) as stopped:
        cli.main([*use_case.name.split(), "--help"])
    shown = "".join(capsys.readouterr().out.split())

    assert stopped.value.code == 0
    assert [] == [each.name for each in use_case.arguments if "".join(each.help.split()) not in shown]


@every_use_case
def test_its_module_takes_its_arguments(use_case: UseCase):
    """`flow/<verb>.py` has `run` with a desk and exactly the table's arguments, by keyword."""
    run = import_module(f"officeflow.flow.{use_case.module}").run
    desk, *parameters = inspect.signature(run).parameters.values()

    assert "desk" == desk.name
    assert {each.name for each in use_case.arguments} == {each.name for each in parameters} - {"tell"}
    assert use_case.tells == ("tell" in {each.name for each in parameters})
    assert all(each.kind is inspect.Parameter.KEYWORD_ONLY for each in parameters)


@every_use_case
def test_buttons_and_menus_have_what_they_need(use_case: UseCase):
    """What it works on, a short label in 汉字, and an icon's name."""
    assert use_case.on in {"workbook", "document", "template", "kit", "folder", "nothing"}
    assert re.fullmatch(r"[\u4e00-\u9fff]{2,6}", use_case.label)
    assert re.fullmatch(r"[a-z][a-z-]*", use_case.icon)


def test_labels_and_icons_tell_use_cases_apart():
    """No two buttons look or read alike."""
    cases = use_cases().values()

    assert len(cases) == len({case.label for case in cases}) == len({case.icon for case in cases})


def test_each_verb_is_a_use_case():
    """No module of flow/ is out of reach: it is a use case or says in its name that it is machinery."""
    modules = {path.stem for path in members(PACKAGE / "flow")}

    assert {each.module for each in use_cases().values()} == modules - {"answers", "destination"}


def test_public_names_are_frozen():
    """What `import officeflow` promises changes on purpose only."""
    values = ("InlineImage", "Listing", "R", "RP", "RichText", "RichTextParagraph")
    assert (*values, "Template", "TemplateError", "__version__") == tuple(sorted(officeflow.__all__))
    assert all(getattr(officeflow, name) for name in officeflow.__all__)
