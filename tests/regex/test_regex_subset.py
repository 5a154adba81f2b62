"""What the common subset of regular expressions holds, and what it says about the rest."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.regex import RegexSyntaxError, anchored, groups, parse, search, to_python

from tests.strategies_regex import patterns


@pytest.mark.parametrize(
    ("pattern", "part", "advice"),
    [
        ("(?=a)", "(?=", "two facts"),
        ("a(?!b)", "(?!", "what is allowed"),
        ("(?<=a)b", "(?<", "use `(...)`"),
        ("(?<x>a)", "(?<", "use `(...)`"),
        ("(?P<x>a)", "(?P", "use `(...)`"),
        ("(?i)a", "(?i", "[aA]"),
        ("(?>a)", "(?>", "(?:...)"),
        (r"(a)\1", r"\1", "spell it out"),
        (r"\bword", r"\b", "spell out"),
        (r"\p{Lu}", r"\p", "list the characters"),
        (r"\u0041", r"\u", "the character itself"),
        (r"\Aa", r"\A", "write `^`"),
        (r"a\Z", r"\Z", "write `$`"),
        (r"\q", r"\q", "the character itself"),
        (r"\x4", r"\x", r"\x0A"),
        ("a**", "*", "(?:...)"),
        ("a*+", "+", "some engines only"),
        ("a{2}{3}", "{3}", "(?:...)"),
        ("a{1001}", "{1001}", "at most 1,000"),
        ("a{3,2}", "{3,2}", "{2,3}"),
        ("a{,3}", "{", r"\{"),
        ("{x}", "{", r"\{"),
        ("a}", "}", r"\}"),
        ("a]", "]", r"\]"),
        ("*a", "*", r"\*"),
        ("^*", "^*", "repeat characters"),
        ("(a", "(", r"\("),
        ("a)", ")", r"\)"),
        ("[a", "[", r"\["),
        ("[]a]", "]", r"\]"),
        ("[[:alpha:]]", "[", r"\["),
        ("[z-a]", "z-a", "swap"),
        (r"[\d-z]", r"\d-z", r"\-"),
        ("[a-b-c]", "-", r"\-"),
        ("\\", "\\", "\\\\"),
    ],
)
def test_what_engines_read_differently_is_refused_at_its_place(pattern: str, part: str, advice: str) -> None:
    with pytest.raises(RegexSyntaxError) as caught:
        parse(pattern)
    assert pattern[caught.value.start : caught.value.end] == part
    assert advice in caught.value.help


@pytest.mark.parametrize("pattern", ["(a{100}){11}", "((a{10}){10}){11}", "(?:[a-z]{1,500}){500}", "(" * 33 + ")" * 33])
def test_a_pattern_that_would_grow_or_nest_too_far_is_refused(pattern: str) -> None:
    with pytest.raises(RegexSyntaxError):
        parse(pattern)


def test_a_pattern_of_many_characters_is_refused_where_it_becomes_too_long() -> None:
    with pytest.raises(RegexSyntaxError) as caught:
        parse("a" * 2001)
    assert (caught.value.start, caught.value.end) == (2000, 2001)


@pytest.mark.parametrize(
    ("pattern", "is_anchored"),
    [
        ("^a$", True),
        ("^a$|^b$", True),
        ("^(a|b)$", True),
        ("(^a|^b)$", True),
        ("^(?:a$|b$)", True),
        ("^a|b$", False),
        ("^a", False),
        ("a$", False),
        ("", False),
        ("(^a$)?", False),
        (r"^a\$", False),
    ],
)
def test_anchored_asks_every_alternative(pattern: str, is_anchored: bool) -> None:
    assert anchored(pattern) is is_anchored


@pytest.mark.parametrize(("pattern", "count"), [("a", 0), ("(a)", 1), ("(?:a)", 0), ("((a)|(b))+", 3), (r"\(a\)", 0)])
def test_groups_counts_what_captures(pattern: str, count: int) -> None:
    assert groups(pattern) == count


@given(patterns())
def test_groups_agrees_with_python(pattern: str) -> None:
    assert groups(pattern) == re.compile(to_python(pattern)).groups


@given(st.text("ab()[]{}|^$*+?.\\dwsx01,-:=!<>", max_size=12))
def test_any_text_is_a_pattern_or_an_error_within_it(text: str) -> None:
    try:
        node = parse(text)
    except RegexSyntaxError as problem:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message
        assert problem.help
    else:
        re.compile(to_python(text))
        assert parse(to_python(text).replace(r"\Z", "$")) == node


def test_searching_takes_time_linear_in_the_text() -> None:
    assert not search("^(a+)+$", "a" * 5000 + "b")
    assert search("(x+x+)+y", "x" * 2000 + "y")
