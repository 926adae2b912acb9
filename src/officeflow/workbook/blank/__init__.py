"""The workbook that people fill, built with openpyxl: `build` puts its pages together.

`labels` are the words, `places` where things stand, `page` looks and writing,
`entry` what may be typed into a field.  Pages: `guide`, `index`, `record` and
`ledger` forms, `summary`.  `formulas` computes in the blank where nothing of ours is
installed; it is fenced and frozen.
"""
