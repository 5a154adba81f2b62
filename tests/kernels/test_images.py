"""Images agree with the oracle, at any size, and are the same on the emulator."""

from typing import Any

import numpy as np
import pytest
import vision_kernels
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.oracle import image_places, images

METHODS = ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic")
INTERPOLATIONS = ("nearest", "bilinear", "cubic", "area", "lanczos4")
EDGES = st.one_of(st.integers(1, 40), st.sampled_from([64, 97]))
SIZES = st.tuples(EDGES, EDGES, st.sampled_from([1, 3, 4]))
SEEDS = st.integers(0, 2**32 - 1)


def picture(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Bytes with plain surfaces, edges and noise."""
    coarse = rng.integers(0, 256, (-(-shape[0] // 7), -(-shape[1] // 7), shape[2]))
    plain = np.kron(coarse, np.ones((7, 7, 1)))[: shape[0], : shape[1]]
    noise = rng.integers(-60, 60, shape) * (rng.random(shape) < 0.5)
    return np.clip(plain + noise, 0, 255).astype(np.uint8)


def on_both(function: str, *arrays: Any, **scalars: Any) -> Any:
    """The results on the CPU, which those of the emulator have to equal."""
    found = getattr(vision_kernels, function)(*arrays, **scalars)
    with vision_kernels.backend("emulated"):
        emulated = getattr(vision_kernels, function)(*arrays, **scalars)
    for ours, theirs in zip(found, emulated, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)
    return found


@pytest.mark.parametrize("method", METHODS)
@given(size=SIZES, new=st.tuples(EDGES, EDGES), antialias=st.booleans(), seed=SEEDS)
def test_resized_images_agree(method: str, size: Any, new: Any, antialias: bool, seed: int) -> None:
    image = picture(size, np.random.default_rng(seed))
    options = {"height": new[0], "width": new[1], "method": method, "antialias": antialias}
    expected = images.resize(image, *new, method, antialias)
    (found,) = on_both("resize", [image], **options).resized
    np.testing.assert_allclose(found, expected, rtol=0, atol=5e-3)
    (from_singles,) = on_both("resize", [image.astype(np.float32)], **options).resized
    np.testing.assert_array_equal(from_singles, found)


@pytest.mark.parametrize("method", METHODS)
@given(size=SIZES, new=st.tuples(EDGES, EDGES), antialias=st.booleans(), seed=SEEDS)
def test_resized_bytes_are_within_a_level(method: str, size: Any, new: Any, antialias: bool, seed: int) -> None:
    image = picture(size, np.random.default_rng(seed))
    options = {"height": new[0], "width": new[1], "method": method, "antialias": antialias}
    (found,) = on_both("resize_uint8", [image], **options).resized
    (exact,) = vision_kernels.resize([image], **options).resized
    assert np.abs(images.rounded(exact).astype(int) - found).max() <= 1


@pytest.mark.parametrize("interpolation", INTERPOLATIONS)
@given(size=SIZES, new=st.tuples(EDGES, EDGES), seed=SEEDS)
def test_images_resized_as_by_opencv_are_within_a_level(interpolation: str, size: Any, new: Any, seed: int) -> None:
    image = picture(size, np.random.default_rng(seed))
    options = {"height": new[0], "width": new[1], "interpolation": interpolation}
    (found,) = on_both("opencv_resize", [image], **options).resized
    assert np.abs(images.opencv_resize(image, *new, interpolation).astype(int) - found).max() <= 1


@given(value=st.integers(0, 255), size=st.tuples(EDGES, EDGES, st.just(3)), new=st.tuples(EDGES, EDGES))
def test_plain_surfaces_stay_as_they_are(value: int, size: Any, new: Any) -> None:
    plain = [np.full(size, value, np.uint8)]
    for method in METHODS:
        for antialias in (False, True):
            options = {"height": new[0], "width": new[1], "method": method, "antialias": antialias}
            assert np.all(vision_kernels.resize_uint8(plain, **options).resized[0] == value), (method, antialias)


def test_images_of_several_sizes_are_resized_in_one_call() -> None:
    rng = np.random.default_rng(1)
    given_images = [picture((rng.integers(1, 90), rng.integers(1, 90), c), rng) for c in (1, 3, 4, 3, 3)]
    together = on_both("resize_uint8", given_images, height=33, width=20, method="lanczos3", antialias=True).resized
    for image, found in zip(given_images, together, strict=True):
        alone = vision_kernels.resize_uint8([image], height=33, width=20, method="lanczos3", antialias=True)
        np.testing.assert_array_equal(found, alone.resized[0])


@given(size=SIZES, seed=SEEDS)
def test_windows_and_mirror_images_are_exact(size: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    image = picture(size, rng).astype(rng.choice([np.uint8, np.float32]))
    corner = rng.integers(-9, 60, 2).astype(np.int32)
    height, width = (int(rng.integers(1, edge + 1)) for edge in size[:2])
    (found,) = on_both("crop", [image], corner[None], height=height, width=width).cropped
    np.testing.assert_array_equal(found, images.crop(image, tuple(corner), height, width))
    direction = rng.integers(0, 2, 2).astype(np.uint8)
    (flipped,) = on_both("flip", [image], direction[None]).flipped
    np.testing.assert_array_equal(flipped, images.flip(image, *direction))


def test_window_larger_than_its_image_is_refused() -> None:
    with pytest.raises(ValueError, match="crop: .*a window must fit into each image"):
        vision_kernels.crop([np.zeros((5, 5, 3), np.uint8)], np.zeros((1, 2), np.int32), height=6, width=5)


@given(size=st.tuples(EDGES, EDGES, st.just(3)), seed=SEEDS)
def test_shifted_colours_are_those_of_opencv(size: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    image, shift = picture(size, rng), rng.integers(-300, 300, 3).astype(np.int32)
    (found,) = on_both("mxnet_jitter_hsl", [image], shift[None]).jittered
    np.testing.assert_array_equal(found, images.jitter_hsl(image, shift))


@given(size=st.tuples(EDGES, EDGES, st.just(3)), seed=SEEDS)
def test_jittered_and_normalised_colours_agree(size: Any, seed: int) -> None:
    rng = np.random.default_rng(seed)
    image, amount = picture(size, rng), (rng.normal(size=4) * 0.4 * (rng.random(4) < 0.7)).astype(np.float32)
    (jittered,) = on_both("mxnet_jitter_color", [image], amount[None]).jittered
    np.testing.assert_allclose(jittered, images.jitter_color(image, amount), rtol=1e-5, atol=2e-3)
    mean, deviation = rng.normal(size=3).astype(np.float32), rng.uniform(0.5, 2, 3).astype(np.float32)
    expected = images.normalize(image, mean, deviation, 1 / 255)
    (found,) = on_both("normalize", [image], mean, deviation, scale=1 / 255).normalized
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    (first,) = on_both("normalize_channels_first", [image], mean, deviation, scale=1 / 255).normalized
    np.testing.assert_array_equal(first, found.transpose(2, 0, 1))


@pytest.mark.parametrize("interpolation", ["nearest", "bilinear", "cubic"])
def test_warped_images_are_those_of_opencv_to_the_bit(interpolation: str) -> None:
    rng = np.random.default_rng(4)
    for _ in range(12):
        image = picture((int(rng.integers(1, 30)), int(rng.integers(1, 30)), 3), rng)
        matrix = (np.eye(2, 3) + rng.normal(size=(2, 3)) * [0.3, 0.3, 5]).astype(np.float32)
        options = {"height": 17, "width": 23, "interpolation": interpolation}
        (found,) = on_both("opencv_warp_affine", [image], matrix[None], **options, fill_value=77).warped
        np.testing.assert_array_equal(found, image_places.warp_affine(image, matrix, 17, 23, interpolation, 77))


def test_map_to_nowhere_fills_the_image() -> None:
    image = picture((9, 11, 3), np.random.default_rng(7))
    for numbers in (np.zeros(6), np.full(6, np.nan), np.full(6, np.inf), [1, 0, 1e30, 0, 1, 0]):
        matrix = np.array(numbers, np.float32).reshape(1, 2, 3)
        for interpolation in ("nearest", "bilinear", "cubic"):
            options = {"height": 5, "width": 4, "interpolation": interpolation, "fill_value": 7}
            (found,) = on_both("opencv_warp_affine", [image], matrix, **options).warped
            # A map without an inverse takes all from the first pixel.
            assert np.all(found == (7 if np.any(matrix) else image[0, 0])), (numbers, interpolation)


def test_image_without_pixels_is_not_warped() -> None:
    with pytest.raises(ValueError, match="opencv_warp_affine: "):
        vision_kernels.opencv_warp_affine(
            [np.zeros((0, 5, 3), np.uint8)], np.zeros((1, 2, 3), np.float32), height=2, width=2
        )


@pytest.mark.parametrize("fill_mode", ["reflect", "constant", "wrap", "nearest"])
@pytest.mark.parametrize("interpolation", ["bilinear", "nearest"])
def test_transformed_images_agree(interpolation: str, fill_mode: str) -> None:
    rng = np.random.default_rng(5)
    options: dict[str, Any] = {"interpolation": interpolation, "fill_mode": fill_mode, "fill_value": 9.0}
    for number in range(12):
        size = (1, 1, 2) if number == 0 else (int(rng.integers(1, 20)), int(rng.integers(1, 20)), 2)
        # Places on a grid of 1/64 pixel: no rounding decides between pixels.
        numbers = np.round(np.array([1, 0, 0, 0, 1, 0, 0, 0]) + rng.normal(size=8) * [1, 1, 9, 1, 1, 9, 0, 0], 0)
        numbers = (numbers + rng.integers(0, 64, 8) / 64 * [0, 0, 1, 0, 0, 1, 0, 0]).astype(np.float32)
        image = picture(size, rng)
        (found,) = on_both("keras_transform", [image], numbers[None], **options).transformed
        expected = image_places.transform(image, numbers, **options)
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-3, err_msg=f"{numbers}")


@given(seed=SEEDS)
def test_maps_follow_from_drawn_numbers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    height, width = (int(edge) for edge in rng.integers(1, 500, 2))
    drawn = np.stack(
        [rng.normal(size=4), rng.integers(-180, 180, 4), rng.uniform(0.5, 2, 4), rng.uniform(0.5, 2, 4)], 1
    )
    matrices = vision_kernels.mxnet_affine_matrix(drawn, height=height, width=width).matrix
    expected = [image_places.affine_matrix(row, (height, width)) for row in drawn]
    np.testing.assert_allclose(matrices, expected, rtol=1e-5, atol=1e-3)
    turns, factors = rng.uniform(-1, 1, 3).astype(np.float32), rng.uniform(-1, 1, (3, 2)).astype(np.float32)
    rotations = vision_kernels.keras_rotation(turns, height=height, width=width).transform
    zooms = vision_kernels.keras_zoom(factors, height=height, width=width).transform
    for turn, (vertical, horizontal), rotation, zoom in zip(turns, factors, rotations, zooms, strict=True):
        np.testing.assert_allclose(rotation, image_places.rotation(float(turn), height, width), atol=5e-4)
        np.testing.assert_allclose(zoom, image_places.zoom(vertical, horizontal, height, width), atol=5e-4)


@given(
    seed=st.integers(0, 2**53 - 1),
    stream=st.integers(0, 2**53 - 1),
    start=st.integers(0, 2**50),
    count=st.integers(0, 70),
)
def test_random_numbers_are_those_of_philox(seed: int, stream: int, start: int, count: int) -> None:
    scalars = {"seed": seed, "sequence": stream, "start": start, "length": count, "low": -2.0, "high": 5.0}
    number = np.empty(count, np.float32)
    vision_kernels.random_uniform(number=number, **scalars)
    expected = image_places.random_uniform(seed, count, stream=stream, start=start, low=-2.0, high=5.0)
    np.testing.assert_array_equal(number, expected)


@pytest.mark.parametrize("function", ["resize", "opencv_resize", "opencv_warp_affine", "keras_transform"])
def test_images_without_channels_are_refused(function: str) -> None:
    size = {} if function == "keras_transform" else {"height": 2, "width": 2**33}
    maps = {"opencv_warp_affine": [np.zeros((1, 2, 3), np.float32)], "keras_transform": [np.zeros((1, 8), np.float32)]}
    with pytest.raises(ValueError, match=r"image\[0\] must have the shape \[h, w, c\] with c in \[1, inf\)"):
        getattr(vision_kernels, function)([np.zeros((2, 2, 0), np.uint8)], *maps.get(function, []), **size)
