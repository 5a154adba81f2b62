"""What tuners draw from their definitions is valid, holds what is used and nothing else, and spreads as it should."""

import math
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.pipeline import compile_project
from knobsmith.views.tuning.axes import Numbers
from knobsmith.views.tuning.space import Space
from scipy.stats import kstest

from tests.strategies_tuning import Searched, searched
from tests.support.compile import compile_algorithm
from tests.targets.tuning.judging import faults
from tests.targets.tuning.packages import Generated, base_of, from_spec, published

COUNT = 10_000
ROOT = Path(__file__).parents[3]
BACK_ENDS = ("configspace", "vizier", "wandb")


def _catalogs() -> list[Catalog]:
    found = [compile_project(folder).catalog for folder in (ROOT, ROOT / "examples" / "scikit-learn")]
    return [catalog for catalog in found if catalog is not None]


CATALOGS = _catalogs()
ALGORITHMS = [pytest.param(catalog, a, id=a.name) for catalog in CATALOGS for a in catalog.algorithms]


@pytest.fixture(scope="module", params=BACK_ENDS)
def back_end(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def packages(back_end: str) -> Iterator[dict[str, Generated]]:
    made = [Generated(catalog, back_end) for catalog in CATALOGS]
    yield {a.name: one for catalog, one in zip(CATALOGS, made, strict=True) for a in catalog.algorithms}
    for one in made:
        one.__exit__()


@pytest.mark.parametrize(("catalog", "algorithm"), ALGORITHMS)
def test_all_draws_are_valid_and_hold_what_is_used(
    packages: dict[str, Generated], back_end: str, catalog: Catalog, algorithm: Algorithm
) -> None:
    generated, space, base = packages[algorithm.name], Space(algorithm), base_of(algorithm)
    client = generated.client(algorithm.name)
    drawn: dict[str, list[Any]] = {name: [] for name in space.tuned}
    for config in islice(generated.draws(algorithm.name, base), COUNT):
        assert faults(space, client, base, config, conditions=back_end != "wandb") == []
        for name, values in drawn.items():
            if name in config:
                values.append(config[name])
    for name, tuned in space.tuned.items():
        (*_, last) = tuned.axes
        if isinstance(last.axis, Numbers) and last.axis.scale == "log" and not last.axis.is_integer:
            low, high = math.log(last.axis.low), math.log(last.axis.high)
            shares = [(math.log(value) - low) / (high - low) for value in drawn[name]]
            # Draws are seeded: a failure is no accident.
            assert kstest(shares, "uniform").pvalue > 1e-4, name


@pytest.mark.parametrize(("catalog", "algorithm"), ALGORITHMS)
def test_the_tuner_reads_the_published_document(
    packages: dict[str, Generated], back_end: str, catalog: Catalog, algorithm: Algorithm
) -> None:
    generated = packages[algorithm.name]
    read = published(generated, algorithm.name)
    if back_end == "configspace":
        own = generated.tuner(algorithm.name).space(base_of(algorithm))
        statics = base_of(algorithm).keys()
        assert [str(own[name]) for name in own if name not in statics] == [
            str(read[name]) for name in read if name not in statics
        ]
        assert own.conditions == read.conditions
    elif back_end == "vizier":
        own = generated.tuner(algorithm.name).study_config(base_of(algorithm))
        statics = base_of(algorithm).keys()
        searched_ones = [one for one in own.search_space.parameters if one.name not in statics]
        assert searched_ones == [one for one in read.search_space.parameters if one.name not in statics]
        assert own.metric_information == read.metric_information
        assert len(own.metric_information) == 1


@pytest.mark.parametrize("kind", ["configspace", "vizier"])
def test_draws_of_random_spaces_hold_what_is_used(kind: str) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(searched())
    def draw(spec: Searched) -> None:
        space = Space(compile_algorithm.__wrapped__(spec.text))
        if not space.tuned:
            return
        with from_spec(spec.text, kind) as generated:
            client = generated.client("example")
            for config in islice(generated.draws("example", spec.base), 60):
                assert faults(space, client, spec.base, config) == []

    draw()
