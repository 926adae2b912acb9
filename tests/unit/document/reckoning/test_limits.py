"""What a plain template may do within the bounds: all that Jinja's own sandbox allows, and exact numbers."""

from __future__ import annotations

import io
from decimal import Decimal

import jinja2
import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from officeflow import Template
from officeflow.document.reckoning.limits import TooMuch, members, spend, watched
from officeflow.document.template_api.sandbox import plain_environment
from tests.support.docx import docx, p, texts

CONTEXT = {
    "x": "甲 乙,丙",
    "n": 1234567.891,
    "i": 7,
    "rows": [{"a": 2, "b": "二"}, {"a": 1, "b": "一"}, {"a": 2, "b": "贰"}],
    "d": {"乙": 2, "甲": 1},
}
HARMLESS = [
    "{{ x|upper }}{{ x.upper().lower().strip() }}{{ x.split(',')|join('-') }}{{ x.replace('甲', '一') }}",
    "{{ '%.2f'|format(n) }}{{ '%05d' % i }}{{ '%s和%s' % (i, x) }}{{ '%(a)s' % {'a': i} }}{{ '100%%' % () }}",
    "{{ '{:,.2f}'.format(n) }}{{ '{0}{a}'.format(i, a=x) }}{{ '{:>5}|{:<5}|{:^5}'.format(i, i, i) }}{{ '{!r}'.format(i) }}",
    "{{ x.center(9) }}{{ x.ljust(9) }}{{ x.rjust(9, '*') }}{{ x.zfill(9) }}{{ x|center(9) }}{{ ','.join(['a', 'b']) }}",
    "{{ 'a\tb'.expandtabs(4) }}{{ x.partition(',') }}{{ x.startswith('甲') }}{{ x[0] }}{{ x[:2] }}{{ x.count('甲') }}",
    "{{ x|indent(2, true) }}{{ x|wordwrap(2) }}{{ x|truncate(3) }}{{ x|replace('甲', '一') }}{{ x|wordcount }}{{ x|title }}",
    "{{ rows|map(attribute='a')|sum }}{{ rows|sum(attribute='a') }}{{ [[1], [2]]|sum(start=[]) }}{{ rows|length }}",
    "{{ rows|sort(attribute='a')|map(attribute='b')|join('、') }}{{ rows|join('、', attribute='b') }}{{ rows|first }}",
    "{% for g in rows|groupby('a') %}{{ g.grouper }}{{ g.list|length }}{% endfor %}{{ d|dictsort }}{{ d.items()|list }}",
    "{% for b in range(7)|batch(3, '-') %}{{ b|join }}/{% endfor %}{{ range(7)|slice(3)|map('list')|list }}",
    "{% for r in rows %}{{ loop.index }}{{ loop.last }}{{ loop.cycle('a', 'b') }}{{ loop.changed(r.a) }}{% endfor %}",
    "{% set s = namespace(t=0) %}{% for r in rows %}{% set s.t = s.t + r.a %}{% endfor %}{{ s.t }}{{ dict(a=1) }}",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }}{{ m(1, 3, 4, c=5) }}",
    "{% macro m() %}<{{ caller(1) }}>{% endmacro %}{% call(v) m() %}{{ v }}{% endcall %}{% filter upper %}a{{ i }}{% endfilter %}",
    "{% set t %}甲{{ i }}{% endset %}{{ t }}{% with a = 1 %}{{ a }}{% endwith %}{{ 1 if x else 2 }}{{ i is odd }}{{ x is string }}",
    "{{ 2 ** 10 }}{{ 7 // 2 }}{{ 7 % 2 }}{{ 7 / 2 }}{{ -i }}{{ 'ab' * 3 }}{{ [1] * 3 }}{{ 'a' ~ 1 ~ x }}{{ [1] + [2] }}{{ 1 < i < 9 }}",
    "{{ n|round(1) }}{{ n|round(0, 'floor') }}{{ '12'|int + 1 }}{{ '1.5'|float }}{{ n|filesizeformat }}{{ -3|abs }}",
    "{{ d|tojson }}{{ rows|tojson(indent=2) }}{{ rows|pprint }}{{ {'a': 1}|xmlattr }}{{ 'http://a.b'|urlize }}{{ x|urlencode }}",
    "{{ cycler('a', 'b').next() }}{{ joiner('、')() }}{{ nothing }}{{ nothing|default('无') }}{{ (1, 2, 3)|last }}{{ [3, 1]|max }}",
    "{% for a in range(3) recursive %}{{ a }}{% if a == 1 %}{{ loop([8, 9]) }}{% endif %}{% endfor %}{{ [1, [2, [3]]] }}",
]


@pytest.mark.parametrize("source", HARMLESS)
def test_harmless_templates_print_what_jinja_prints(source: str) -> None:
    """The same text as Jinja's own sandbox gives."""
    expected = ImmutableSandboxedEnvironment(autoescape=True).from_string(source).render(CONTEXT)
    environment = plain_environment()
    own = source
    for plain, sign in (("{{", "\x02"), ("}}", "\x03"), ("{%", "\x04"), ("%}", "\x05")):
        own = own.replace(plain, sign)
    with watched():
        printed = environment.from_string(own.replace("\x03\x03", "}\x03")).render(CONTEXT)

    assert expected == printed


def test_exact_numbers_reckon_with_the_templates_own() -> None:
    """A float written in the template is what it says, as everywhere."""
    template = Template(docx(p("{{ n * 1.1 }} {{ 0.1 + n }} {{ n / 0.5 }} {{ n - 0.3 }}")))
    template.render({"n": Decimal("1.10")})
    document = io.BytesIO()
    template.save(document)

    assert ["1.210 1.20 2.2 0.80"] == texts(document.getvalue())


def test_passed_environment_leaves_the_shared_one_alone() -> None:
    """Each caller gets an environment of its own."""
    own = jinja2.Environment()  # noqa: S701
    own.filters["loud"] = str.upper
    plain_environment(own).filters["other"] = str.lower
    plain_environment().globals["g"] = 1

    assert {"loud", "other"}.isdisjoint(plain_environment().filters)
    assert "g" not in plain_environment().globals


def test_a_watch_inside_a_watch_is_the_same_one() -> None:
    """A value that renders another template while it is printed gets no time of its own."""
    with watched():
        spend(20_000_000)
        with pytest.raises(TooMuch), watched():
            spend(20_000_000)


def test_lists_count_with_all_inside_them() -> None:
    """As often as they would be printed."""
    inner = [1, 2]

    assert 0 == members("text")
    assert 6 == members([inner, inner])
    assert 3 == members({"a": inner})
