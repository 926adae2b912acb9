"""Formulas of figure kinds, one file per kind."""
