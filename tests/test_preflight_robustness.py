"""Whatever is in a document, preflight answers: nothing that people write may end it."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from knobsmith.pipeline import compile_project
from knobsmith.targets.python.in_memory import load_client
from knobsmith.targets.python.runtime._preflight import preflight
from knobsmith.targets.python.runtime.jobs import TrainingJob, TuningJob

ROOT = Path(__file__).parent.parent
JUNK = [
    None,
    True,
    0,
    -1,
    1e308,
    float("inf"),
    float("nan"),
    "",
    "0,5",
    "<x>",
    "1e999",
    [],
    {},
    [None],
    {"": None},
    "a" * 3000,
]


@pytest.fixture(scope="module")
def client() -> Any:
    catalog = compile_project(ROOT).catalog
    assert catalog is not None
    with load_client(catalog) as client:
        yield client


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every member of a document, as its container and its key."""
    own = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    return [(value, key) for key, _ in own] + [place for _, inner in own for place in places(inner)]


def spoilt(document: Any, random: random.Random) -> Any:
    """A copy in which a few members are something else, gone, or have another name."""
    document = copy.deepcopy(document)
    for _ in range(random.randint(1, 3)):
        if not (found := places(document)):
            break
        container, key = random.choice(found)
        if random.random() < 0.3:
            del container[key]
        elif isinstance(container, dict) and random.random() < 0.2:
            container[random.choice(["Name", "MinValue", "x", "momentum", "optimizer", "5"])] = container.pop(key)
        else:
            container[key] = random.choice(JUNK)
    return document


@pytest.mark.parametrize("name", ["image-classification", "image-classification-tensorflow", "object-detection"])
def test_requests_with_anything_in_them_are_answered(client: Any, name: str) -> None:
    module = client.algorithm(name)
    branched = TuningJob(module).request()
    flat = TuningJob(module, static={"optimizer": "sgd"}).request()
    training = TrainingJob(module, {"optimizer": "sgd"}).request()
    table = [
        ["momentum", "ContinuousParameterRanges", "MinValue: 0, MaxValue: 0.5"],
        {"name": "optimizer", "values": ["sgd"]},
    ]
    draw = random.Random(7)
    for _ in range(150):
        for document in (branched, flat, training, table):
            for problem in preflight(module, spoilt(document, draw)):
                assert str(problem) and problem.fact


@pytest.mark.parametrize(
    "document", [None, 3, "text", [], {}, [1], {"HyperParameterTuningJobConfig": 5}, {"TrainingJobName": []}]
)
def test_what_is_no_job_has_problems(client: Any, document: Any) -> None:
    assert preflight(client.algorithm("object-detection"), json.loads(json.dumps(document)))
