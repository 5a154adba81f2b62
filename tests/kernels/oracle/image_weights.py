"""The weights of resizing, as one matrix for each axis: `out` rows, `size` columns.

Those of TensorFlow are formed in single precision, in TensorFlow's order: a sample on the edge of a kernel's support
is decided by the last bit.
"""

import math
from collections.abc import Callable

import numpy as np

F = np.float32
Kernel = Callable[[np.floating], np.floating]


def _triangle(x: F) -> F:
    return F(1) - x if x < 1 else F(0)


def _keys(x: F) -> F:
    if x >= 2:
        return F(0)
    if x >= 1:
        return ((F(-0.5) * x + F(2.5)) * x - F(4)) * x + F(2)
    return ((F(1.5) * x - F(2.5)) * x) * x + F(1)


def _mitchell(x: F) -> F:
    if x >= 2:
        return F(0)
    if x >= 1:
        return ((F(-7 / 18) * x + F(2)) * x - F(10 / 3)) * x + F(16 / 9)
    return ((F(7 / 6) * x - F(2)) * x) * x + F(8 / 9)


def _gaussian(x: F) -> F:
    return F(0) if x >= F(1.5) else np.exp(-x * x / F(0.5))


def _lanczos(radius: int) -> Kernel:
    def kernel(x: F) -> F:
        if x > radius:
            return F(0)
        if x <= F(1e-3):
            return F(1)
        angle = F(math.pi) * x
        return F(radius) * np.sin(angle) * np.sin(angle / F(radius)) / (angle * angle)

    return kernel


# method -> kernel and its radius
KERNELS: dict[str, tuple[Kernel, float]] = {
    "bilinear": (_triangle, 1.0),
    "bicubic": (_keys, 2.0),
    "mitchellcubic": (_mitchell, 2.0),
    "gaussian": (_gaussian, 1.5),
    "lanczos3": (_lanczos(3), 3.0),
    "lanczos5": (_lanczos(5), 5.0),
}


def tensorflow(method: str, size: int, out: int, antialias: bool) -> np.ndarray:
    """The weights of `tf.image.resize`, version 2."""
    if method in ("nearest", "area"):
        return {"nearest": _nearest, "area": _area}[method](size, out)
    if not antialias and method in ("bilinear", "bicubic"):
        return {"bilinear": _bilinear, "bicubic": _bicubic}[method](size, out)
    return _scaled(*KERNELS[method], size, out, antialias)


def _nearest(size: int, out: int) -> np.ndarray:
    weights, scale = np.zeros((out, size)), F(size) / F(out)
    for i in range(out):
        weights[i, min(int(np.floor((F(i) + F(0.5)) * scale)), size - 1)] = 1
    return weights


def _area(size: int, out: int) -> np.ndarray:
    weights, scale = np.zeros((out, size)), F(size) / F(out)
    for i in range(out):
        first, last = F(i) * scale, F(i + 1) * scale
        for k in range(int(np.floor(first)), int(np.ceil(last))):
            covered = min(F(k + 1), last) - max(F(k), first)
            weights[i, min(k, size - 1)] += covered / scale
    return weights


def _bilinear(size: int, out: int) -> np.ndarray:
    weights, scale = np.zeros((out, size)), F(size) / F(out)
    for i in range(out):
        place = (F(i) + F(0.5)) * scale - F(0.5)
        low = math.floor(place)
        weights[i, max(low, 0)] += 1 - (place - low)
        weights[i, min(math.ceil(place), size - 1)] += place - low
    return weights


def _bicubic(size: int, out: int) -> np.ndarray:
    weights, scale = np.zeros((out, size)), F(size) / F(out)
    for i in range(out):
        place = (F(i) + F(0.5)) * scale - F(0.5)
        low = math.floor(place)
        step = F(np.rint((place - F(low)) * F(1024))) / F(1024)
        taps = {low - 1: _keys(F(1) + step), low: _keys(step), low + 1: _keys(1 - step), low + 2: _keys(2 - step)}
        for k, weight in taps.items():
            if 0 <= k < size:
                weights[i, k] = weight
        weights[i] /= weights[i].sum()
    return weights


