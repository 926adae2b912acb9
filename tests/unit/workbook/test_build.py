"""The workbook that is built: a form that Excel 2010, WPS and LibreOffice open as it is, the same bytes every time."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.kits.load import parse_kit
from officeflow.model.kit import Rule
from officeflow.model.values import Period
from officeflow.workbook.blank.build import build_workbook
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.stamp import read_stamp
from officeflow.workbook.reading.submission import read_submission

KIT = parse_kit(
    {
        "id": "visits",
        "title": "走访表",
        "version": "2.1",
        "unit": "filing.unit",
        "period": ["filing.from", "filing.to"],
        "deadline": "每月25日",
        "form": [
            {
                "id": "filing",
                "sheet": "填报信息",
                "kind": "record",
                "audience": "unit",
                "field": [
                    {"id": "unit", "header": "填报单位", "type": "reporting_unit", "required": True},
                    {"id": "from", "header": "统计起", "type": "date", "required": True},
                    {"id": "to", "header": "统计止", "type": "date", "required": True},
                    {"id": "attempt", "header": "次序", "type": "choice", "choices": ["首次", "更正"]},
                    {
                        "id": "correction",
                        "header": "更正说明",
                        "type": "long",
                        "required": {"attempt": "更正"},
                    },
                ],
            },
            {
                "id": "places",
                "sheet": "社区",
                "field": [{"id": "name", "header": "社区名称", "required": True, "prompt": "一行一个"}],
            },
            {
                "id": "visits",
                "sheet": "走访",
                "examples": 2,
                "field": [
                    {"id": "on", "header": "日期", "type": "date", "required": True},
                    {
                        "id": "place",
                        "header": "社区",
                        "type": "ref",
                        "refers": "places.name",
                        "required": True,
                    },
                    {"id": "kind", "header": "类别", "type": "choice", "choices": ["入户", "座谈", "其他"]},
                    {"id": "other", "header": "写明", "required": {"kind": ["其他"]}, "max_length": 20},
                    {"id": "people", "header": "人数", "type": "int", "unit": "人", "min": 1},
                    {"id": "paid", "header": "金额（元）", "type": "money", "unit": "元", "above": 0},
                    {"id": "order", "header": "期号", "type": "int", "has_total": False},
                    {"id": "about", "header": "约数", "type": "int", "bounds": True},
                    {"id": "seen", "header": "到场", "type": "yes_no"},
                    {"id": "where", "header": "地点", "suggest": "places.name"},
                    {"id": "text", "header": "内容", "type": "long"},
                ],
            },
            {
                "id": "explanations",
                "sheet": "情况说明",
                "kind": "explanations",
                "audience": "program",
                "field": [
                    {"id": "rule_id", "header": "编号"},
                    {"id": "answer", "header": "说明", "type": "long"},
                ],
            },
        ],
    }
)
ROWS = {
    "filing": [{"unit": "县林业局", "from": date(2014, 3, 1), "to": date(2014, 6, 5)}],
    "places": [{"name": "西山社区"}, {"name": "河北社区"}],
    "visits": [
        {
            "on": date(2014, 4, 4),
            "place": "西山社区",
            "people": 3,
            "paid": Decimal("12.5"),
            "seen": True,
            "order": 7,
        },
        {"on": date(2014, 4, 5), "place": "河北社区", "people": 4, "paid": 20, "seen": False, "text": "=1+1"},
    ],
}
KIT_WITH_RULES = replace(
    KIT,
    figures=(
        Rule(use="total", id="人数合计", of="visits.people"),
        Rule(use="value", id="第一处", of="visits.place"),
        Rule(use="list", id="各处", of="visits.place"),
    ),
    checks=(
        Rule(use="at_most", id="R-1", of="人数合计", to=Rule(use="total", name="金额", of="visits.paid")),
    ),
)
FUNCTIONS_OF_2010 = {
    "IF",
    "TEXT",
    "SUM",
    "COUNTA",
    "ROW",
    "INDEX",
    "MAX",
    "AND",
    "OR",
    "NOT",
    "LEN",
    "TRIM",
    "LOOKUP",
    "VALUE",
    "ABS",
    "CHAR",
    "COUNT",
    "COUNTIF",
    "EXACT",
    "FIND",
    "IFERROR",
    "INT",
    "ISNA",
    "ISNUMBER",
    "ISTEXT",
    "MATCH",
    "MIN",
    "MMULT",
    "N",
    "REPT",
    "ROUND",
    "ROWS",
    "SUMPRODUCT",
    "UPPER",
}


@cache
def parts(*, is_filled: bool = True) -> dict[str, bytes]:
    built = build_workbook(KIT, rows=ROWS if is_filled else None, examples=ROWS, is_sample=is_filled)
    with zipfile.ZipFile(io.BytesIO(built)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def book(*, has_results: bool = False) -> Workbook:
    built = build_workbook(KIT, rows=ROWS, examples=ROWS, is_sample=True)
    return load_workbook(io.BytesIO(built), data_only=has_results)


def sheet(name: str, *, has_results: bool = False) -> Worksheet:
    return book(has_results=has_results)[name]


def rules_of(column: str) -> dict[str, object]:
    (rule,) = [
        rule
        for rule in sheet("走访").data_validations.dataValidation
        if f"{column}5:{column}504" == str(rule.sqref)
    ]
    return {
        name: getattr(rule, name)
        for name in ("type", "operator", "formula1", "errorStyle", "showErrorMessage")
    }


def formulas() -> list[str]:
    texts = [text.decode() for name, text in parts(is_filled=False).items() if name.startswith("xl/")]
    return re.findall(r"<(?:f|formula|formula1|definedName[^>]*)>([^<]+)<", "".join(texts))


def test_the_same_arguments_give_the_same_bytes():
    """A build does not know the day, the machine or the order of a set."""
    assert build_workbook(KIT, rows=ROWS) == build_workbook(KIT, rows=ROWS)


def test_no_day_of_building_is_left():
    """The file's properties say one fixed day."""
    dates = re.findall(rb"<dcterms:\w+[^>]*>([^<]*)", parts()["docProps/core.xml"])

    assert [b"2000-01-01T00:00:00Z"] * 2 == dates


