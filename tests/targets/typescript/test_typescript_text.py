"""What no text of a spec can do to the source that is generated."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.targets.typescript.source_text import broken, doc_comment, key_text, literal, source
from knobsmith.views.typescript_names import camel, typescript_names

from tests.targets.typescript.fixture import Json, awkward, node, number

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | st.just("__proto__"), inner, max_size=4),
    max_leaves=20,
)


def test_literals_mean_the_value() -> None:
    values: list[Json] = []

    @given(VALUES)
    def gather(value: Json) -> None:
        values.append(value)

    gather()
    script = "".join(f"show({literal(value)}); show({source(value)});\n" for value in values)
    told = node(["-"], f"const show = (value) => console.log(JSON.stringify(value));\n{script}").split("\n")
    for place, value in enumerate(values):
        on_one_line, broken_up = (json.loads(line, parse_int=number) for line in told[2 * place : 2 * place + 2])
        assert on_one_line == broken_up == value


@given(TEXTS.map(lambda text: f"{text}*/ {text}"))
def test_comments_end_where_they_end(text: str) -> None:
    comment = doc_comment(text)
    assert comment.count("*/") == 1
    assert comment.endswith("*/\n")


@pytest.mark.parametrize(
    ("name", "key"), [("epochs", "epochs"), ("vgg-16", '"vgg-16"'), ("k.means", '"k.means"'), ("class", "class")]
)
def test_keys_are_the_names(name: str, key: str) -> None:
    assert key_text(name) == key


def test_namespaces_and_variables_are_no_keywords() -> None:
    (names,) = typescript_names((awkward(),))
    assert camel("image-classification") == "imageClassification"
    variables = list(names.locals.values())
    assert len({*variables, *names.context_locals.values()}) == len(variables) + len(names.context_locals)
    assert {"default", "class", "in", "undefined", "state", "row", "UNKNOWN"}.isdisjoint(variables)


def test_long_conditions_are_broken_at_their_loosest_operator() -> None:
    parts = [f'(name_{number} === "a || b" && other_{number} > 1)' for number in range(5)]
    first, *lines, last = broken("if (", " || ".join(parts), ") {", "  ")
    assert (first, last) == ("  if (", "  ) {")
    assert lines == [f"    {part} ||" for part in parts[:-1]] + [f"    {parts[-1]}"]
