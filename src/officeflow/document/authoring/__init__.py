"""The Word documents that we author: templates, and the lists beside a document.

In order: `markdown` reads a report's text (the dialect of docs/report-text.md)
and `problems` says what is wrong with it; `page` begins with the bare document
of base.toml and writes paragraphs, tables and `charts` onto it with python-docx,
`look` gives it an office's profile; `template` puts a genre's frame around the
text.  `kept_templates` keeps what had to be built at a click.  `lists` writes
改动清单 and 指标清单, `sources_table` 数据来源表, all by `list_look`.

Documents that somebody else owns are never written here: they are patched in
place (`wml`, `bound`, `compare`).  A click on a sound built-in kit imports
nothing of python-docx.
"""
