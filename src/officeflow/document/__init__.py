"""Word documents: templates compiled, filled with figures that the document remembers, found again after people edited it.

From the bottom: `wml` (WordprocessingML itself) → `provenance` (bookmarks and the record of where each number comes
from) → `reckoning` (what an expression in a tag may calculate) → `templates` (a template becomes a program) →
`render` (a program and figures become a document) → `bound` (a finished document, opened, judged, moved, sealed) →
`compare` (two documents; a returned one bound again).  `template_api` is docxtpl's interface on this engine;
`authoring` writes the documents that are ours from the first paragraph.

Nothing is imported here: most commands only check a workbook and must not pay for Jinja and lxml.
"""
