"""A filled workbook put right from its blank: headings, entry rules, looks, formulas, sheets, stamp.

`writer` walks the forms, `form` mends one of them, `sheets` puts back whole sheets and what is printed.
"""
