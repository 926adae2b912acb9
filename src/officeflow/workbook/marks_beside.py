"""Findings of a workbook that is not patched (.xls, .ods): a list of their own that links into it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import quote

from officeflow.model.findings import Finding
from officeflow.ooxml.sheet_text import SheetText
from officeflow.ooxml.small_workbook import bare_workbook
from officeflow.ooxml.styles_text import StylesText
from officeflow.workbook.marks_group import lines
from officeflow.workbook.marks_page import Looks, results_tab, text_edit, write_journal, write_results
from officeflow.workbook.marks_tabs import styles_part
from officeflow.workbook.marks_words import summary, words


def findings_workbook(name: str, findings: Sequence[Finding]) -> bytes:
    """Return a workbook that lists findings with links to the cells of the file `name` in the same folder."""
    patch = bare_workbook({})
    styles_name = styles_part(patch)
    styles = StylesText(patch.read(styles_name))
    tab, _ = results_tab(patch, styles)
    page = SheetText(patch.read(tab.part))
    # The address of the file is a relation's, the cell in it the link's own.
    link = patch.relate_outside(tab.part, "hyperlink", quote(name))
    write_results(page, lines(findings), summary(list(findings)), Looks(styles), outside=link)
    page.edit({(1, 1): text_edit(words()["beside"]["title"].format(name=name))})
    # As in a marked copy: by this a list that nobody has saved since is known.
    write_journal(page, {}, {"styles": hashlib.sha256(styles.xml).hexdigest()})
    patch.write(tab.part, page.xml)
    patch.write(styles_name, styles.xml)
    return patch.to_bytes()
