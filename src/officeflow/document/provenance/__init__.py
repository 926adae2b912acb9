"""What a document says of its figures.

`binding`: the hidden bookmarks around printed figures and the words on both sides.  `record`: per bookmark the figure,
its exact value and its cells, in a custom XML part; a versioned format.  `standing`: what became of a figure in the
text (untouched, reworded, overtyped, removed, adopted); `hedges`: 约, 余, 以上 beside a number.
"""
