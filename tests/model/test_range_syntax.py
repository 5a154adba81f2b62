"""Ranges as text: what they mean, and what is said about a text that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.expr.syntax import ContextName, FieldOf, Name
from knobsmith.model.domain import Bound, Interval, Range
from knobsmith.model.range_syntax import RangeSyntaxError, parse_range, print_range

from tests.strategies import ranges


def interval(lower: Bound, upper: Bound) -> Range:
    return Range(intervals=(Interval(lower=lower, upper=upper),))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("[1, inf)", interval(Bound(value=1, closed=True), Bound())),
        ("(-inf, 0)", interval(Bound(), Bound(value=0))),
        (" ( 0 ,1e-6 ] ", interval(Bound(value=0), Bound(value=1e-6, closed=True))),
        ("[1, epochs]", interval(Bound(value=1, closed=True), Bound(name=Name("epochs"), closed=True))),
        ("(image_shape.height, inf)", interval(Bound(name=FieldOf(Name("image_shape"), "height")), Bound())),
        ("[0, context.cores]", interval(Bound(value=0, closed=True), Bound(name=ContextName("cores"), closed=True))),
        ("[0, context.box.w)", interval(Bound(value=0, closed=True), Bound(name=FieldOf(ContextName("box"), "w")))),
        ("[0, drop-rate]", interval(Bound(value=0, closed=True), Bound(name=Name("drop-rate"), closed=True))),
        ("[0, `a.b`.c]", interval(Bound(value=0, closed=True), Bound(name=FieldOf(Name("a.b"), "c"), closed=True))),
        ("[0, `inf`]", interval(Bound(value=0, closed=True), Bound(name=Name("inf"), closed=True))),
    ],
)
def test_an_interval_means_its_two_ends(text: str, meaning: Range) -> None:
    assert parse_range(text) == meaning


def test_points_are_intervals_closed_at_both_ends() -> None:
    zero, two = (Bound(value=value, closed=True) for value in (0, 2))
    pieces = parse_range("{0, 2} | (2, 10]").intervals
    assert pieces[:2] == (Interval(lower=zero, upper=zero), Interval(lower=two, upper=two))
    assert print_range(Range(intervals=pieces)) == "{0, 2} | (2, 10]"


@pytest.mark.parametrize(
    ("text", "wrong", "advice"),
    [
        ("", "", "write an interval"),
        ("1, 2", "1", "write an interval"),
        ("[1", "", "separate"),
        ("[1, 2", "", "`]`"),
        ("[1; 2]", ";", "`,`"),
        ("[1 2]", "2", "`,`"),
        ("[0,1, 0.5]", ",", "write `0.1` with a point"),
        ("(0, 0,5]", ",", "write `0.5` with a point"),
        ("[-0,5, 0,5)", ",", "write `-0.5` and `0.5` with a point"),
        ("[0,1; 0,5]", ";", "write `0.1` and `0.5` with a point"),
        ("[1, 2, 3]", ",", "`]`"),
        ("[1, 2] [3, 4]", "[", "`|`"),
        ("[1, 2] |", "", "write an interval"),
        ("[0, inf]", "]", "`inf)`"),
        ("[-inf, 0)", "[", "`(-inf`"),
        ("(inf, 0)", "inf", "`-inf`"),
        ("(0, -inf)", "-inf", "`inf`"),
        ("[0, ∞)", "∞", "`inf`"),
        ("[.5, 1]", ".5", "`0.5`"),
        ("[012, 20]", "012", "JSON"),
        ("[1_000, 2]", "1_000", "JSON"),
        ("[+1, 2]", "+1", "JSON"),
        ("[1, 1e999)", "1e999", "`inf`"),
        ("[1, 2 * x]", "*", "rule"),
        ("[1, -x]", "-", "a name"),
        ("[1, context]", "]", "context.NAME"),
        ("[1, a.]", "]", "field"),
        ("[1, `a b`]", "`a b`", "letters"),
        ("{}", "}", "numbers"),
        ("{1, a}", "a", "numbers"),
        ("{1", "", "`}`"),
        ("[1, x] | [5, 6]", "x", "numbers"),
    ],
)
def test_what_is_no_range_is_shown_at_its_place(text: str, wrong: str, advice: str) -> None:
    with pytest.raises(RangeSyntaxError) as caught:
        parse_range(text)
    assert text[caught.value.start : caught.value.end] == wrong
    assert advice in caught.value.help


def test_a_name_knows_its_place() -> None:
    upper = parse_range("[1, image_shape.height]").intervals[0].upper
    assert upper.name is not None
    assert upper.name.span == (4, 22)


@given(ranges())
def test_reading_a_printed_range_gives_it_back(range: Range) -> None:
    text = print_range(range)
    assert parse_range(text) == range
    assert print_range(parse_range(text)) == text


@given(st.text("[](){},|.-+eE019 ainfcontext`_", max_size=16))
def test_any_text_is_a_range_or_an_error_within_it(text: str) -> None:
    try:
        range = parse_range(text)
    except RangeSyntaxError as problem:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message
        assert problem.help
    else:
        assert parse_range(print_range(range)) == range