def _scaled(kernel: Kernel, radius: float, size: int, out: int, antialias: bool) -> np.ndarray:
    weights, scale = np.zeros((out, size)), F(1) / (F(out) / F(size))
    stretch = max(scale, F(1)) if antialias else F(1)
    for i in range(out):
        place = (F(i) + F(0.5)) * scale
        start = max(int(np.ceil(place - F(radius) * stretch - F(0.5))), 0)
        end = min(int(np.floor(place + F(radius) * stretch - F(0.5))), size - 1)
        taps = [kernel(np.abs((F(k) + F(0.5) - place) * (F(1) / stretch))) for k in range(start, end + 1)]
        weights[i, start : end + 1] = np.array(taps, F) * (F(1) / sum(taps, F(0)))
    return weights


def opencv(interpolation: str, shape: tuple[int, int], new: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The weights of `cv::resize` for rows and for columns, before it rounds them to its fixed-point numbers."""
    sizes = list(zip(shape, new, strict=True))
    if interpolation == "area":
        shrinks = all(size >= out for size, out in sizes)
        rows, columns = (_opencv_area(*pair) if shrinks else _opencv_area_growing(*pair) for pair in sizes)
        return rows, columns
    if interpolation == "nearest":
        rows, columns = (_opencv_nearest(*pair) for pair in sizes)
        return rows, columns
    taps = {"bilinear": _linear_taps, "cubic": cubic_taps, "lanczos4": _lanczos4_taps}[interpolation]
    rows, columns = (_opencv_taps(taps, *pair) for pair in sizes)
    return rows, columns


def _opencv_nearest(size: int, out: int) -> np.ndarray:
    weights = np.zeros((out, size))
    for i in range(out):
        weights[i, min(math.floor(i * (1 / (out / size))), size - 1)] = 1
    return weights


def _opencv_area(size: int, out: int) -> np.ndarray:
    weights, scale = np.zeros((out, size)), size / out
    for i in range(out):
        for k in range(math.floor(i * scale), min(math.ceil((i + 1) * scale), size)):
            covered = min(k + 1, (i + 1) * scale) - max(k, i * scale)
            weights[i, k] = covered if covered > 1e-3 else 0
        weights[i] /= weights[i].sum()
    return weights


def _opencv_area_growing(size: int, out: int) -> np.ndarray:
    weights = np.zeros((out, size))
    for i in range(out):
        low = math.floor(i * size / out)
        part = max(0.0, (i + 1) - (low + 1) * out / size) % 1
        weights[i, low] += 1 - part
        weights[i, min(low + 1, size - 1)] += part
    return weights


def _linear_taps(part: float) -> list[float]:
    return [1 - part, part]


def cubic_taps(part: float) -> list[float]:
    """Keys's cubic with a = -0.75 at the four pixels around a place, `part` after the second."""
    a = -0.75
    first = ((a * (part + 1) - 5 * a) * (part + 1) + 8 * a) * (part + 1) - 4 * a
    second = ((a + 2) * part - (a + 3)) * part * part + 1
    third = ((a + 2) * (1 - part) - (a + 3)) * (1 - part) * (1 - part) + 1
    return [first, second, third, 1 - first - second - third]


def _lanczos4_taps(part: float) -> list[float]:
    distances = [part + 3 - k for k in range(8)]
    taps = [float(np.sinc(x) * np.sinc(x / 4)) for x in distances]
    return [tap / sum(taps) for tap in taps]


def _opencv_taps(taps_at: Callable[[float], list[float]], size: int, out: int) -> np.ndarray:
    weights = np.zeros((out, size))
    for i in range(out):
        place = (i + 0.5) * size / out - 0.5
        taps = taps_at(place - math.floor(place))
        for k, weight in enumerate(taps, math.floor(place) - len(taps) // 2 + 1):
            weights[i, min(max(k, 0), size - 1)] += weight
    return weights
