"""Parts of a workbook are cut and joined as text: what is not addressed stays byte for byte."""

from __future__ import annotations

import pytest

from officeflow.ooxml.markup import MarkupError, escaped
from officeflow.workbook.sheetml.notes import NO_DRAWING, BoxesText
from officeflow.workbook.sheetml.sheet import (
    Block,
    CellEdit,
    SheetText,
    entry_rules,
    formulas,
    set_column_styles,
)
from officeflow.workbook.sheetml.styles import Looks, StylesText

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> SheetText:
    return SheetText(
        b"<worksheet "
        + MAIN
        + b">"
        + before
        + b"<sheetData>"
        + rows
        + b"</sheetData>"
        + after
        + b"</worksheet>"
    )


def rows_of(text: SheetText) -> bytes:
    return text.xml.partition(b"<sheetData>")[2].partition(b"</sheetData>")[0]


ROWS = b'<row r="2" spans="1:3"><c r="B2" s="4"/><c r="D2" t="s"><v>0</v></c></row><row r="5"/>'


def test_a_cell_is_put_where_it_belongs_and_its_neighbours_stay():
    """Columns and rows stay in order; a row without cells opens."""
    text = sheet(ROWS)
    made = text.edit(
        {at: CellEdit(style=lambda _: 7) for at in ((1, 1), (2, 1), (2, 3), (2, 4), (3, 2), (5, 1), (9, 9))}
    )

    assert {(1, 1), (2, 1), (2, 3), (3, 2), (5, 1), (9, 9)} == made
    assert (
        b'<row r="1"><c r="A1" s="7"/></row><row r="2" spans="1:3"><c r="A2" s="7"/><c r="B2" s="4"/><c r="C2" s="7"/>'
        b'<c r="D2" t="s" s="7"><v>0</v></c></row><row r="3"><c r="B3" s="7"/></row><row r="5"><c r="A5" s="7"/></row>'
        b'<row r="9"><c r="I9" s="7"/></row>'
    ) == rows_of(text)
    text.restyle({7: 0})
    text.remove_blank(made)
    assert ROWS.replace(b'<row r="5"/>', b"") == rows_of(text)


def test_a_blank_cell_shows_its_rows_style_else_its_columns():
    """That is what a mark is laid over."""
    seen = []
    text = sheet(
        b'<row r="1" s="9" customFormat="1"/><row r="2" s="9"/>',
        b'<cols><col min="2" max="4" style="5"/></cols>',
    )
    text.edit(
        {at: CellEdit(style=lambda old: seen.append(old) or old) for at in ((1, 3), (2, 3), (3, 3), (3, 8))}
    )

    assert [9, 5, 5, 0] == seen


def test_new_content_takes_the_old_ones_type_away():
    """A number where a shared text stood is no index any more."""
    text = sheet(ROWS)
    text.edit(
        {
            (2, 4): CellEdit(content=b"<v>12</v>"),
            (2, 2): CellEdit(content=b"<is><t>a</t></is>", kind="inlineStr"),
        }
    )

    assert b'<c r="B2" s="4" t="inlineStr"><is><t>a</t></is></c><c r="D2"><v>12</v></c>' in rows_of(text)


def test_an_element_is_put_where_the_schema_wants_it():
    """Excel refuses a sheet whose elements stand in another order; versions to choose from count as what they hold."""
    after = b"<mergeCells/><pageMargins/><mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent><extLst/>"
    text = sheet(b"", after=after)
    for name in (b"legacyDrawing", b"hyperlinks", b"dataValidations"):
        text.put(name, b"<" + name + b"/>")
    text.add(b"conditionalFormatting", b"<conditionalFormatting/>")
    names = b" ".join(one.name for one in text.elements())

    assert (
        b"sheetData mergeCells conditionalFormatting dataValidations hyperlinks pageMargins legacyDrawing controls extLst"
    ) == names
    text.put(b"hyperlinks", b"")
    assert b"" == text.element(b"hyperlinks")


