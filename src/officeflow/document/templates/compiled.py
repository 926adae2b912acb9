"""A template as it is once compiled: what composing needs of it, and nothing of what compiling needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from officeflow.document.provenance.binding import Context
from officeflow.document.templates.blocks import Structure
from officeflow.document.templates.heal import Problem, Tag
from officeflow.document.templates.program import Program, Shell
from officeflow.model.findings import Finding
from officeflow.text.messages import Catalogue

MESSAGES = Catalogue.beside(__file__)


@dataclass(slots=True)
class Compiled:
    """A template ready to be composed; never changed once compiled."""

    parts: dict[str, bytes] = field(default_factory=dict)
    main: str = ""
    """The part that holds the body."""
    programs: list[Program] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    shells: dict[int, Shell] = field(default_factory=dict)
    structure: Structure = field(default_factory=Structure)
    charts: dict[int, str] = field(default_factory=dict)
    """Tag in the alt text of a chart → its part."""
    titles: dict[str, str] = field(default_factory=dict)
    """Part of a chart → the expression that its title prints."""
    names: dict[str, list[int]] = field(default_factory=dict)
    """Every name the template asks for → the tags that do."""
    contexts: dict[int, Context] = field(default_factory=dict)
    """Printed tag → the words around it, where the template alone tells them."""
    is_linear: bool = True
    """Whether everything is printed once, in the order and in the paragraphs of the template."""
    problems: list[Problem] = field(default_factory=list)
    hints: list[Problem] = field(default_factory=list)
    """What was understood although it is not as it should be."""
    findings: tuple[Finding, ...] = ()
    """Why the file cannot be opened, the rest is empty then; or what it brings along that no template may."""
    first_id: int = 1
    """The first number that no bookmark or picture of the template has."""
