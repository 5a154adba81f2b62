"""A hazard is declared where, and only where, ordinary numbers come to NaN or infinity inside of the domains.

VISION_KERNELS_DRAWS sets how many draws are made for each function.
"""

import os
from typing import Any

import numpy as np
import pytest
import vision_kernels

from tests.kernels.arrays import numbered, started, state_type, update
from tests.kernels.declared import functions, hazards, steps
from tests.kernels.drawing import draw_scalars, ordinary, ordinary_gradients
from tests.kernels.oracle import LOSSES
from tests.kernels.test_losses import inputs
from tests.kernels.witnesses import SCALARS_OF_LOSSES, WITNESSES, result_of, results_of_losses

DRAWS = int(os.environ.get("VISION_KERNELS_DRAWS", "150"))
UPDATES, SIZE = 5, 6
COMPUTED_HERE = [name for name in functions() if name in (*steps(), *LOSSES, "keras_clip_norm")]


def outside_of_hazards(function: str, rng: np.random.Generator) -> dict[str, Any]:
    while True:
        scalars = draw_scalars(function, rng)
        if not vision_kernels.hazards(function, **scalars):
            return scalars


@pytest.mark.parametrize(("function", "rule"), WITNESSES)
def test_hazard_of_an_update_makes_numbers_that_are_none(function: str, rule: str) -> None:
    witness = WITNESSES[function, rule]
    assert not np.isfinite(result_of(function, witness)).all()


@pytest.mark.parametrize(("function", "rule"), WITNESSES)
def test_hazard_of_an_update_is_told(function: str, rule: str) -> None:
    told = vision_kernels.hazards(function, **WITNESSES[function, rule].scalars)
    assert any(message.startswith(hazards(function)[rule]) for message in told)


def test_hazards_of_losses_make_numbers_that_are_none_and_are_told() -> None:
    for (function, rule), result in results_of_losses().items():
        assert not np.isfinite(result).all(), function
        told = vision_kernels.hazards(function, **SCALARS_OF_LOSSES[function])
        assert any(message.startswith(hazards(function)[rule]) for message in told)


def test_every_hazard_has_a_witness() -> None:
    declared = {(function, rule) for function in COMPUTED_HERE for rule in hazards(function)}
    assert declared == set(WITNESSES) | set(results_of_losses())


@pytest.mark.parametrize("function", steps())
def test_updates_outside_of_all_hazards_stay_finite(function: str) -> None:
    rng, kind = np.random.default_rng(len(function)), state_type(function)
    for _ in range(DRAWS):
        scalars = outside_of_hazards(function, rng)
        arrays = started(function, ordinary((SIZE,), rng).astype(kind), scalars, 0.1 if "adagrad" in function else 0.0)
        gradients = ordinary_gradients(UPDATES, SIZE, rng).astype(kind)
        for number, gradient in enumerate(gradients, 1):
            update(function, arrays, gradient, **numbered(function, scalars, number))
        for name, array in arrays.items():
            assert np.isfinite(array).all(), (scalars, name, array, gradients)


@pytest.mark.parametrize("function", LOSSES)
def test_losses_outside_of_all_hazards_are_finite(function: str) -> None:
    rng = np.random.default_rng(len(function))
    for _ in range(DRAWS):
        scalars = outside_of_hazards(function, rng)
        n, k, s = rng.integers(1, 5, 3)
        arrays = inputs(function, int(n), int(k), int(s), rng)
        if not scalars.get("use_weighted_loss", True):
            arrays.pop("class_weight")
        for name, array in getattr(vision_kernels, function)(**arrays, **scalars)._asdict().items():
            assert np.isfinite(array).all(), (scalars, name)


def test_clipping_and_decay_outside_of_all_hazards_stay_finite() -> None:
    rng = np.random.default_rng(3)
    for _ in range(DRAWS):
        for function in ("keras_clip_norm", "keras_clip_value", "keras_weight_decay"):
            array = ordinary((SIZE,), rng).astype(np.float32)
            scalars = outside_of_hazards(function, rng)
            getattr(vision_kernels, function)([array], **scalars)
            assert np.isfinite(array).all(), (function, scalars)