def test_sheets_stand_in_order():
    """The list of sheets and the guide come first, then the forms as the kit lists them, what they amount to, results and stamp."""
    assert [
        "目录",
        "填报说明",
        "填报信息",
        "社区",
        "走访",
        "情况说明",
        "本期汇总",
        "校验结果",
        "_officeflow",
    ] == book().sheetnames


def test_stamp_names_kit_and_version_twice(tmp_path):
    """The veryHidden sheet and the custom property agree."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(build_workbook(KIT, unit_tag="T1"))
    stamp = read_stamp(open_book(file).value)

    assert ("visits", "2.1", "T1") == (stamp.kit, stamp.version, stamp.unit_tag)
    assert b'{"kit": "visits", "version": "2.1"}' in parts()["docProps/custom.xml"].replace(b"&quot;", b'"')
    assert "veryHidden" == book()["_officeflow"].sheet_state


def test_ledger_has_title_totals_headings_then_data():
    """Row 4 holds 序号, the headings as the kit writes them, and 备注; data begins in row 5."""
    rows = [[cell.value for cell in row] for row in sheet("社区").iter_rows(min_row=1, max_row=5, max_col=3)]

    assert "社区" == rows[0][0]
    assert "合计" == rows[2][0]
    assert ["序号", "社区名称", "备注"] == rows[3]
    assert "西山社区" == rows[4][1]


def test_marks_of_required_headings_are_formats_only():
    """● and ◐ show in front of a heading whose text stays what the reader looks for."""
    assert ['"●"@', '"◐"@', "General"] == [sheet("走访")[cell].number_format for cell in ("B4", "E4", "D4")]


def test_second_line_shows_unit_period_and_units_before_anything_recalculates():
    """Phones and Protected View show the stored result."""
    shown = sheet("走访", has_results=True)["A2"].value

    assert (
        "填报单位：县林业局　　统计时段：2014-3-1 至 2014-6-5　　计量单位：人、元　　● 必填　◐ 看情况必填　黄格：该填还没填"
        == shown
    )


def test_numbers_of_rows_reach_40_rows_and_show_only_where_rows_are():
    """序号 is a formula; in a blank row it shows nothing, but LibreOffice prints the row."""
    shown = [sheet("走访", has_results=True)[f"A{row}"].value for row in (5, 6, 7, 44)]

    assert [1, 2, None, None] == shown
    assert sheet("走访")["A44"].value.startswith("=IF(COUNTA(")
    assert sheet("走访")["A45"].value is None


def test_totals_stand_above_the_data_and_know_their_result():
    """Columns of numbers are added up, except those that are not amounts; the first column counts rows."""
    shown = [sheet("走访", has_results=True).cell(3, column).value for column in (2, 6, 7, 8)]

    assert ["共 2 行", 7, 32.5, None] == shown
    assert "=SUM(F$4:F$1048576)" == sheet("走访")["F3"].value


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("B", ("date", "greaterThanOrEqual", "18264", "warning", True)),
        ("C", ("list", None, "list_places_name", None, True)),
        ("D", ("list", None, '"入户,座谈,其他"', None, True)),
        ("E", ("textLength", "lessThanOrEqual", "20", "warning", True)),
        ("F", ("whole", "greaterThanOrEqual", "1", "warning", True)),
        ("G", ("decimal", "greaterThan", "0", "warning", True)),
        ("J", ("list", None, '"是,否"', None, True)),
        ("K", ("list", None, "list_places_name", None, False)),
    ],
)
def test_entry_rules_of_each_type(column, expected):
    """Choices stop, numbers and dates warn (1.6万元 is lawful), suggestions refuse nothing."""
    assert expected == tuple(rules_of(column).values())


def test_hedged_numbers_and_prose_have_no_rule():
    """Where 1000余 is normal Excel must not object."""
    ruled = {str(rule.sqref)[0] for rule in sheet("走访").data_validations.dataValidation}

    assert {"I", "L"}.isdisjoint(ruled)


def test_drop_down_of_another_sheet_is_its_filled_part():
    """The list grows with the rows and starts behind the heading, also when a row is inserted on top."""
    assert "INDEX('社区'!$B$4:$B$5000,2):INDEX('社区'!$B$4:$B$5000,MAX(2,COUNTA('社区'!$B$4:$B$5000)))" == (
        book().defined_names["list_places_name"].attr_text
    )


def test_a_choice_with_a_comma_gets_no_drop_down():
    """Excel would split it into two choices."""
    form = KIT.forms[2]
    fields = (*form.fields[:2], replace(form.fields[2], choices=("甲,乙", "丙")), *form.fields[3:])
    kit = replace(KIT, forms=(*KIT.forms[:2], replace(form, fields=fields), *KIT.forms[3:]))
    built = build_workbook(kit, is_sample=True)
    rules = load_workbook(io.BytesIO(built), data_only=True)["走访"].data_validations.dataValidation

    assert not [rule for rule in rules if str(rule.sqref).startswith("D5")]


def test_gaps_are_coloured_where_something_must_be_filled():
    """A started row shows what is missing, ◐ only while its condition holds."""
    found = {
        str(area.sqref): rules[0].formula[0]
        for area, rules in sheet("走访").conditional_formatting._cf_rules.items()
    }

    assert "AND(COUNTA($B5:$L5)>0,LEN(TRIM(C5))=0)" == found["C5:C504"]
    assert 'AND(COUNTA($B5:$L5)>0,LEN(TRIM(E5))=0,OR($D5="其他"))' == found["E5:E504"]
    assert {"B5:B504", "C5:C504", "E5:E504"} == found.keys()


def test_formats_of_columns_reach_every_row():
    """Rows beyond the prepared ones look and behave like them."""
    formats = [sheet("走访").column_dimensions[letter].number_format for letter in "BDFGL"]

    assert ["yyyy-m-d", "@", "0", "#,##0.00", "General"] == formats


def test_text_never_becomes_a_formula():
    """A cell text that starts with = stays text."""
    assert ("s", "=1+1") == (sheet("走访")["L6"].data_type, sheet("走访")["L6"].value)


def test_text_like_a_formula_stays_text_when_it_is_edited():
    """The cell says that its text is quoted, as Excel does after a leading apostrophe."""
    assert sheet("走访")["L6"].quotePrefix
    assert not sheet("走访")["C6"].quotePrefix


def test_ledgers_are_open_and_records_are_protected_but_for_their_values():
    """A protected sheet stops tables from growing, sorting and being marked."""
    record = sheet("填报信息")

    assert not sheet("走访").protection.sheet
    assert record.protection.sheet
    assert record.protection.password is None
    assert not record.protection.formatCells
    assert [True, False, True] == [record[cell].protection.locked for cell in ("A4", "B4", "C4")]


def test_print_set_up_is_a4_as_wide_as_the_paper_with_repeated_headings():
    """Ledgers lie across, records stand."""
    ledger, record = sheet("走访"), sheet("填报信息")

    assert [(9, "landscape", 1, 0), (9, "portrait", 1, 0)] == [
        (s.page_setup.paperSize, s.page_setup.orientation, s.page_setup.fitToWidth, s.page_setup.fitToHeight)
        for s in (ledger, record)
    ]
    assert ledger.sheet_properties.pageSetUpPr.fitToPage
    assert ("$4:$4", "C5") == (ledger.print_title_rows, ledger.freeze_panes)


def test_a_blank_ledger_prints_as_far_as_it_is_filled():
    """Formulas in blank rows would print empty pages; the area follows the last filled row, one page at least."""
    assert (
        b"'\xe7\xa4\xbe\xe5\x8c\xba'!$A$1:INDEX('\xe7\xa4\xbe\xe5\x8c\xba'!$C$1:$C$5000,MAX(24,LOOKUP(2,1/("
        in parts(is_filled=False)["xl/workbook.xml"]
    )


def test_a_sample_prints_a_fixed_area():
    """LibreOffice does not follow a computed one."""
    assert "'走访'!$A$1:$M$24" == sheet("走访").print_area


def test_only_functions_that_excel_2010_and_wps_have():
    """No newer function, none that recalculates at every key stroke."""
    used = {name for formula in formulas() for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}

    assert set() == used - FUNCTIONS_OF_2010


def test_every_formula_has_its_result_stored():
    """A formula without result reads as an unreadable cell."""
    bare = [
        match
        for name, part in parts().items()
        if name.startswith("xl/worksheets/")
        for match in re.findall(rb"<c [^>]*><f>[^<]*</f></c>", part)
    ]

    assert [] == bare


def test_rows_may_grow_with_their_text():
    """A fixed height would hide what is typed later; titles and headings keep theirs."""
    rows = re.findall(rb'<row r="([34567])"([^>]*)>', parts()["xl/worksheets/sheet5.xml"])

    assert {b"3": True, b"4": True, b"5": False, b"6": False, b"7": False} == {
        row: b"customHeight" in attributes for row, attributes in rows
    }


def test_guide_shows_order_sheets_examples_and_accepted_forms():
    """One page tells a new clerk what to fill, and leads to each sheet."""
    guide = sheet("填报说明")
    texts = {cell.value for row in guide.iter_rows() for cell in row if cell.value}
    links = [cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink]

    assert {"走访表　填报说明", "每月25日", "●社区", "2014-4-4", "西山社区", "12.5"} <= texts
    assert ["'填报信息'!A1", "'社区'!A1", "'走访'!A1", "'情况说明'!A1"] == links


def test_proposed_rows_stand_in_grey_until_there_are_own_ones():
    """The outline of the report is offered, not imposed."""
    proposed = {"places": [{"name": "东山社区"}]}
    cells = [
        load_workbook(io.BytesIO(build_workbook(KIT, rows=rows, proposed=proposed, is_sample=True)))["社区"][
            "B5"
        ]
        for rows in ({}, ROWS)
    ]

    assert [("东山社区", "00808080"), ("西山社区", "00262626")] == [
        (cell.value, cell.font.color.rgb) for cell in cells
    ]


def test_what_was_put_in_is_read_back(tmp_path):
    """Reading a filled workbook gives its rows, and has nothing to say about it."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(build_workbook(KIT, rows=ROWS))
    outcome = read_submission(open_book(file).value, KIT)
    visits = outcome.value.tables["visits"]

    assert () == outcome.findings
    assert (5, 6) == visits.rows
    assert (date(2014, 4, 4), date(2014, 4, 5)) == visits.columns["on"]
    assert (Decimal("12.5"), Decimal(20)) == visits.columns["paid"]
    assert (True, False) == visits.columns["seen"]
    assert (None, "=1+1") == visits.columns["text"]
    assert "县林业局" == outcome.value.unit


