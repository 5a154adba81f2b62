"""The TypeScript client says what the Python client says: verdicts, order, and words."""

from functools import cache
from itertools import islice

import pytest
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.vectors.target import vectors

from tests.support.tried_algorithms import random_specs, real_algorithms, worked_examples
from tests.support.verdict_cases import verdict_runs
from tests.support.verdicts import differences
from tests.targets.typescript.drawn import drawn_expressions
from tests.targets.typescript.fixture import Package, awkward, request

FORMS = ("native", "wire")
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}


@cache
def algorithms() -> dict[str, Algorithm]:
    """All algorithms that are tried."""
    return {**REAL, "awkward": awkward(), **worked_examples(), **random_specs()}


@cache
def package() -> Package:
    return Package(algorithms().values())


@pytest.mark.parametrize("name", REAL)
def test_on_every_conformance_vector(name: str) -> None:
    algorithm = REAL[name]
    _, *lines = vectors(algorithm)
    asked = [(vector, form) for vector in lines for form in FORMS if form in vector]
    requests = [request(algorithm, form, vector[form]["config"], vector[form].get("context")) for vector, form in asked]
    answers = package().answers(requests)
    for (vector, form), answer in zip(asked, answers, strict=True):
        found = [[finding[key] for key in ("code", "severity", "parameter")] for finding in answer["findings"]]
        assert (answer["valid"], found) == (vector["valid"], vector["findings"]), (vector["name"], form)
    assert package().disagreements(requests) == []


def test_on_worked_examples() -> None:
    runs = verdict_runs()
    cases = algorithms()
    requests = [request(cases[run.spec], run.form, run.config, run.context) for run in runs]
    answers = package().answers(requests)
    for run, answer in zip(runs, answers, strict=True):
        expected = dict(run.verdict)
        expected["findings"] = [
            {key: text for key, text in finding.items() if key != "message" or "example" not in text}
            for finding in expected["findings"]
        ]
        assert differences(expected, answer) == [], run.id
        if run.wire is not None:
            assert list(answer["writes"].items()) == list(run.wire.items()), run.id
    assert package().disagreements(requests) == []


def test_on_deep_conditions_and_computed_defaults() -> None:
    algorithms = drawn_expressions(30).values()
    requests = [
        request(algorithm, form, vector[form]["config"], vector[form].get("context"))
        for algorithm in algorithms
        for vector in islice(vectors(algorithm), 1, None)
        for form in FORMS
        if form in vector
    ]
    assert len(requests) > 5000
    assert Package(algorithms).disagreements(requests) == []


@pytest.mark.parametrize(
    ("form", "config", "help"),
    [
        ("native", {"num_classes": "10", "learning_rate": "0.1", "use_pretrained_model": "1"}, "without quotes"),
        ("native", {"image_shape": ["3", 224, 224], "lr_scheduler_step": "10,20"}, "without quotes"),
        ("wire", {"num_classes": 10, "use_pretrained_model": True, "image_shape": [3, 224, 224]}, "in quotes"),
        ("wire", {"optimizer": 5, "lr_scheduler_step": {}}, "in quotes"),
        ("wire", {"epochs": None}, "leave it out"),
    ],
)
def test_on_values_of_the_other_form(form: str, config: dict[str, object], help: str) -> None:
    asked = request(REAL["image-classification"], form, config)
    (answer,) = package().answers([asked])
    told = {finding["parameter"]: finding["help"] for finding in answer["findings"] if finding["code"] == "type"}
    assert told.keys() == config.keys()
    assert all(help in text for text in told.values()), told
    # Words about numbers are a client's own; what to do about them is not.
    assert told == {
        finding["parameter"]: finding["help"]
        for finding in package().python.answer(asked)["findings"]
        if finding["code"] == "type"
    }


def test_disagreement_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request(REAL["object-detection"], "wire", {"num_classes": "3"})
    told = package().answers([{**asked, "config": {"num_classes": "0"}}])
    monkeypatch.setattr(Package, "answers", lambda self, requests: told)
    (line,) = package().disagreements([asked])
    assert "num_classes" in line
