"""Images, pixel by pixel and slow."""

import math

import numpy as np

from tests.kernels.oracle import image_weights

F = np.float32


def resized(image: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """An image under the weights of its two axes, in double precision."""
    return np.einsum("ih,jw,hwc->ijc", rows, columns, image.astype(np.float64), optimize=True)


def resize(image: np.ndarray, height: int, width: int, method: str = "bilinear", antialias: bool = False) -> np.ndarray:
    h, w, _ = image.shape
    rows = image_weights.tensorflow(method, h, height, antialias)
    return resized(image, rows, image_weights.tensorflow(method, w, width, antialias))


def rounded(image: np.ndarray) -> np.ndarray:
    """To bytes."""
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def opencv_resize(image: np.ndarray, height: int, width: int, interpolation: str = "bilinear") -> np.ndarray:
    return rounded(resized(image, *image_weights.opencv(interpolation, image.shape[:2], (height, width))))


def crop(image: np.ndarray, corner: tuple[int, int], height: int, width: int) -> np.ndarray:
    row = min(max(corner[0], 0), image.shape[0] - height)
    column = min(max(corner[1], 0), image.shape[1] - width)
    return image[row : row + height, column : column + width]


def flip(image: np.ndarray, left_right: bool, up_down: bool) -> np.ndarray:
    return image[:: -1 if up_down else 1, :: -1 if left_right else 1]


def normalize(image: np.ndarray, mean: np.ndarray, deviation: np.ndarray, scale: float = 1.0) -> np.ndarray:
    return (image.astype(np.float64) * scale - mean) / deviation


def jitter_color(image: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """MXNet's HueJitterAug, SaturationJitterAug, ContrastJitterAug and BrightnessJitterAug, in this order."""
    hue, saturation, contrast, brightness = (float(each) for each in amount)
    pixels = image.astype(np.float64)
    if hue:
        u, w = math.cos(hue * math.pi), math.sin(hue * math.pi)
        turn = np.array([[1, 0, 0], [0, u, -w], [0, w, u]])
        yiq = np.array([[0.299, 0.587, 0.114], [0.596, -0.274, -0.321], [0.211, -0.523, 0.311]])
        rgb = np.array([[1.0, 0.956, 0.621], [1.0, -0.272, -0.647], [1.0, -1.107, 1.705]])
        pixels = pixels @ (rgb @ turn @ yiq).T
    grey = pixels @ np.array([0.299, 0.587, 0.114])
    pixels = pixels * (1 + saturation) - saturation * grey[:, :, None]
    grey = pixels @ np.array([0.299, 0.587, 0.114])
    pixels = pixels * (1 + contrast) - contrast * grey.mean()
    return pixels * (1 + brightness)


def jitter_hsl(image: np.ndarray, shift: np.ndarray) -> np.ndarray:
    hls = _bytes_to_hls(image)
    hue, saturation, lightness = (int(each) for each in shift)
    hls += np.array([hue, lightness, saturation])
    return _hls_to_bytes(np.clip(hls, 0, [180, 255, 255]))


def _bytes_to_hls(image: np.ndarray) -> np.ndarray:
    r, g, b = (image.astype(F) * F(1 / 255)).transpose(2, 0, 1)
    high, low = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    span, lightness = high - low, (high + low) * F(0.5)
    with np.errstate(all="ignore"):
        saturation = np.where(lightness < F(0.5), span / (high + low), span / (F(2) - high - low))
        turn = F(60) / span
        hue = np.where(high == r, (g - b) * turn, np.where(high == g, (b - r) * turn + F(120), (r - g) * turn + F(240)))
    hue = np.where(hue < 0, hue + F(360), hue) * F(0.5)
    coloured = span > np.finfo(F).eps
    hls = np.stack(
        [np.where(coloured, hue, F(0)), lightness * F(255), np.where(coloured, saturation, F(0)) * F(255)], 2
    )
    return np.rint(hls).astype(np.int64)


def _hls_to_bytes(hls: np.ndarray) -> np.ndarray:
    h, l, s = hls.astype(F).transpose(2, 0, 1) * np.array([F(6 / 180), F(1 / 255), F(1 / 255)])[:, None, None]  # noqa: E741
    p2 = np.where(l <= F(0.5), l * (F(1) + s), l + s - l * s)
    p1 = F(2) * l - p2
    h = np.where(h >= 6, h - F(6), h)
    sector, part = np.floor(h).astype(int), h - np.floor(h)
    falling, rising = p1 + (p2 - p1) * (F(1) - part), p1 + (p2 - p1) * part
    red = np.choose(sector, [p2, falling, p1, p1, rising, p2])
    green = np.choose(sector, [rising, p2, p2, falling, p1, p1])
    blue = np.choose(sector, [p1, p1, rising, p2, p2, falling])
    return rounded(np.stack([red, green, blue], 2) * F(255))
