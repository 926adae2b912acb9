"""The blank works without our program: its formulas, recalculated by a real office program, say what the program says."""

import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from officeflow.checks import Scope
from officeflow.checks._kind import find_kind
from officeflow.figures import Tally, meets
from officeflow.kits.build import build
from officeflow.kits.catalogue import kit_source
from officeflow.model.figures import Figure
from officeflow.model.findings import Severity
from officeflow.model.values import PartialDate, Period
from officeflow.text.missing import read_missing
from officeflow.workbook.blank.formulas.kit_formulas import Formulas
from officeflow.workbook.blank.formulas.self_check import CheckLine, check_lines
from officeflow.workbook.blank.formulas.start import Start
from officeflow.workbook.blank.labels import labels
from officeflow.workbook.files.opening import open_book
from officeflow.workbook.reading.submission import read_submission
from officeflow.workbook.words import words
from tests.support.office import convert

SOURCE = kit_source("community-posts")
KIT = SOURCE.kit
HEAD, FIRST = 4, 5
BROKEN = 30
HOLDS, FAILS, LOOK, EMPTY, IDLE = "√", "×", "请核对", "未填", "—"
pytestmark = [
    pytest.mark.office,
    # Of a print area that grows with the rows openpyxl keeps nothing, which does not matter here.
    pytest.mark.filterwarnings("ignore:Print area cannot be set:UserWarning"),
]


@dataclass
class Filled:
    """A workbook filled by hand, one slip after the other."""

    book: Workbook
    slips: list[str] = field(default_factory=list)

    def column(self, path: str) -> tuple[Worksheet, int]:
        form_id, _, name = path.partition(".")
        form = KIT.form_by_id[form_id]
        sheet = self.book[form.sheet]
        return sheet, next(c.column for c in sheet[HEAD] if c.value == form.by_id[name].header)

    def rows(self, form_id: str) -> list[int]:
        sheet = self.book[KIT.form_by_id[form_id].sheet]
        cells = [(row, sheet.cell(row, column).value) for row in range(FIRST, 80) for column in range(2, 6)]
        return sorted({row for row, value in cells if value is not None})

    def put(self, path: str, row: int, value: object) -> None:
        sheet, column = self.column(path)
        sheet.cell(row, column).value = value
        self.slips.append(f"{sheet.title}!{sheet.cell(row, column).coordinate}={value!r}")

    def get(self, path: str, row: int) -> object:
        sheet, column = self.column(path)
        return sheet.cell(row, column).value

    def record(self, path: str, value: object) -> None:
        form = KIT.form_by_id[path.partition(".")[0]]
        sheet = self.book[form.sheet]
        header = form.by_id[path.partition(".")[2]].header
        row = next(cell.row for cell in sheet["A"] if cell.value == header)
        sheet.cell(row, 2).value = value
        self.slips.append(f"{sheet.title}!B{row}={value!r}")


def any_row(filled: Filled, dice: random.Random, form_id: str) -> int:
    return dice.choice(filled.rows(form_id) or [FIRST])


def put(path: str, *values: object) -> Callable[[Filled, random.Random], None]:
    """A slip: one of the values in some row of a column."""
    return lambda f, dice: f.put(path, any_row(f, dice, path.partition(".")[0]), dice.choice(values))


def record(path: str, *values: object) -> Callable[[Filled, random.Random], None]:
    return lambda f, dice: f.record(path, dice.choice(values))


def copy_row(form_id: str) -> Callable[[Filled, random.Random], None]:
    def slip(f: Filled, dice: random.Random) -> None:
        source, target = any_row(f, dice, form_id), max(f.rows(form_id), default=FIRST) + dice.choice((1, 3))
        for name in KIT.form_by_id[form_id].by_id:
            f.put(f"{form_id}.{name}", target, f.get(f"{form_id}.{name}", source))

    return slip


def clear(form_id: str) -> Callable[[Filled, random.Random], None]:
    def slip(f: Filled, dice: random.Random) -> None:
        rows = f.rows(form_id)
        for row in rows if dice.random() < 0.5 else rows[:1]:
            for name in KIT.form_by_id[form_id].by_id:
                f.put(f"{form_id}.{name}", row, None)

    return slip


