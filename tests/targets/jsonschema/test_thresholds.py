"""Where a test of a number changes is found to the last bit, whatever rounding does in between."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.expr import parse
from knobsmith.expr.evaluate import Values, holds
from knobsmith.resolve.scope import scope_of
from knobsmith.targets.jsonschema import algorithm_schema
from knobsmith.targets.jsonschema.thresholds import first_float_where, first_integer_where

from tests.support.compile import compile_algorithm
from tests.targets.jsonschema.agreement import Foreseen

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SPEC = """
knobsmith: 1
algorithm: example
title: Example
doc: One.
parameters:
  x: {{type: {kind}, required: true, doc: One.}}
rules:
  law: {{require: "{law}", message: broken}}
"""


@given(FINITE)
def test_the_first_float_is_the_one(limit: float) -> None:
    assert first_float_where(lambda value: value >= limit) == limit
    above = first_float_where(lambda value: value > limit)
    assert above == (None if limit == math.nextafter(math.inf, 0) else math.nextafter(limit, math.inf))


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_the_first_integer_is_the_one(limit: int) -> None:
    assert first_integer_where(lambda value: value >= limit) == limit


def test_there_may_be_none() -> None:
    assert first_float_where(lambda value: False) is None
    assert first_integer_where(lambda value: value > 2**53) is None


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize(
    "law",
    [
        "x + 0.1 <= 0.3",
        "x * 3 > 1",
        "0.7 - x < 0.1",
        "x / 3.0 >= 0.1",
        "-x + 2 > 0.5",
        "min(x, 5) * 2 < 7",
        "max(x, -1) == 4",
        "x * -0.1 != 0.3",
        "2 * (x - 1) + 0.5 > 3 && x < 10",
        "x * 1e300 > 1",
    ],
)
def test_rules_on_one_number_are_carried_to_the_last_bit(law: str, kind: str) -> None:
    pair = Foreseen(compile_algorithm(SPEC.format(law=law, kind=kind)))
    assert pair.schema["x-knobsmith"]["exact"], pair.schema["x-knobsmith"]
    for value in probes(law, kind):
        assert pair.complaint({"x": value}) is None, value


def probes(law: str, kind: str) -> list[float]:
    """Points on either side of every change of a law's outcome, next to each other where it changes."""
    expr, near = parse(law), [value / 7 for value in range(-100, 100)]
    algorithm = compile_algorithm(SPEC.format(law=law, kind=kind))
    scope = scope_of({"x": algorithm.parameters[0].domain}, {})
    if kind == "integer":
        return [*range(-100, 100), 2**53 - 1, -(2**53) + 1]

    def outcome(value: float) -> object:
        return holds(expr, Values(scope, {"x": value}))

    edges = []
    for low, high in itertools.pairwise(near):
        if outcome(low) is not outcome(high):
            edges += _edge(outcome, low, high)
    return [*near, *edges, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324]


def _edge(outcome: object, low: float, high: float) -> list[float]:
    assert callable(outcome)
    before = outcome(low)
    while math.nextafter(low, math.inf) < high:
        middle = (low + high) / 2
        low, high = (middle, high) if outcome(middle) is before else (low, middle)
    return [low, high]


def test_a_rule_on_two_numbers_is_listed_as_lost() -> None:
    spec = SPEC.replace("rules:", "  y: {{type: number, required: true, doc: Two.}}\nrules:")
    schema = algorithm_schema(compile_algorithm(spec.format(law="x < y", kind="number")))
    (loss,) = schema["x-knobsmith"]["not_carried"]
    assert (loss["code"], loss["fidelity"]) == ("rule:law", "dropped") and not schema["x-knobsmith"]["exact"]
