"""Documents that are none, mangled or hostile, given to every command that reads one: each ends with words and an exit code.

Whatever comes: no exception, one JSON document, exit 0 to 3, no file changed but the one
named, nothing half-written, and what is written is sound where what came was.
"""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from officeflow.cli import main
from officeflow.document.provenance.record import read_record
from officeflow.flow import seal
from officeflow.intake.desk import Desk
from tests.support.broken import LAUGHS
from tests.support.documents import DOCUMENT, WORKBOOK, desk
from tests.support.issues import corrected, next_period
from tests.support.structure import structure_problems
from tests.support.word_edits import BODY, edited, parts_of, run, w, with_part

SLOWEST = 30.0
"""Seconds of computing for the worst document and command."""
OURS, NEW = "原稿.docx", "新/出.docx"
COMMANDS = {
    "verify": "verify 简报.docx --with 台账.xlsx",
    "refresh": "refresh 简报.docx --with 改过的表.xlsx -o 新/出.docx",
    "refresh tracked": "refresh 简报.docx --with 改过的表.xlsx --tracked --today 2026-11-01",
    "refresh next": "refresh 简报.docx --with 下期表.xlsx --as-next",
    "trace": "trace 简报.docx --html 数.html --docx 数.docx",
    "seal": "seal 简报.docx -o 新/出.docx",
    "seal public": "seal 简报.docx --public",
    "seal sidecar": "seal 简报.docx --sidecar",
    "rebind": "rebind 简报.docx --from 原稿.docx",
    "rebind from": "rebind 原稿.docx --from 简报.docx",
    "compare": "compare 原稿.docx 简报.docx",
    "compare back": "compare 简报.docx 原稿.docx",
    "template check": "template check 简报.docx",
    "template check kit": "template check 简报.docx --kit community-posts --comments",
    "render": "render 简报.docx 数据.json -o 新/出.docx",
    "report": "report 台账.xlsx --template 简报.docx -o 稿",
}
READERS = [name for name in COMMANDS if name.split()[0] not in ("template", "render", "report")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a clerk has it: document, its twin, workbooks."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(desk(folder), folder / OURS)
    corrected(folder)
    (folder / "表.xlsx").unlink(missing_ok=True)
    next_period(folder)
    (folder / "数据.json").write_text('{"x": 1}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def good(office: Path) -> bytes:
    return (office / DOCUMENT).read_bytes()


@pytest.fixture
def folder(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def said(folder: Path, command: str, capsys: pytest.CaptureFixture[str], *, is_sound: bool) -> dict[str, Any]:
    """What the command says, after everything that must hold was seen to hold; `code` is its exit code."""
    before, began = files(folder), time.process_time()
    code = main([*command.split(), "--json"])
    took, captured = time.process_time() - began, capsys.readouterr()
    answer, after = json.loads(captured.out), files(folder)
    codes = [finding["code"] for finding in answer["findings"]]

    assert "" == captured.err
    assert "PROGRAM_BROKEN" not in codes
    assert code in (0, 1, 2, 3)
    assert took < SLOWEST
    assert before == {name: after.get(name) for name in before}
    for name in after.keys() - before.keys():
        assert name.endswith((".docx", ".html", ".figures.json"))
        assert not name.endswith(".docx") or not is_sound or [] == structure_problems(after[name])
    return {**answer, "code": code, "codes": codes}


def tried(
    folder: Path, document: bytes, capsys: pytest.CaptureFixture[str], commands: list[str] | None = None
) -> dict[str, dict[str, Any]]:
    """What each command says of this document; what one wrote does not lie there for the next."""
    (folder / DOCUMENT).write_bytes(document)
    is_sound, answers = [] == structure_problems(document), {}
    before = files(folder).keys()
    for name in commands or COMMANDS:
        answers[name] = said(folder, COMMANDS[name], capsys, is_sound=is_sound)
        for new in files(folder).keys() - before:
            (folder / new).unlink()
    return answers


def test_the_document_itself_passes(folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command does its work here, so what the others say is because of the document."""
    answers = tried(folder, good, capsys)

    assert set(COMMANDS) == {name for name, answer in answers.items() if answer["code"] == 0}


def bomb(good: bytes) -> bytes:
    return with_part(good, "word/media/a.bin", bytes(301 << 20))


NO_DOCUMENTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda good: good[: len(good) // 2],
    "without its end": lambda good: good[:-30],
    "garbage": lambda _: Random(1).randbytes(5000),  # noqa: S311  the same each time
    "web page": lambda _: b"<html><body>1</body></html>",
    "PDF": lambda _: b"%PDF-1.4\n1 0 obj\n",
    "picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "entities": lambda good: with_part(good, BODY, LAUGHS.encode()),
    "entities in styles": lambda good: with_part(good, "word/styles.xml", LAUGHS.encode()),
    "styles cut off": lambda good: with_part(
        good, "word/styles.xml", parts_of(good)["word/styles.xml"][:2000]
    ),
    "relations cut off": lambda good: with_part(good, "word/_rels/document.xml.rels", b"<Relationships"),
    "properties cut off": lambda good: with_part(good, "docProps/core.xml", b"<cp:coreProperties"),
    "no body": lambda good: with_part(good, BODY, b"<x/>"),
    "types of something else": lambda good: with_part(good, "_rels/.rels", b"<Relationships/>"),
}


@pytest.mark.parametrize("kind", NO_DOCUMENTS)
def test_what_is_no_document_is_refused(
    kind: str, folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 and one finding at the file from whatever holds documents; nothing is written."""
    names = [name for name in READERS if kind != "web page" or name.split()[0] not in ("rebind", "compare")]
    answers = tried(folder, NO_DOCUMENTS[kind](good), capsys, names)

    assert {(2, 1)} == {(answer["code"], len(answer["findings"])) for answer in answers.values()}
    assert not [answer for answer in answers.values() if answer.get("files") or answer.get("path")]


def test_a_bomb_is_not_unpacked(folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """More than any document holds is refused by what it declares."""
    answers = tried(folder, bomb(good), capsys, ["verify", "seal public", "compare", "rebind from"])

    assert {("FILE_TOO_LARGE",)} == {tuple(answer["codes"]) for answer in answers.values()}


def test_a_workbook_is_no_document_and_a_document_no_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each said at the file that is meant, exit 2."""
    for command in (
        "verify 台账.xlsx --with 台账.xlsx",
        "refresh 台账.xlsx --with 改过的表.xlsx",
        "trace 台账.xlsx",
        "seal 台账.xlsx",
        "seal 台账.xlsx --public",
        "rebind 台账.xlsx --from 原稿.docx",
        "rebind 原稿.docx --from 台账.xlsx",
        "compare 台账.xlsx 原稿.docx",
    ):
        answer = said(folder, command, capsys, is_sound=True)
        assert (2, ["NOT_WORD"]) == (answer["code"], answer["codes"])
    assert 2 == said(folder, "verify 简报.docx --with 原稿.docx", capsys, is_sound=True)["code"]
    assert 2 == said(folder, "refresh 简报.docx --with 原稿.docx", capsys, is_sound=True)["code"]


def test_outputs_never_take_the_place_of_inputs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the document, its workbook, nor what somebody worked on; `said` sees that they stay."""
    (folder / OURS).write_bytes(edited((folder / OURS).read_bytes(), written_backwards))
    for output in (OURS, WORKBOOK):
        for command in ("refresh 简报.docx --with 改过的表.xlsx", "seal 简报.docx", "trace 简报.docx"):
            option = "--docx" if command.startswith("trace") else "-o"
            answer = said(folder, f"{command} {option} {output}", capsys, is_sound=True)
            assert answer["code"] in (1, 2)
    for command in ("seal 简报.docx", "rebind 简报.docx --from 原稿.docx", "compare 简报.docx 简报.docx"):
        said(folder, f"{command} -o 简报.docx", capsys, is_sound=True)
    assert 2 == said(folder, "trace 简报.docx --docx 简报.docx", capsys, is_sound=True)["code"]


def test_a_file_where_a_folder_should_be_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The machine is in the way: exit 3, the name, nothing written."""
    for command in (
        "refresh 简报.docx --with 改过的表.xlsx -o 台账.xlsx/出.docx",
        "seal 简报.docx -o 台账.xlsx/出.docx",
        "rebind 简报.docx --from 原稿.docx -o 台账.xlsx/出.docx",
        "trace 简报.docx --html 台账.xlsx/数.html",
    ):
        answer = said(folder, command, capsys, is_sound=True)
        assert (3, ["ENVIRONMENT"]) == (answer["code"], answer["codes"])


def with_record(document: bytes, record: object) -> bytes:
    """The document with this in place of its record, and no copy of it for other programs."""
    text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    (item,) = (name for name in parts_of(document) if re.fullmatch(r"customXml/item\d+\.xml", name))
    part = f'<of:record xmlns:of="urn:officeflow:record">{html.escape(text)}</of:record>'
    bare = edited(document, lambda root: root[:].clear() or root.clear(), "docProps/custom.xml")
    return with_part(bare, item, part.encode())


def recorded(document: bytes) -> dict[str, Any]:
    record = read_record(document)
    assert record is not None
    return dict(json.loads(record.to_json()))


def each(**said: object) -> Callable[[dict[str, Any]], object]:
    """Say this of every figure."""
    return lambda record: [figure.update(said) for figure in record["figures"].values()]


def origin(**said: object) -> Callable[[dict[str, Any]], object]:
    return lambda record: record["origin"].update(said)


def only(figures: object) -> Callable[[dict[str, Any]], object]:
    return lambda record: record.update(figures=figures)


NO_RECORDS: dict[str, Any] = {
    "nothing": "",
    "null": "null",
    "a list": "[]",
    "deep": "[" * 100_000,
    "deep figures": '{"figures":' * 5000 + "1" + "}" * 5000,
    "a list of figures": only([]),
    "no figure": only({"_of_a_1": None}),
    "text for a figure": only({"_of_a_1": "捐款"}),
    "a number for text": each(text=5),
    "sources that are none": each(sources="x"),
    "a number for a kit": origin(kit=1),
    "no origin": lambda record: record.pop("origin"),
    "no digest": lambda record: record.pop("parts"),
}


@pytest.mark.parametrize("kind", NO_RECORDS)
def test_what_is_no_record_is_none(
    kind: str, folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """The document is then one without record, whatever stands in its place."""
    record = NO_RECORDS[kind]
    if callable(record):
        record(found := recorded(good))
        record = found
    answers = tried(folder, with_record(good, record), capsys, ["verify", "refresh", "trace", "seal"])

    assert {(2, ("RECORD_MISSING",))} == {
        (answer["code"], tuple(answer["codes"])) for answer in answers.values()
    }


HOSTILE: dict[str, Callable[[dict[str, Any]], object]] = {
    "not a number": each(value="NaN"),
    "a number that signals": each(value="sNaN"),
    "no number of this world": each(value="1E+999999999"),
    "out of the sandbox": each(recipe="''.__class__.__mro__[1].__subclasses__()"),
    "through a filter": each(recipe="捐款|attr('__class__')"),
    "too much": each(recipe="'a' * 10 ** 9"),
    "too many": each(recipe="range(10 ** 9)|list"),
    "too high": each(recipe="9 ** 9 ** 9"),
    "too deep": each(recipe="(" * 5000 + "1" + ")" * 5000),
    "too long": each(recipe="1" + " + 1" * 20_000),
    "no expression": each(recipe="}} {% for %} {{"),
    "columns": each(sources={"捐款捐物": "A:XFD"}),
    "all cells": each(sources={"捐款捐物": "A1:XFD1048576,A1:XFD1048576"}),
    "cells that are none": each(
        sources={"../a": "A" + "9" * 500 + ",,:B-1", "捐款捐物": "A0:ZZZZZ9999999999"}
    ),
    "names with slashes": lambda record: record.update(
        figures={f'../{number}"<': one for number, one in enumerate(record["figures"].values())}
    ),
    "names for people": each(name="../../etc/passwd", id="{x}{0!r:>10}", unit="<w:p>"),
    "signs": each(text="a\0b\n\t\u202e", before="(.*)*[", after="😀" * 12),
    "long texts": each(text="9" * 20_000, before="一" * 20_000),
    "adopted nonsense": each(reason="\u202e书记\0", adopted="<w:p>", adopted_on="昨天", was="9" * 999),
    "another kit": origin(kit="../../etc", version="9" * 999),
    "another file": origin(file="../../../etc/passwd\0", digest=""),
    "no period": origin(period="9999-99-99/0000-00"),
    "many": lambda record: record["figures"].update(
        {f"_of_{n:08x}_1": {"id": "捐款", "text": "的", "value": "的"} for n in range(150)}
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_records_do_nothing(
    kind: str, folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is run, read or written that the person did not name, and nobody waits."""
    HOSTILE[kind](record := recorded(good))
    tried(
        folder,
        with_record(good, record),
        capsys,
        ["refresh next", "trace"],
    )


def test_slow_recipes_take_the_time_of_one(
    folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """What seventy figures reckon counts together."""
    record = recorded(good)
    for number, figure in enumerate(record["figures"].values()):
        figure["recipe"] = f"range(99999)|map('string')|join|length + {number}"
    answer = tried(folder, with_record(good, record), capsys, ["verify"])["verify"]

    assert {"missing"} >= {one["state"] for one in answer["figures"]} - {"overtyped", "removed"}


SIDECARS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "garbage": lambda path: path.write_bytes(Random(2).randbytes(999)),  # noqa: S311  the same each time
    "ten megabytes": lambda path: path.write_bytes(b"[" * 10_000_000),
    "zeros": lambda path: path.write_bytes(bytes(99)),
    "half": lambda path: path.write_text('{"origin":{"kit"', encoding="utf-8"),
}


@pytest.mark.parametrize("kind", SIDECARS)
def test_sidecars_that_are_none(kind: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As if there were none; one that is named is told of."""
    bare, sidecar = map(Path, seal.run(Desk.here(), file=folder / DOCUMENT, sidecar=True).answer.files)
    sidecar.unlink()
    SIDECARS[kind](sidecar)
    for command in ("verify {} --with 台账.xlsx", "trace {}", "seal {}"):
        answer = said(folder, command.format(bare.name), capsys, is_sound=True)
        assert (2, ["RECORD_MISSING"]) == (answer["code"], answer["codes"])
    assert 2 == said(folder, f"rebind 原稿.docx --from {sidecar.name}", capsys, is_sound=True)["code"]


def mangled(document: bytes, random: Random) -> bytes:
    """Elements of one or two parts gone, doubled, elsewhere, renamed, with other words or attributes; a part gone or cut."""
    parts = parts_of(document)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    names += [BODY] * len(names)
    for _ in range(random.randint(1, 2)):
        name = random.choice(names)
        how = random.random()
        if how < 0.08:
            parts.pop(name, None)
        elif name in parts and how < 0.16:
            parts[name] = parts[name][: random.randrange(len(parts[name]) + 1)]
        elif name in parts and len(parts[name]) > 100:
            parts[name] = _shaken(parts[name], random)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


WORDS = ("", "😀", "9" * 400, "١٢٣", "{{", "\u200f1.6万元\u200e", "约39名", "-1", "99999999999999999999")


def _shaken(part: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:  # cut off the time before
        return part
    nodes = [node for node in root.iter(etree.Element) if node is not root]
    for _ in range(random.choice((1, 3, 20)) if nodes else 0):
        node, other = random.choice(nodes), random.choice(nodes)
        is_apart = node not in (other, *other.iterancestors())
        how = random.randrange(7)
        if how == 0 and node.getparent() is not None:
            node.getparent().remove(node)
        elif how == 1 and node.getparent() is not None:
            node.addnext(deepcopy(node))
        elif how == 2 and is_apart and other.getparent() is not None:
            other.addnext(node)
        elif how == 3 and is_apart:
            other.append(node)
        elif how == 4:
            for key in node.attrib:
                node.set(key, random.choice(WORDS))
        elif how == 5:
            node.tag = other.tag
        else:
            node.text = random.choice(WORDS)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(seed=st.integers(0, 2**32), name=st.sampled_from(list(COMMANDS)))
def test_mangled_documents_end_with_words(
    seed: int, name: str, folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever element stands where, in whichever part."""
    tried(folder, mangled(good, Random(seed)), capsys, [name])  # noqa: S311  the same each time, no secret


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    return (node for node in root.iter(w("p")) if node.find(w("r")) is not None)


def long(root: etree._Element) -> None:
    body = root[0]
    for number in range(2000):
        twin = deepcopy(body[number % 20])
        if twin.tag == w("p"):
            for node in list(twin.iter(w("bookmarkStart"), w("bookmarkEnd"), w("sectPr"))):
                node.getparent().remove(node)
            body.insert(0, twin)


def marked(*, is_nested: bool) -> Callable[[etree._Element], None]:
    """Thousands of bookmarks of ours that no record knows, side by side or around each other."""

    def edit(root: etree._Element) -> None:
        paragraph = next(paragraphs(root))
        for number in range(3000):
            own = {w("id"): str(50_000 + number)}
            start = etree.Element(w("bookmarkStart"), {**own, w("name"): f"_of_{number:08x}_1"})
            paragraph.insert(1, start)
            (paragraph.append if is_nested else start.addnext)(etree.Element(w("bookmarkEnd"), own))

    return edit


def overlapping(root: etree._Element) -> None:
    starts, ends = (list(root.iter(w(f"bookmark{end}"))) for end in ("Start", "End"))
    for start, end in zip(starts[::3], ends[5::3], strict=False):
        end.addnext(start) if end.get(w("id")) != start.get(w("id")) else None


def tables(root: etree._Element) -> None:
    inner = w("p")
    cell: Any = root[0]
    for _ in range(40):
        table = etree.Element(w("tbl"))
        own = etree.SubElement(etree.SubElement(table, w("tr")), w("tc"))
        cell.insert(0, table)
        own.append(etree.Element(inner))
        cell = own


def written_backwards(root: etree._Element) -> None:
    for paragraph in paragraphs(root):
        paragraph.append(run("\u202e٣٩ نفر 😀\u200f"))


SOUND = {
    "long": long,
    "bookmarks": marked(is_nested=False),
    "bookmarks around bookmarks": marked(is_nested=True),
    "overlapping bookmarks": overlapping,
    "tables in tables": tables,
    "backwards and smileys": written_backwards,
}


@pytest.mark.parametrize("kind", SOUND)
def test_odd_documents_pass(kind: str, folder: Path, good: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """What no clerk writes but Word would open is moved and sealed in time."""
    answers = tried(folder, edited(good, SOUND[kind]), capsys, ["refresh tracked", "seal public"])

    assert {0, 1} >= {answer["code"] for answer in answers.values()}
