"""Augmentation repeats: what becomes of an image follows from the seed, the epoch and its index alone."""

import multiprocessing
import pickle
from typing import Any

import numpy as np
import pytest
import vision_kernels
from vision_kernels.image_sizes import (
    Size,
    centred,
    fitting_centre,
    interpolation_of,
    large_enough,
    with_short_side,
)
from vision_kernels.transforms import Collation, KerasAugmentation, MxnetAugmentation, Normalization
from vision_kernels.transforms.drawing import drawn

from tests.kernels.oracle import image_places, images
from tests.kernels.oracle.golden_images import _centred

TYPES = (None, "crop", "crop_color", "crop_color_transform")
SHAPES = ((40, 70, 3), (70, 40, 3), (33, 35, 3), (64, 64, 3), (20, 90, 3), (40, 70, 3))
INDICES = (3, 8, 0, 12, 5, 9)


def pictures() -> list[np.ndarray]:
    rng = np.random.default_rng(2)
    return [np.kron(rng.integers(0, 256, (h, w, c)), np.ones((2, 2, 1)))[:h, :w].astype(np.uint8) for h, w, c in SHAPES]


def augmentations() -> list[Any]:
    kinds: list[Any] = [MxnetAugmentation((3, 32, 28), resize=36, augmentation_type=kind, seed=5) for kind in TYPES]
    return [*kinds, KerasAugmentation(seed=5)]


def named(augment: Any) -> str:
    return str(getattr(augment, "augmentation_type", "keras"))


@pytest.mark.parametrize("augment", augmentations(), ids=named)
def test_image_does_not_depend_on_its_batch(augment: Any) -> None:
    given = pictures()
    together = augment(given, INDICES, epoch=4)
    for image, index, found in zip(reversed(given), reversed(INDICES), list(together)[::-1], strict=True):
        np.testing.assert_array_equal(augment([image], [index], epoch=4)[0], found)
    with vision_kernels.backend("emulated"):
        for found, emulated in zip(together, augment(given, INDICES, epoch=4), strict=True):
            np.testing.assert_array_equal(found, emulated)


@pytest.mark.parametrize("augment", augmentations()[1:], ids=named)
def test_epochs_indices_and_seeds_differ(augment: Any) -> None:
    given = pictures()
    before = augment(given, INDICES, epoch=0)
    assert differ(before, augment(given, INDICES, epoch=1))
    assert differ(before, augment(given, [index + 1 for index in INDICES], epoch=0))
    other = pickle.loads(pickle.dumps(augment))
    other.seed = 6
    assert differ(before, other(given, INDICES, epoch=0))


def differ(some: Any, others: Any) -> bool:
    return any(not np.array_equal(one, other) for one, other in zip(some, others, strict=True))


def collated(how: Any) -> Any:
    augment, number = how
    samples = list(zip(INDICES, pictures(), strict=True))[number::2]
    return Collation(augment, epoch=2)(samples)[0]


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_make_what_one_process_makes(start: str) -> None:
    augment = augmentations()[3]
    with multiprocessing.get_context(start).Pool(2) as pool:
        batches = pool.map(collated, [(augment, 0), (augment, 1)])
    alone = augment(pictures(), INDICES, epoch=2)
    np.testing.assert_array_equal(batches[0], alone[0::2])
    np.testing.assert_array_equal(batches[1], alone[1::2])


def test_every_step_is_that_of_the_oracle() -> None:
    """crop_color_transform, step by step; resized bytes may differ by a level, so nothing is resized."""
    augment = MxnetAugmentation((3, 32, 28), augmentation_type="crop_color_transform", seed=11)
    given = pictures()[3]
    (found,) = augment([given], [77], epoch=6)
    u = drawn("here", 11, 6, [77], 12)[0].astype(np.float64)
    map_numbers = np.array([-0.1 + 0.2 * u[0], -10 + np.floor(21 * u[1]), 1.0, 0.75 + 0.5 * u[2]])
    image = image_places.warp_affine(given, image_places.affine_matrix(map_numbers, (64, 64)), 64, 64)
    image = images.crop(image, (int(u[3] * (64 - 32 + 1)), int(u[4] * (64 - 28 + 1))), 32, 28)
    shares = (u[5:11:2] + 4 * u[6:11:2]) / 5
    image = images.jitter_hsl(image, np.trunc(shares * [72, 100, 100] - [36, 50, 50]).astype(int))
    expected = images.flip(image, u[11] >= 0.5, False)
    assert np.abs(expected.astype(int) - found).max() <= 1
    assert np.mean(expected == found) > 0.999


