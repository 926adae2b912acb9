"""The way in: what a front end brings along, and files as submissions and documents.

`desk`: a front end makes one `Desk` when it starts and passes it to every use case.
`source`: a file, by its path or as bytes under a name; both ways find the same things wrong with it.
`kits`: what a person calls a kit → the kit.
`workbooks`: source → `Reading`: submission, figures, findings; `batch`: the same for many files, in workers.
`documents`: source → document with its figures, its record, and the workbooks that it was written from.
"""
