"""The CUDA kernels, run block by block on the CPU: the same results, in any order of threads, within their memory."""

import json
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels.replay import Outcome, replay
from vision_kernels.replay.machine import machine

from tests.kernels import sanitized
from tests.kernels.arrays import numbered, started, state_type, update
from tests.kernels.declared import steps
from tests.kernels.drawing import draw_scalars, ordinary, ordinary_gradients
from tests.kernels.oracle import LOSSES
from tests.kernels.oracle.golden import FOLDER
from tests.kernels.test_losses import finite_scalars, inputs

ORDERS = ("forwards", "backwards", "shuffled")


def failures(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    return [outcome.as_json() for outcome in outcomes if outcome.status.failed]


def test_recorded_cases_agree_on_the_emulator() -> None:
    with machine("emulated") as emulated:
        outcomes = list(replay(FOLDER, emulated))
    assert len(outcomes) > 250
    assert not failures(outcomes)


@pytest.mark.parametrize("function", steps())
def test_updates_are_the_same_to_the_last_bit_as_on_the_cpu(function: str) -> None:
    rng, kind = np.random.default_rng(5), state_type(function)
    for size in (0, 1, 33, 257, 5000):
        scalars = draw_scalars(function, rng)
        on_cpu = started(function, ordinary((size,), rng).astype(kind), scalars, 0.1)
        emulated = {name: array.copy() for name, array in on_cpu.items()}
        for number, gradient in enumerate(ordinary_gradients(3, size, rng).astype(kind), 1):
            at = numbered(function, scalars, number)
            update(function, on_cpu, gradient, **at)
            with vision_kernels.backend("emulated"):
                update(function, emulated, gradient, **at)
        for name, array in on_cpu.items():
            np.testing.assert_array_equal(emulated[name], array, err_msg=f"{name} {scalars}")


@pytest.mark.parametrize("function", LOSSES)
def test_losses_are_the_same_as_on_the_cpu(function: str) -> None:
    rng = np.random.default_rng(6)
    for n, k, s in ((0, 1, 0), (1, 1, 1), (3, 7, 2), (33, 257, 3), (5, 1000, 1)):
        scalars, arrays = finite_scalars(function, rng), inputs(function, n, k, s, rng)
        if not scalars.get("use_weighted_loss", True):
            arrays.pop("class_weight")
        on_cpu = getattr(vision_kernels, function)(**arrays, **scalars)
        with vision_kernels.backend("emulated"):
            emulated = getattr(vision_kernels, function)(**arrays, **scalars)
        for name, array in on_cpu._asdict().items():
            size = float(np.max(np.abs(array), initial=0.0))
            np.testing.assert_allclose(getattr(emulated, name), array, rtol=2e-6, atol=2e-7 * size, err_msg=name)


def test_results_do_not_depend_on_the_order_of_threads() -> None:
    told = [replay_in_order(order) for order in ORDERS]
    assert len(told[0].splitlines()) > 250
    assert told[0] == told[1] == told[2]


def replay_in_order(order: str) -> str:
    """The report of all recorded cases, with the largest error of each."""
    command = [sys.executable, "-m", "vision_kernels.replay", str(FOLDER), "--backend", "emulated", "--format", "json"]
    environment = {**os.environ, "VISION_KERNELS_EMULATOR_ORDER": order}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_sanitizers_find_nothing_in_the_recorded_cases() -> None:
    finished = sanitized.replayed(FOLDER)
    assert finished.returncode == 0, finished.stderr[-4000:]
    assert json.loads(finished.stdout.splitlines()[-1])["counts"]["agrees"] > 250


def test_sanitizers_are_at_work() -> None:
    """An array that claims more memory than it has is written beyond its end, which is found."""
    planted = """
import numpy as np
too_long = np.lib.stride_tricks.as_strided(np.ones(4, np.float32), (999,))
with vision_kernels.backend("emulated"):
    vision_kernels.keras_clip_value([too_long], clip_value=0.5)
"""
    finished = sanitized.run(planted)
    assert finished.returncode == sanitized.FOUND
    assert "heap-buffer-overflow" in finished.stderr
