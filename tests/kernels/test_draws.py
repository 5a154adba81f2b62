"""Draws from the whole of every scalar's domain: outside of hazards, ordinary numbers come to no NaN and no infinity.

VISION_KERNELS_DRAWS sets how many draws outside of all hazards are made for each group; `make test-draws` makes 100,000.
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import vision_kernels

from tests.kernels import runs
from tests.kernels.calls import call_of, computed, extreme
from tests.kernels.declared import functions, steps
from tests.kernels.drawing import draw_scalars, ordinary
from tests.kernels.oracle import LOSSES
from tests.kernels.test_losses import inputs

DRAWS = int(os.environ.get("VISION_KERNELS_DRAWS", "1000"))
PRECISIONS = ("float32", "float16", "bfloat16")
# Arrays are drawn anew less often than scalars.
ARRAYS = 25
Scalars = dict[str, Any]


def group_of(function: str) -> str:
    if function.endswith("_half_step"):
        return "updates in half precision"
    if function.endswith("_step"):
        return f"updates of {function.partition('_')[0]}"
    return str(functions()[function]["file"])


@cache
def groups() -> dict[str, list[str]]:
    """Functions by the group whose draws they share."""
    found: dict[str, list[str]] = {}
    for function in functions():
        found.setdefault(group_of(function), []).append(function)
    return found


def share(function: str) -> int:
    """Draws of a function, so that its group has DRAWS."""
    return -(-DRAWS // len(groups()[group_of(function)]))


def precision_of(function: str, number: int) -> str:
    return "float16" if function.endswith("_half_step") else PRECISIONS[number % len(PRECISIONS)]


def outside_of_hazards(function: str, rng: np.random.Generator) -> Iterator[Scalars]:
    draw = draw_scalars if functions()[function]["file"] in ("optimizers", "losses") else extreme
    while True:
        scalars = draw(function, rng)
        if not vision_kernels.hazards(function, **scalars):
            yield scalars


def arrays_of(function: str, rng: np.random.Generator) -> Scalars:
    """Arguments of a right call, of which a draw replaces the scalars."""
    if function not in LOSSES:
        return call_of(function, rng)
    n, k, s = rng.integers(1, 5, 3)
    return dict(inputs(function, int(n), int(k), int(s), rng))


def results_of(function: str, arguments: Scalars) -> list[np.ndarray] | None:
    """What a call computes; None where its scalars break a rule together."""
    if not arguments.get("use_weighted_loss", True):
        arguments = {name: value for name, value in arguments.items() if name != "class_weight"}
    try:
        return computed(function, arguments)
    except ValueError:
        return None


@pytest.mark.parametrize("function", steps())
def test_updates_outside_of_all_hazards_stay_finite(function: str) -> None:
    rng = np.random.default_rng(len(function))
    for number, scalars in zip(range(1, share(function) + 1), outside_of_hazards(function, rng), strict=False):
        precision = precision_of(function, number)
        updates = runs.updates_of(number, precision)
        arrays = runs.run(function, scalars, precision, updates, rng)
        assert runs.is_finite(arrays, precision), (function, scalars, precision, updates, arrays)


@pytest.mark.parametrize("function", ["keras_clip_norm", "keras_clip_value", "keras_weight_decay"])
def test_clipping_and_decay_outside_of_all_hazards_stay_finite(function: str) -> None:
    rng = np.random.default_rng(len(function))
    for number, scalars in zip(range(1, share(function) + 1), outside_of_hazards(function, rng), strict=False):
        precision = precision_of(function, number)
        array = runs.rounded(ordinary((runs.SIZE,), rng), precision)
        getattr(vision_kernels, function)([array], **scalars)
        assert runs.is_finite({"weight": array}, precision), (function, scalars, array)


@pytest.mark.parametrize("function", [name for name in functions() if functions()[name]["file"] != "optimizers"])
def test_results_outside_of_all_hazards_are_finite(function: str) -> None:
    rng = np.random.default_rng(len(function))
    calls = [arrays_of(function, rng) for _ in range(ARRAYS)]
    drawn = outside_of_hazards(function, rng)
    tried = refused = 0
    while tried < share(function):
        scalars = next(drawn)
        results = results_of(function, calls[tried % ARRAYS] | scalars)
        if results is None:
            refused += 1
            assert refused < 10 + 9 * tried, (function, scalars)
            continue
        tried += 1
        for one in results:
            assert one.dtype.kind != "f" or np.isfinite(one).all(), (function, scalars, one)


def test_every_function_is_drawn() -> None:
    drawn = [*steps(), "keras_clip_norm", "keras_clip_value", "keras_weight_decay"]
    drawn += [name for name in functions() if functions()[name]["file"] != "optimizers"]
    assert sorted(drawn) == sorted(functions())


def test_groups_share_at_least_their_draws() -> None:
    for members in groups().values():
        assert sum(share(function) for function in members) >= DRAWS


def test_a_run_that_leaves_its_precision_is_seen() -> None:
    rng = np.random.default_rng(0)
    strayed = {
        "learning_rate": 0.1,
        "momentum": 0.9,
        "weight_decay": 0.0,
        "rescale_gradient": 1e5,
        "clip_gradient": 0.0,
    }
    for precision, seen in (("float32", True), ("float16", False), ("bfloat16", True)):
        arrays = runs.run("mxnet_nag_step", strayed, precision, runs.SHORT, rng)
        assert runs.is_finite(arrays, precision) == seen
    beyond = {"weight": np.array([3.4e38], np.float32)}
    assert runs.is_finite(beyond, "float32") and not runs.is_finite(beyond, "bfloat16")
