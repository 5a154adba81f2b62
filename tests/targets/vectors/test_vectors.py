"""The vectors say what the law says, and try what there is to try."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from knobsmith.expr import print_expr
from knobsmith.judging import Judge
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.vectors.cases import OUTCOMES, conditions, trials
from knobsmith.targets.vectors.target import head as head_of
from knobsmith.targets.vectors.target import vectors

from tests.independent import to_wire, verdict
from tests.independent.reading import UnwritableError
from tests.strategies_specs import specs
from tests.support.client import GeneratedClient
from tests.support.compile import compile_algorithm
from tests.support.tried_algorithms import real_algorithms
from tests.support.verdicts import differences, kind_of_reason

Json = Any
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}
OWN = ("image-classification", "image-classification-tensorflow", "object-detection")


@cache
def lines(name: str) -> list[Json]:
    """The head and the vectors as a reader of the file sees them."""
    return [json.loads(json.dumps(line)) for line in (head_of(REAL[name]), *vectors(REAL[name]))]


def expected(head: Json, vector: Json) -> Json:
    """The verdict of a vector, spelt out."""
    states = head["parameters"] | vector["parameters"]
    keys = ("state", "used", "reason", "value")
    return {
        "valid": vector["valid"],
        "findings": [dict(zip(("code", "severity", "parameter"), one, strict=True)) for one in vector["findings"]],
        "parameters": {name: dict(zip(keys, state, strict=True)) for name, state in states.items()},
    }


def disagreements(algorithm: Algorithm, head: Json, vector: Json) -> list[str]:
    """What the independent evaluator says otherwise."""
    published = as_json(algorithm)
    found = []
    for form in ("native", "wire"):
        if form in vector:
            config, context = vector[form]["config"], vector[form].get("context", {})
            found += differences(expected(head, vector), verdict(published, config, context, form))
            if vector["valid"]:
                written = vector["writes"] if "writes" in vector else vector["wire"]["config"]
                found += [] if _written(published, config, context, form) == written else [f"{form} writes otherwise"]
    return found


def _written(published: Json, config: Json, context: Json, form: str) -> Json:
    try:
        return to_wire(published, config, form, context=context)
    except UnwritableError:
        return None


@pytest.mark.parametrize("name", REAL)
def test_the_independent_evaluator_gives_the_same_verdicts(name: str) -> None:
    head, *found = lines(name)
    for vector in found:
        assert disagreements(REAL[name], head, vector) == [], vector


@pytest.mark.parametrize("name", REAL)
def test_the_generated_client_gives_the_same_verdicts(name: str) -> None:
    head, *found = lines(name)
    with GeneratedClient(REAL[name]) as client:
        for vector in found:
            for form in ("native", "wire"):
                if form in vector:
                    said = client.verdict(vector[form]["config"], vector[form].get("context", {}), form)
                    for state in said["parameters"].values():
                        state["reason"] = kind_of_reason(state["reason"])
                    assert differences(expected(head, vector), said) == [], vector


def test_there_are_enough() -> None:
    assert sum(len(lines(name)) - 1 for name in OWN) >= 3000


@pytest.mark.parametrize("name", REAL)
def test_each_has_a_name_of_its_own_and_is_there_once(name: str) -> None:
    _, *found = lines(name)
    assert len({vector["name"] for vector in found}) == len(found)
    assert len({json.dumps([vector.get("native"), vector.get("wire")]) for vector in found}) == len(found)


@pytest.mark.parametrize("name", REAL)
def test_every_way_to_be_wrong_is_there(name: str) -> None:
    """Each rule is held and broken, each hyperparameter unused where it can be, each bound tried on both sides."""
    _, *found = lines(name)
    algorithm = REAL[name]
    codes = {code for vector in found for code, _, _ in vector["findings"]}
    ignored = {n for vector in found for n, state in vector["parameters"].items() if state[1] is False}
    for rule in algorithm.rules:
        assert f"rule:{rule.name}" in codes, rule.name
    for parameter in algorithm.parameters:
        if parameter.used_when is not None:
            assert parameter.name in ignored, parameter.name
        if parameter.domain.range is not None:
            tried = {vector["name"] for vector in found if vector["name"].startswith(f"{parameter.name}/range/")}
            assert tried, parameter.name


@pytest.mark.parametrize("name", REAL)
def test_every_condition_is_tried_both_ways(name: str) -> None:
    algorithm = REAL[name]
    judge, all_trials = Judge(algorithm), list(trials(algorithm))
    for label, condition in conditions(algorithm):
        seen = {
            judge.follow(t.config, t.context, "native").holds(condition, otherwise=False)
            for t in all_trials
            if not t.config_texts and not t.context_texts
        }
        for about, wanted in OUTCOMES[:2]:
            assert wanted in seen, f"{label}: {print_expr(condition)} is never {about}"


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(specs())
def test_vectors_of_random_specs(spec: str) -> None:
    algorithm = compile_algorithm.__wrapped__(spec)
    note(spec)
    head, *found = [json.loads(json.dumps(line)) for line in (head_of(algorithm), *vectors(algorithm))]
    for vector in found:
        assert disagreements(algorithm, head, vector) == [], vector
