"""The reference for verdicts agrees with the worked examples, and at random with the independent evaluator."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from knobsmith.judging import Form, Judge
from knobsmith.model.base import as_json, json_value
from knobsmith.model.catalog import Algorithm

from tests.independent import verdict
from tests.strategies_configs import configs, native_points, wire_points
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.tried_algorithms import real_algorithms
from tests.support.verdict_cases import Run, verdict_runs
from tests.support.verdicts import differences

Json = Any
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}
FORMS: tuple[Form, ...] = ("native", "wire")


def as_plain(algorithm: Algorithm, config: Json, context: Json, form: Form) -> Json:
    judged = Judge(algorithm).verdict(config, context, form)
    return {
        "valid": judged.is_valid,
        "findings": [finding._asdict() for finding in judged.findings],
        "parameters": {
            name: {**one._asdict(), "value": None if one.value is None else json_value(one.value)}
            for name, one in judged.parameters.items()
        },
    }


@pytest.mark.parametrize("run", verdict_runs(), ids=lambda run: run.id)
def test_worked_examples(run: Run) -> None:
    found = as_plain(compile_algorithm(run.spec), run.config, run.context, run.form)
    for name, expected in run.verdict["parameters"].items():
        if expected["reason"] is not None:
            expected = {**expected, "reason": expected["reason"].split(":")[0]}
            run.verdict["parameters"][name] = expected
    assert differences(run.verdict, found) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", REAL)
def test_single_values_of_real_algorithms(name: str, form: Form) -> None:
    algorithm, published = REAL[name], as_json(REAL[name])
    points = native_points if form == "native" else wire_points
    for entry in published["parameters"]:
        for point in points(published, entry):
            config = {entry["name"]: point}
            expected = verdict(published, config, {}, form)
            assert differences(expected, as_plain(algorithm, config, {}, form)) == [], config


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_specs(data: st.DataObject) -> None:
    algorithm = compile_algorithm(data.draw(specs()))
    published = as_json(algorithm)
    for form in FORMS:
        config, context = data.draw(configs(published, form))
        note(f"{form}: {config} {context}")
        expected = verdict(published, config, context, form)
        assert differences(expected, as_plain(algorithm, config, context, form)) == []
