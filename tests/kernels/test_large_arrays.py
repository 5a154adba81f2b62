"""Places beyond 2^32 elements. The arrays are holes in a file, so that only what is touched takes memory."""

from pathlib import Path

import numpy as np
import pytest
import vision_kernels

ROWS, COLUMNS = 100_000, 46_350
ON_BOTH = pytest.mark.parametrize("backend", ["cpu", "emulated"])


@pytest.fixture
def image(tmp_path: Path) -> np.ndarray:
    """Zeros, one byte each."""
    hole = np.memmap(tmp_path / "hole", np.uint8, "w+", shape=(ROWS, COLUMNS, 1))
    assert hole.size > 2**32
    return hole


@ON_BOTH
def test_far_corner_of_an_image_is_cropped(image: np.ndarray, backend: str) -> None:
    marks = np.arange(1, 13, dtype=np.uint8).reshape(3, 4, 1)
    image[-3:, -4:] = marks
    corner = np.array([[ROWS - 3, COLUMNS - 4]], np.int32)
    with vision_kernels.backend(backend):
        cropped = vision_kernels.crop([image], corner, height=3, width=4).cropped[0]
    np.testing.assert_array_equal(cropped, marks)


@ON_BOTH
@pytest.mark.parametrize("method", ["nearest", "bilinear"])
def test_pixels_of_a_huge_image_are_found(image: np.ndarray, backend: str, method: str) -> None:
    # Of ten rows and columns, the last lies around 95 % of the way.
    row, column = ROWS * 95 // 100, COLUMNS * 95 // 100
    image[row - 1 : row + 2, column - 1 : column + 2] = 200
    assert row * COLUMNS + column > 2**32
    with vision_kernels.backend(backend):
        resized = vision_kernels.resize_uint8([image], height=10, width=10, method=method).resized[0]
    assert resized[9, 9, 0] == 200
    assert int(resized.astype(np.int64).sum()) == 200
