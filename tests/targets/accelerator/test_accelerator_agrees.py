"""Many configurations at once are judged as each by itself, with the accelerator and without."""

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import compile_project
from knobsmith.targets.python import in_memory

from tests.strategies_configs import configs
from tests.support.tried_algorithms import random_specs, worked_examples
from tests.support.verdict_cases import verdict_runs
from tests.targets.accelerator.building import FORMS, assert_same, built, catalog_of, client_with, loaded
from tests.targets.python.fixture import everything

Json = Any
ROOT = Path(__file__).parents[3]
VALID, UNSURE = 1, 2


@cache
def real() -> Catalog:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None
    return catalog_of(*compiled.catalog.algorithms)


@pytest.fixture(scope="module")
def client() -> Iterator[in_memory.Client]:
    with client_with(real(), loaded(built(real(), ("-O1",)))) as client:
        yield client


def vectors(algorithm: str, form: str) -> dict[str, list[tuple[Json, bool]]]:
    """Configurations and whether they are valid, by the context that they share, as text."""
    found = defaultdict(list)
    for line in (ROOT / "generated" / "vectors" / f"{algorithm}.jsonl").read_text(encoding="utf-8").splitlines()[1:]:
        vector = json.loads(line)
        if form in vector:
            found[json.dumps(vector[form].get("context"))].append((vector[form]["config"], vector["valid"]))
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("algorithm", [one.name for one in real().algorithms])
def test_all_vectors(client: in_memory.Client, algorithm: str, form: str) -> None:
    module = client.algorithm(algorithm)
    many = module.validate_wire_many if form == "wire" else module.validate_many
    asked = 0
    for context, group in vectors(algorithm, form).items():
        wanted = tuple(place for place, (_, is_valid) in enumerate(group) if not is_valid)
        for pure in (False, True):
            known = json.loads(context)
            found = many([config for config, _ in group], context=known, pure=pure)
            is_read = known is None or isinstance(known, dict)
            assert (found.invalid, found.accelerated) == (wanted, is_read and not pure), context
        asked += len(group)
    assert asked > 500


def test_python_has_to_look_at_few(client: in_memory.Client) -> None:
    """What is valid in plain values is seen to be so; nearly all that is not is refused without Python."""
    answers = loaded(built(real(), ("-O1",))).judge
    for algorithm in real().algorithms:
        for form in FORMS:
            for context, group in vectors(algorithm.name, form).items():
                known = json.loads(context) or {}
                if not isinstance(known, dict):
                    continue
                told = answers(algorithm.name, form == "wire", tuple(config for config, _ in group), known)
                valid = [answer for answer, (_, is_valid) in zip(told, group, strict=True) if is_valid]
                assert set(valid) <= {VALID}
                assert told.count(UNSURE) <= 5 + len(group) // 10


@cache
def batches(algorithm: Algorithm, form: str) -> st.SearchStrategy[list[tuple[Json, Json]]]:
    return st.lists(configs(as_json(algorithm), form), min_size=1, max_size=4)


def test_worked_examples() -> None:
    algorithms = worked_examples()
    groups = defaultdict(list)
    for run in verdict_runs():
        groups[algorithms[run.spec].name, run.form, json.dumps(run.context)].append(run.config)
    assert_groups(list(algorithms.values()), [(*key, configs) for key, configs in groups.items()])


def test_random_specs_and_an_algorithm_with_everything() -> None:
    algorithms = [*random_specs().values(), everything()]
    groups: list[tuple[str, str, str, list[Json]]] = []

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        for algorithm in algorithms:
            for form in FORMS:
                drawn = data.draw(batches(algorithm, form))
                groups.append((algorithm.name, form, json.dumps(drawn[0][1]), [config for config, _ in drawn]))

    draw()
    assert len(groups) > 200
    assert_groups(algorithms, groups)


def assert_groups(algorithms: list[Algorithm], groups: list[tuple[str, str, str, list[Json]]]) -> None:
    """Configurations by algorithm, form and context, which is JSON."""
    catalog = catalog_of(*algorithms)
    with client_with(catalog, loaded(built(catalog))) as client:
        for name, form, context, group in groups:
            assert_same(client, name, form, group, json.loads(context))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_drawn_configurations(client: in_memory.Client, form: str, data: st.DataObject) -> None:
    algorithm = data.draw(st.sampled_from(real().algorithms))
    drawn = data.draw(batches(algorithm, form))
    assert_same(client, algorithm.name, form, [config for config, _ in drawn], drawn[0][1])