def total(path: str) -> Callable[[Filled, random.Random], None]:
    def slip(f: Filled, dice: random.Random) -> None:
        row = max(f.rows(path.partition(".")[0]), default=FIRST) + 1
        sheet, _ = f.column(path)
        sheet.cell(row, dice.choice((1, 2))).value = dice.choice(("合计", "合 计", "总计"))
        f.put(path, row, dice.choice((100, 16000)))

    return slip


def merge(path: str) -> Callable[[Filled, random.Random], None]:
    """A slip: the cells of three rows joined into one."""

    def slip(f: Filled, dice: random.Random) -> None:
        sheet, column = f.column(path)
        row = any_row(f, dice, path.partition(".")[0])
        sheet.merge_cells(start_row=row, end_row=row + 2, start_column=column, end_column=column)
        f.slips.append(f"merge {path} from {row}")

    return slip


def merge_all(filled: Filled, path: str) -> None:
    """A slip: one cell for all rows of a column."""
    sheet, column = filled.column(path)
    rows = filled.rows(path.partition(".")[0])
    if len(rows) > 1:
        sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=column, end_column=column)
        filled.slips.append(f"merge all of {path}")


def far_below(form_id: str) -> Callable[[Filled, random.Random], None]:
    """A slip: a row below what formulas reach."""

    def slip(f: Filled, dice: random.Random) -> None:
        source = any_row(f, dice, form_id)
        for name in KIT.form_by_id[form_id].by_id:
            f.put(f"{form_id}.{name}", 1200, f.get(f"{form_id}.{name}", source))

    return slip


SLIPS: tuple[Callable[[Filled, random.Random], None], ...] = (
    put("posts.member", None, "示例01", "同上", "张三、李四", "/", " 示例02 ", "示例０3", "示例Ａ", 7),
    put("posts.community", "西山社区 ", "东山社区", None, "西山"),
    put("posts.category", "其它", "其他", "环境维护", "没有这类"),
    put("posts.reported_on", None, "2014.3.27", "3月下旬", date(2014, 7, 1), 3.2, "未统计"),
    put("posts.card", None, "否", "√", "×", "没交"),
    put("activities.members", 60, "约40", "39人", "#REF!", 12.5),
    put("activities.served", 0, None, 1000, "1000余", "十人", "—"),
    put("activities.kind", "会议培训", None, "座谈"),
    put("activities.held_on", date(2013, 1, 1), date(2014, 6, 5), "2014年4月4日", None),
    put("donations.people", None, 3, "三人", 10),
    put("donations.amount", 16000, "1.6万元", None, "=1/0", 0.1),
    put("donations.category", "衣服", "书籍", "烧纸", None),
    put("donations.mode", None, "捐赠", "发放", "送"),
    put("donations.measure", None, "元", "本", "册"),
    put("donations.quantity", "1000余", 10, None, "20件"),
    put("funds.amount", "1万", 500, -5, None),
    put("funds.receiver", "西山社区", None, "abc公司"),
    put("matters.responded_on", date(2014, 3, 1), None, "第二天"),
    put("matters.done_on", date(2014, 3, 24), date(2015, 1, 1)),
    put("series.issue", 27, 25, "第27期", None),
    put("slogans.expected", 2, 5, "三"),
    put("slogans.item_2", None, "新的一项", "/"),
    put("distribution.kind", "报", "抄送", None),
    put("communities.name", None, "河北社区", "西山社区*", "南山社区", "西山社区Ａ"),
    record("filing.from", date(2014, 4, 10), None, "2014年3月1日"),
    record("filing.to", date(2014, 2, 1), date(2014, 7, 1), None),
    record("filing.filed_on", date(2014, 5, 1), "2014.6.5"),
    record("filing.zero_donations", "是", "√", None),
    record("filing.zero_funds", "是", True),
    record("filing.classified", "是", None, "有"),
    record("masthead.series_to", 30, None, "29期"),
    record("masthead.issue", 31, 26, "27", None),
    record("masthead.copies", None, 5, "约90"),
    record("document.met_on", date(2014, 8, 1), "5月30日"),
    *map(copy_row, ("posts", "communities", "activities", "donations", "funds", "matters", "series")),
    *map(clear, ("posts", "activities", "donations", "funds", "matters", "series", "communities")),
    *map(merge, ("posts.community", "posts.category", "activities.kind", "donations.category")),
    lambda f, _: merge_all(f, "posts.reported_on"),
    lambda f, _: merge_all(f, "posts.card"),
    *map(far_below, ("posts", "donations", "matters")),
    *map(total, ("activities.served", "donations.amount", "funds.amount")),
)


