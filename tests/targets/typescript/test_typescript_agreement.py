"""The TypeScript client says what the Python client says: verdicts, order, and words.

KNOBSMITH_CONFIGS sets how many random configurations are tried.
"""

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.vectors.target import vectors

from tests.strategies_configs import configs
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.verdict_cases import verdict_runs
from tests.support.verdicts import differences
from tests.targets.typescript.fixture import Json, Package, awkward, renamed, request
from tests.test_client_agrees_with_catalog import real_algorithms

CONFIGS = int(os.environ.get("KNOBSMITH_CONFIGS", "3000"))
SPECS = 30
FORMS = ("native", "wire")
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}
QUIET = settings(
    phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None, derandomize=True, deadline=None
)


@cache
def random_specs() -> tuple[str, ...]:
    """Texts of specs that use everything."""
    texts: list[str] = []

    @settings(QUIET, max_examples=SPECS)
    @given(specs())
    def gather(text: str) -> None:
        texts.append(text)

    gather()
    return tuple(texts)


@cache
def algorithms() -> dict[str, Algorithm]:
    """All algorithms that are tried, those without a name of their own renamed."""
    examples = {run.spec: compile_algorithm(run.spec) for run in verdict_runs()}
    drawn = {text: compile_algorithm(text) for text in random_specs()}
    return {**REAL, "awkward": awkward(), **renamed({**examples, **drawn})}


@cache
def package() -> Package:
    return Package(algorithms().values())


def random_requests(algorithm: Algorithm, count: int) -> list[Json]:
    """Questions with random configurations, half of them native."""
    return [one for form in FORMS for one in _random_requests(algorithm, form, max(count // 2, 1))]


def _random_requests(algorithm: Algorithm, form: str, count: int) -> list[Json]:
    drawn: list[Json] = []

    @settings(QUIET, max_examples=count)
    @given(configs(as_json(algorithm), form))
    def gather(pair: tuple[Json, Json]) -> None:
        drawn.append(request(algorithm, form, *pair))

    gather()
    return drawn


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


def test_on_random_configurations() -> None:
    share = CONFIGS // 2 // (len(REAL) + 1)
    requests = [one for name in [*REAL, "awkward"] for one in random_requests(algorithms()[name], share)]
    assert package().disagreements(requests) == []


def test_on_random_specs() -> None:
    drawn = [algorithms()[text] for text in random_specs()]
    assert len(drawn) == SPECS
    requests = [one for algorithm in drawn for one in random_requests(algorithm, CONFIGS // 2 // SPECS)]
    assert package().disagreements(requests) == []


def test_disagreement_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = request(REAL["object-detection"], "wire", {"num_classes": "3"})
    told = package().answers([{**asked, "config": {"num_classes": "0"}}])
    monkeypatch.setattr(Package, "answers", lambda self, requests: told)
    (line,) = package().disagreements([asked])
    assert "num_classes" in line
