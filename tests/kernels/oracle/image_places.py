"""Images sampled at other places: OpenCV's affine warp and TensorFlow's projective transform; random numbers."""

import math

import numpy as np

from tests.kernels.oracle.image_weights import cubic_taps

F = np.float32
STEPS, UNITS = 32, 1 << 15  # places of OpenCV are multiples of 1/32 pixel, weights of 1/32768


def warp_affine(
    image: np.ndarray, matrix: np.ndarray, height: int, width: int, interpolation: str = "bilinear", fill: int = 255
) -> np.ndarray:
    """`cv::warpAffine` on bytes with a constant border, in its fixed-point numbers."""
    forward = np.vstack([matrix.astype(np.float64), [0, 0, 1]])
    inverse = np.linalg.inv(forward)
    out = np.zeros((height, width, image.shape[2]), np.uint8)
    for y in range(height):
        for x in range(width):
            out[y, x] = _sampled(image, *_fixed_place(inverse, x, y, interpolation == "nearest"), interpolation, fill)
    return out


def _fixed_place(inverse: np.ndarray, x: int, y: int, nearest: bool) -> tuple[int, int]:
    """The place in the image, in 1/1024 pixel."""
    half = 512 if nearest else 16
    moved = [round(inverse[i, 0] * x * 1024) + round((inverse[i, 1] * y + inverse[i, 2]) * 1024) for i in range(2)]
    return moved[0] + half, moved[1] + half


