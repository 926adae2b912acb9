"""`officeflow.Template`: docxtpl's class on our engine."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import jinja2
import pytest
from docx import Document
from docxtpl import RichText as OtherRichText
from docxtpl import Subdoc as OtherSubdoc

from officeflow import Template, TemplateError
from officeflow.document.provenance.record import read_record
from officeflow.document.template_api.rich_text import RichText
from officeflow.model.cells import CellRef
from officeflow.model.figures import Figure, State
from tests.support.docx import docx, p, part, part_names, table
from tests.support.outline import build, outline

NOTES = {"word/footnotes.xml", "word/comments.xml"}


def saved(template: Template) -> bytes:
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def filled(source: bytes, context: dict[str, object] | None = None, **options) -> bytes:
    template = Template(source)
    template.render(context or {}, **options)
    return saved(template)


def problems(source: bytes, context: dict[str, object] | None = None, **options) -> list[str]:
    with pytest.raises(TemplateError) as raised:
        Template(source, **options).render(context or {})
    return [f"{finding.code} {finding.value}" for finding in raised.value.findings]


def figure(name: str, value: str, unit: str = "件", **said) -> Figure:
    cells = (CellRef(sheet="台账", row=3, column=4),)
    said = {"text": value + unit, "cells": cells} | said
    return Figure(id=name, name=name, value=Decimal(value), state=State.KNOWN, unit=unit, **said)


def test_path_file_and_bytes_are_the_same(tmp_path):
    """A template is given as a path, an open file or its bytes; the document is written to either."""
    source, target = docx(p("{{ a }}")), tmp_path / "out.docx"
    (tmp_path / "t.docx").write_bytes(source)

    for given in (tmp_path / "t.docx", str(tmp_path / "t.docx"), io.BytesIO(source), source):
        template = Template(given)
        template.render({"a": "值"})
        template.save(target)

        assert ["值"] == outline(target.read_bytes())


def test_rendering_again_starts_from_the_template():
    """Each call of render fills the template as it was given."""
    template = Template(docx(p("{{ a }}")))
    documents = []
    for value in ("一", "二", "一"):
        template.render({"a": value})
        documents.append(saved(template))

    assert [["一"], ["二"], ["一"]] == list(map(outline, documents))
    assert documents[0] == documents[2]
    assert template.is_rendered
    assert template.is_saved


def test_saving_before_rendering_gives_the_template():
    """A template that was not rendered is saved as it is."""
    assert ["{{ a }}"] == outline(saved(Template(docx(p("{{ a }}")))))


def test_unchanged_parts_keep_their_bytes():
    """Only what was filled differs; parts keep their order, the content types come first."""
    source = build(["{{ a }}"], header="页眉").getvalue()
    document = filled(source, {"a": 1})
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(io.BytesIO(document)) as new:
        assert new.testzip() is None
        assert ["word/document.xml"] == [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert sorted(old.namelist()) == sorted(new.namelist())


def test_every_kind_of_part_is_filled():
    """Header, footer, footnote, comment and the document's properties hold tags too."""
    notes = {
        f"word/{name}.xml": part(docx(p("")), "word/document.xml")
        .replace("w:document", f"w:{name}")
        .replace("<w:body>", "")
        .partition("<w:p>")[0]
        + f'<w:{name[:-1]} w:id="1">{p("{{ a }}")}</w:{name[:-1]}></w:{name}>'
        for name in ("footnotes", "comments")
    }
    document = filled(docx(p("{{ a }}"), header=p("{{ a }}"), parts=notes), {"a": "值"})

    for name in ("word/document.xml", "word/header1.xml", "word/footnotes.xml", "word/comments.xml"):
        assert ["值"] == outline(document, name)


def test_properties_are_filled():
    """Title and author as Word shows them."""
    template = Template(build(["甲"], title="{{ a }} 通报"))
    template.render({"a": "A&B"})

    assert "A&B 通报" == Document(io.BytesIO(saved(template))).core_properties.title


def test_properties_are_filled_again_alone():
    """`render_properties` leaves the text as it was rendered."""
    template = Template(build(["{{ a }}"], title="{{ a }}"))
    template.render({"a": "一"})
    template.render_properties({"a": "二"})

    assert "二" == template.docx.core_properties.title
    assert ["一"] == outline(saved(template))