SURE: Mapping[int, tuple[Callable[[Filled, random.Random], None], ...]] = {
    1: (lambda f, _: merge_all(f, "posts.reported_on"),),
    2: (merge("donations.category"),),
    3: (far_below("posts"),),
    4: (put("posts.community", "西山社区Ａ"),),
}
"""Slips that are tried whatever the dice say."""


@cache
def sample_book() -> bytes:
    """The blank, filled with the rows of the sample."""
    files = build(SOURCE)
    with tempfile.TemporaryDirectory() as folder:
        blank, sample = Path(folder, "blank.xlsx"), Path(folder, "sample.xlsx")
        blank.write_bytes(files["workbooks/community-posts.xlsx"])
        sample.write_bytes(files["workbooks/community-posts.sample.xlsx"])
        book, typed = load_workbook(blank), load_workbook(sample)
    for form in KIT.forms:
        for row in typed[form.sheet].iter_rows(
            min_row=FIRST - (form.kind == "record"), min_col=2, max_row=80
        ):
            for cell in row:
                if cell.value is not None and (form.kind != "record" or cell.column == 2):
                    book[form.sheet][cell.coordinate].value = cell.value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


Recalculated = Mapping[int, tuple[Path, list[str]]]


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    """The filled workbook and the broken ones, with their slips, after a real office program has calculated them."""
    filled_in, calculated = tmp_path_factory.mktemp("filled"), tmp_path_factory.mktemp("calculated")
    made: dict[int, tuple[Path, list[str]]] = {}
    for number in range(BROKEN + 1):
        dice, filled = random.Random(number), Filled(load_workbook(BytesIO(sample_book())))  # noqa: S311
        for slip in (*dice.sample(SLIPS, dice.randint(1, 4)), *SURE.get(number, ())) if number else ():
            slip(filled, dice)
        # openpyxl stores no results: what is read below was calculated.
        filled.book.save(filled_in / f"{number}.xlsx")
        made[number] = convert(filled_in / f"{number}.xlsx", "xlsx", calculated), filled.slips
    return made


@cache
def lines() -> tuple[CheckLine, ...]:
    return tuple(check_lines(Formulas(Start(KIT, {}), "'本期汇总'!$O")))


@cache
def page(file: Path) -> Mapping[str, list[object]]:
    """本期汇总: name or line → the cells to its right."""
    book = load_workbook(file, data_only=True, read_only=True)  # this one sheet is read, its looks are not
    shown: dict[str, list[object]] = {}
    for row in book["本期汇总"].iter_rows(max_col=12, values_only=True):
        for column, value in enumerate(row, start=1):
            if isinstance(value, str) and value:
                shown.setdefault(value, list(row[column:]))
    book.close()
    return shown


@cache
def tally(file: Path) -> Tally:
    return Tally(read_submission(open_book(file).value, KIT).value)


def as_shown(figure: Figure) -> object:
    """What a formula shows for a figure."""
    value = figure.value
    if not figure.is_known:
        return EMPTY
    if isinstance(value, Period):
        days = (f"{day.year}-{day.month}-{day.day}" for day in (value.first, value.last))
        return " 至 ".join(days)
    return value


