"""Finished documents that people worked on.

In the order things happen:

open: `document` reads a package, its record and the text of its parts, and finds every recorded figure again, by its
bookmark, else by the words around it (`drawn_charts` those of charts).
judge: `agreement` holds each figure against other data; `agreement_findings` says it to people; `claims` reads what
sentences claim of their numbers (增长, 第一, 超过一半) and `wording` says which of them no longer hold; `unbound_text`
finds what was typed by hand; `as_next` what is left of last issue.
choose: `choices` reads which numbers a person stands by, and which are to come from the data.
move: `refreshing` replaces the words of figures, as tracked changes where asked, and brings the record up to date.
finish: `sealing` refuses what is unfinished and writes the final version; `cleaning` removes record and traces.
show: `page_text` and `trace_page` are the page that says where every number comes from.
"""
