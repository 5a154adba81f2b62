"""Domains in words, for messages and comments."""

import pytest
from knobsmith.views.wording import domain_in_words

from tests.support.compile import compile_algorithm

SPEC = """knobsmith: 1
algorithm: example
title: Example
doc: Made for a test.
parameters:
  x: {%s, if_unset: none, doc: X.}
"""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("type: boolean", "any boolean"),
        ("type: number, range: '(0, 1]'", "`(0, 1]`"),
        ("type: integer, range: '[0, 64]', multiple_of: 32", "`[0, 64]` and a multiple of 32"),
        ("type: string, length: '[1, 8]'", "`[1, 8]` characters"),
        ("type: number, range: '(0, 1]', special: {auto: As it comes.}", "`(0, 1]`, or `auto`"),
        ("type: list, items: {type: number}", "a list of numbers"),
        (
            "type: list, items: {type: integer, range: '[1, inf)'}, fields: [channels, height, width]",
            "a list of 3 integers: `channels`, `height`, `width`; each in `[1, inf)`",
        ),
        (
            "type: list, items: {type: integer, range: '[1, 9]'}, length: '[1, 3]', unique: true, increasing: true",
            "a list of integers; their number in `[1, 3]`; each in `[1, 9]`; none twice; increasing",
        ),
        (
            "type: list, items: {type: string, values: {a: One., b: Two.}}, special: {all: Both.}",
            "a list of strings; each `a` or `b`; or `all`",
        ),
        (
            "type: list, wire: json, items: {type: list, items: {type: integer, range: '[0, inf)'}}",
            "a list of lists; each a list of integers; each in `[0, inf)`",
        ),
    ],
)
def test_a_domain_is_said_whole(facts: str, words: str) -> None:
    assert domain_in_words(compile_algorithm(SPEC % facts).parameters[0].domain) == words
