"""A filled workbook put right from its blank: headings, entry rules, looks, formulas, sheets, stamp.

`plan` compares each form with its blank, `writer` carries it out, `sheets` puts back whole sheets and what is printed.
"""
