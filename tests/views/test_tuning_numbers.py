"""The next number that a format holds, the ends of ranges, steps, and the pieces between constants."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.expr import parse
from knobsmith.model.domain import Bound, Precision
from knobsmith.views.tuning.axes import Numbers, steps_between
from knobsmith.views.tuning.floats import next_above, next_below
from knobsmith.views.tuning.pieces import cuts, pieces

SINGLES = st.floats(allow_nan=False, allow_infinity=False, width=32).filter(lambda x: abs(x) < 3.4e38)
DOUBLES = st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: abs(x) < 1.7e308)


@given(DOUBLES)
def test_the_next_double_is_what_numpy_says(value: float) -> None:
    assert next_above(value, "float64") == np.nextafter(value, np.inf)
    assert next_below(value, "float64") == np.nextafter(value, -np.inf)


@given(SINGLES)
def test_the_next_single_is_what_numpy_says(value: float) -> None:
    assert next_above(value, "float32") == float(np.nextafter(np.float32(value), np.float32(np.inf)))
    assert next_below(value, "float32") == float(np.nextafter(np.float32(value), np.float32(-np.inf)))


@given(st.floats(-1e30, 1e30))
def test_the_next_single_of_a_double_between_two_is_the_nearer_end(value: float) -> None:
    above, below = next_above(value, "float32"), next_below(value, "float32")
    assert below < value < above
    assert float(np.float32(above)) == above
    assert float(np.float32(below)) == below
    # No single lies between, but for the number itself.
    middle = float(np.nextafter(np.float32(below), np.float32(np.inf)))
    assert middle in (above, value)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_zero_has_the_smallest_number_beside_it(precision: Precision) -> None:
    smallest = 5e-324 if precision == "float64" else 2.0**-149
    assert next_above(0.0, precision) == next_above(-0.0, precision) == smallest
    assert next_below(0.0, precision) == -smallest


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e3), st.integers(0, 500))
def test_the_last_step_is_inside_and_the_next_one_is_not(low: float, step: float, count: int) -> None:
    high = low + count * step
    found = steps_between(low, high, step)
    assert low + found * step <= high < low + (found + 1) * step


ENDS = st.floats(-100, 100, allow_subnormal=False).map(lambda x: round(x, 2))
OPERATORS = st.sampled_from(("<", "<=", ">", ">=", "==", "!="))


def _axis(low: float, high: float, low_closed: bool, high_closed: bool, is_integer: bool) -> Numbers:
    lower, upper = Bound(value=low, closed=low_closed), Bound(value=high, closed=high_closed)
    whole = Numbers(is_integer, math.floor(low) if is_integer else low, math.ceil(high), lower, upper)
    return whole.between(lower, upper)


@given(st.data(), st.booleans())
def test_pieces_cover_an_axis_and_conditions_do_not_change_within_one(data: st.DataObject, is_integer: bool) -> None:
    low, high = sorted((data.draw(ENDS), data.draw(ENDS)))
    axis = _axis(low, high, data.draw(st.booleans()), data.draw(st.booleans()), is_integer)
    if axis.low > axis.high:
        return
    texts = [f"x {data.draw(OPERATORS)} {data.draw(ENDS)}" for _ in range(data.draw(st.integers(1, 3)))]
    places = cuts("x", map(parse, texts))
    assert places is not None
    parts = list(pieces(axis, places))
    assert (parts[0].low, parts[-1].high) == (axis.low, axis.high)
    for before, after in pairwise(parts):
        next_one = before.high + 1 if is_integer else float(np.nextafter(before.high, np.inf))
        assert after.low == next_one
    for part in parts:
        for text in texts:
            points = [part.low, part.high, _inside(part)]
            assert len({eval(text, {"x": point}) for point in points}) == 1, (text, part)


def _inside(part: Numbers) -> float:
    middle = (part.low + part.high) / 2
    return math.floor(middle) if part.is_integer else min(max(middle, part.low), part.high)


@pytest.mark.parametrize("text", ["x + 1 > 2", "x > y", "x * x < 4", "x in [y]"])
def test_what_computes_with_a_number_has_no_places_at_which_it_changes(text: str) -> None:
    assert cuts("x", [parse(text)]) is None


@pytest.mark.parametrize("text", ["has(x)", 'x == "auto"', "y > 3", "has(x) && y"])
def test_what_does_not_compare_a_number_with_a_constant_cuts_nowhere(text: str) -> None:
    assert cuts("x", [parse(text)]) == frozenset()


@given(st.integers(-50, 50), st.integers(1, 7), st.integers(0, 40), st.integers(-60, 260))
def test_pieces_of_steps_hold_values_of_the_grid_only(low: int, step: int, count: int, cut: int) -> None:
    high = low + count * step
    whole = Numbers(True, low, high, Bound(value=low, closed=True), Bound(value=high, closed=True), "linear", step)
    places = cuts("x", [parse(f"x > {cut}")])
    assert places is not None
    found = [part.low + place * step for part in pieces(whole, places) for place in range(part.count or 0)]
    assert found == list(range(low, high + 1, step))
