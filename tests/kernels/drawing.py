"""Draws of scalars from the whole of their domains, corners first, and of ordinary arrays."""

from typing import Any

import numpy as np

from tests.kernels.declared import bounds, functions, is_open_at_bottom

SMALLEST, LARGEST = 5e-324, 3.4028234663852886e38
# Where single and half precision begin to round to 0 and to 1.
SMALL = [1e-300, 1e-46, 7e-46, 1.4e-45, 1e-38, 1e-20, 1e-12, 1e-8, 2.9e-8, 3.1e-8, 1e-7, 1e-5, 1e-3]
CLOSE_TO_ONE = [1e-16, 1e-12, 2.9e-8, 6e-8, 1e-6, 1e-4, 2.4e-4, 2.5e-4, 5e-4, 1e-3, 1e-2]
ANY = [0.0, 1.0, -1.0, 0.5, 1 / 32, 2.0, 10.0, -3.0, 1e-30, 1e-6, 1e5, 1e12, 1e20, -1e20, 1e38, LARGEST, SMALLEST]


def draw_scalars(function: str, rng: np.random.Generator) -> dict[str, Any]:
    """Values for all scalars but `step`, each within its domain; half of them at their defaults."""
    drawn = {}
    for scalar in functions()[function]["scalars"]:
        if scalar["name"] == "step":
            continue
        if scalar["default"] is not None and rng.random() < 0.5:
            drawn[scalar["name"]] = scalar["default"]
        else:
            drawn[scalar["name"]] = _drawn(scalar, rng)
    return drawn


def _drawn(scalar: dict[str, Any], rng: np.random.Generator) -> Any:
    domain = scalar["domain"]
    if domain["kind"] == "boolean":
        return bool(rng.integers(2))
    if domain["values"] is not None:
        return str(rng.choice([choice["value"] for choice in domain["values"]]))
    if domain["kind"] == "integer":
        return int(rng.choice([-(2**53 - 1), -1, 0, 1, 2, 2**53 - 1]))
    limits = bounds(scalar)
    if limits is None or limits == (-LARGEST, LARGEST):
        return float(rng.choice(ANY))
    lower, upper = limits
    bottom = SMALLEST if is_open_at_bottom(scalar) else float(lower or 0)
    if upper is None or upper == LARGEST:
        return float(rng.choice([bottom, *SMALL, 1.0, 100.0, 1e20, 1e38, LARGEST]))
    return float(
        rng.choice([bottom, upper, *SMALL, *(upper - np.array(CLOSE_TO_ONE)), *rng.uniform(bottom, upper, 12)])
    )


def ordinary(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Numbers as gradients have them: of sizes from 1e-4 to 10, and zeros."""
    numbers = rng.normal(size=shape) * 10.0 ** rng.uniform(-4, 1, shape)
    return np.where(rng.random(shape) < 0.2, 0.0, np.clip(numbers, -30, 30))


def ordinary_gradients(steps: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Gradients of some steps, [steps, size]; half of the time the same in all."""
    if rng.random() < 0.5:
        return np.repeat(ordinary((1, size), rng), steps, axis=0)
    return ordinary((steps, size), rng)
