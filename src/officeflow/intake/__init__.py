"""The way in: what a front end brings along (`Desk`), and files as submissions and documents.

A front end makes one `Desk` when it starts and passes it to every use case.
"""
