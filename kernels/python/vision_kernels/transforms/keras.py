"""What `augmentation` of the TensorFlow image classification algorithm turns on, as Keras's layers do it."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

import vision_kernels
from vision_kernels.image_sizes import Size
from vision_kernels.transforms.batches import Image, beside, by_size, checked, size_of
from vision_kernels.transforms.checking import choice, number, whole
from vision_kernels.transforms.drawing import between, drawn, on_host

RandomFlip = Literal["horizontal_and_vertical", "horizontal", "vertical", "None"]
FLIPS = {
    "horizontal_and_vertical": (True, True),
    "horizontal": (True, False),
    "vertical": (False, True),
    "None": (False, False),
}
DRAWS = ("left_right", "up_down", "turn", "zoom")


class KerasAugmentation:
    """Flips, rotates and zooms images at random, in this order; what comes to lie outside is mirrored.

    Args:
        random_flip: "horizontal_and_vertical", "horizontal", "vertical" or "None", a text.
        random_rotation: Largest share of a full turn, in either direction; its sign has no meaning.
        random_zoom: Largest share by which height and width grow or shrink; its sign has no meaning.
        seed: Whole number that all draws follow from, at least 0.

    Raises:
        TypeError: For what is no number where one is wanted.
        ValueError: For a value outside of its range.
    """

    def __init__(
        self,
        random_flip: RandomFlip = "horizontal_and_vertical",
        random_rotation: float = 0.2,
        random_zoom: float = 0.1,
        *,
        seed: int = 0,
    ) -> None:
        choice("KerasAugmentation: random_flip", random_flip, FLIPS)
        for name, share in {"random_rotation": random_rotation, "random_zoom": random_zoom}.items():
            if not -1 <= number(f"KerasAugmentation: {name}", share) <= 1:
                raise ValueError(f"KerasAugmentation: {name} must lie in [-1, 1]; it is {share}")
        self.random_flip, self.seed = random_flip, whole("KerasAugmentation: seed", seed)
        self.random_rotation, self.random_zoom = abs(random_rotation), abs(random_zoom)

    def __call__(self, images: Sequence[Image], indices: Sequence[int], epoch: int = 0) -> list[Image]:
        """The changed images: float32 in the range of bytes, each of its own size.

        Args:
            images: Arrays of NumPy or PyTorch, uint8 [rows, columns, channels], of differing sizes.
            indices: The number of each image in the data set.
            epoch: Number of the pass over the data.
        """
        images = checked("KerasAugmentation", images, indices)
        if not images:
            return []
        numbers = dict(zip(DRAWS, drawn("KerasAugmentation", self.seed, epoch, indices, len(DRAWS)).T, strict=True))
        left_right, up_down = FLIPS[self.random_flip]
        sides = np.stack(
            [(numbers["left_right"] >= 0.5) & left_right, (numbers["up_down"] >= 0.5) & up_down], 1
        ).astype(np.uint8)
        images = list(vision_kernels.flip(images, beside(images, sides)).flipped)
        turns = between(numbers["turn"], -self.random_rotation, self.random_rotation).astype(np.float32)
        factors = between(numbers["zoom"], -self.random_zoom, self.random_zoom).astype(np.float32)
        images = _transformed(images, "keras_rotation", turns)
        return _transformed(images, "keras_zoom", np.stack([factors, factors], 1))


def _transformed(images: list[Image], function: str, numbers: np.ndarray) -> list[Image]:
    """The images under the transforms that a function makes of numbers for images of one size."""

    def transform(which: list[int], size: Size) -> Sequence[Image]:
        old = [images[number] for number in which]
        own = np.ascontiguousarray(numbers[which])
        transforms = on_host(function, own, height=size.height, width=size.width).transform
        return vision_kernels.keras_transform(old, beside(old, transforms)).transformed

    return by_size(images, [size_of(image) for image in images], transform)