def test_all_mistakes_at_once():
    """Every mistake of a template is said with its place, not only the first."""
    source = docx(p("{{ a b }}") + p("{% iff a %}") + p("{% if a %}"), header=p("{{ a"))

    assert [
        "TAG_UNCLOSED {{ a",
        "TAG_UNKNOWN {% iff a %}",
        "BLOCK_OPEN {% if a %}",
        "TAG_SYNTAX {{ a b }}",
    ] == problems(source)


def test_filters_and_tests_that_nobody_knows():
    """A filter or test that neither Jinja nor the environment has is named with the nearest one."""
    with pytest.raises(TemplateError) as raised:
        Template(docx(p("{{ a|uper }}") + p("{% if a is od %}{% endif %}"))).render({})

    assert ["FILTER_UNKNOWN", "TEST_UNKNOWN"] == [finding.code for finding in raised.value.findings]
    assert "upper" in raised.value.findings[0].remedy


def test_unknown_names_print_nothing_unless_asked():
    """`undefined="error"` names every unknown name at once; what is guarded is no mistake."""
    body = p("{{ 名称 }}{{ b.c }}") + p(
        "{% if d %}x{% endif %}{{ e|default('无') }}{% if f is defined %}y{% endif %}"
    )

    assert ["无"] == outline(filled(docx(p("{{ a }}{{ e|default('无') }}"))))
    assert [
        "NAME_UNKNOWN {{ 名称 }}",
        "NAME_UNKNOWN {{ b.c }}",
        "NAME_UNKNOWN {% if d %}",
    ] == problems(docx(body), {"名字": 1}, undefined="error")


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ 1 / 0 }}", "TAG_FAILED"),
        ("{{ a.b.c }}", "NAME_UNKNOWN"),
        ("{{ 'a' + 1 }}", "TAG_FAILED"),
        ("{{ fails() }}", "TAG_FAILED"),
        ("{{ rich }}", "VALUE_MISPLACED"),
        ("{{ ''.__class__ }}", "TAG_FORBIDDEN"),
    ],
)
def test_what_fails_while_running_names_its_tag(tag, code):
    """Whatever goes wrong with a value says which tag asked for it; what the caller's own code raised is kept as the cause."""

    def fails() -> None:
        raise KeyError

    class Paragraphs:
        def __html__(self) -> str:
            return "<w:p/>"

    source = docx(p("甲") + p(f"{{% if true %}}{tag}{{% endif %}}"))

    assert [f"{code} {tag}"] == problems(source, {"a": {}, "fails": fails, "rich": Paragraphs()})


def test_environment_gives_filters_tests_globals_and_delimiters():
    """A passed environment is used as docxtpl does, except that it never replaces the sandbox."""
    environment = jinja2.Environment(  # noqa: S701  it escapes all the same
        variable_start_string="${",
        variable_end_string="}",
        block_start_string="<%",
        block_end_string="%>",
        extensions=["jinja2.ext.loopcontrols"],
    )
    environment.filters["twice"] = lambda value: value * 2
    environment.tests["big"] = lambda value: value > 2
    environment.globals["sign"] = "§"

    @jinja2.pass_context
    def named(context, value):
        return f"{value}{context['k']}"

    environment.filters["named"] = named
    body = p(
        "<% for x in [1, 2, 3] %><% if x is big %><% break %><% endif %>${ x|twi¦ce|named }${ sign }<% endfor %> {{ x }}"
    )

    assert ["2k§4k§ {{ x }}"] == outline(filled(docx(body), {"k": "k"}, jinja_env=environment))
    assert ["{{ 1 }}"] == outline(filled(docx(p("${ '{{ 1 }}' }")), jinja_env=environment))


def test_names_a_template_asks_for():
    """Names of all parts, without those the template sets itself or the context has; before and after rendering."""
    body = p("{{ a.b }}{% set c = d %}{{ c }}{% for e in f %}{{ e }}{{ loop.index }}{% endfor %}")
    template = Template(docx(body, header=p("{{ g }}")))

    assert {"a", "d", "f", "g"} == template.get_undeclared_template_variables()
    assert {"d", "g"} == template.get_undeclared_template_variables(context={"a": 1, "f": 2})
    template.render({"a": {}})
    assert {"a", "d", "f", "g"} == template.undeclared_template_variables


