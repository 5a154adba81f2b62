"""Random numbers for images, from the seed, the epoch and the index of each."""

from collections.abc import Sequence
from typing import Any

import numpy as np

import vision_kernels
from vision_kernels.transforms.checking import LARGEST, whole

# Numbers that belong to an image in an epoch. More than any augmentation draws, so that one may draw more some day.
PER_IMAGE = 32


def drawn(function: str, seed: int, epoch: int, indices: Sequence[int], count: int) -> np.ndarray:
    """Evenly distributed numbers in [0, 1), `count` for each image: float32 [n, count].

    Raises TypeError for an epoch or an index that is no whole number, and ValueError for one outside of its range, both
    in the name of the function.
    """
    numbers, epoch = np.empty((len(indices), count), np.float32), whole(f"{function}: epoch", epoch)
    most = LARGEST // PER_IMAGE
    starts = [
        whole(f"{function}: indices[{place}]", index, most=most) * PER_IMAGE for place, index in enumerate(indices)
    ]
    for row, start in zip(numbers, starts, strict=True):
        on_host("random_uniform", number=row, seed=seed, sequence=epoch, start=start, length=count)
    return numbers


def between(numbers: np.ndarray, low: float, high: float) -> np.ndarray:
    """Numbers of [0, 1) spread over [low, high), in double precision."""
    return low + (high - low) * numbers.astype(np.float64)


def whole_between(numbers: np.ndarray, low: int | np.ndarray, high: int | np.ndarray) -> np.ndarray:
    """Whole numbers from low to high, both included: int32."""
    span = np.asarray(high) - low + 1
    whole: np.ndarray = low + np.floor(numbers.astype(np.float64) * span)
    return whole.astype(np.int32)


def on_host(function: str, *arrays: np.ndarray, **options: Any) -> Any:
    """Calls a function on the CPU, whatever computes on images."""
    with vision_kernels.backend("cpu"):
        return getattr(vision_kernels, function)(*arrays, **options)
