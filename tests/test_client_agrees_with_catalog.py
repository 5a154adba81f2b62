"""The generated client and the independent evaluator come to the same verdict, whatever they are given.

Two readings of one law: where they differ, one is wrong, and the smallest configuration that shows it is printed.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm

from tests.independent import to_wire, verdict
from tests.strategies_configs import configs, native_points, wire_points
from tests.strategies_specs import specs
from tests.support.client import GeneratedClient, written
from tests.support.compile import compile_algorithm
from tests.support.tried_algorithms import real_algorithms
from tests.support.verdicts import differences, kind_of_reason, same_texts

Json = Any

FORMS = ("native", "wire")


class Pair:
    """The two readers of one algorithm."""

    def __init__(self, algorithm: Algorithm, client: GeneratedClient) -> None:
        self.published = as_json(algorithm)
        self.client = client

    def disagreements(self, config: Json, context: Json, form: str) -> list[str]:
        """What the client says otherwise than the evaluator, one line each."""
        expected = verdict(self.published, config, context, form)
        found = self.client.verdict(config, context, form)
        for state in found["parameters"].values():
            state["reason"] = kind_of_reason(state["reason"])
        lines = differences(expected, found)
        if not lines and expected["valid"]:
            lines = [
                line for defaults in (False, True) for line in self._wire_disagreements(config, context, form, defaults)
            ]
        return lines

    def _wire_disagreements(self, config: Json, context: Json, form: str, defaults: bool) -> list[str]:
        expected = written(lambda: to_wire(self.published, config, form, defaults, context))
        found = written(lambda: self.client.wire(config, context, form, defaults=defaults))
        return [] if same_texts(expected, found) else [f"writes {found}, expected {expected}"]


PAIRS = {algorithm.name: Pair(algorithm, GeneratedClient(algorithm)) for algorithm in real_algorithms()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PAIRS)
def test_on_every_single_value_of_a_real_algorithm(name: str, form: str) -> None:
    pair = PAIRS[name]
    points = native_points if form == "native" else wire_points
    for entry in pair.published["parameters"]:
        for point in points(pair.published, entry):
            lines = pair.disagreements({entry["name"]: point}, {}, form)
            assert lines == [], f"{entry['name']}: {point!r}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PAIRS)
def test_on_configurations_of_a_real_algorithm(name: str, form: str) -> None:
    pair = PAIRS[name]

    @given(configs(pair.published, form))
    def agree(drawn: tuple[Json, Json]) -> None:
        assert pair.disagreements(*drawn, form) == []

    agree()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_on_configurations_of_random_algorithms(data: st.DataObject) -> None:
    text = data.draw(specs())
    algorithm = compile_algorithm.__wrapped__(text)
    with GeneratedClient(algorithm) as client:
        pair = Pair(algorithm, client)
        for form in FORMS:
            drawn = configs(pair.published, form)
            for _ in range(4):
                config, context = data.draw(drawn, label=form)
                lines = pair.disagreements(config, context, form)
                if lines:
                    note(text)
                assert lines == []
