"""The witness that is shown for a range that leaves a domain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from knobsmith.model.domain import Domain, Range
from knobsmith.model.intervals import holds, point_outside
from knobsmith.model.membership import contains
from knobsmith.model.range_syntax import parse_range

from tests.strategies import ranges


@pytest.mark.parametrize(
    ("tuned", "valid", "witness"),
    [
        ("(0, 0.999]", "(0, 0.95]", 0.999),
        ("[0, 0.999]", "(0, 1]", 0),
        ("(0, 1.2]", "(0, 1]", 1.2),
        ("(0, 1.2)", "(0, 1]", 1.1),
        ("(0, 0.999)", "(0, 0.95]", 0.97),
        ("(0, 1e-7]", "[1e-7, 1]", 5e-8),
        ("[0, 10]", "[0, 1] | [9, 10]", 5),
        ("(-3, 1]", "(0, 1]", 0),
        ("(0, inf)", "(0, 1]", 2),
        ("(0, 1]", "(0, 1]", None),
    ],
)
def test_it_is_an_end_of_the_range_or_short(tuned: str, valid: str, witness: float | None) -> None:
    domain = Domain(kind="number", range=parse_range(valid))
    assert point_outside(parse_range(tuned), domain) == witness


@pytest.mark.parametrize(
    ("tuned", "valid", "witness"),
    [
        ("[1, 100]", "[1, 64]", 100),
        ("[0, 100]", "[1, 64]", 0),
        ("[1, 9]", "[1, 3] | [5, 9]", 4),
        ("[1, 9]", "[1, 9]", None),
    ],
)
def test_of_integers_too(tuned: str, valid: str, witness: int | None) -> None:
    domain = Domain(kind="integer", range=parse_range(valid))
    assert point_outside(parse_range(tuned), domain) == witness


@given(ranges(constant=True), ranges(constant=True), st.sampled_from([0, 0.5, 1, -3, 1e9]))
def test_it_lies_in_the_range_and_not_in_the_domain(tuned: Range, valid: Range, tried: float) -> None:
    domain = Domain(kind="number", range=valid)
    witness = point_outside(tuned, domain)
    if witness is None:
        assert not holds(tuned, tried) or contains(domain, tried)
    else:
        assert isinstance(witness, (int, float))
        assert holds(tuned, witness)
        assert not contains(domain, witness)