def test_a_period_that_is_no_calendar_month_is_told_where_it_is_typed():
    """Offices that close on the 25th read so beside 统计起 and 统计止, and nowhere else."""
    built = load_workbook(io.BytesIO(build_workbook(replace(KIT, period_rule=26), is_sample=True)))
    prompts = [cell.value for cell in built["填报信息"]["C"]]

    assert [None, *["本表按上月26日至本月25日"] * 2, None] == prompts[3:7]


def test_a_named_period_follows_the_rule_of_the_kit():
    """2026-11 is October 26 to November 25 where the office says so; a pair of dates is what it is."""
    assert "2026-10-26/2026-11-25" == str(Period.parse("2026-11", 26))
    assert "2026-09-26/2026-12-25" == str(Period.parse("2026Q4", 26))
    assert "2026-11-01/2026-11-30" == str(Period.parse("2026-11-01/2026-11-30", 26))


@pytest.mark.parametrize("day", [0, 29])
def test_a_period_begins_on_a_day_that_every_month_has(day):
    """February has no 29th."""
    with pytest.raises(ValueError, match="period_rule"):
        replace(KIT, period_rule=day)


def summary(*, is_filled: bool = True) -> dict[str, object]:
    """What 本期汇总 and 目录 show at first: cell text → value beside it."""
    made = build_workbook(KIT_WITH_RULES, rows=ROWS if is_filled else None, is_sample=True)
    read = load_workbook(io.BytesIO(made), data_only=True)
    rows = [
        row for name in ("本期汇总", "目录") for row in read[name].iter_rows(max_col=12, values_only=True)
    ]
    return {
        str(cell): [one for one in row[at + 1 :] if one is not None]
        for row in rows
        for at, cell in enumerate(row)
        if isinstance(cell, str)
    }


