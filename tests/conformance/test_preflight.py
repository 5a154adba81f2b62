"""The check of a training job before its launch judges the vectors as every client does."""

from types import ModuleType
from typing import Any

import pytest
import vision_hyperparameters
from knobsmith.targets.vectors.target import vectors
from vision_hyperparameters.jobs import TrainingJob, preflight

from tests.support.tried_algorithms import real_algorithms

REAL = {algorithm.name: algorithm for algorithm in real_algorithms() if algorithm.name.startswith(("image", "object"))}
Json = dict[str, Any]
# Where the service differs: names that begin so are its own, and a text has one line.
OF_THE_SERVICE = {"names/__proto__": True, "freeze_layer_pattern/text/line end": False}


def is_accepted(vector: Json) -> bool:
    """Whether a request may hold the configuration; the service knows no aliases."""
    return "/alias/" not in vector["name"] and OF_THE_SERVICE.get(vector["name"], vector["valid"])


def accepts(module: ModuleType, request: Json, config: Json, context: Json | None) -> bool:
    """Whether the preflight has nothing more to say than of what is left to fill in."""
    known = set(map(str, preflight(module, request)))
    problems = preflight(module, {**request, "HyperParameters": config}, context=context)
    return not [one for one in problems if one.severity == "error" and str(one) not in known]


@pytest.mark.parametrize("name", REAL)
def test_on_every_vector_in_wire_form(name: str) -> None:
    module = getattr(vision_hyperparameters, name.replace("-", "_"))
    found = [vector for vector in vectors(REAL[name]) if "wire" in vector]
    plain = next(vector for vector in found if vector["valid"])
    request = TrainingJob(module, plain["native"]["config"]).request()
    assert len(found) > 900
    for vector in found:
        told = accepts(module, request, vector["wire"]["config"], vector["wire"].get("context"))
        assert told == is_accepted(vector), vector["name"]
