"""Runs of an optimizer over gradients as trainings have them, and as they have them at worst."""

from functools import cache
from typing import Any

import numpy as np
import vision_kernels

from tests.kernels.declared import functions, needed_states
from tests.kernels.drawing import ordinary

SIZE = 16
# Most draws see a few updates, some see hundreds, few see thousands.
SHORT, LONG, LONGEST = 5, 300, 3000
EVERY_LONG, EVERY_LONGEST = 50, 1000
# What the hazards of half precision speak of.
UPDATES_OF_HALF = 200
LARGEST_GRADIENT = 30.0
PATTERNS = 8
LARGEST_BFLOAT = 3.3895313892515355e38
Arrays = dict[str, np.ndarray]


@cache
def gradients(precision: str) -> list[list[np.ndarray]]:
    """Some courses of LONGEST gradients of SIZE elements, each element of a kind of its own."""
    rng = np.random.default_rng(7)
    return [[row.copy() for row in rounded(_course(rng), precision)] for _ in range(PATTERNS)]


def _course(rng: np.random.Generator) -> np.ndarray:
    """Elements that stay the same, that are random, that change their sign, that are rare, that stop, and that are 0."""
    course = ordinary((LONGEST, SIZE), rng)
    number = np.arange(LONGEST)
    sizes = rng.uniform(0.01, LARGEST_GRADIENT, SIZE)
    course[:, :5] = [LARGEST_GRADIENT, *sizes[1:4], 10.0 ** rng.uniform(-4, 1)]
    course[:, 5] = np.abs(course[:, 5])
    course[:, 11] = sizes[11] * (-1.0) ** number
    course[:, 12] = np.where(rng.random(LONGEST) < 0.02, sizes[12], 0.0)
    course[:, 13] = np.where(number % 100 < 40, sizes[13], 0.0)
    course[:, 14] = np.where(number < 3, LARGEST_GRADIENT, 0.0)
    course[:, 15] = 0.0
    return course


def rounded(numbers: np.ndarray, precision: str) -> np.ndarray:
    """As an array of the precision; NumPy has no bfloat16, whose numbers are single ones with shorter fractions."""
    if precision == "bfloat16":
        bits = numbers.astype(np.float32).view(np.uint32)
        return ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)
    return numbers.astype(precision)


def updates_of(number: int, precision: str) -> int:
    """How many updates draw `number` makes."""
    longest = LONGEST if number % EVERY_LONGEST == 0 else LONG if number % EVERY_LONG == 0 else SHORT
    return min(longest, UPDATES_OF_HALF) if precision == "float16" else longest


def run(function: str, scalars: dict[str, Any], precision: str, updates: int, rng: np.random.Generator) -> Arrays:
    """Weights and states after some updates, of weights in float32, float16 or bfloat16.

    Weights in bfloat16 are the master's, rounded: the master is computed with gradients in bfloat16.
    """
    half, is_half = function.endswith("_half_step"), precision == "float16"
    kind = np.float16 if half else np.float32
    weight = ordinary((SIZE,), rng).astype(np.float16 if is_half else np.float32)
    start = 0.1 if function == "keras_adagrad_step" else 0.0
    arrays = {"weight": weight}
    arrays |= {name: np.full(SIZE, start, kind) for name in needed_states(function, scalars)}
    if is_half and not half:
        arrays["master"] = weight.astype(np.float32)
    kernel = getattr(vision_kernels, function)
    states = {name: [array] for name, array in arrays.items() if name != "weight"}
    course = gradients(precision)[int(rng.integers(PATTERNS))]
    counts = any(scalar["name"] == "step" for scalar in functions()[function]["scalars"])
    for number in range(updates):
        numbered = {"step": number + 1} if counts else {}
        kernel([weight], [course[number]], **states, **scalars, **numbered)
    return arrays


def is_finite(arrays: Arrays, precision: str) -> bool:
    """Whether all weights and states are, the weights in their precision as well."""
    fits = precision != "bfloat16" or bool((np.abs(arrays["weight"]) <= LARGEST_BFLOAT).all())
    return fits and all(bool(np.isfinite(array).all()) for array in arrays.values())
