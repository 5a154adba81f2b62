"""Images of a batch: those of one size together, and arrays beside them on their device."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from vision_kernels.array_kinds import kind_of
from vision_kernels.image_sizes import Size

Image = Any


def checked(function: str, images: Sequence[Image], indices: Sequence[int]) -> list[Image]:
    """The images as a list.

    Raises TypeError for what is no array of bytes, and ValueError for an image without rows, columns and channels or
    for another number of indices than images.
    """
    for number, image in enumerate(images):
        kind = kind_of(image)
        if kind is None or str(image.dtype).removeprefix("torch.") != "uint8":
            found = f"of the type {type(image).__name__}" if kind is None else f"an array of {image.dtype}"
            raise TypeError(f"{function}: images[{number}] must be an array of uint8; it is {found}")
        if len(image.shape) != 3 or 0 in image.shape:
            shape = list(image.shape)
            raise ValueError(f"{function}: images[{number}] must have rows, columns and channels; its shape is {shape}")
    if len(indices) != len(images):
        raise ValueError(f"{function}: there must be an index for each of {len(images)} images; there are {len(indices)}")
    return list(images)


def size_of(image: Image) -> Size:
    """Rows and columns of an image."""
    return Size(int(image.shape[0]), int(image.shape[1]))


def beside(images: Sequence[Image], array: np.ndarray) -> Any:
    """The array as one of the images' library, on their device."""
    example = images[0]
    kind = kind_of(example)
    if kind is None or kind.name == "NumPy":
        return array
    if kind.name == "PyTorch":
        # PyTorch is loaded, as the image is one of its tensors.
        return example.new_tensor(array.tolist(), dtype=_torch_type(example, array)).reshape(array.shape)
    raise TypeError(f"images must be arrays of NumPy or PyTorch; they are of {kind.name}")


def _torch_type(example: Any, array: np.ndarray) -> Any:
    import sys

    return getattr(sys.modules["torch"], array.dtype.name)


def by_size(images: list[Image], sizes: Sequence[Size], change: Callable[[list[int], Size], Sequence[Image]]) -> list[Image]:
    """The images, each changed together with all of the same of the `sizes`: `change(numbers, size)`."""
    out = list(images)
    for size in dict.fromkeys(sizes):
        numbers = [number for number, own in enumerate(sizes) if own == size]
        for number, image in zip(numbers, change(numbers, size), strict=True):
            out[number] = image
    return out
