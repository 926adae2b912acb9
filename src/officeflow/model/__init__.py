"""Frozen values that every layer shares: kits, submissions, figures, findings.

Why one bottom layer: a value flows one way (workbook → submission → figures →
findings → document), so each stage needs the nouns of the stages around it and
nothing of their code.  Only the standard library is used here.
"""
