"""Boxes, labels and predictions of a detector, drawn so that ties, NaN and empty boxes are common."""

from typing import NamedTuple

import numpy as np


class Scene(NamedTuple):
    """What goes into training and detection for a batch."""

    anchors: np.ndarray
    label: np.ndarray
    scores: np.ndarray
    probability: np.ndarray
    location: np.ndarray


def single(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32)


def boxes(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Boxes with corners on eighths: many share sides, some are equal, and some have no area."""
    corner, size = rng.integers(0, 8, (*shape, 2)), rng.integers(0, 6, (*shape, 2))
    return single(np.concatenate([corner, corner + size], -1) / 8)


def labels(rng: np.random.Generator, n: int, t: int, w: int) -> np.ndarray:
    """Rows of true boxes, and -1 after the last; what lies behind a box in its row is noise."""
    label = np.full((n, t, w), -1, np.float32)
    for rows in label:
        count = rng.integers(0, t + 1)
        rows[:count] = rng.normal(size=(count, w))
        rows[:count, 0] = rng.integers(0, 5, count)
        # Some boxes stand there twice, as two objects in one place.
        rows[:count, 1:5] = boxes(rng, count)[rng.integers(0, max(count, 1), count)]
    return label


def scene(seed: int, n: int, a: int, k: int, t: int = 4, w: int = 5) -> Scene:
    rng = np.random.default_rng(seed)
    # Anchors share their scores, all of them, so that equal probabilities are equal to the last bit.
    scores = np.ascontiguousarray(single(rng.normal(size=(n, k, a)))[:, :, rng.integers(0, a, a)])
    probability = single(rng.integers(0, 9, (n, k, a)) / 8)
    probability[rng.random(probability.shape) < 0.02] = np.nan
    return Scene(boxes(rng, a), labels(rng, n, t, w), scores, probability, single(rng.normal(size=(n, a, 4))))
