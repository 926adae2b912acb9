"""From a compiled template and figures to a finished document.

`composing` is the way through: outline, `rendering` (a pass over the programs: sections, lists, computed numbers),
`printing` (each value between its bookmarks) and `chart_printing`, then `recording` (the record of what was printed).
`checking` judges a template before there are data, `comments` writes that into a copy of it.
"""
