"""What a configuration comes to before a client is there is what a verdict says of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knobsmith.expr import UNKNOWN
from knobsmith.judging import Judge
from knobsmith.views.tuning.effects import Consequences

from tests.drawn_configs import Draws
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm

SPEC = """
knobsmith: 1
algorithm: example
title: T
doc: D.
parameters:
  epochs: {type: integer, range: "[1, 100]", default: 30, doc: Passes.}
  kind: {type: string, values: {plain: A., short: B.}, default: plain, doc: Kind.}
  every:
    type: integer
    range: "[1, epochs]"
    special: {50: in the middle}
    default: 1
    cases: [{when: kind == "short", range: "[1, 60]"}]
    doc: Passes between two copies.
  rate: {type: number, range: "(0, 1]", if_unset: measured, forbidden_when: kind == "short", doc: Size of a step.}
  size: {type: integer, required: true, doc: Size.}
rules:
  small: {require: size < epochs, message: too large}
"""


@pytest.mark.parametrize(
    ("config", "is_refused"),
    [
        ({"every": 31}, True),
        ({"every": 50}, False),
        ({"every": 61, "epochs": 90, "kind": "short"}, True),
        ({"every": 40, "kind": "short"}, True),
        ({"rate": 0.5, "kind": "short"}, True),
        ({"rate": UNKNOWN, "kind": "short"}, True),
        ({"rate": UNKNOWN}, False),
        ({"size": 40}, True),
        ({"size": 40, "epochs": UNKNOWN}, False),
        ({"kind": UNKNOWN, "every": 61, "epochs": 90}, False),
        ({}, False),
    ],
)
def test_refused_is_what_no_later_value_can_mend(config: dict[str, Any], is_refused: bool) -> None:
    assert Consequences(compile_algorithm(SPEC)).of(config).is_refused is is_refused


@settings(suppress_health_check=list(HealthCheck), max_examples=30)
@given(specs(), st.integers(0, 9))
def test_a_valid_configuration_is_not_refused_and_an_invalid_one_is(text: str, seed: int) -> None:
    algorithm = compile_algorithm(text)
    judge, consequences = Judge(algorithm), Consequences(algorithm)
    for config, context in Draws(algorithm, "native", seed).configs(20):
        world = judge.read(config, context, "native")
        values = {name: knob.value for name, knob in world.knobs.items() if knob.is_given and knob.value is not None}
        facts = {name: fact.value for name, fact in world.facts.items() if fact.is_given and fact.value is not None}
        if any(finding.severity == "error" for finding in world.findings):
            continue
        verdict = judge.verdict(config, context, "native")
        errors = [one for one in verdict.findings if one.severity == "error" and one.code != "required"]
        effects = consequences.of(values, facts)
        assert {name for name, one in verdict.parameters.items() if one.used} == effects.used
        assert effects.is_refused or not errors
        assert verdict.is_valid is False or not effects.is_refused
