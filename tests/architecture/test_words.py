"""Words for people live in TOML, kits and text/: never in code."""

import ast
import re
from collections.abc import Iterator

from tests.support.source import MODULES, PACKAGE, name_of, tree

# A label has up to four 汉字 (上旬, 合计, 三级标题); five in a row, or punctuation after one, is a sentence.
SENTENCE = re.compile(r"[\u3400-\u9fff]{5}|[\u3400-\u9fff][，。；：！？]")
CODE = [path for path in MODULES if not path.is_relative_to(PACKAGE / "text")]


def docstrings(module: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings that stand alone as statements: docstrings and notes under attributes."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def test_code_holds_no_sentence_for_people():
    """A sentence in a .py string cannot be found by those who word the messages."""
    assert {} == {name_of(path): sentences for path in CODE if (sentences := sentences_in(tree(path)))}


def sentences_in(module: ast.Module) -> list[str]:
    described = set(docstrings(module))
    return [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in described and SENTENCE.search(node.value)
    ]
