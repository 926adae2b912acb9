"""Kits: what an office reports, as data in folders.

Why folders: a kit is added by adding files (kit.toml, one Markdown per report,
sample.toml), never code.  Built-in kits live in `builtin/`; an office's own
kits live in folders that callers name, and one of the same id takes the place
of the built-in kit.

The story, in order.  `catalogue` finds the folder.  `_notation` reads kit.toml
and its parts and spells them out into the plain table of a `Kit`, keeping where
each piece was written; `load` makes the kit of it, `_refusals` and `_lines`
say what is wrong, with file and line, and `_sound` judges whether it can be
used.  What was found sound stays in `_cache`.  `source` adds texts and sample;
`layout` finds genres and profiles, `build` makes workbooks and templates, `built`
knows where those that we ship are.  `problems` and `_rehearsal` try a whole kit out
for its author, `new_kit` starts one from another.  `next_period` says what is put into
the next period's workbook.

Importers name the module: reading a filled workbook needs a kit, not the builders
of workbooks and templates.
"""