def test_python_docx_before_and_after():
    """Changes made with python-docx count: of the template before rendering, of the document after."""
    template = Template(build(["{{ a }}"]))
    template.get_docx().add_paragraph("加 {{ a }}")
    template.render({"a": 1})
    template.docx.add_paragraph("后")

    assert ["1", "加 1", "后"] == outline(saved(template))
    assert "1" in [paragraph.text for paragraph in template.paragraphs]


def test_neither_python_docx_nor_docxtpl_is_imported_for_plain_values():
    """A template of texts and numbers is filled on bytes."""
    code = (
        "import sys; from officeflow import Template; t = Template(sys.stdin.buffer); t.render({'a': 1}); "
        "t.save(sys.stdout.buffer); assert not {'docx', 'docxtpl', 'docxcompose'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=docx(p("{{ a }}")), capture_output=True, check=True
    )

    assert ["1"] == outline(done.stdout)


def test_values_of_docxtpl_itself():
    """Rich text and sub-documents made with docxtpl's own classes are printed too."""
    template = Template(build(["{{r a }}", "{{p b }}"]))
    sub = OtherSubdoc(template)
    sub.add_paragraph("子文档", style="Heading 1")
    template.render({"a": OtherRichText("红", color="FF0000"), "b": sub})

    assert ["<color(val=FF0000)>红</>", "[Heading1] 子文档"] == outline(saved(template))


def test_links():
    """A link built for a template stands in the document, in headers too, and again when it is rendered again."""
    template = Template(docx(p("{{r a }}"), header=p("{{r a }}")))
    link = RichText("站点", url_id=template.build_url_id("https://example.com/?a=1&b=2"))
    for _ in range(2):
        template.render({"a": link})
        document = saved(template)

        for name in ("document", "header1"):
            assert "https://example.com/?a=1&amp;b=2" in part(document, f"word/_rels/{name}.xml.rels")
            assert ["<link >站点</>"] == outline(document, f"word/{name}.xml")


def test_figures_are_bound():
    """Figures in the context, in lists and tables too, get bookmarks and a record with their cells."""
    rows = [{"数": figure("甲", "3")}, {"数": figure("乙", "5")}]
    source = docx(
        p("合计{{ 合计 }}，其中{% for r in 行 %}{{ r.数 }}、{% endfor %}共{{ 合计 + 1 }}。")
        + table(["{{ 合计 }}"])
    )
    document = filled(source, {"合计": figure("合计", "8"), "行": rows})
    record = read_record(document)

    assert "合计8件，其中3件、5件、共9件。" == outline(document)[0]
    assert record is not None
    assert [("合计", "8件"), ("甲", "3件"), ("乙", "5件"), ("合计 + 1", "9件"), ("合计", "8件")] == [
        (bound.id, bound.text) for bound in record.figures.values()
    ]
    assert {"台账": "D3"} == record.figures[next(iter(record.figures))].sources
    assert all(part(document).count(f'w:name="{name}"') == 1 for name in record.figures)