def same(shown: object, figure: Figure) -> bool:
    expected = as_shown(figure)
    if isinstance(shown, datetime):
        shown = shown.date()
    if isinstance(shown, int | float) and isinstance(expected, Decimal | date):
        if isinstance(expected, date):
            return (expected - date(1899, 12, 30)).days == shown
        return Decimal(format(shown, ".12g")) == Decimal(format(expected, ".12g"))
    # A partial date is repeated as it was typed.
    return shown == expected or (isinstance(expected, PartialDate) and isinstance(shown, str))


def written_figures() -> list[str]:
    formulas = Formulas(Start(KIT, {}), "'本期汇总'!$O")
    return [rule.id for rule in KIT.figures if formulas.single(rule, {}) is not None]


def differing(file: Path) -> tuple[list[str], int]:
    """Figures of the page that are not those of the program, and how many the page leaves open."""
    shown, figures = page(file), tally(file)
    wrong, left_open = [], 0
    for name in written_figures():
        figure = figures.figure(name)
        value = next((one for one in shown[figure.name] if one is not None), None)
        left_open += value == LOOK
        if value != LOOK and not same(value, figure):
            wrong.append(f"{name}: {value!r}, not {as_shown(figure)!r}")
    return wrong, left_open


def test_every_figure_that_can_be_a_formula_is_one():
    """Lists row by row, results per row and what is counted while composing are left to the program."""
    left = {rule.use for rule in KIT.figures if rule.id not in written_figures()}

    assert {"list", "printed", "difference"} == left
    assert len(written_figures()) > 50


def test_the_filled_blank_shows_the_figures_of_the_program(recalculated):
    """本期汇总, recalculated, equals `officeflow figures`, figure by figure, none left open."""
    assert ([], 0) == differing(recalculated[0][0])


@pytest.mark.parametrize("number", range(1, BROKEN + 1))
def test_no_figure_is_silently_wrong(number, recalculated):
    """A broken workbook shows the program's figure or 请核对, never another number."""
    file, slips = recalculated[number]
    wrong, _ = differing(file)

    assert [] == wrong, slips


def verdicts(file: Path) -> dict[str, set[object]]:
    """Rule id → what the page says in its lines."""
    shown = page(file)
    found: dict[str, set[object]] = {}
    for line in lines():
        cells = shown[line.text]
        found.setdefault(line.rule.id, set()).add(
            next(
                cell for cell in cells if cell in (HOLDS, FAILS, LOOK, EMPTY, IDLE) and cells.index(cell) >= 2
            )
        )
    return found


def failing(file: Path) -> set[str]:
    """The ids of rules with a line that the program finds something to."""
    figures = tally(file)
    rules = {id(rule): rule for line in lines() for rule, _ in line.parts}
    submission = figures.submission
    return {
        rule.id
        for rule in rules.values()
        if all(meets(condition)(submission.record(path)) for path, condition in rule.when.items())
        and any(
            found.severity is not Severity.HINT for found in find_kind(rule.use).check(Scope(rule, figures))
        )
    }


@pytest.mark.parametrize("number", range(BROKEN + 1))
def test_the_self_check_says_what_the_program_says(number, recalculated):
    """× where the program finds something and √ where not; else it says that it cannot tell."""
    file, slips = recalculated[number]
    said, wrong = verdicts(file), failing(file)
    false_alarms = {rule for rule, told in said.items() if FAILS in told} - wrong
    missed = {rule for rule in wrong if said[rule] <= {HOLDS, IDLE}}

    assert (set(), set()) == (false_alarms, missed), slips


def test_the_self_check_can_nearly_always_tell(recalculated):
    """请核对 is for slips that touch the cells in question, not a way out."""
    told = [one for file, _ in recalculated.values() for told in verdicts(file).values() for one in told]
    clear_ones = sum(one in (HOLDS, FAILS) for one in told)

    assert clear_ones > 0.6 * len(told)
    assert FAILS in told


def test_words_that_stop_a_formula_are_those_of_the_reader():
    """A total the reader leaves out must not be added up by a formula."""
    summary = labels().summary
    assert all(words().total.fullmatch(word) for word in summary.totals)
    assert all(words().note.match(f"{word}：") for word in summary.notes)
    assert all(read_missing(word) is not None for word in summary.gaps)
