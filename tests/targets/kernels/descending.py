"""Calls of the fixture's `descent_step`, which updates lists of arrays."""

from typing import Any

import numpy as np
import pytest


class Arrays:
    """Two entries for `descent_step`; whatever is refused leaves them as they are."""

    def __init__(self, dtype: str = "float32") -> None:
        self.weight = [np.ones((2, 3), dtype), np.ones(4, dtype)]
        self.gradient = [np.full((2, 3), 2, dtype), np.full(4, 2, dtype)]
        self.velocity = [np.ones((2, 3), np.float32), np.ones(4, np.float32)]
        self.master = [np.ones((2, 3), np.float32), np.ones(4, np.float32)]

    @property
    def all(self) -> list[np.ndarray]:
        return [*self.weight, *self.gradient, *self.velocity, *self.master]


def refused(cpu: Any, error: type[Exception], text: str, arrays: Arrays | None = None, **given: Any) -> None:
    """`descent_step` refuses this with these words, and has written nothing."""
    used = arrays or Arrays()
    before = [array.copy() for array in used.all]
    weight, gradient = given.pop("weight", used.weight), given.pop("gradient", used.gradient)
    with pytest.raises(error) as caught:
        cpu.descent_step(weight, gradient, **given)
    assert str(caught.value) == f"descent_step: {text}"
    assert all(np.array_equal(old, new, equal_nan=True) for old, new in zip(before, used.all, strict=True))
