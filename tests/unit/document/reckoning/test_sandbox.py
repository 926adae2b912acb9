"""A template reckons, compares, loops and prints; it never reaches Python and never fills the memory."""

import pytest

from officeflow.document.render.composing import compose
from tests.support.docx import docx, p
from tests.support.figures import ORIGIN, STANDARD

OUT_OF_REACH = [
    "{{ ''.__class__ }}",
    "{{ 捐款.__class__ }}",
    "{{ 捐款['__class__'] }}",
    "{{ 捐款._figure }}",
    "{{ 捐款.figure }}",
    "{{ 帮办|map(attribute='_figure')|list }}",
    "{{ range.__globals__ }}",
    "{{ _print.__self__ }}",
    "{{ _section.__func__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{% for 行 in 帮办 %}{{ loop._iterable }}{% endfor %}",
    "{{ lipsum }}",
    "{{ cycler }}",
    "{{ namespace(a=1) }}",
    "{{ '{0.__class__}'.format(捐款) }}",
    "{{ '%s'|format(捐款) }}",
    "{{ '%s' % 捐款 }}",
    "{{ 捐款|attr('__class__') }}",
    "{{ [].append(1) }}",
]
TOO_MUCH = [
    "{{ range(100000000)|length }}",
    "{{ range(10 ** 30)|length }}",
    "{{ 'a' * 100000000 }}",
    "{{ [1] * 100000000 }}",
    "{{ '%0999999999d' % 1 }}",
    "{{ 9 ** 9999999 }}",
    "{{ 1e999 }}",
    "{{ 捐款|万(places=99999) }}",
    "{% set n = 999 %}" + "{% set n = n * n %}" * 20 + "{{ n }}",
    "{% set s = 'aaaaaaaa' %}" + "{% set s = s + s %}" * 30 + "{{ s|length }}",
    "{% set s = [1] %}" + "{% set s = s + s %}" * 30 + "{{ s|length }}",
    "{% for 行 in 帮办 recursive %}{{ loop(帮办) }}{% endfor %}",
]


@pytest.mark.parametrize("body", OUT_OF_REACH + TOO_MUCH)
def test_each_attempt_alone_is_refused_in_words(body: str):
    """Nothing is printed and nothing stops: there is a finding for the template's author."""
    outcome = compose(docx(p(body)), STANDARD, origins=(ORIGIN,))

    assert outcome.value is None
    assert outcome.findings
