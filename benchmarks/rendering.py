"""One bulletin filled by officeflow, docxtpl and docxtemplater: same text, same data, ten pages, 170 tags, a table of 30 rows.

python benchmarks/rendering.py [rounds] [documents of the batch]
"""

from __future__ import annotations

import io
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path
from random import Random

from docx import Document
from docx.shared import Pt
from docxtpl import DocxTemplate
from timing import medians, table

from officeflow import Template
from officeflow.model.cells import CellRef
from officeflow.model.figures import Figure, State

PARAGRAPHS, TAGS_EACH, ROWS, COLUMNS = 54, 3, 30, 6
WORDS = (  # noqa: SIM905  words read as words
    "各社区结合实际 广泛开展走访联系 政策宣讲 矛盾调解 便民服务 志愿帮扶 环境整治 安全巡查 登记造册 分类建档 "
    "党员干部带头 网格员入户 居民代表参与 驻区单位支持 专人跟进办理 限时答复反馈 做到件件有着落 事事有回音 "
    "老旧小区改造 困难群众慰问 青少年假期托管 独居老人探访 楼道堆物清理 电动车充电 停车秩序 物业纠纷 "
    "召开协调会 制定清单 逐项销号 定期回访 满意度持续提高 得到群众好评 取得阶段成效 下一步继续推进"
).split()
PEER = Path(__file__).with_name("docxtemplater.js")
PLAIN, BOUND, OTHER, FLOOR = "officeflow", "officeflow, every value a figure", "docxtpl", "join and deflate"


def context(rows: int = ROWS) -> dict[str, object]:
    """The values of one bulletin."""
    values: dict[str, object] = {
        f"v{number}": f"{number * 37 % 1000}件" for number in range(PARAGRAPHS * TAGS_EACH)
    }
    values["rows"] = [{f"c{column}": f"{row * column}户" for column in range(COLUMNS)} for row in range(rows)]
    return values


def figures() -> dict[str, object]:
    """The same values as figures with their cells."""

    def figure(name: str, text: str) -> Figure:
        cells = (CellRef(sheet="台账", row=3 + len(name), column=4),)
        number = Decimal(text.rstrip("件户"))
        return Figure(
            id=name, name=name, value=number, state=State.KNOWN, unit=text[-1], text=text, cells=cells
        )

    values: dict[str, object] = {}
    for name, value in context().items():
        if isinstance(value, str):
            values[name] = figure(name, value)
        else:
            values[name] = [{key: figure(key, text) for key, text in row.items()} for row in value]
    return values


def template(*, for_docxtemplater: bool = False) -> bytes:
    """The bulletin's template: 162 tags in 54 paragraphs, 8 in the table."""
    document, numbers, random = Document(), iter(range(PARAGRAPHS * TAGS_EACH)), Random(1)  # noqa: S311
    blank = "" if for_docxtemplater else " "
    look = document.styles["Normal"]
    look.font.size, look.paragraph_format.line_spacing = Pt(16), Pt(28.95)
    for place in range(PARAGRAPHS):
        if place % 9 == 0:
            document.add_heading(f"{place // 9 + 1}、工作情况", level=1)
        paragraph = document.add_paragraph("本月")
        for _ in range(TAGS_EACH):
            paragraph.add_run(f"办理事项 {{{{{blank}v{next(numbers)}{blank}}}}}").bold = place % 4 == 0
            paragraph.add_run(prose(random))
    cells = [f"{{{{ r.c{column} }}}}" for column in range(COLUMNS)]
    lines = [["{%tr for r in rows %}"], cells, ["{%tr endfor %}"]]
    if for_docxtemplater:
        cells = [f"{{{{c{column}}}}}" for column in range(COLUMNS)]
        lines = [[f"{{{{#rows}}}}{cells[0]}", *cells[1:-1], f"{cells[-1]}{{{{/rows}}}}"]]
    grid = document.add_table(rows=0, cols=COLUMNS)
    grid.style = "Table Grid"
    for line in lines:
        for cell, text in zip(grid.add_row().cells, line, strict=False):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def prose(random: Random) -> str:
    """A stretch of text as bulletins hold it, never the same twice."""
    return "，" + "，".join(random.sample(WORDS, random.randint(2, 3))) + "；"


