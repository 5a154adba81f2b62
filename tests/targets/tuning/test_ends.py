"""Which ends tuners draw, measured on ranges so short that every value comes up, against the tables of targets."""

from itertools import islice
from typing import Any

import pytest
from knobsmith.targets.registry import load_target
from knobsmith.views.tuning.space import Space

from tests.support.compile import compile_algorithm
from tests.targets.tuning.judging import faults
from tests.targets.tuning.packages import HyperParameterSet, from_spec, published

# The others measure theirs where they are tested.
OWN = ("configspace", "vizier", "wandb")
SPEC = """
knobsmith: 1
algorithm: example
title: Example
doc: One range.
parameters:
  x: {{type: {kind}, range: "(-100, 100)", default: 1, tuning: {{{tuning}}}, doc: Searched.}}
metrics:
  loss: {{direction: minimize, doc: How far off.}}
"""
INTEGERS = {
    "closed": ('range: "[-1, 2]"', {-1, 0, 1, 2}),
    "open": ('range: "(-2, 2)"', {-1, 0, 1}),
    "half open": ('range: "[3, 5)"', {3, 4}),
    "between fractions": ('range: "(0.5, 3.5]"', {1, 2, 3}),
    "one": ('range: "[4, 4]"', {4}),
    "logarithmic": ('range: "(0, 4]", scale: log', {1, 2, 3, 4}),
    "steps": ('range: "(0, 9]", step: 4', {1, 5, 9}),
    "steps that stop short": ('range: "[0, 10]", step: 4', {0, 4, 8}),
}
NUMBERS = {
    "closed": ('range: "[1, 1.0000000000000002]"', {1.0, 1.0000000000000002}),
    "open below": ('range: "(1, 1.0000000000000004]"', {1.0000000000000002, 1.0000000000000004}),
    "open above": ('range: "[-1, -0.9999999999999998)"', {-1.0, -0.9999999999999999}),
    "open at 0": ('range: "(0, 1e-323]"', {5e-324, 1e-323}),
    "one": ('range: "[0.5, 0.5]"', {0.5}),
    "one below an open end": ('range: "(0.5, 0.5000000000000001]"', {0.5000000000000001}),
    "steps": ('range: "[0.5, 1]", step: 0.25', {0.5, 0.75, 1.0}),
    "steps from an open end": ('range: "(0, 0.5]", step: 0.25', {5e-324, 0.25, 0.5}),
}
CASES = [
    *(pytest.param("integer", *case, id=f"integers {name}") for name, case in INTEGERS.items()),
    *(pytest.param("number", *case, id=f"numbers {name}") for name, case in NUMBERS.items()),
]


@pytest.mark.parametrize(("kind", "tuning", "values"), CASES)
@pytest.mark.parametrize("back_end", OWN)
def test_a_short_range_gives_all_its_values_and_no_other(
    back_end: str, kind: str, tuning: str, values: set[float]
) -> None:
    with from_spec(SPEC.format(kind=kind, tuning=tuning), back_end) as generated:
        assert {config["x"] for config in islice(generated.draws("example", {}), 1000)} == values


WIDE = {
    "linear": 'range: "(0.1, 9)", scale: linear',
    "logarithmic": 'range: "[1e-8, 0.7)", scale: log',
    "logarithmic from far below": 'range: "[1e-300, 1e-12]", scale: log',
    "near 1": 'range: "[0.3, 0.99999999]", scale: reverse-log',
    "far out": 'range: "[99.99999999999, 99.999999999991]"',
}


@pytest.mark.parametrize("tuning", [pytest.param(tuning, id=name) for name, tuning in WIDE.items()])
@pytest.mark.parametrize("back_end", OWN)
def test_no_draw_leaves_a_range(back_end: str, tuning: str) -> None:
    text = SPEC.format(kind="number", tuning=tuning)
    space = Space(compile_algorithm(text))
    with from_spec(text, back_end) as generated:
        client = generated.client("example")
        for config in islice(generated.draws("example", {}), 2000):
            assert faults(space, client, {}, config) == []


@pytest.mark.parametrize("tuning", [pytest.param(tuning, id=name) for name, tuning in WIDE.items()])
def test_the_extreme_shares_of_a_sweep_stay_inside(tuning: str) -> None:
    text = SPEC.format(kind="number", tuning=tuning)
    (tuned,) = Space(compile_algorithm(text)).tuned.values()
    axis: Any = tuned.axes[-1].axis
    with from_spec(text, "wandb") as generated:
        (parameter,) = _sweep(published(generated, "example"))
    for share in (0.0, 5e-324, 1e-16, 0.5, 1 - 2**-52, 1 - 2**-53):
        assert axis.low <= float(parameter.ppf(share)) <= axis.high


MEASURED = {
    "integer": 'range: "[1, 3]"',
    "integer by log": 'range: "[1, 3]", scale: log',
    "integer by step": 'range: "[1, 5]", step: 2',
    "number": 'range: "[1, 1.0000000000000002]"',
    "number by log": 'range: "[1, 1.0000000000000002]", scale: log',
    "number by step": 'range: "[1, 2]", step: 0.5',
}


@pytest.mark.parametrize("back_end", OWN)
def test_the_table_of_ends_is_what_is_measured(back_end: str) -> None:
    ends: Any = getattr(load_target(back_end), "ends", None)
    assert ends.keys() == MEASURED.keys()
    for kind, tuning in MEASURED.items():
        text = SPEC.format(kind=kind.split()[0], tuning=tuning)
        (tuned,) = Space(compile_algorithm(text)).tuned.values()
        axis: Any = tuned.axes[-1].axis
        with from_spec(text, back_end) as generated:
            drawn = {config["x"] for config in islice(generated.draws("example", {}), 1000)}
        assert (axis.low in drawn, axis.high in drawn) == ends[kind], kind


def _sweep(document: Any) -> Any:

    return HyperParameterSet.from_config(dict(document)["parameters"])
