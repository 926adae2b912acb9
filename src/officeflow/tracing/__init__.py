"""Where the numbers of a document come from: from the words on the paper to the rows that somebody typed.

`chains`: a bound document and the workbooks at hand → `Trace`, every figure with what it means, what it is
calculated from, and its cells.  `rows`: cells → the rows as they were typed, under their headings.  `texts`: the
clause around a figure, ranges of cells, expressions as people write them, and the mask over personal values.
The screen, the page (`document.bound.trace_page`) and the 数据来源表 show the same `Trace`.
"""
