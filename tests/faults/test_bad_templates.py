"""Malformed and hostile templates: each ends with a finding that names its place, within seconds; none runs anything.

Plain templates are the wider door: all of Jinja's filters, values of any kind and
an environment that the caller brings.  Kit reports are tried with the same.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import jinja2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from officeflow import Template, TemplateError
from officeflow.document.reckoning import limits
from officeflow.document.render.checking import check_template
from officeflow.document.render.composing import compose
from officeflow.document.template_api.dialect import PLAIN
from officeflow.document.template_api.inline_image import InlineImage
from officeflow.model.findings import Finding
from tests.support.broken import LAUGHS
from tests.support.docx import docx, p, part, texts
from tests.support.figures import ORIGIN, STANDARD
from tests.support.structure import structure_problems

SLOWEST = 20.0
"""Seconds of computing for the worst template, refusal included: three by themselves, more where coverage traces each line."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.fixture(autouse=True)
def _in_time(request: pytest.FixtureRequest) -> Iterator[None]:
    began = time.process_time()
    yield
    is_one = not getattr(request.function, "is_hypothesis_test", False)
    assert time.process_time() - began < (SLOWEST if is_one else 60)


class Case:
    """An object as programs put into contexts: its method must not run, its insides stay out of reach."""

    name = "甲"
    ran = False

    def delete(self) -> str:
        self.ran = True
        return "gone"

    delete.alters_data = True  # type: ignore[attr-defined]  Django's way of saying so


def speak(text: str) -> str:
    """A filter or function of the caller's."""
    return text


def refused(body: str, jinja_env: jinja2.Environment | None = None, **context: object) -> tuple[Finding, ...]:
    """What `Template` says about a template with this body; fails when it says nothing."""
    own = {
        "f": speak,
        "case": Case(),
        "datetime": dt,
        "rows": [{"a": 1}],
        "x": "值",
        "n": Decimal("1.5"),
    }
    with pytest.raises(TemplateError) as raised:
        Template(docx(p("前") + body)).render(own | context, jinja_env)
    return raised.value.findings


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


