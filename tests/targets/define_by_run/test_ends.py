"""Each end of a range is drawn or not as it is closed or open: on ranges so short that all their values are."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from knobsmith.targets.optuna.lowering import ENDS as ENDS_OF_OPTUNA
from knobsmith.targets.ray.lowering import ENDS as ENDS_OF_RAY
from knobsmith.views.tuning.axes import Numbers
from knobsmith.views.tuning.space import Space

from tests.support.compile import catalog_of
from tests.targets.define_by_run.packages import BACK_ENDS, Generated, all_of, draws

NEXT = 1.0000000000000002
THIRD = 1.0000000000000004
FOURTH = 1.0000000000000007
RANGES: dict[str, dict[str, Any]] = {
    "closed_integers": {"type": "integer", "tuning": {"range": "[3, 5]"}},
    "open_integers": {"type": "integer", "tuning": {"range": "(3, 6)"}},
    "one_integer": {"type": "integer", "tuning": {"range": "[7, 7]"}},
    "integers_by_log": {"type": "integer", "tuning": {"range": "[1, 3]", "scale": "log"}},
    "integers_by_step": {"type": "integer", "tuning": {"range": "[2, 9]", "step": 3, "scale": "linear"}},
    "closed_numbers": {"type": "number", "tuning": {"range": f"[1, {NEXT}]"}},
    "half_open_numbers": {"type": "number", "tuning": {"range": f"(1, {THIRD}]"}},
    "open_numbers": {"type": "number", "tuning": {"range": f"(1, {FOURTH})", "scale": "linear"}},
    "one_number": {"type": "number", "tuning": {"range": "[0.25, 0.25]"}},
    "numbers_by_step": {"type": "number", "tuning": {"range": "[0.1, 0.5]", "step": 0.1, "scale": "linear"}},
    "steps_that_end_early": {"type": "number", "tuning": {"range": "[0, 1]", "step": 0.3, "scale": "linear"}},
    "singles": {"type": "number", "precision": "float32", "tuning": {"range": "(0.5, 0.50000006)"}},
}
# Here the values are too many to draw all: some of these lie next to an end, and none outside.
SCALED: dict[str, dict[str, Any]] = {
    "by_log": {"type": "number", "tuning": {"range": f"[0.1, {0.1 + 3e-17}]", "scale": "log"}},
    "open_by_log": {"type": "number", "tuning": {"range": f"(1, {FOURTH})", "scale": "log"}},
    "by_reverse_log": {"type": "number", "tuning": {"range": "[0.9, 0.9000000000000001]", "scale": "reverse-log"}},
    "down_to_zero": {"type": "number", "tuning": {"range": "[0, 0.999]", "scale": "reverse-log"}},
}


@pytest.fixture(scope="module")
def searched() -> Iterator[tuple[Space, Generated]]:
    entries = {name: {"doc": "A.", "if_unset": "none", **entry} for name, entry in (RANGES | SCALED).items()}
    spec = {"knobsmith": 1, "algorithm": "example", "title": "E", "doc": "E.", "parameters": entries}
    catalog = catalog_of({"example.yaml": json.dumps(spec).encode()})
    with Generated(catalog) as generated:
        yield Space(catalog.algorithms[0]), generated


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_all_values_of_a_short_range_are_drawn_and_no_other(searched: tuple[Space, Generated], back_end: str) -> None:
    space, generated = searched
    drawn: dict[str, set[float]] = {name: set() for name in space.tuned}
    for config in islice(draws(generated, back_end, "example", {}), 600):
        for name, value in config.items():
            drawn[name].add(value)
    for name in RANGES:
        (guarded,) = space.tuned[name].axes
        assert isinstance(guarded.axis, Numbers)
        expected = all_of(guarded.axis) if guarded.axis.precision == "float64" else [0.5000000596046448]
        assert sorted(drawn[name]) == pytest.approx(expected, abs=0 if guarded.axis.step is None else 1e-12), name
    for name in SCALED:
        (guarded,) = space.tuned[name].axes
        assert isinstance(guarded.axis, Numbers)
        assert guarded.axis.low <= min(drawn[name]) <= max(drawn[name]) <= guarded.axis.high, name


def test_the_ends_of_the_tuners_are_what_their_tables_say() -> None:
    import optuna
    from ray import tune

    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    trials = [study.ask() for _ in range(100)]
    drawn = {
        "integer": {trial.suggest_int("a", 1, 2) for trial in trials},
        "number": {trial.suggest_float("b", 1, NEXT) for trial in trials},
        "number by log": {trial.suggest_float("c", 1, NEXT, log=True) for trial in trials},
        "number by step": {trial.suggest_float("d", 0.5, 1, step=0.5) for trial in trials},
    }
    ends = {"integer": (1, 2), "number": (1, NEXT), "number by log": (1, NEXT), "number by step": (0.5, 1)}
    assert {kind: tuple(end in drawn[kind] for end in ends[kind]) for kind in drawn} == dict(ENDS_OF_OPTUNA)
    domains = {
        "integer": (tune.randint(1, 3), 1, 3),
        "integer by log": (tune.lograndint(1, 3), 1, 3),
        "number": (tune.uniform(1, THIRD), 1, THIRD),
        "number by log": (tune.loguniform(1, THIRD), 1, THIRD),
    }
    for kind, (domain, low, high) in domains.items():
        values = {domain.sample() for _ in range(300)}
        assert (low in values, high in values) == ENDS_OF_RAY[kind], kind
