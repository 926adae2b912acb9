"""Two documents held against each other, and a returned one bound again.

`comparing` walks both (`sides`: paragraphs and where they stand; `pairing`: which answers which; `aligning`: what differs
between two texts) and tracks the differences in the second one (`redline`); `change_list` lists them for people.
`rebinding` puts bookmarks and record back into a returned document: `streams` reads both texts as tokens, `relocation`
finds each figure by the words around it, `returned_words` says which words people changed.
"""