def test_words_around_figures_are_the_same_however_they_are_found():
    """From the template, from a paragraph or from the whole part: the words are those of the finished text."""
    from officeflow.document.provenance.binding import read_contexts

    body = (
        p(
            "一二三四五六七八九十甲乙丙{{ a }}，{{ b }}、{{ a }}。一二三四五六七八九十{{ b }}一二三四五六七八九十甲乙丙"
        )
        + p("{% for x in l %}{{ b }}{{ x }}{% endfor %}")
        + "<w:p><w:r><w:t>前</w:t><w:tab/><w:t>{{ a }}</w:t><w:br/><w:t>后{{ b }}</w:t></w:r></w:p>"
        + table(["{{ a }}", "甲{{ b }}乙"])
    )
    values = {"a": figure("a", "1"), "b": figure("b", "2"), "l": [figure("c", "3"), figure("d", "4")]}
    for text in (body, body + p("{% set t %}{{ a }}{% endset %}{{ t }}")):
        document = filled(docx(text, header=p("{{ a }}{{ b }}")), values)
        record = read_record(document)
        contexts = {
            name: context
            for own in ("word/document.xml", "word/header1.xml")
            for name, context in read_contexts(part(document, own))[0].items()
        }

        assert record is not None
        assert list(contexts) == list(record.figures)
        assert contexts == {name: (bound.before, bound.after) for name, bound in record.figures.items()}


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("甲乙丙丁戊己庚辛壬癸子丑寅卯{{ a }}，后面没有了", "丙丁戊己庚辛壬癸子丑寅卯", "，后面没有了"),
        ("前{{ b }}中{{ a }}{# 说明 #}后完", "前值中", "后完"),
        ("{% if b %}前{% endif %}{{ a }}", "前", ""),
        ("{{ a }}", "", ""),
    ],
)
def test_words_around_a_figure(text, before, after):
    """The record keeps twelve characters on both sides, whether the template tells them or the values do."""
    record = read_record(filled(docx(p(text)), {"a": figure("a", "1"), "b": "值"}))

    assert record is not None
    assert [(before, after)] == [(bound.before, bound.after) for bound in record.figures.values()]


def test_figure_printed_again_from_a_kept_text_has_one_bookmark():
    """A text kept with `set` and printed twice binds its figure once; one never printed leaves nothing in the record."""
    source = docx(p("{% set t %}{{ a }}{% endset %}{{ t }}，{{ t }}{% set u %}{{ b }}{% endset %}"))
    document = filled(source, {"a": figure("a", "1"), "b": figure("b", "2")})
    record = read_record(document)

    assert ["1件，1件"] == outline(document)
    assert record is not None
    assert ["a"] == [bound.id for bound in record.figures.values()]
    assert 1 == part(document).count("<w:bookmarkStart")


def test_full_width_signs_are_hints():
    """Signs of a Chinese keyboard are understood and told; they hold nothing up."""
    from officeflow.document.template_api.dialect import PLAIN
    from officeflow.document.templates.store import compile_template

    compiled = compile_template(docx(p("｛｛ a ｝｝{{ b }}{{ ‘c’ }}{{　d }}")), None, PLAIN)

    assert [("TAG_RETYPED", "｛｛ a ｝｝"), ("TAG_RETYPED", "{{ ‘c’ }}")] == [
        (hint.code, hint.tag) for hint in compiled.hints
    ]
    assert [] == compiled.problems


def test_words_beside_a_paragraphs_tag_are_a_hint():
    """They go with the paragraph, as in docxtpl; before anything is filled it is said."""
    from officeflow.document.render.checking import check_template
    from officeflow.document.template_api.dialect import PLAIN

    checked = check_template(
        docx(p("{%p if a %} 说明") + p("{%p endif %}") + p("{{p a }} 后")), dialect=PLAIN
    )

    assert [("WORDS_DROPPED", "hint")] * 2 == [
        (finding.code, finding.severity.value) for finding in checked.findings
    ]


def test_same_input_same_bytes():
    """Two documents of one template and context are the same file."""
    source, context = docx(p("{{ a }}")), {"a": figure("a", "1")}

    assert filled(source, context) == filled(source, context)
    assert "[Content_Types].xml" == part_names(filled(source, context))[0]


def test_context_is_not_changed():
    """Nothing a template does reaches the caller's values."""
    context = {"a": [1], "b": {"c": 1}}

    problems(docx(p("{% set a = 2 %}{{ b.update(x=1) }}")), context)
    assert {"a": [1], "b": {"c": 1}} == context


def test_none_prints_as_in_jinja():
    """None prints as None, as Jinja and docxtpl do."""
    assert ["None"] == outline(filled(docx(p("{{ a }}")), {"a": None}))


