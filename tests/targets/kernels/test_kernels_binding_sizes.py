"""A binding checks the sizes of arrays that stand beside lists, and those that are computed of scalars."""

from typing import Any

import numpy as np
import pytest


class Pictures:
    """Two pictures of differing sizes, and what stands beside lists."""

    def __init__(self) -> None:
        self.picture = [np.arange(24, dtype=np.uint8).reshape(3, 4, 2), np.arange(12, dtype=np.uint8).reshape(2, 3, 2)]
        self.factor = np.array([1, 10], np.float32)
        self.own = np.array([1, 2], np.float32)
        self.window = [np.zeros((2, 3, 2), np.float32) for _ in range(2)]

    def call(self, cpu: Any, **given: Any) -> None:
        used = {"picture": self.picture, "factor": self.factor, "own_factor": self.own, "window": self.window}
        cpu.windows(**{**used, "rows": 2, "columns": 3, **given})


def test_tensors_beside_lists_are_shared_by_all_entries(cpu: Any) -> None:
    pictures = Pictures()
    pictures.call(cpu)
    factors = np.array([1, 10], np.float32)
    assert np.array_equal(pictures.window[0], pictures.picture[0][:2, :3] * factors)
    assert np.array_equal(pictures.window[1], pictures.picture[1][:2, :3] * factors * 2)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"rows": 0}, "rows must lie in [1, inf); it is 0"),
        (
            {"columns": 4, "window": [np.zeros((2, 4, 2), np.float32) for _ in range(2)]},
            "a window must fit into each picture; rows is 2, h of picture[1] is 2, columns is 4, w of picture[1] is 3",
        ),
        (
            {"rows": 1},
            "window[0] must have the shape [rows, columns, c] with rows = 1; it has (2, 3, 2)",
        ),
        ({"factor": np.ones(3, np.float32)}, "factor must have the shape [c] with c = 2; it has (3,)"),
        (
            {"own_factor": np.ones(3, np.float32)},
            "own_factor must have the shape [pictures] with pictures = 2; it has (3,)",
        ),
        ({"window": []}, "window must have as many arrays as picture, 2; it has 0"),
        (
            {"picture": [], "window": [], "own_factor": np.ones(1, np.float32)},
            "own_factor must have the shape [pictures] with pictures = 0; it has (1,)",
        ),
    ],
)
def test_sizes_beside_lists_have_their_laws(cpu: Any, given: dict[str, Any], text: str) -> None:
    pictures = Pictures()
    with pytest.raises(ValueError) as caught:
        pictures.call(cpu, **given)
    assert str(caught.value) == f"windows: {text}"
    assert not any(window.any() for window in pictures.window)


def test_an_empty_list_beside_what_all_share_is_nothing_to_do(cpu: Any) -> None:
    Pictures().call(cpu, picture=[], window=[], own_factor=np.ones(0, np.float32))


def test_computed_sizes_are_those_of_the_scalars(cpu: Any) -> None:
    number = np.zeros((4, 2))
    cpu.grid(number=number, rows=2, columns=[0.5, 1.5])
    assert number.tolist() == [[0, 0.5], [0, 1.5], [1, 0.5], [1, 1.5]]
    with pytest.raises(ValueError) as caught:
        cpu.grid(number=number, rows=3, columns=[0.5, 1.5])
    assert str(caught.value) == "grid: number must have the shape [n, 2] with n = 6; it has (4, 2)"
    with pytest.raises(ValueError) as caught:
        cpu.grid(number=number, rows=2**52, columns=[0.5] * 3)
    assert str(caught.value).startswith("grid: n = rows * size(columns) must be a size; rows is 4503599627370496")