def with_officeflow(source: bytes, values: dict[str, object]) -> bytes:
    own = Template(source)
    own.render(values)
    saved = io.BytesIO()
    own.save(saved)
    return saved.getvalue()


def with_docxtpl(source: bytes, values: dict[str, object]) -> bytes:
    other = DocxTemplate(io.BytesIO(source))
    other.render(values)
    saved = io.BytesIO()
    other.save(saved)
    return saved.getvalue()


def body(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml").decode()


def words(document: bytes) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", body(document)))


def join_and_deflate(pieces: list[str]) -> bytes:
    """What any engine must do at least: put the changed part together and pack it."""
    deflate = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress("".join(pieces).encode()) + deflate.flush()


def with_docxtemplater(rounds: int, expected: str) -> float | str:
    """Median seconds of docxtemplater in a warm Node process, or why there are none."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return "npm is not installed"
    with tempfile.TemporaryDirectory() as folder:
        install = [npm, "install", "--silent", "--no-audit", "--no-fund", "docxtemplater", "pizzip"]
        done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"npm could not install it: {done.stderr.strip()[:200]}"
        paths = [Path(folder) / name for name in ("template.docx", "data.json", "filled.docx")]
        paths[0].write_bytes(template(for_docxtemplater=True))
        paths[1].write_text(json.dumps(context()), encoding="utf-8")
        script = shutil.copy(PEER, folder)
        done = subprocess.run(
            [node, script, *map(str, paths), str(rounds)],
            capture_output=True,
            text=True,
            check=True,
            cwd=folder,
        )
        assert words(paths[2].read_bytes()) == expected
        return float(done.stdout)


def memory_after(source: bytes, documents: int) -> int:
    """Megabytes of memory that this process has needed at most, after filling so many different bulletins."""
    for number in range(documents):
        with_officeflow(source, {**context(rows=number % ROWS), "v0": f"第{number}份"})
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    documents = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    source, values, bound = template(), context(), figures()
    tags = re.findall(r"{{|{%", body(source))
    filled = with_officeflow(source, values)
    assert words(filled) == words(with_docxtpl(source, values)) == words(with_officeflow(source, bound))
    pieces = re.split(r"(?<=>)(?=<w:t)", body(filled))
    runs = {
        FLOOR: lambda: join_and_deflate(pieces),
        PLAIN: lambda: with_officeflow(source, values),
        BOUND: lambda: with_officeflow(source, bound),
        OTHER: lambda: with_docxtpl(source, values),
    }
    seconds = medians(runs, rounds)
    print(f"{len(tags)} tags, {ROWS} rows, {len(words(filled))} characters; medians of {rounds}\n")
    print(table(seconds, PLAIN))
    print(f"\ndocxtpl takes {seconds[OTHER] / seconds[PLAIN]:.1f} × as long (aim ≥ 20)")
    print(
        f"docxtpl takes {seconds[OTHER] / seconds[BOUND]:.1f} × as long as with every value a figure (aim ≥ 8)"
    )
    print(f"officeflow takes {seconds[PLAIN] / seconds[FLOOR]:.2f} × joining and deflating (aim ≤ 4)")
    peer = with_docxtemplater(rounds, words(filled))
    if isinstance(peer, str):
        print(f"docxtemplater: left out, {peer}")
    else:
        print(f"docxtemplater: {peer * 1000:.1f} ms, {peer / seconds[PLAIN]:.1f} × as long (aim ≥ 5)")
    few = memory_after(source, documents // 10)
    many = memory_after(source, documents - documents // 10)
    print(f"memory after {documents // 10} bulletins {few} MB, after {documents} {many} MB")


if __name__ == "__main__":
    main()