def test_what_is_no_document():
    """A file that is none is refused with the reason."""
    assert ["TEMPLATE_FOREIGN"] == [
        code.split()[0] for code in problems(docx("", parts={"_rels/.rels": "<a/>"}))
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="图{{ a }}{{ u }}"/></wp:inline></w:drawing></w:r></w:p>',
            'descr="图A&amp;&quot;B&quot; &lt;C"',
        ),
        (
            '<w:p><w:r><w:instrText> HYPERLINK "{{ b }}" </w:instrText></w:r></w:p>',
            ' HYPERLINK "https://example.com" ',
        ),
        (
            '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ a }}{% if u %}1{% endif %}</m:t></m:r></m:oMath></w:p>',
            '<m:t>A&amp;"B" &lt;C</m:t>',
        ),
    ],
)
def test_tags_outside_of_running_text(body, expected):
    """Alternative texts, equations and field codes are filled as text; an unknown name prints nothing there either."""
    filled_part = part(filled(docx(body), {"a": 'A&"B"\n<C', "b": "https://example.com"}))

    assert expected in filled_part
    assert "{{" not in filled_part


@pytest.mark.parametrize("code", ["{{ a }}", " {{ a }} x"])
def test_what_a_field_is_never_comes_from_data(code):
    """A field code that begins with a tag is refused: data could make it fetch other files."""
    assert [f"TAG_SCOPE {code}"] == problems(docx(f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"))


def test_names_are_those_of_docxtpl():
    """A program that imported from docxtpl imports the same names from here; nothing is loaded before it is asked for."""
    import docxtpl

    import officeflow

    ours = {"Template" if name == "DocxTemplate" else name for name in vars(docxtpl) if name[0].isupper()}
    ours.discard("Subdoc")  # `new_subdoc` makes one

    assert ours <= set(officeflow.__all__)
    assert all(getattr(officeflow, name) for name in officeflow.__all__)
    public = {
        name
        for name in vars(docxtpl.DocxTemplate)
        if name.startswith(("render", "save", "get_u", "new", "rep", "bu"))
    }
    assert public - {
        "render_init",
        "render_xml_part",
        "build_xml",
        "build_headers_footers_xml",
        "render_footnotes",
    } <= set(dir(Template))


def test_compiled_templates_are_kept_apart_by_dialect(tmp_path):
    """The same file may be a report's template and a plain one; both are kept, and found again by another process."""
    from officeflow.document.render.composing import compose
    from officeflow.document.templates.store import compile_template
    from tests.support.figures import ORIGIN

    source = docx(
        p("{{ a }}{% filter upper %}b{% endfilter %}")
        + table(["{%tc for x in a %}", "{{ x }}", "{%tc endfor %}"])
    )
    for _ in range(2):
        compile_template.cache_clear()
        template = Template(source, store=tmp_path)
        template.render({"a": "值"})

        assert "值B" == outline(saved(template))[0]
        assert compose(source, {}, origins=(ORIGIN,), store=tmp_path).value is None
    assert 1 == len(list(tmp_path.iterdir()))


def test_cell_tags_together_stand_in_the_schemas_order():
    """Word refuses some orders of a cell's properties (ECMA-376 part 1, 17.4.70)."""
    body = table(
        ["{%tr for x in l %}"], ["{% cellbg 'FF0000' %}{% vm %}{% colspan 2 %}甲"], ["{%tr endfor %}"]
    )
    cell = part(filled(docx(body), {"l": [1]})).partition("<w:tcPr>")[2].partition("</w:tcPr>")[0]

    assert ["gridSpan", "vMerge", "shd"] == [piece.split()[0] for piece in cell.split("<w:")[1:]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{" * 30_000, "TAG_UNCLOSED"),
        ("{#" * 30_000, "TAG_UNCLOSED"),
        ("{{ '" * 20_000, "TAG_UNCLOSED"),
        ("{{ {" * 20_000, "TAG_UNCLOSED"),
        ("{% raw %}" + "{{" * 30_000, "BLOCK_OPEN"),
    ],
)
def test_a_flood_of_beginnings_is_refused_at_once(text, code):
    """However many tags begin and none ends, the answer takes no longer than for one."""
    assert code in {problem.split()[0] for problem in problems(docx(p(text)))}


def test_a_flood_of_paragraphs_is_refused_at_once():
    """The same with each beginning in a paragraph of its own."""
    assert 1000 <= len(problems(docx(p("{# 说明") * 3000)))
