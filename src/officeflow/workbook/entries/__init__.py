"""What was read, as rows to type again: for next, migrate and merge.

`typed` gives rows back, `leftovers` what no form reads, `renamed` columns under new
headings, `merging` two copies as one.
"""
