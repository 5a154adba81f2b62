"""No text leaves its literal, docstring or comment, and what is too long is broken into lines."""

import ast
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from knobsmith.targets.python_conditions import broken, joints, negated
from knobsmith.targets.source_text import WIDTH, docstring, docstring_line, literal, source

HOSTILE = [
    '"""',
    "'''",
    '\\"',
    "\\",
    '"',
    "'",
    "\n",
    "\r",
    "\x00",
    "{{ x }}",
    "\u2028",
    "#",
    "x\\",
    '"""\nimport os\n"""',
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.lists(st.sampled_from([*HOSTILE, "a b"])).map("".join))
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts)
values = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner).map(tuple), st.dictionaries(texts, inner)), max_leaves=12
)


@given(values)
def test_a_literal_is_the_value(value: Any) -> None:
    assert ast.literal_eval(literal(value)) == value


@given(values, st.sampled_from(["", "    "]))
def test_broken_source_is_the_value(value: Any, margin: str) -> None:
    assert ast.literal_eval(source(value, margin)) == value


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), min_size=1, max_size=80).map(" ".join))
def test_source_and_docstrings_keep_to_the_width(text: str) -> None:
    lines = [*source({"key": (text,)}).splitlines(), *docstring(text, "    ").splitlines()]
    assert max(map(len, lines)) <= WIDTH


@given(texts, st.sampled_from(["", "    "]))
@example('"', "")
@example("a\\", "")
@example('x """ y', "    ")
def test_a_docstring_is_one_string_and_nothing_else(text: str, margin: str) -> None:
    code = f"class X:\n{docstring(text, '    ')}\n" if margin else docstring(text)
    module = ast.parse(code)
    body = module.body[0].body if isinstance(module.body[0], ast.ClassDef) else module.body
    (statement,) = body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    assert isinstance(statement.value.value, str)


@given(texts)
def test_a_docstring_shows_the_words(text: str) -> None:
    if text.isprintable():
        (statement,) = ast.parse(f'"""{docstring_line(text)}"""').body
        assert isinstance(statement, ast.Expr)
        assert isinstance(statement.value, ast.Constant)
        assert str(statement.value.value).split() == text.split()


def test_conditions_are_broken_before_the_words_that_join_them() -> None:
    condition = " and ".join(f'name_{number} in ("a and b", "c(")' for number in range(6))
    lines = broken("if ", condition, ":", "    ")
    assert lines[0] == "    if ("
    assert lines[2] == '        and name_1 in ("a and b", "c(")'
    assert lines[-1] == "    ):"
    assert " ".join(joints(condition)) == condition


def test_a_condition_is_turned_round_in_its_own_words() -> None:
    turned = {
        "x == 3": "x != 3",
        "x in (1, 2)": "x not in (1, 2)",
        "x is True": "x is not True",
        "x >= 1": "x < 1",
        "1 <= x <= 2": "not 1 <= x <= 2",
        'x == " in "': 'x != " in "',
        "x.__class__ is not str": "not x.__class__ is not str",
        "x and y": "not (x and y)",
        "True": "False",
    }
    assert {test: negated(test) for test in turned} == turned
