"""A schema accepts what a verdict accepts, and refuses what it refuses but for what it lists as lost."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from knobsmith.model.catalog import Algorithm
from knobsmith.pipeline import compile_project
from knobsmith.targets.jsonschema import target

from tests.strategies_configs import configs, native_points
from tests.strategies_specs import specs
from tests.support.compile import compile_algorithm
from tests.support.verdict_cases import verdict_runs
from tests.targets.jsonschema.agreement import Foreseen, is_json

Json = Any
ROOT = Path(__file__).parents[3]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def real_algorithms() -> list[Algorithm]:
    """The algorithms of this project, and those of its examples."""
    found: list[Algorithm] = []
    for folder in [ROOT, *sorted(path.parent.parent for path in ROOT.glob("examples/*/spec/knobsmith.yaml"))]:
        compiled = compile_project(folder)
        assert compiled.catalog is not None, list(map(str, compiled.diagnostics))
        found.extend(compiled.catalog.algorithms)
    return found


REAL = {algorithm.name: Foreseen(algorithm) for algorithm in real_algorithms()}
RUNS = [run for run in verdict_runs() if run.form == "native" and is_json(run.config)]


@cache
def foreseen(spec: str) -> Foreseen:
    return Foreseen(compile_algorithm(spec))


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.id)
def test_on_the_worked_examples(run: Json) -> None:
    assert foreseen(run.spec).complaint(run.config) is None


@pytest.mark.parametrize("name", REAL)
def test_on_every_single_value_of_a_real_algorithm(name: str) -> None:
    required = {p["name"]: 10 for p in REAL[name].published["parameters"] if p["required"]}
    for entry in REAL[name].published["parameters"]:
        for point in filter(is_json, native_points(REAL[name].published, entry)):
            config = {**required, entry["name"]: point}
            assert REAL[name].complaint(config) is None, config


@pytest.mark.parametrize("name", REAL)
def test_on_configurations_of_a_real_algorithm(name: str) -> None:
    @settings(max_examples=200, suppress_health_check=SLOW)
    @given(configs(REAL[name].published, "native"))
    def agree(drawn: tuple[Json, Json]) -> None:
        config, _ = drawn
        assert not is_json(config) or REAL[name].complaint(config) is None

    agree()


@settings(max_examples=100, suppress_health_check=SLOW)
@given(st.data())
def test_on_configurations_of_random_algorithms(data: st.DataObject) -> None:
    spec = data.draw(specs())
    pair = Foreseen(compile_algorithm(spec))
    drawn = configs(pair.published, "native")
    for _ in range(8):
        config, _ = data.draw(drawn)
        complaint = pair.complaint(config) if is_json(config) else None
        if complaint:
            note(spec)
        assert complaint is None


def test_a_schema_that_forgets_a_law_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = next(run.spec for run in RUNS if run.id.startswith("required-when-"))
    honest = foreseen(spec)
    monkeypatch.setattr(target, "checks", lambda algorithm, states: iter(()))
    forgetful = Foreseen(compile_algorithm(spec))
    runs = [run.config for run in RUNS if run.spec == spec]
    assert any(forgetful.complaint(config) for config in runs)
    assert not any(honest.complaint(config) for config in runs)
