"""A filled workbook as typed rows of its kit: a `Submission` and what is wrong in the cells.

In order: `stamp` says which kit the file names, `recognise` finds its sheets (or
guesses the kit), `headings` its columns, `rows` which rows are data and what
merged cells and 同上 mean, `columns` reads cell by cell, `tables` joins that to the
table of a form, `submission` does it for all forms, `findings` words what was
seen.  `secrecy` is asked before anything else.
"""
