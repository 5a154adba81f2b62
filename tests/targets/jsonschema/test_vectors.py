"""The schemas foresee the verdicts of the conformance vectors, as far as they claim to."""

from typing import Any

import pytest
from knobsmith.targets.vectors.target import vectors

from tests.support.tried_algorithms import real_algorithms
from tests.targets.jsonschema.agreement import Foreseen, is_json

Json = dict[str, Any]
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}


@pytest.mark.parametrize("name", REAL)
def test_on_every_vector_without_context(name: str) -> None:
    foreseen = Foreseen(REAL[name])
    found = [v["native"] for v in vectors(REAL[name]) if "native" in v]
    configs = [_lists(one["config"]) for one in found if not one.get("context") and is_json(_lists(one["config"]))]
    assert len(configs) > 200
    for config in configs:
        assert foreseen.complaint(config) is None, config


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, (list, tuple)) else value
