"""The renderings mean what our own search says, in Python's engine and in one that reads ECMAScript."""

import json
import re

import jsonschema_rs
import pytest
from hypothesis import example, given
from knobsmith.regex import search, to_ecma, to_python

from tests.strategies_regex import patterns, texts


@given(patterns(), texts())
@example("a$", "a\n")
@example(".", "\r")
@example(".", "\u2028")
@example(r"\d", "٣")
@example(r"\s", "\v")
@example("^.$", "😀")
@example("[^a]", "😀")
def test_python_searches_as_we_do(pattern: str, text: str) -> None:
    assert (re.search(to_python(pattern), text) is not None) is search(pattern, text)


@given(patterns(), texts())
@example("^.$", "😀")
@example("a$", "a\n")
@example(r"[\-\]]", "-")
def test_json_schema_searches_as_we_do(pattern: str, text: str) -> None:
    is_valid = jsonschema_rs.is_valid({"type": "string", "pattern": to_ecma(pattern)}, text)
    assert is_valid is search(pattern, text), json.dumps([to_ecma(pattern), text])


@pytest.mark.parametrize(
    ("pattern", "python", "ecma"),
    [
        (r"^\d+$", r"^[0-9]+\Z", "^[0-9]+$"),
        (r"acc=(.*?);", r"acc=([^\n]*?);", r"acc=([^\n]*?);"),
        (r"[^\s,]", r"[^\t\n\f\r ,]", r"[^\t\n\f\r ,]"),
        (r"\_\-\/", r"_-\/", r"_-\/"),
        (r"[\]\-^]", r"[\-\]\^]", r"[\-\]\^]"),
        ("\x07", r"\x07", r"\u{7}"),
        ("[\\s\\S]", "[\\s\\S]", "[\\s\\S]"),
    ],
)
def test_renderings_stay_readable(pattern: str, python: str, ecma: str) -> None:
    assert to_python(pattern) == python
    assert to_ecma(pattern) == ecma