OUT_OF_REACH = [
    "{{ cycler.__init__.__globals__.os.popen('touch MARK').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('touch MARK') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ()|attr('__class__')|attr('__base__') }}",
    "{{ x|attr('__cla' ~ 'ss__') }}",
    "{{ [x]|map(attribute='__class__')|list }}",
    "{{ [x]|map('attr', '__class__')|list }}",
    "{{ rows|groupby('__class__') }}",
    "{{ rows|sort(attribute='__class__.__mro__') }}",
    "{{ [case]|sum(attribute='__class__') }}",
    "{{ [case]|selectattr('__init__.__globals__')|list }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(case) }}",
    "{{ '{0.__class__}'|format(case) }}{{ '{a.__class__}'.format_map({'a': case}) }}",
    "{{ [case]|map('format', '%s')|list }}{{ case.__dict__ }}",
    "{{ f.__globals__ }}",
    "{{ f.__code__.co_consts }}",
    "{{ f['__globals__']['__builtins__'] }}",
    "{{ case.delete() }}",
    "{{ case.delete.__func__.__globals__ }}",
    "{{ datetime.sys.modules['os'].popen('touch MARK').read() }}",
    "{{ (datetime|attr('sys')).modules }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{% for r in rows %}{{ loop._iterable }}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}{{ m.__class__ }}",
    "{% macro m() %}{{ caller.__init__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ rows.append(1) }}",
    "{{ rows[0].update(a=2) }}",
    "{{ (1).__class__.__bases__ }}",
    "{{ n.__class__ }}",
    "{{ x.encode() }}{{ x.translate({}) }}",
    "{{ (5).to_bytes(1000000000, 'big') }}",
    "{{ f.__self__ }}{{ f.__wrapped__ }}{{ (f|string).__doc__ }}{{ f.__module__.__class__ }}",
    "{% set case.name = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os }}",
    "{% extends 'x' %}",
]
TOO_MUCH = [
    "{{ range(1000000000)|length }}",
    "{{ range(10 ** 30)|length }}",
    "{% for i in range(1000000000) %}{% endfor %}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ (1, 2) * 10 ** 9 }}",
    "{{ 'a'|center(10 ** 8) }}",
    "{{ 'a'|center(100000000) }}",
    "{% filter center(10 ** 8) %}a{% endfilter %}",
    "{{ x.center(10 ** 8) }}",
    "{{ x.ljust(10 ** 8) }}",
    "{{ x.zfill(10 ** 8) }}",
    "{{ '\t'.expandtabs(10 ** 9) }}{{ x.expandtabs(10 ** 9) }}",
    "{{ 'a'|indent(10 ** 9, true) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%.*f'|format(10 ** 8, 1) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:{}}' .format(1, 10 ** 9) }}",
    "{{ ('%s' * 10000) % ((x * 100000,) * 10000) }}",
    "{{ ('{0}' * 10000).format(x * 100000) }}",
    "{{ (x * 10 ** 6).replace(x, x * 10 ** 6) }}",
    "{{ (x * 10 ** 6)|replace(x, x * 10 ** 6) }}",
    "{{ range(100000)|join(x * 10 ** 6) }}",
    "{{ (x * 10 ** 6).join(range(100000)|map('string')) }}",
    "{{ range(100000)|map('center', 10000)|list|length }}",
    "{{ range(10)|batch(10 ** 9, x)|list }}",
    "{{ range(10)|slice(10 ** 9)|list }}",
    "{{ n|round(10 ** 9, 'ceil') }}",
    "{{ 9 ** 9999999 }}",
    "{{ 9 ** 999 ** 999 }}",
    "{{ rows|tojson(indent=10 ** 9) }}",
    "{{ lipsum(10 ** 6) }}",
    "{{ lipsum(n=1, max=10 ** 9) }}",
    "{{ ('http://a.b ' * 90000)|urlize }}",
    "{{ ('aaa ' * 90000)|wordwrap(1, true, x * 10000) }}",
    "{{ {}.fromkeys(range(100000), range(1000)|list) }}",
    "{% set s = namespace(x='甲乙') %}{% for i in range(99) %}{% set s.x = s.x ~ s.x %}{% endfor %}{{ s.x }}",
    "{% set s = namespace(x='甲乙') %}{% for i in range(99) %}{% set s.x = s.x + s.x %}{% endfor %}",
    "{% set s = namespace(x='甲乙') %}{% for i in range(99) %}{% set s.x = [s.x, s.x]|join %}{% endfor %}",
    "{% set s = namespace(x='甲') %}{% for i in range(99) %}{% set s.x %}{{ s.x }}{{ s.x }}{% endset %}{% endfor %}",
    "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = [s.x, s.x] %}{% endfor %}{{ s.x }}",
    "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = (s.x,) * 2 %}{% endfor %}{{ s.x }}",
    "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = {'a': s.x, 'b': s.x} %}{% endfor %}{{ s.x }}",
    "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = dict(a=s.x, b=s.x) %}{% endfor %}{{ s.x }}",
    "{% set s = namespace(x=[1]) %}{% for i in range(99) %}{% set s.x = [0, 0]|map('replace', 0, s.x)|list %}{% endfor %}",
    "{% set a = 99999 %}" + "{% set a = a * a %}" * 20 + "{{ a }}",
    "{% for i in range(10000) %}{% for j in range(10000) %}甲乙丙丁{% endfor %}{% endfor %}",
]
ENDLESS = [
    "{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}",
    "{% for i in range(100000) %}{% for j in range(100000)|sort %}{% endfor %}{% endfor %}",
    "{% for i in range(100000) %}{% if many == others %}{% endif %}{% endfor %}",
    "{% for i in range(100000) if range(100000)|sum %}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
]
WRONG = {
    "{% if x %}": "BLOCK_OPEN",
    "{% for i in rows %}": "BLOCK_OPEN",
    "{% endif %}": "BLOCK_STRAY",
    "{{ x": "TAG_UNCLOSED",
    "{% if x": "TAG_UNCLOSED",
    "{{ }}": "TAG_EMPTY",
    "{{ a b }}": "TAG_SYNTAX",
    "{{ 'a }}": "TAG_SYNTAX",
    "{{ x|nothing }}": "FILTER_UNKNOWN",
    "{% if x is nothing %}{% endif %}": "TEST_UNKNOWN",
    "{% nothing %}": "TAG_UNKNOWN",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}": "TAG_SYNTAX",
    "{{ " + "[" * 150 + "1" + "]" * 150 + " }}": "TAG_SYNTAX",
    "{{ x" + ".a" * 5000 + " }}": "TAG_SYNTAX",
    "{{ x" + "|upper" * 5000 + " }}": "TAG_SYNTAX",
    "{{ 1" + " + 1" * 5000 + " }}": "TAG_SYNTAX",
    "{{ " + "9" * 5000 + " }}": "TAG_SYNTAX",
    "{% for i in rows %}" * 40 + "{% endfor %}" * 40: "TAG_SYNTAX",
    "{% for loop in rows %}{% endfor %}": "TAG_SYNTAX",
    "{% for i in rows %}{% set loop = 1 %}{% endfor %}": "TAG_SYNTAX",
    "{% block b %}{% endblock %}{% block b %}{% endblock %}": "TAG_SYNTAX",
    "{{ {[1]: 2} }}": "TAG_SYNTAX",
    "{{ 1 / 0 }}": "TAG_FAILED",
    "{{ rows|dictsort }}": "TAG_FAILED",
    "{{ x.a.b }}": "NAME_UNKNOWN",
    "{{ 1e999|int }}": "TAG_FAILED",
    "{% for r in rows recursive %}{{ loop(rows) }}{% endfor %}": "TAG_FAILED",
}