def test_without_a_type_the_middle_is_cut_out() -> None:
    augment = MxnetAugmentation((3, 32, 28), resize=36)
    for image, found in zip(pictures(), augment(pictures(), INDICES), strict=True):
        short = images.opencv_resize(image, *with_short_side(Size(*image.shape[:2]), 36))
        assert np.abs(_centred(short, 32, 28, 1).astype(int) - found).max() <= 1


def test_small_images_are_enlarged() -> None:
    (found,) = MxnetAugmentation((3, 50, 60), augmentation_type="crop")([pictures()[2]], [0])
    assert found.shape == (50, 60, 3)


def test_turn_and_zoom_are_those_of_the_layers() -> None:
    augment, image = KerasAugmentation("horizontal", 0.25, -0.5, seed=3), pictures()[1]
    (found,) = augment([image], [4], epoch=1)
    left_right, _, turn, factor = drawn("here", 3, 1, [4], 4)[0].astype(np.float64)
    height, width = image.shape[:2]
    matrix = image_places.rotation(np.float32(-0.25 + 0.5 * turn), height, width).astype(np.float32)
    expected = image_places.transform(images.flip(image, left_right >= 0.5, False), matrix)
    zoomed = np.float32(-0.5 + factor)
    expected = image_places.transform(expected.astype(np.float32), image_places.zoom(zoomed, zoomed, height, width))
    # A coordinate that is a whole number but for its last bit may fall to either side.
    assert np.mean(np.abs(found - expected) < 0.1) > 0.99


def test_nothing_random_leaves_images_alone() -> None:
    for image, found in zip(pictures(), KerasAugmentation("None", 0, 0)(pictures(), INDICES), strict=True):
        np.testing.assert_array_equal(found, image.astype(np.float32))


def test_draws_are_spread_evenly() -> None:
    """Every number over images and over epochs: a tenth of them in each tenth, within five standard deviations."""
    for numbers in (
        drawn("here", 1, 0, range(4000), 12),
        np.concatenate([drawn("here", 1, epoch, [7], 12) for epoch in range(4000)]),
    ):
        counts = np.stack([np.histogram(column, 10, (0, 1))[0] for column in numbers.T])
        assert np.abs(counts - 400).max() < 5 * np.sqrt(4000 * 0.1 * 0.9)


def test_batches_are_normalised() -> None:
    batch = MxnetAugmentation((3, 32, 28))(pictures(), INDICES)
    found = Normalization(deviation=(2.0, 3.0, 4.0))(batch)
    expected = (batch - np.array([123.68, 116.779, 103.939])) / np.array([2.0, 3.0, 4.0])
    np.testing.assert_allclose(found, expected.transpose(0, 3, 1, 2), rtol=1e-5, atol=1e-5)
    assert Normalization(channels_first=False)(batch).shape == batch.shape
    assert Normalization()(batch[:0]).shape == (0, 3, 32, 28)


