"""Formulas of figure kinds: one file per kind, named like the kind; `registry` finds it.  Frozen.

A kind without a file has no formula; the page says 请核对 or names the figure below.
"""
