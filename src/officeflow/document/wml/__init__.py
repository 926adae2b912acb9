"""WordprocessingML itself; nothing of figures or templates.

Text: `wordml` (names, bytes ⇄ tree), `runs` (a paragraph's runs as one text, for templates), `bound_text` (the accepted
text of a part and its bookmarks, for documents), `cutting` (stretches of runs), `tracking` (tracked changes), `sections`.
Charts: `chart_xml`, `chart_parts`.  Packages: `packing`, `placing` (a package that values add parts to),
`carrying` (the record in properties), `merged_tree`.  From outside: `markings` (classified?), `refusing` (what
fetches or runs), `converting` (other formats, PDF).
"""
