"""Conditions that multiply too far are a finding, not a page of silence."""

import time
from typing import Any

import pytest
from knobsmith.model.catalog import Catalog, Packages, Project
from knobsmith.targets.registry import examine, load_target

from tests.support.compile import compile_algorithm


def _spec(switches: int, values: int) -> str:
    """Switches that all decide about one hyperparameter."""
    listed = ", ".join(f"v{index}" for index in range(values))
    lines = [
        f"  s{index}: {{type: string, values: [{listed}], default: v0, tuning: {{values: [{listed}]}}, doc: Decides.}}"
        for index in range(switches)
    ]
    used = " || ".join(f's{index} == "v1"' for index in range(switches))
    lines.append(
        f"  rate: {{type: number, range: '[0, 1]', default: 1, used_when: '{used}', tuning: {{range: '[0, 1]'}}, doc: X.}}"
    )
    head = ["knobsmith: 1", "algorithm: example", "title: Example", "doc: Many switches.", "parameters:"]
    return "\n".join([*head, *lines, "metrics:", "  loss: {direction: minimize, doc: How far off.}"])


def _found(back_end: str, spec: str) -> list[Any]:
    project = Project(name="cases", version="0.1.0", packages=Packages(python="cases", npm="cases", cmake="cases"))
    return examine(load_target(back_end), Catalog(project=project, algorithms=(compile_algorithm(spec),)), {})


@pytest.mark.parametrize("back_end", ["configspace", "vizier"])
def test_conditions_that_multiply_too_far_are_found_where_they_multiply(back_end: str) -> None:
    ((algorithm, finding),) = _found(back_end, _spec(7, 5))
    assert algorithm == "example"
    assert finding.rule.code == "KS406"
    assert "5 ways of `s0` x 5 ways of `s1`" in finding.fact
    assert finding.path == ("parameters", "s0", "tuning")


@pytest.mark.parametrize("back_end", ["configspace", "vizier"])
def test_fewer_are_not_found_and_are_looked_at_in_no_time(back_end: str) -> None:
    start = time.perf_counter()
    assert _found(back_end, _spec(3, 4)) == []
    assert time.perf_counter() - start < 1
