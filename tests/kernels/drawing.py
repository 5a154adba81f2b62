"""Draws of scalars from the whole of their domains, corners first, and of ordinary arrays."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from tests.kernels.declared import Scalar, bounds, functions, is_open_at_bottom

SMALLEST, LARGEST = 5e-324, 3.4028234663852886e38
# Where single and half precision begin to round to 0 and to 1.
SMALL = [1e-300, 1e-46, 7e-46, 1.4e-45, 1e-38, 1e-20, 1e-12, 1e-8, 2.9e-8, 3.1e-8, 1e-7, 1e-5, 1e-3]
CLOSE_TO_ONE = [1e-16, 1e-12, 2.9e-8, 6e-8, 1e-6, 1e-4, 2.4e-4, 2.5e-4, 5e-4, 1e-3, 1e-2]
ANY = [0.0, 1.0, -1.0, 0.5, 1 / 32, 2.0, 10.0, -3.0, 1e-30, 1e-6, 1e5, 1e12, 1e20, -1e20, 1e38, LARGEST, SMALLEST]
# Number from two shares of 1.
Draw = Callable[[float, float], Any]


def draw_scalars(function: str, rng: np.random.Generator) -> dict[str, Any]:
    """Values for all scalars but `step`, each within its domain; half of them at their defaults."""
    ways = _ways(function)
    shares = rng.random((len(ways), 3)).tolist()
    return {
        name: default if default is not None and kept < 0.5 else way(which, share)
        for (name, default, way), (kept, which, share) in zip(ways, shares, strict=True)
    }


@cache
def _ways(function: str) -> list[tuple[str, Any, Draw]]:
    """For each scalar its name, its default, and how it is drawn."""
    scalars = [scalar for scalar in functions()[function]["scalars"] if scalar["name"] != "step"]
    return [(scalar["name"], scalar["default"], _way(scalar)) for scalar in scalars]


def _way(scalar: Scalar) -> Draw:
    domain = scalar["domain"]
    if domain["kind"] == "boolean":
        return _one_of([False, True])
    if domain["values"] is not None:
        return _one_of([choice["value"] for choice in domain["values"]])
    if domain["kind"] == "integer":
        return _one_of([-(2**53 - 1), -1, 0, 1, 2, 2**53 - 1])
    limits = bounds(scalar)
    if limits is None or limits == (-LARGEST, LARGEST):
        return _one_of(ANY)
    lower, upper = limits
    bottom = SMALLEST if is_open_at_bottom(scalar) else float(lower or 0)
    if upper is None or upper == LARGEST:
        return _one_of([bottom, *SMALL, 1.0, 100.0, 1e20, 1e38, LARGEST])
    return _between(bottom, float(upper))


def _one_of(values: list[Any]) -> Draw:
    return lambda which, _: values[int(which * len(values))]


def _between(bottom: float, top: float) -> Draw:
    """Corners half of the time; else evenly, or as often in each power of ten below the top or around the bottom."""
    corners = [bottom, top, *SMALL, *(top - distance for distance in CLOSE_TO_ONE)]

    def draw(which: float, share: float) -> float:
        if which < 0.5:
            return corners[int(share * len(corners))]
        if which < 0.7:
            return bottom + (top - bottom) * share
        size = float(10.0 ** (-9 * share))
        return max(bottom, top - size if which < 0.85 else bottom + (top - bottom) * size)

    return draw


def ordinary(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Numbers as gradients have them: of sizes from 1e-4 to 10, and zeros."""
    numbers = rng.normal(size=shape) * 10.0 ** rng.uniform(-4, 1, shape)
    return np.where(rng.random(shape) < 0.2, 0.0, np.clip(numbers, -30, 30))


def ordinary_gradients(steps: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Gradients of some steps, [steps, size]; half of the time the same in all."""
    if rng.random() < 0.5:
        return np.repeat(ordinary((1, size), rng), steps, axis=0)
    return ordinary((steps, size), rng)
