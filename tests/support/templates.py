"""Strategies for templates: tags in any order, and blocks that end where they should."""

from __future__ import annotations

from hypothesis import Phase
from hypothesis import strategies as st

PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)  # it takes minutes here
TEXTS = st.text(st.characters() | st.sampled_from("<>&\"'{}%#\n\t\a\f\x00\x0e\ufffe｛％‘”"), max_size=12)
PIECES = st.sampled_from(
    [
        "{{ a }}", "{{ b.c }}", "{{ a|upper }}", "{% if a %}", "{% else %}", "{% endif %}", "{%p if a %}",
        "{%p endif %}", "{% for x in l %}", "{{ x }}", "{% endfor %}", "{%tr for x in l %}", "{%tr endfor %}",
        "{%tc for x in l %}", "{%tc endfor %}", "{{p a }}", "{{r a }}", "{{tc a }}", "{{tr a }}", "{% vm %}",
        "{% hm %}", "{% colspan n %}", "{% cellbg c %}", "{%- if a -%}", "{%- endif -%}", "{# c #}", "{#p c #}",
        "{% raw %}", "{% endraw %}", "{% set y = 1 %}", "{% set z %}", "{% endset %}", "{{ z }}",
        "{% macro m() %}", "{% endmacro %}", "{{ m() }}", "{% filter upper %}", "{% endfilter %}",
        "{% call m() %}", "{% endcall %}", "{{", "}}", "{%", "{#", "｛｛ a ｝｝", "{_{ a }_}", "字", " ", "¦",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=5).map("".join)
WRAPS = st.sampled_from(
    [
        ("{% if a %}", "{% endif %}"), ("{% if not a %}", "{% else %}否{% endif %}"), ("{% for x in l %}", "{% endfor %}"),
        ("{% filter upper %}", "{% endfilter %}"), ("{% set z %}", "{% endset %}{{ z }}"),
        ("{% macro m() %}", "{% endmacro %}{{ m() }}"), ("{% with x = 1 %}", "{% endwith %}"), ("¦*", "¦"),
        ("{% macro n() %}[{{ caller() }}]{% endmacro %}{% call n() %}", "{% endcall %}"),
    ]
)  # fmt: skip
SOUND = st.recursive(
    st.sampled_from(
        [
            "{{ a }}",
            "{{r x }}",
            "{{- n -}}",
            "字",
            " ",
            "{# c #}",
            "{_{ a }_}",
            "{{ f }}",
            "{% raw %}{{ x }}{% endraw %}",
        ]
    ),
    lambda inside: (
        st.builds(
            lambda wrap, pieces: wrap[0] + "".join(pieces) + wrap[1], WRAPS, st.lists(inside, max_size=3)
        )
        | st.lists(inside, max_size=3).map("".join)
    ),
    max_leaves=6,
)
AROUND = st.sampled_from(["if a", "if not a", "for x in l", "with x = 1"])


def _wrapped(scope: str, around: str, lines: list[str]) -> list[str]:
    return [f"{{%{scope} {around} %}}", *lines, f"{{%{scope} end{around.split(maxsplit=1)[0]} %}}"]


SOUND_LINES = st.recursive(
    SOUND.map(lambda line: [line]),
    lambda inside: (
        st.builds(lambda around, lines: _wrapped("p", around, lines), AROUND, inside)
        | st.tuples(inside, inside).map(lambda two: [*two[0], *two[1]])
    ),
    max_leaves=4,
)
ROWS = st.builds(
    lambda around, cells, extra: (
        [[line] if line.startswith("{%tr") else cells for line in _wrapped("tr", around, ["x"])] + extra
    ),
    AROUND,
    st.lists(
        SOUND | st.sampled_from(["{% vm %}甲", "{% hm %}甲", "{% colspan n %}甲", "{% cellbg c %}甲"]),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.builds(lambda around, cell: _wrapped("tc", around, [cell]), AROUND, SOUND), max_size=2),
)
