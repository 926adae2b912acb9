"""Frozen values that every layer shares: kits, submissions, figures, findings.

Why one bottom layer: a value flows one way (workbook → submission → figures →
findings → document), so each stage needs the nouns of the stages around it and
nothing of their code.  Only the standard library is used here.

In the order of that flow: `values` (what a cell or figure can hold) and `cells`
(addresses), `kit` (what is reported), `submission` (typed rows), `figures`,
`findings`, then of documents `layout`, `outline`, `document` and `trace`.
"""