def test_summary_shows_every_figure_and_check_before_anything_recalculates():
    """Phones and Protected View show the stored results of a filled workbook."""
    shown = summary()

    assert 7 == shown["人数合计"][0]
    assert ["西山社区"] == shown["第一处"][:1]
    assert [7, 32.5, "√"] == shown["R-1 人数合计 不超过 金额"][:3]
    assert [2, "—", "√"] == [shown["走访"][2], "—", shown["走访"][-1]]


def test_a_blank_workbook_says_what_is_not_filled():
    """0 and 未填, never empty cells."""
    shown = summary(is_filled=False)

    assert "未填" == shown["人数合计"][0]
    assert ["未填", "未填", "未填"] == shown["R-1 人数合计 不超过 金额"][:3]
    assert "未填" == shown["走访"][-1]


def test_last_period_is_held_against_this_one_where_it_is_known():
    """A total that fell below last period's is ×; what cannot be compared is 请核对; without the sheet there is no line."""
    rule = Rule(use="at_most", id="R-2", of=["人数合计"], previous=True)
    kit = replace(KIT_WITH_RULES, checks=(rule,))

    def said(previous: dict[str, str]) -> list[object] | None:
        made = build_workbook(kit, rows=ROWS, previous=previous, is_sample=True)
        page = load_workbook(io.BytesIO(made), data_only=True)["本期汇总"]
        row = next(
            (row for row in page.iter_rows(values_only=True) if "R-2 人数合计 不小于上期" in row), None
        )
        return None if row is None else [cell for cell in row[1:] if cell is not None]

    assert [7, 8, "×"] == said({"别的": "1", "人数合计": "8"})
    assert [7, 7, "√"] == said({"人数合计": "7"})
    assert [7, "请核对", "请核对"] == said({"人数合计": "7 over"})
    assert said({}) is None


