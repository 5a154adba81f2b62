"""What `augmentation_type` of the image classification algorithm names, as MXNet's record reader does it."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

import vision_kernels
from vision_kernels.image_sizes import Size, centred, large_enough, with_short_side
from vision_kernels.transforms.batches import Image, beside, by_size, checked, size_of, stacked
from vision_kernels.transforms.checking import choice, shown, whole
from vision_kernels.transforms.drawing import between, drawn, on_host, whole_between

AugmentationType = Literal["crop", "crop_color", "crop_color_transform"]
TYPES = ("crop", "crop_color", "crop_color_transform")

# Windows are placed in 32 bits.
LONGEST = 2**31 - 1
HUE, SATURATION, LIGHTNESS = 36, 50, 50
DEGREES, SHEAR, ASPECT = 10, 0.1, 0.25
# The numbers of an image, in the order in which the record reader draws. A shift takes two.
DRAWS = ("shear", "angle", "aspect", "row", "column", "hue", "hue_2", "saturation", "saturation_2", "lightness",
         "lightness_2", "mirror")  # fmt: skip


class MxnetAugmentation:
    """Prepares images for the image classification algorithm.

    Images are resized (`resize`), then with `crop_color_transform` rotated, sheared and stretched at random, cut out,
    with `crop_color` and `crop_color_transform` shifted in hue, saturation and lightness, and mirrored. Without an
    `augmentation_type` the window lies in the middle and nothing is random. Distributions are those of MXNet 1.9.1,
    the numbers are not: MXNet draws the same ones in every batch.

    Args:
        image_shape: Channels, rows and columns of a prepared image.
        resize: Length of the shorter side before images are cut; None leaves them as they are.
        augmentation_type: "crop", "crop_color", "crop_color_transform" or None.
        seed: Whole number that all draws follow from, at least 0.

    Raises:
        TypeError: For what is no whole number where one is wanted.
        ValueError: For a value outside of its range.
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int] = (3, 224, 224),
        *,
        resize: int | None = None,
        augmentation_type: AugmentationType | None = None,
        seed: int = 0,
    ) -> None:
        own = "MxnetAugmentation:"
        if not isinstance(image_shape, (tuple, list)) or len(image_shape) != 3:
            raise ValueError(f"{own} image_shape must hold channels, rows and columns; it is {shown(image_shape)}")
        channels, height, width = (
            whole(f"{own} image_shape[{axis}]", size, 1, LONGEST) for axis, size in enumerate(image_shape)
        )
        if resize is not None:
            resize = whole(f"{own} resize", resize, 1, LONGEST)
        choice(f"{own} augmentation_type", augmentation_type, (*TYPES, None))
        if augmentation_type not in (None, "crop") and channels != 3:
            raise ValueError(
                f"{own} {augmentation_type} shifts colours, so that image_shape must begin with 3 channels"
            )
        self.channels, self.size = channels, Size(height, width)
        self.resize, self.augmentation_type, self.seed = resize, augmentation_type, whole(f"{own} seed", seed)

    def __call__(self, images: Sequence[Image], indices: Sequence[int], epoch: int = 0) -> Any:
        """A batch of prepared images.

        Args:
            images: Arrays of NumPy or PyTorch, uint8 [rows, columns, channels], red first, of differing sizes.
            indices: The number of each image in the data set.
            epoch: Number of the pass over the data.

        Returns:
            uint8 [n, rows, columns, channels], of the images' library.
        """
        images = self._checked(images, indices)
        if not images:
            return np.empty((0, *self.size, self.channels), np.uint8)
        numbers = dict(zip(DRAWS, drawn("MxnetAugmentation", self.seed, epoch, indices, len(DRAWS)).T, strict=True))
        if self.resize is not None:
            images = _resized(images, [with_short_side(size_of(image), self.resize) for image in images])
        if self.augmentation_type == "crop_color_transform":
            images = _warped(images, numbers)
        images = _resized(images, [large_enough(size_of(image), self.size) for image in images])
        batch = self._cut(images, numbers)
        if self.augmentation_type in ("crop_color", "crop_color_transform"):
            batch = vision_kernels.mxnet_jitter_hsl(list(batch), beside(images, _shifts(numbers))).jittered
        if self.augmentation_type is not None:
            sides = np.stack([numbers["mirror"] >= 0.5, np.zeros(len(images), bool)], 1).astype(np.uint8)
            batch = vision_kernels.flip(list(batch), beside(images, sides)).flipped
        return stacked(batch)

    def _checked(self, images: Sequence[Image], indices: Sequence[int]) -> list[Image]:
        """The images, which must have the channels of `image_shape`."""
        for number, image in enumerate(found := checked("MxnetAugmentation", images, indices)):
            if image.shape[2] != self.channels:
                wanted = f"{self.channels} channels, as image_shape begins"
                fault = f"images[{number}] must have {wanted}; it has {image.shape[2]}"
                raise ValueError(f"MxnetAugmentation: {fault}")
        return found

    def _cut(self, images: list[Image], numbers: dict[str, np.ndarray]) -> Sequence[Image]:
        """The windows: at random places, or in the middle."""
        sizes = np.array([size_of(image) for image in images])
        if self.augmentation_type is None:
            corners = np.array([centred(Size(*size), self.size)[:2] for size in sizes], np.int32)
        else:
            free = sizes - self.size
            places = [whole_between(numbers[name], 0, free[:, axis]) for axis, name in enumerate(("row", "column"))]
            corners = np.ascontiguousarray(np.stack(places, 1))
        height, width = self.size
        return vision_kernels.crop(images, beside(images, corners), height=height, width=width).cropped


def _resized(images: list[Image], sizes: list[Size]) -> list[Image]:
    """The images in new sizes, bilinear as the record reader is by default; those of the right size stay."""

    def resize(numbers: list[int], size: Size) -> Sequence[Image]:
        old = [images[number] for number in numbers]
        if all(size_of(image) == size for image in old):
            return old
        return vision_kernels.opencv_resize(old, height=size.height, width=size.width).resized

    return by_size(images, sizes, resize)


def _warped(images: list[Image], numbers: dict[str, np.ndarray]) -> list[Image]:
    """The images rotated, sheared and stretched; what lies outside is white."""
    count = len(images)
    drawn_maps = np.stack(
        [
            between(numbers["shear"], -SHEAR, SHEAR),
            whole_between(numbers["angle"], -DEGREES, DEGREES).astype(np.float64),
            np.ones(count),
            between(numbers["aspect"], 1 - ASPECT, 1 + ASPECT),
        ],
        axis=1,
    )

    def warp(which: list[int], size: Size) -> Sequence[Image]:
        old, (height, width) = [images[number] for number in which], size
        own = np.ascontiguousarray(drawn_maps[which])
        matrices = on_host("mxnet_affine_matrix", own, height=height, width=width).matrix
        return vision_kernels.opencv_warp_affine(old, beside(old, matrices), height=height, width=width).warped

    return by_size(images, [size_of(image) for image in images], warp)


def _shifts(numbers: dict[str, np.ndarray]) -> np.ndarray:
    """Shifts of hue, saturation and lightness; of the two numbers of each the second counts four times as much."""
    limits = {"hue": HUE, "saturation": SATURATION, "lightness": LIGHTNESS}
    shares = [(numbers[name].astype(np.float64) + 4.0 * numbers[f"{name}_2"]) / 5.0 for name in limits]
    columns = [share * 2 * limit - limit for share, limit in zip(shares, limits.values(), strict=True)]
    return np.trunc(np.stack(columns, 1)).astype(np.int32)
