"""The formulas of a blank workbook: figures and self-check without our program installed.  Frozen.

This is a second arithmetic, in Excel, beside the one of `figures/` and `checks/`,
which know nothing of it.  It is kept for offices that fill the blank where
nothing of ours runs; it gets no new kinds.  A kind without a file here is left
to the program, and the page says 请核对 or names the figure below.

`start` is what the rows a workbook is built with say, `ranges` a kit's fields and
conditions as Excel expressions, `guards` whether cells are plain enough, `behind`
the hidden cells.  `figures/` and `checks/` hold one file per kind (`registry` finds
it by name), written with `terms` and `lines`.  `kit_formulas` puts a kit's figures
together, `self_check` the lines of its checks; the pages are laid out by the
modules of the blank.
"""
