"""Whatever is drawn is valid, holds what is used and nothing else, and spreads as it should."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from knobsmith.model.catalog import Algorithm
from knobsmith.views.tuning.axes import Numbers
from knobsmith.views.tuning.space import Space
from scipy.stats import kstest

from tests.targets.define_by_run.packages import Generated, base_of, draws, faults, real_catalogs

COUNT = 10_000
CATALOGS = real_catalogs()
ALGORITHMS = [
    pytest.param(number, algorithm, id=algorithm.name)
    for number, catalog in enumerate(CATALOGS)
    for algorithm in catalog.algorithms
]


@pytest.fixture(scope="module")
def generated() -> Iterator[list[Generated]]:
    with Generated(CATALOGS[0]) as ours, Generated(CATALOGS[1]) as theirs:
        yield [ours, theirs]


@pytest.mark.parametrize(("catalog", "algorithm"), ALGORITHMS)
@pytest.mark.parametrize("back_end", ["sampler", "optuna", "ray"])
def test_all_samples_are_valid_and_hold_what_is_used(
    generated: list[Generated], catalog: int, algorithm: Algorithm, back_end: str
) -> None:
    space, base = Space(algorithm), base_of(algorithm)
    client = generated[catalog].client(algorithm.name)
    drawn: dict[str, list[Any]] = {name: [] for name in space.tuned}
    for config in islice(draws(generated[catalog], back_end, algorithm.name, base), COUNT):
        assert faults(space, client, base, config) == []
        for name in config.keys() & drawn.keys():
            drawn[name].append(config[name])
    for name, values in drawn.items():
        assert values, f"{name} is never drawn"
        _assert_spread(space, name, values)


@pytest.mark.parametrize(("catalog", "algorithm"), ALGORITHMS)
def test_the_search_of_ray_by_optuna_asks_for_the_same(
    generated: list[Generated], catalog: int, algorithm: Algorithm
) -> None:
    space, base = Space(algorithm), base_of(algorithm)
    client = generated[catalog].client(algorithm.name)
    for config in islice(draws(generated[catalog], "ray-by-run", algorithm.name, base), 300):
        assert faults(space, client, base, config) == []


def _assert_spread(space: Space, name: str, values: list[Any]) -> None:
    """Numbers are uniform on their scale, and each listed value is drawn."""
    axes = [guarded.axis for guarded in space.tuned[name].axes if guarded.axis is not None]
    if len(axes) > 1:
        return
    (axis,) = axes
    if not isinstance(axis, Numbers):
        assert set(values) == set(axis.values)
    elif not axis.is_integer and axis.step is None:
        low, high = _scaled(axis.low, axis.scale), _scaled(axis.high, axis.scale)
        places = [(_scaled(value, axis.scale) - low) / (high - low) for value in values]
        assert kstest(places, "uniform").pvalue > 1e-4, f"{name} is not uniform on its scale"
    elif axis.scale != "log":
        assert kstest([(v - axis.low + 0.5) / (axis.high - axis.low + 1) for v in values], "uniform").statistic < 0.1


def _scaled(value: float, scale: str) -> float:
    match scale:
        case "log":
            return math.log(value)
        case "reverse-log":
            return -math.log(1 - value)
        case _:
            return value