@pytest.mark.parametrize("body", OUT_OF_REACH)
def test_nothing_behind_a_value_is_reached(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a finding at the tag's paragraph, and nothing was run."""
    monkeypatch.chdir(tmp_path)
    case = Case()
    findings = refused(p(body), case=case)

    assert all("正文第2段" in finding.message for finding in findings)
    assert [] == list(tmp_path.iterdir())
    assert not case.ran


@pytest.mark.parametrize("body", TOO_MUCH)
def test_nothing_fills_the_memory(body: str) -> None:
    """Padding, repeating, doubling: stopped before it is made."""
    findings = refused(p(body))

    assert all("正文第2段" in finding.message for finding in findings)
    assert codes(findings) <= {"TAG_TOO_MUCH", "TAG_FORBIDDEN", "TAG_FAILED", "TAG_TOO_LONG"}


@pytest.mark.parametrize("body", ENDLESS)
def test_nothing_goes_on_for_ever(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what prints nothing: the tag is named in which the time ran out."""
    if body != ENDLESS[0]:  # one with the time as it is
        monkeypatch.setattr(limits, "SECONDS", 0.3)
    many = list(range(1_000_000))
    (finding,) = refused(p(body), many=many, others=list(many))

    assert "TAG_TOO_LONG" == finding.code
    assert "正文第2段" in finding.message


@pytest.mark.parametrize(("body", "code"), WRONG.items(), ids=lambda value: value[:30])
def test_mistakes_are_named(body: str, code: str) -> None:
    """Each with its place."""
    findings = refused(p(body))

    assert code in codes(findings)
    assert all("正文第2段" in finding.message for finding in findings)


@pytest.mark.parametrize("body", [*OUT_OF_REACH, *TOO_MUCH, *WRONG])
def test_kit_reports_refuse_the_same(body: str) -> None:
    """They know fewer words; nothing is printed, nothing stops."""
    outcome = compose(docx(p(body)), STANDARD, origins=(ORIGIN,))

    assert outcome.value is None
    assert outcome.findings


def test_passed_environment_does_not_replace_the_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its filters and globals come in, its freedom does not; Jinja's own filters stay bounded."""
    monkeypatch.chdir(tmp_path)
    own = jinja2.Environment()  # noqa: S701  this is the environment that must not be trusted
    own.filters["loud"] = lambda text: f"{text}!"
    own.globals["os"] = os

    for body in ("{{ cycler.__init__.__globals__ }}", "{{ 'a'|center(10 ** 8) }}", "{{ 'a' * 10 ** 9 }}"):
        assert refused(p(body), own)
    for body in (
        "{{ os.path.os.popen('touch MARK').read() }}",
        "{{ os.__builtins__ }}",
        "{{ ('a'|loud).__class__ }}",
    ):
        assert {"TAG_FORBIDDEN"} == codes(refused(p(body), own))
    assert [] == list(tmp_path.iterdir())


def test_passed_environment_gives_what_it_is_for() -> None:
    """Filters, tests, globals, delimiters and undefined class."""
    own = jinja2.Environment(  # noqa: S701
        variable_start_string="[[", variable_end_string="]]", undefined=jinja2.ChainableUndefined
    )
    own.filters["loud"] = lambda text: f"{text}!"
    own.tests["long"] = lambda text: len(text) > 1
    own.globals["today"] = "今天"
    template = Template(docx(p("[[ x|loud ]][[ a.b.c ]]{% if x is long %}长{% endif %}[[ today ]]")))
    template.render({"x": "甲乙"}, own)
    document = io.BytesIO()
    template.save(document)

    assert ["甲乙!长今天"] == texts(document.getvalue())


def test_context_stays_the_callers() -> None:
    """What a template sets is gone after it."""
    context = {"x": "甲", "rows": [1]}
    Template(docx(p("{% set x = 1 %}{% set rows = [] %}{{ x }}"))).render(context)

    assert {"x": "甲", "rows": [1]} == context


def test_unknown_name_is_an_error_where_it_is_asked_to_be() -> None:
    """With the nearest known name; without being asked it prints nothing."""
    template = docx(p("共{{ 捐衣服 }}件"))
    with pytest.raises(TemplateError) as raised:
        Template(template, undefined="error").render({"捐衣物": 1})
    Template(template).render({"捐衣物": 1})
    (finding,) = raised.value.findings

    assert "NAME_UNKNOWN" == finding.code
    assert "捐衣物" in finding.remedy


@pytest.mark.parametrize(
    "value", ["a<b&c>d", "]]>", "\x0b\x00\x1f甲\ufffe", "<!--", "{{ 7 * 7 }}", "𠮷㐀\ue000"]
)
def test_values_are_printed_as_text_and_nothing_else(value: str) -> None:
    """Markup in data is text, what XML forbids is left out, tags in data are no tags."""
    template = Template(docx(p("【{{ x }}】")))
    template.render({"x": value})
    document = io.BytesIO()
    template.save(document)

    kept = "".join(sign for sign in value if sign not in "\x0b\x00\x1f\ufffe")
    assert [f"【{kept}】"] == texts(document.getvalue())
    assert [] == structure_problems(document.getvalue())


def relation(kind: str, target: str, *, mode: str = ' TargetMode="External"') -> dict[str, str]:
    one = f'<Relationship Id="rId5" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
    return {"word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{one}</Relationships>'}


def field(*instructions: str) -> str:
    begin, end = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    text = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions
    )
    return f"{begin}{text}{end}"


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


ATTACHED = {
    "word/_rels/settings.xml.rels": relation("attachedTemplate", "http://a.b/x.dotm")[
        "word/_rels/document.xml.rels"
    ]
}
BROUGHT_ALONG: dict[str, tuple[bytes, str]] = {
    "remote template": (docx(p("题"), parts=ATTACHED), "TEMPLATE_ATTACHED"),
    "template on a share": (docx(p("题"), parts=relation("attachedTemplate", "file:///C:/x.dotm")), "TEMPLATE_ATTACHED"),
    "remote picture": (docx(p("题"), parts=relation("image", "http://a.b/x.png")), "TEMPLATE_OUTSIDE"),
    "remote object": (docx(p("题"), parts=relation("oleObject", "http://a.b/x.doc")), "TEMPLATE_OUTSIDE"),
    "remote frame": (docx(p("题"), parts=relation("frame", "http://a.b/x.htm")), "TEMPLATE_OUTSIDE"),
    "subdocument": (docx(p("题"), parts=relation("subDocument", "x.docx")), "TEMPLATE_CHUNK"),
    "altChunk": (docx('<w:altChunk r:id="rId5"/>'), "TEMPLATE_CHUNK"),
    "altChunk relation": (docx(p("题"), parts=relation("aFChunk", "x.htm", mode="")), "TEMPLATE_CHUNK"),
    "INCLUDETEXT": (docx(paragraph(field(' INCLUDETEXT "c:\\\\x.docx" '))), "TEMPLATE_FIELD"),
    "INCLUDETEXT split": (docx(paragraph(field(" INCLUDE", "TEXT x.docx"))), "TEMPLATE_FIELD"),
    "includepicture": (docx(paragraph(field(" includepicture http://a.b/x.png \\d"))), "TEMPLATE_FIELD"),
    "DDE": (docx(paragraph(field(' DDE "c:\\\\windows\\\\cmd.exe" "/k x"'))), "TEMPLATE_FIELD"),
    "DDEAUTO nested": (docx(paragraph(field(" IF 1 = 1 ").replace("</w:instrText></w:r>", "</w:instrText></w:r>" + field(" DDEAUTO x ")))), "TEMPLATE_FIELD"),
    "field named by a field": (docx(paragraph(field(" ").replace("</w:instrText></w:r>", "</w:instrText></w:r>" + field(" QUOTE 68 68 69 ")))), "TEMPLATE_FIELD"),
    "simple field": (docx('<w:p><w:fldSimple w:instr="LINK Word.Document x"><w:r/></w:fldSimple></w:p>'), "TEMPLATE_FIELD"),
    "field in a header": (docx(p("题"), header=paragraph(field(" INCLUDETEXT x "))), "TEMPLATE_FIELD"),
    "macro part": (docx(p("题"), parts={"word/vbaProject.bin": "x"}), "TEMPLATE_MACRO"),
    "macro relation": (docx(p("题"), parts=relation("vbaProject", "x.bin", mode="")), "TEMPLATE_MACRO"),
    "docm": (
        docx(p("题"), parts={"[Content_Types].xml": part(docx(p(""))  , "[Content_Types].xml").replace(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main")}),
        "TEMPLATE_MACRO",
    ),
    "control": (docx(p("题"), parts=relation("control", "activeX/x.xml", mode="")), "TEMPLATE_MACRO"),
}  # fmt: skip


@pytest.mark.parametrize(("template", "code"), BROUGHT_ALONG.values(), ids=BROUGHT_ALONG)
def test_what_fetches_or_runs_is_refused(template: bytes, code: str) -> None:
    """By both engines and by the check, named once."""
    with pytest.raises(TemplateError) as raised:
        Template(template).render({})

    assert [code] == [finding.code for finding in raised.value.findings]
    assert [code] == [
        finding.code for finding in check_template(template, STANDARD).findings if finding.is_open
    ]
    assert compose(template, STANDARD, origins=(ORIGIN,)).value is None


@pytest.mark.parametrize(
    "template",
    [
        docx(p("题"), parts=relation("hyperlink", "http://a.b/")),
        docx(paragraph(field(' HYPERLINK "http://a.b/LINK DDE" ') + field(" PAGE ") + field(" TOC \\o "))),
        docx(p("altChunk INCLUDETEXT vbaProject")),
    ],
)
def test_what_only_waits_for_a_click_stays(template: bytes) -> None:
    """Addresses, page numbers, tables of contents, and words about all this."""
    Template(template).render({})

    assert () == check_template(template, dialect=PLAIN).findings


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO(docx(p("{{ x }}")))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "half": lambda: docx(p("{{ x }}"))[:700],
    "no zip": lambda: b"%PDF-1.7",
    "bomb": lambda: zipped(**{"word/media/1.bin": bytes(40 << 20)}),
    "laughs": lambda: docx(p("x"), parts={"word/document.xml": LAUGHS}),
    "entity in styles": lambda: docx(p("x"), parts={"word/styles.xml": LAUGHS}),
    "no body": lambda: docx(p("x"), parts={"_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"/>'}),
    "broken XML": lambda: docx("<w:p><w:r>"),
    "a workbook": lambda: zipped(**{"xl/workbook.xml": b"<x/>"}).replace(
        b"word/document.xml", b"word/documens.xml"
    ),
    "outside its folder": lambda: zipped(**{"../x": b"x"}),
    "deep": lambda: docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_files_that_are_no_template_are_refused(file: Callable[[], bytes]) -> None:
    """With a sentence, before anything is unpacked or loaded from elsewhere."""
    with pytest.raises(TemplateError) as raised:
        Template(file()).render({"x": 1})

    assert raised.value.findings
    assert check_template(file(), STANDARD).findings


@pytest.mark.parametrize("sign", ["{{", "｛｛", "{%", "{{ '", "{{ “", "{#", "{{ x|a('"])
def test_thousands_of_signs_without_an_end_take_no_time(sign: str) -> None:
    """In one paragraph, as somebody's cat would type them."""
    assert check_template(docx(p(sign * 10_000)), dialect=PLAIN).findings


def test_large_picture_passes_untouched() -> None:
    """Ten megabytes in a template are somebody's photographs."""
    picture = os.urandom(10 << 20)
    template = Template(zipped(**{"word/media/a.jpeg": picture}))
    template.render({"x": "值"})
    document = io.BytesIO()
    template.save(document)

    with zipfile.ZipFile(document) as archive:
        assert picture == archive.read("word/media/a.jpeg")


def png(width: int, height: int, *, padding: int = 0) -> bytes:
    """A picture that says this size of itself, with bytes that mean nothing behind its header."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"tEXt", b"x\0" + bytes(padding))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "picture",
    [png(40, 30, padding=10 << 20), png(2**31 - 1, 2**31 - 1), png(0, 0), png(1, 1)[:20], b"", b"GIF89a"],
)
def test_pictures_in_the_data_are_only_looked_at(picture: bytes) -> None:
    """Ten megabytes, a size no memory holds, or no picture at all: printed, or a finding at the tag."""
    template = Template(docx(p("前") + p("{{ x }}")))
    document = io.BytesIO()
    try:
        template.render({"x": InlineImage(template, io.BytesIO(picture))})
    except TemplateError as error:
        assert "正文第2段" in str(error)  # noqa: PT017  either end is right
    else:
        template.save(document)
        assert [] == structure_problems(document.getvalue())


def test_changed_template_is_compiled_anew() -> None:
    """Between looking at it and using it somebody may have edited it: what counts is what it says now."""
    for words in ("第一稿", "第二稿"):
        assert [words + "39名"] == texts(
            compose(docx(p(words + "{{ 党员数 }}")), STANDARD, origins=(ORIGIN,)).value.document
        )


# What tags are made of, so that many of them mean something.
PIECES = st.sampled_from(
    """
    x rows case f n 1 2.5 10**9 'a' [ ] ( ) { } , . : | ~ + - * ** / // % == and or not in is if else for set
    range(9) range(10**9) .__class__ .a [0] |join |list |length |center(10**8) |map('upper') |sort |attr('__init__')
    loop.index loop namespace(a=1) cycler(1) dict(a=1) |default(1) |round(2) |tojson |groupby('a') |batch(3) defined
    endfor endif elif macro m() endmacro call endcall filter upper endfilter with endwith block b endblock raw endraw
    include import extends autoescape false endautoescape do break continue _print _next self caller varargs
    colspan cellbg hm vm sections section items item 章号 项号 捐款 \\ " “ ” ＝ （ ）
    """.split()  # noqa: SIM905  a line of words
)
BODIES = st.lists(PIECES, max_size=8).map(" ".join)
TAGS = st.tuples(
    st.sampled_from(["{{%s}}", "{%%%s%%}", "{{p%s}}", "{{r%s}}", "{%%p%s%%}", "{#%s#}", "%s"]), BODIES
)


@settings(max_examples=200)
@given(st.lists(TAGS.map(lambda pair: pair[0] % f" {pair[1]} "), min_size=1, max_size=5))
@example(["{{ x|batch(3) }}"])
@example(["{% for x in rows %}", "{{ loop }}", "{% endfor %}"])
def test_any_tag_prints_or_says_why_not(tags: list[str]) -> None:
    """Never an exception of another kind, never a broken document."""
    source = docx("".join(map(p, tags)))
    context = {"x": "值", "rows": [{"a": 1}, {"a": 2}], "case": Case(), "f": speak, "n": Decimal("1.5")}
    document = io.BytesIO()
    template = Template(source)
    with suppress(TemplateError):
        template.render(context)
        template.save(document)
        assert [] == structure_problems(document.getvalue())
    outcome = compose(source, STANDARD, origins=(ORIGIN,))
    assert outcome.value is not None or outcome.findings


@settings(max_examples=200)
@given(st.text("{}%#<>&'\"|()[].,x1 \n\t｛｝％“”", max_size=40))
def test_any_text_is_a_template(text: str) -> None:
    """Braces and signs in any order are text, tags, or a finding."""
    check_template(docx(p(text)), STANDARD)
    check_template(docx(p(text)), dialect=PLAIN)
