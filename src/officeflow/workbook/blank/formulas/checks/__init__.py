"""Self-check lines of check kinds: one file per kind, named like the kind; `registry` finds it.  Frozen.

A kind without a file is left to the program, and the page says 请核对.
"""