def test_other_parts_of_samples_come_back_as_lists() -> None:
    augment = MxnetAugmentation((3, 32, 28), resize=36, augmentation_type="crop", seed=5)
    samples = [((2, index), image, f"label {index}") for index, image in zip(INDICES, pictures(), strict=True)]
    batch, labels = Collation(augment, Normalization())(samples)
    np.testing.assert_array_equal(batch, Normalization()(augment(pictures(), INDICES, epoch=2)))
    assert labels == [f"label {index}" for index in INDICES]
    with pytest.raises(ValueError, match=r"must be of one epoch; they are of \[0, 2\]"):
        Collation(augment)([samples[0], (3, samples[1][1], "label")])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: MxnetAugmentation((3, 0, 4)), r"image_shape\[1\] must be at least 1; it is 0"),
        (lambda: MxnetAugmentation(resize=0), "resize must be at least 1; it is 0"),
        (lambda: MxnetAugmentation(augmentation_type="crops"), "augmentation_type must be 'crop', .* or None; "),  # type: ignore[arg-type]
        (lambda: MxnetAugmentation((1, 8, 8), augmentation_type="crop_color"), "must begin with 3 channels"),
        (lambda: MxnetAugmentation(seed=-1), "seed must be at least 0"),
        (lambda: KerasAugmentation("both"), "random_flip must be "),  # type: ignore[arg-type]
        (lambda: KerasAugmentation(random_zoom=1.5), r"random_zoom must lie in \[-1, 1\]; it is 1.5"),
        (lambda: KerasAugmentation(None), "or 'None'; it is None"),  # type: ignore[arg-type]
        (lambda: Normalization((1.0, 2.0), (1.0,)), "a number for each channel"),
        (lambda: Normalization((1.0, 2.0), (1.0, 0.0)), r"above 0 in each channel; it is \[1.0, 0.0\]"),
        (lambda: Normalization()([np.zeros((2, 3, 3), np.uint8), np.zeros((3, 2, 3), np.uint8)]), "must have one size"),
        (lambda: KerasAugmentation()([np.zeros((5, 5, 3), np.uint8)], [-1]), r"indices\[0\] must be at least 0"),
        (lambda: KerasAugmentation()([np.zeros((5, 5, 3), np.uint8)], [0], -1), "epoch must be at least 0; it is -1"),
        (lambda: MxnetAugmentation()([np.zeros((5, 5), np.uint8)], [0]), r"images\[0\] must have rows, columns"),
        (lambda: MxnetAugmentation()([np.zeros((5, 5, 1), np.uint8)], [0]), r"images\[0\] must have 3 channels"),
        (lambda: KerasAugmentation()([np.zeros((5, 5, 3), np.uint8)], [0, 1]), "there must be an index for each of 1"),
    ],
)
def test_wrong_values_are_named(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: MxnetAugmentation((3, 24.0, 4)), r"image_shape\[1\] must be a whole number; it is 24.0"),  # type: ignore[arg-type]
        (lambda: MxnetAugmentation(seed=1.5), "seed must be a whole number; it is 1.5"),  # type: ignore[arg-type]
        (lambda: KerasAugmentation(seed=True), "seed must be a whole number; it is True"),
        (lambda: KerasAugmentation()([np.zeros((5, 5, 3), np.uint8)], [0.5]), r"indices\[0\] must be a whole number"),  # type: ignore[list-item]
        (lambda: KerasAugmentation()([np.zeros((5, 5, 3), np.uint8)], ["a"]), r"indices\[0\] must be .*; it is 'a'"),  # type: ignore[list-item]
    ],
)
def test_what_is_no_whole_number_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        wrong()


def test_images_of_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match=r"images\[1\] must be an array of uint8; it is an array of float32"):
        MxnetAugmentation()([pictures()[0], np.zeros((5, 5, 3), np.float32)], [0, 1])
    with pytest.raises(TypeError, match=r"images\[0\] must be an array of uint8; it is of the type str"):
        KerasAugmentation()(["image"], [0])


def test_no_images_make_an_empty_batch() -> None:
    assert MxnetAugmentation((3, 8, 9))([], []).shape == (0, 8, 9, 3)
    assert KerasAugmentation()([], []) == []


def test_sizes_are_those_of_mxnet() -> None:
    assert with_short_side(Size(375, 500), 256) == Size(256, 341)
    assert with_short_side(Size(500, 375), 256) == Size(341, 256)
    assert large_enough(Size(45, 61), Size(60, 50)) == Size(60, 81)
    assert large_enough(Size(66, 38), Size(60, 50)) == Size(86, 50)
    assert centred(Size(45, 61), Size(32, 31)) == (6, 15, Size(32, 31))
    assert fitting_centre(Size(45, 61), Size(40, 80)) == (7, 0, Size(30, 61))
    assert [interpolation_of(9, Size(5, 5), Size(n, 7)) for n in (4, 6)] == ["bilinear", "cubic"]
    assert interpolation_of(9, Size(5, 5), Size(4, 4)) == "area"
    with pytest.raises(ValueError, match="must be 0 to 4 or 9; it is 5"):
        interpolation_of(5, Size(1, 1), Size(1, 1))
