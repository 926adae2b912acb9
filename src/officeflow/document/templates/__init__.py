"""From a Word template to a program, compiled once.

In the order things happen:

`store` looks whether these bytes were compiled before → `compiling`: for each part `heal` turns tags into marks on the
tree, however Word split them over runs (`charts`, `text_nodes`: outside of running text) → `lift` moves {%p %}, {%tr %},
{%tc %} out of what they stand in → `blocks` reads what the tags mean together → `writing` and `sources` write the Jinja
program → `compiled`, `program`: what is kept.  `dialect`: what a kind of template may say; `outline`: what a filled 提纲
changes in the result.

Marks are processing instructions `<?of …?>`; this is what they say:

| mark | set by | stands | becomes |
|---|---|---|---|
| `<n>` | heal, charts, text_nodes | where tag n prints or acts | the tag's source |
| `s` `e` | heal, charts, text_nodes | before and after the run of a printed tag | the tag's shell |
| `h<n>` `H<n>` | heal | around the words after computed number n | a heading that a 提纲 may reword |
| `gb` `gt` `gr`, `G` | lift | around the inside of a cell, a table, a row | a guard: one paragraph stays, empty ones are removed |
| `c` `C` | lift | around what a printed tag stands for as a whole | part of its shell |
| `K<n>` | charts | behind the chart of tag n | the end of that chart |
| `gg`, `G` | template_api.cells | around a table whose columns tags print | a grid that fits |
| `i` `E` `I` | template_api.cells | around a merged cell or its text | `if loop.first`, `else`, `endif` |
| `m<n>` | template_api.cells | in the properties of a cell merged over a loop | its span, n columns a turn |
| `t<n>` | template_api.regions | where tag n prints into kept words | the tag's source, with a look but no run |
| `a<n>` | template_api.elsewhere | in an attribute, between two SIGNs | the tag's source, one escaped line |
"""
