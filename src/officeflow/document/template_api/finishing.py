"""Write the document of a plain template: what was rendered, what values and charts added, the record of its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from officeflow.document.provenance.binding import Context, read_contexts
from officeflow.document.provenance.record import NO_RECORD, with_record
from officeflow.document.render.printing import Printer
from officeflow.document.render.recording import build_record
from officeflow.document.template_api.rendering import Rendered
from officeflow.document.templates.compiled import Compiled
from officeflow.document.wml.chart_parts import with_charts
from officeflow.document.wml.packing import packed_again
from officeflow.document.wml.placing import Placing
from officeflow.document.wml.wordml import DECLARATION
from officeflow.ooxml import open_package
from officeflow.ooxml.parts import Parts


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
        record, _ = build_record(NO_RECORD.origins, bindings, _contexts(rendered.printer, texts))
        parts = {**compiled.parts, **changed}
        changed = with_record(parts, record, compiled.main, is_carried=False)
    return packed_again(source, compiled.parts, changed)


def _contexts(printer: Printer, texts: Mapping[str, str]) -> Mapping[str, Context]:
    """Return bookmark → the words around it: from the template where that tells them all, else from the text."""
    if all(one.context is not None for one in printer.bindings):
        return {one.name: one.context for one in printer.bindings if one.context is not None}
    near = _near(printer, list(texts.values())) if printer.compiled.is_linear else {}
    found: dict[str, Context] = {}
    for one in printer.bindings:
        context = one.context or near.get(one.name)
        if context is None:
            break
        found[one.name] = context
    else:
        return found
    found = {}
    for xml in texts.values():
        found |= read_contexts(xml, printer.secrets)[0]
    return found


def _near(printer: Printer, texts: Sequence[str]) -> Mapping[str, Context]:
    """Return the words around the figures that the template does not tell, read from their paragraphs alone."""
    found: dict[str, Context] = {}
    part = place = 0
    for one in printer.bindings:
        if one.context is not None or one.name in found:
            continue
        while (at := texts[part].find(f'w:name="{one.name}"', place)) < 0:
            part, place = part + 1, 0
            if part == len(texts):
                return found
        xml, place = texts[part], at
        start = max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))
        paragraph = xml[start : xml.find("</w:p>", at) + len("</w:p>")]
        if paragraph.count("</w:p>") > 1 or "<w:txbxContent" in paragraph:
            return {}  # a text box in the paragraph
        found |= read_contexts(paragraph, printer.secrets)[0]
    return found


def _patch(source: bytes, placings: list[Placing]) -> Parts:
    package = None if placings else open_package(source).value
    return placings[0].patch if package is None else Parts(package)
