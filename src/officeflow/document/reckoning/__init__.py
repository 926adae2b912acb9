"""What a tag may say and calculate.

`tags` finds tags in text, however a Chinese keyboard wrote them; `cell_tags` those that a clerk typed into a cell.
`expressions`: figures in arithmetic, keeping their sources.  `sandbox`, `report_filters`, `limits`: what is allowed, and
how much of it.  `recipes`: the expression that gives a printed figure again from other data.  `chart_values`: what a
chart shows of a figure.
"""
