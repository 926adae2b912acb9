"""Findings in the workbook they were found in: colours, notes, a page of results, questions; and back to the byte.

`plan` is what to write where, `writer` marks and unmarks a file, with `cells`
(colours, notes), `page` (results and the journal of what was changed) and `answers`
(情况说明).
"""
