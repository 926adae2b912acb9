"""Findings in the workbook they were found in: colours, notes, a page of results, questions; and back to the byte.

`lines` are the lines of the page, `writer` marks and unmarks a file, with `cells`
(colours, notes), `page` (results and the journal of what was changed) and `answers`
(情况说明).
"""
