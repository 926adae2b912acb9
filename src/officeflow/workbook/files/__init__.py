"""Spreadsheet files as cells: .xlsx, .xls and .ods opened into one `Book` of sheets.

`opening` looks at the bytes and asks `xlsx`, `xls` or `ods`; values come from
calamine and xlrd, what those do not tell (formulas, merged cells, hidden rows,
notes) from one pass over the XML in `sheet_xml`.  Nothing here knows a kit.
"""