def test_a_sheet_without_rows_to_cut_is_refused():
    """A part that is no sheet is not cut at all."""
    with pytest.raises(MarkupError):
        SheetText(b"<worksheet/>")


def test_styles_are_appended_once_and_can_be_cut_off_again():
    """Missing families are made in the schema's order."""
    before = (
        b"<styleSheet " + MAIN + b'><cellXfs count="1"><xf numFmtId="14" fontId="2"/></cellXfs></styleSheet>'
    )
    styles = StylesText(before)
    fill = styles.append(b"fills", b"<fill/>")

    assert (0, 1, 1) == (fill, styles.with_changes(0, fillId=fill), styles.with_changes(0, fillId=fill))
    assert styles.xml == (
        b"<styleSheet "
        + MAIN
        + b'><fills count="1"><fill/></fills><cellXfs count="2"><xf numFmtId="14" fontId="2"/>'
        b'<xf numFmtId="14" fontId="2" fillId="0" applyFill="1"/></cellXfs></styleSheet>'
    )
    styles.truncate(b"cellXfs", 1)
    assert before.partition(b"<cellXfs")[2] == styles.xml.partition(b"<cellXfs")[2]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy\\-m\\-d", "date"),
        ("0.0%", "percent"),
        ('"第"0"日"', ""),
        ("[Red]#,##0.00", ""),
        ("[h]:mm", "date"),
        ("General", ""),
    ],
)
def test_a_number_format_says_what_its_numbers_are(code: str, kind: str):
    """Words in quotes and colours say nothing."""
    quoted = escaped(code)
    styles = StylesText(
        b"<styleSheet "
        + MAIN
        + b'><numFmts count="1"><numFmt numFmtId="170" formatCode="'
        + quoted
        + b'"/></numFmts>'
        b'<cellXfs count="1"><xf numFmtId="170"/></cellXfs></styleSheet>'
    )

    assert kind == Looks(styles).kind(0)


def test_boxes_of_other_notes_stay():
    """Only those at the named cells go."""
    boxes = BoxesText(NO_DRAWING)
    boxes.add({(1, 1): "a", (2, 2): "b"})
    boxes.remove([(1, 1)])

    assert (1, False) == (boxes.xml.count(b"<v:shape "), boxes.is_empty)


def test_rectangles_are_cut_out_of_each_other():
    """What is left covers everything but the hole, and nothing twice."""
    left = Block(1, 1, 5, 5).without(Block(2, 2, 3, 9))
    cells = [
        (row, column)
        for one in left
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
    ]

    assert sorted(
        {(r, c) for r in range(1, 6) for c in range(1, 6)} - {(r, c) for r in (2, 3) for c in range(2, 6)}
    ) == sorted(cells)
    assert ["B1:B1048576", "A5:XFD7", "C4"] == [str(Block.parse(one)) for one in (b"B:B", b"$5:$7", b"$C$4")]


def test_entry_rules_and_formulas_are_read_with_their_places():
    """A shared formula counts where it stands."""
    rules = b'<dataValidations count="1"><dataValidation type="list" sqref="A1 B2:B9"><formula1>"x"</formula1></dataValidation></dataValidations>'
    text = sheet(
        b'<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c><c r="B1"><v>1</v></c></row>', after=rules
    )

    assert [["A1", "B2:B9"]] == [[str(block) for block in rule.blocks] for rule in entry_rules(text)]
    assert {(1, 1): b'<f t="shared" si="0"/>'} == formulas(text)
    assert b'sqref="C3"' in entry_rules(text)[0].over([Block(3, 3, 3, 3)])


def test_columns_get_a_style_and_keep_what_else_is_said_of_them():
    """A span of columns is split around the one that changes."""
    text = sheet(b"", b'<cols><col min="1" max="5" width="9" hidden="1" style="2"/></cols>')
    set_column_styles(text, {3: 8, 7: 8}, lambda column: column)

    assert [2, 2, 8, 2, 2, 0, 8] == [text.column_style(column) for column in range(1, 8)]
    assert b'<col min="3" max="3" width="9" hidden="1" style="8"/>' in text.element(b"cols")
