"""Write the document of a plain template: what was rendered, what values and charts added, the record of its figures."""

from __future__ import annotations

from collections.abc import Mapping

from officeflow.document.binding import Context, read_contexts
from officeflow.document.charts import with_charts
from officeflow.document.compiling import Compiled
from officeflow.document.packing import packed_again
from officeflow.document.placing import Placing
from officeflow.document.plain_rendering import Rendered
from officeflow.document.printing import Printer
from officeflow.document.record import with_record
from officeflow.document.recording import build_record
from officeflow.document.wordml import DECLARATION
from officeflow.model.document import Origin
from officeflow.ooxml import open_package
from officeflow.ooxml.patching import Patch

_NOWHERE = Origin(kit="", version="", period="", unit="", digest="", file="")


def finished(source: bytes, compiled: Compiled, rendered: Rendered, placings: list[Placing]) -> bytes:
    """Return the document; parts that nothing changed keep their packed bytes.

    `placings` holds the package under change when a value added to it.
    """
    texts = rendered.texts
    changed: dict[str, bytes] = {}
    for placing in placings:
        placing.finish(texts)
        changed |= placing.patch.changed
    filled, texts = with_charts(lambda: _patch(source, placings), texts, rendered.charts)
    changed |= filled
    changed |= {part: (DECLARATION + xml).encode() for part, xml in texts.items()}
    if rendered.printer.bindings:
        bindings = rendered.printer.bindings
        record, _ = build_record(_NOWHERE, bindings, _contexts(rendered.printer, texts))
        parts = {**compiled.parts, **changed}
        changed = with_record(parts, record, compiled.main, is_carried=False)
    return packed_again(source, compiled.parts, changed)


def _contexts(printer: Printer, texts: Mapping[str, str]) -> Mapping[str, Context]:
    """Return bookmark → the words around it: from the template where that tells them all, else from the text."""
    told = {one.name: one.context for one in printer.bindings if one.context is not None}
    if len(told) == len(printer.bindings):
        return told
    found: dict[str, Context] = {}
    for xml in texts.values():
        found |= read_contexts(xml, printer.secrets)[0]
    return found


def _patch(source: bytes, placings: list[Placing]) -> Patch:
    package = None if placings else open_package(source).value
    return placings[0].patch if package is None else Patch(package)
