"""The images that are resized, and the threads that do it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

COUNT, HEIGHT, WIDTH, SIDE = 64, 375, 500, 224
THREADS = 2


def photographs() -> list[np.ndarray]:
    """Bytes with surfaces, edges and noise, each different."""
    random = np.random.default_rng(0)
    coarse = np.kron(random.integers(0, 256, (47, 63, 3)), np.ones((8, 8, 1)))[:HEIGHT, :WIDTH]
    noise = (random.integers(-20, 20, coarse.shape) for _ in range(COUNT))
    return [np.clip(coarse + each, 0, 255).astype(np.uint8) for each in noise]


def on_threads(images: list[Any], change: Callable[[Any], Any]) -> Callable[[], object]:
    """A call that changes all images, each on one of the threads."""
    pool = ThreadPoolExecutor(THREADS)
    return lambda: list(pool.map(change, images))
