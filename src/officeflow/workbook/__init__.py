"""Workbooks: the blank form built, the filled one read, marked, put right and typed again.

Why one package: it is the only home of openpyxl, calamine and xlrd, and builder
and reader share the stamp.

The story, in order.  `blank` builds the workbook that people fill.  `files` opens
what comes back as cells, `reading` makes typed rows of a kit of them (`words` are the
words it knows).  `marks` shows findings in the workbook itself and takes them out
again, `repair` puts it right from its blank, `entries` gives its rows back for the
next one.  `marks` and `repair` change files as text, through `sheetml`.

Importers name the module: reading must not pay for openpyxl, nor building for the
readers.
"""