def _sampled(image: np.ndarray, x: int, y: int, interpolation: str, fill: int) -> np.ndarray:
    if interpolation == "nearest":
        return _pixel(image, x >> 10, y >> 10, fill)
    x, y = x >> 5, y >> 5
    total = np.zeros(image.shape[2], np.int64)
    weights = fixed_weights(interpolation, y % STEPS, x % STEPS)
    before = weights.shape[0] // 2 - 1
    for (row, column), weight in np.ndenumerate(weights):
        total += weight * _pixel(image, (x >> 5) - before + column, (y >> 5) - before + row, fill)
    return np.clip((total + UNITS // 2) // UNITS, 0, 255).astype(np.uint8)


def fixed_weights(interpolation: str, y: int, x: int) -> np.ndarray:
    """Weights at y/32 and x/32 behind a pixel, in 1/32768; a sum that is not 1 is made so in the middle."""
    if interpolation == "bilinear":
        return np.outer([STEPS - y, y], [STEPS - x, x]) * STEPS
    rows, columns = (np.array(cubic_taps(each / STEPS), F) for each in (y, x))
    weights = np.clip(np.rint(np.outer(rows, columns) * F(UNITS)), -UNITS, UNITS - 1).astype(np.int64)
    excess = int(weights.sum()) - UNITS
    if excess:
        middle = weights[2:4, 2:4]
        place = np.unravel_index(np.argmax(middle) if excess < 0 else np.argmin(middle), middle.shape)
        middle[place] -= excess
    return weights


def _pixel(image: np.ndarray, x: int, y: int, fill: float) -> np.ndarray:
    inside = 0 <= y < image.shape[0] and 0 <= x < image.shape[1]
    return image[y, x].astype(np.int64) if inside else np.full(image.shape[2], fill, np.int64)


def affine_matrix(drawn: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The map of MXNet's record reader, in single precision; the size is rows and columns."""
    shear, degrees, scale, ratio = drawn
    a, b = F(math.cos(degrees / 180 * math.pi)), F(math.sin(degrees / 180 * math.pi))
    shear, scale, ratio = F(shear), F(scale), F(ratio)
    hs = F(2) * scale / (F(1) + ratio)
    ws = ratio * hs
    rows = [[hs * a - shear * b * ws, hs * b + shear * a * ws], [-b * ws, a * ws]]
    height, width = (F(edge) for edge in size)
    new = scale * width, scale * height
    shifts = [(edge - (m[0] * width + m[1] * height)) / F(2) for edge, m in zip(new, rows, strict=True)]
    return np.array([[*m, shift] for m, shift in zip(rows, shifts, strict=True)], F)


def rotation(turn: float, height: int, width: int) -> np.ndarray:
    cos, sin = math.cos(2 * math.pi * turn), math.sin(2 * math.pi * turn)
    cx, cy = (width - 1) / 2, (height - 1) / 2
    return np.array([cos, -sin, cx - cx * cos + cy * sin, sin, cos, cy - cx * sin - cy * cos, 0, 0])


def zoom(vertical: float, horizontal: float, height: int, width: int) -> np.ndarray:
    zy, zx = 1 + vertical, 1 + horizontal
    return np.array([zx, 0, (width - 1) / 2 * (1 - zx), 0, zy, (height - 1) / 2 * (1 - zy), 0, 0])


def transform(
    image: np.ndarray,
    numbers: np.ndarray,
    *,
    interpolation: str = "bilinear",
    fill_mode: str = "reflect",
    fill_value: float = 0,
) -> np.ndarray:
    """TensorFlow's ImageProjectiveTransformV3; places in single precision."""
    out = np.empty(image.shape, np.float64)
    a0, a1, a2, b0, b1, b2, c0, c1 = (F(each) for each in numbers)
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            k = c0 * F(x) + c1 * F(y) + F(1)
            if k == 0:
                out[y, x] = fill_value
                continue
            places = (a0 * F(x) + a1 * F(y) + a2) / k, (b0 * F(x) + b1 * F(y) + b2) / k
            if np.isnan(places).any():
                out[y, x] = np.nan
                continue
            column, row = (filled(c, n, fill_mode) for c, n in zip(places, image.shape[1::-1], strict=True))
            out[y, x] = _taken(image, row, column, interpolation, fill_value)
    return out


def filled(place: np.floating, size: int, mode: str) -> np.floating:
    """The coordinate that stands for one outside of an axis."""
    n, c = F(size), F(place)
    if size == 1 and (mode == "reflect" or (mode == "wrap" and c != 0)):
        return F(0)
    if mode == "reflect" and c < 0:
        c = F(2) * n * F(int(-c / (F(2) * n))) + c if c < F(2) * n else c
        c = c + F(2) * n if c < -n else -c - F(1)
    elif mode == "reflect" and c > n - 1:
        c = c - F(2) * n * F(int(c / (F(2) * n)))
        c = F(2) * n - c - F(1) if c >= n else c
    elif mode == "wrap" and c < 0:
        c = c + n * F(int(-c / (n - F(1))) + 1)
    elif mode == "wrap" and c > n - 1:
        c = c - n * F(int(c / (n - F(1))))
    return c if mode == "constant" else min(max(c, F(0)), n - F(1))


def _taken(image: np.ndarray, row: F, column: F, interpolation: str, fill: float) -> np.ndarray:
    def pixel(y: float, x: float) -> np.ndarray:
        inside = 0 <= y < image.shape[0] and 0 <= x < image.shape[1]
        return image[int(y), int(x)].astype(np.float64) if inside else np.full(image.shape[2], fill, np.float64)

    if interpolation == "nearest":
        return pixel(_away_from_zero(row), _away_from_zero(column))
    top, left = math.floor(row), math.floor(column)
    y, x = float(row) - top, float(column) - left
    upper = (1 - x) * pixel(top, left) + x * pixel(top, left + 1)
    lower = (1 - x) * pixel(top + 1, left) + x * pixel(top + 1, left + 1)
    return (1 - y) * upper + y * lower


def _away_from_zero(number: F) -> float:
    return math.copysign(math.floor(abs(float(number)) + 0.5), float(number))


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox 4x32 with ten rounds: J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (2011)."""
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(10):
        low, high = x0 * 0xD2511F53, x2 * 0xCD9E8D57
        x0, x1, x2, x3 = high >> 32 ^ x1 ^ k0, high & 0xFFFFFFFF, low >> 32 ^ x3 ^ k1, low & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return x0, x1, x2, x3


def random_uniform(
    seed: int, count: int, *, stream: int = 0, start: int = 0, low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    numbers = []
    for i in range(start, start + count):
        block = i // 4
        words = philox(
            (block & 0xFFFFFFFF, block >> 32, stream & 0xFFFFFFFF, stream >> 32), (seed & 0xFFFFFFFF, seed >> 32)
        )
        numbers.append(F(words[i % 4] >> 8) * F(2**-24) * (F(high) - F(low)) + F(low))
    return np.array(numbers, F)
