"""Updates agree with the oracle, whatever the size, the place in memory and the number of the tensors."""

from typing import Any

import numpy as np
import pytest
import vision_kernels
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels import oracle
from tests.kernels.arrays import Arrays, numbered, started, state_type, update, view_off_by_one
from tests.kernels.declared import functions, steps
from tests.kernels.drawing import draw_scalars

SIZES = st.one_of(st.integers(0, 70), st.sampled_from([255, 256, 257, 1000, 4099]))
DENORMAL = [1e-40, -1e-42, 1.4e-45]
TINY = [1e-20, -3e-19]


def numbers(size: int, seed: int) -> np.ndarray:
    """Numbers with every kind among them: zeros, denormal ones, those whose squares are denormal, and larger ones."""
    rng = np.random.default_rng(seed)
    drawn = rng.normal(size=size) * 10.0 ** rng.uniform(-6, 2, size)
    special = rng.choice([0.0, -0.0, *DENORMAL, *TINY, 100.0], size)
    return np.where(rng.random(size) < 0.3, special, drawn)


def largest(*arrays: np.ndarray) -> np.ndarray:
    """At each place the size of the largest finite number, 1 at least."""
    sizes = np.abs(np.stack([array.astype(np.float64) for array in arrays]))
    return np.max(np.where(np.isfinite(sizes), sizes, 1.0), axis=0, initial=1.0)


def assert_agrees(ours: Arrays, theirs: Arrays, terms: np.ndarray) -> None:
    """Equal but for the last bits of the terms of their sums: not fused, and in the same order or another."""
    for name, array in ours.items():
        # Sums of another order overflow at another place; what an infinity becomes is told by the recorded cases.
        most = float(np.finfo(array.dtype).max) / 16
        with np.errstate(over="ignore"):
            expected = theirs[name].astype(array.dtype)
        limit = 8 * np.finfo(array.dtype).eps * largest(terms, expected)
        apart = np.clip(array.astype(np.float64), -most, most) - np.clip(expected.astype(np.float64), -most, most)
        same = (np.abs(apart) <= limit) | (array == expected) | ~(np.isfinite(array) | np.isfinite(expected))
        assert same.all(), (name, array[~same][:3], expected[~same][:3])


@pytest.mark.parametrize("function", steps())
@given(size=SIZES, seed=st.integers(0, 2**32 - 1), half=st.booleans(), shifted=st.booleans())
def test_updates_agree_with_the_oracle(function: str, size: int, seed: int, half: bool, shifted: bool) -> None:
    rng = np.random.default_rng(seed)
    kind = state_type(function)
    precision = np.float16 if half or kind is np.float16 else np.float32
    scalars = draw_scalars(function, rng)
    weight = rng.normal(size=size).astype(precision)
    ours = started(function, weight, scalars, 0.1 if "adagrad" in function else 0.0)
    if shifted:
        ours = {name: view_off_by_one(array) for name, array in ours.items()}
    theirs = {name: array.copy() for name, array in ours.items()}
    for number in (1, 2, 3):
        with np.errstate(over="ignore", under="ignore"):
            gradient = numbers(size, seed + number).astype(precision)
        at = numbered(function, scalars, number)
        computed = oracle.step(function, {**ours, "gradient": gradient}, kind, **at)
        theirs = {name: computed[name] for name in ours}
        terms = largest(gradient, *ours.values(), *theirs.values())
        update(function, ours, view_off_by_one(gradient) if shifted else gradient, **at)
        assert_agrees(ours, theirs, terms)


@pytest.mark.parametrize("function", steps())
def test_tensors_in_one_call_are_updated_each_as_by_itself(function: str) -> None:
    rng = np.random.default_rng(7)
    scalars = {scalar["name"]: scalar["default"] for scalar in functions()[function]["scalars"]} | {"step": 1}
    scalars = {name: value for name, value in scalars.items() if name != "step"}
    kind = state_type(function)
    sizes = [5, 0, 1, 4099, 64, 0, 3]
    together = [started(function, rng.normal(size=size).astype(kind), scalars) for size in sizes]
    alone = [{name: array.copy() for name, array in arrays.items()} for arrays in together]
    gradients = [rng.normal(size=size).astype(kind) for size in sizes]
    at = numbered(function, scalars, 1)
    lists = {name: [arrays[name] for arrays in together] for name in together[0]}
    getattr(vision_kernels, function)(lists.pop("weight"), gradients, **lists, **at)
    for arrays, gradient in zip(alone, gradients, strict=True):
        update(function, arrays, gradient, **at)
    for ours, theirs in zip(together, alone, strict=True):
        for name in ours:
            np.testing.assert_array_equal(ours[name], theirs[name])


@pytest.mark.parametrize("function", steps())
def test_empty_lists_are_no_work(function: str) -> None:
    scalars: dict[str, Any] = {s["name"]: s["default"] for s in functions()[function]["scalars"] if s["name"] != "step"}
    empty: dict[str, list[np.ndarray]] = {name: [] for name in started(function, np.ones(1, np.float32), scalars)}
    empty.pop("weight")
    empty.pop("master", None)
    getattr(vision_kernels, function)([], [], **empty, **numbered(function, scalars, 1))


@given(size=SIZES, seed=st.integers(0, 2**32 - 1), limit=st.floats(1e-3, 1e3))
def test_clipping_agrees_with_the_oracle(size: int, seed: int, limit: float) -> None:
    for function, scalars in (("keras_clip_value", {"clip_value": limit}), ("keras_clip_norm", {"clip_norm": limit})):
        gradient = numbers(size, seed).astype(np.float32)
        expected = oracle.step(function, {"gradient": gradient}, np.float64, **scalars)["gradient"]
        getattr(vision_kernels, function)([gradient], **scalars)
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-37)


@given(size=SIZES, seed=st.integers(0, 2**32 - 1), rate=st.floats(0, 1), decay=st.floats(0, 1))
def test_decay_agrees_with_the_oracle(size: int, seed: int, rate: float, decay: float) -> None:
    weight = numbers(size, seed).astype(np.float32)
    scalars = {"learning_rate": rate, "weight_decay": decay}
    expected = oracle.step("keras_weight_decay", {"weight": weight}, np.float32, **scalars)["weight"]
    vision_kernels.keras_weight_decay([weight], **scalars)
    np.testing.assert_allclose(weight, expected, rtol=1e-6, atol=1e-44)
