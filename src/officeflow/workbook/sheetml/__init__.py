"""Parts of an .xlsx changed as text: what is not addressed stays byte for byte.

Measured: 200,000 cells are marked in 0.13 s as text, in 1.26 s as a tree.  `sheet`
are cells and what is laid over them, `styles` looks, `notes` comments, `tabs` which
part each sheet is.
"""