def test_long_texts_of_the_summary_take_lines_instead_of_shrinking():
    """A paragraph stands across the page, wrapped, with room for three lines."""
    kit = replace(KIT, figures=(Rule(use="value", id="说法", of="filing.correction"),))
    page = load_workbook(io.BytesIO(build_workbook(kit, is_sample=True)))["本期汇总"]
    name = next(cell for row in page.iter_rows(max_col=12) for cell in row if cell.value == "说法")
    value = page.cell(name.row, name.column + 2)

    assert f"C{name.row}:L{name.row}" in {str(span) for span in page.merged_cells.ranges}
    assert value.alignment.wrap_text
    assert not value.alignment.shrink_to_fit
    assert page.row_dimensions[name.row].height > 3 * value.font.size


def test_sums_above_the_data_reach_the_end_of_the_sheet():
    """However many rows are pasted, row 3 is no silent wrong sum; figures below their reach say 请核对."""
    assert "=SUM(F$4:F$1048576)" == sheet("走访")["F3"].value
    row = next(row for row in sheet("目录").iter_rows() if row[0].value == "走访")
    assert row[3].value.startswith("=IF(COUNTA('走访'!$B$1005:$L$1048576)>0,\"请核对\",")


def test_the_printed_page_has_a_place_for_the_code():
    """待定 until the file is packed; the name leads to the cell."""
    made = load_workbook(io.BytesIO(build_workbook(KIT, is_sample=True)))
    sheet, cell = made.defined_names["officeflow_code"].attr_text.split("!")

    assert "待定" == made[sheet.strip("'")][cell.replace("$", "")].value
    assert "校验码 待定" == made["本期汇总"].oddFooter.center.text
    assert (1, 1) == (made["本期汇总"].page_setup.fitToWidth, made["本期汇总"].page_setup.fitToHeight)


def test_our_own_pages_change_no_digest(tmp_path):
    """What is computed is no part of what a unit reports."""
    made = tmp_path / "a.xlsx"
    made.write_bytes(build_workbook(KIT_WITH_RULES, rows=ROWS, is_sample=True))
    touched = load_workbook(made)
    for name in ("目录", "本期汇总", "校验结果"):
        touched[name]["Q60"].value = 12345
        touched[name]["Q5"].value = "别的"
    other = tmp_path / "b.xlsx"
    touched.save(other)
    digests = [read_submission(open_book(file).value, KIT).value.digest for file in (made, other)]

    assert digests[0] == digests[1]
