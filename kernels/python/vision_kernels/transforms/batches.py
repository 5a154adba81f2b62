"""Images of a batch: those of one size together, and arrays beside them on their device."""

import sys
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
    for name, given in (("images", images), ("indices", indices)):
        if not hasattr(given, "__len__") or isinstance(given, (str, bytes, dict)):
            raise TypeError(f"{function}: {name} must be a list; it is of the type {type(given).__name__}")
    for number, image in enumerate(images):
        kind = kind_of(image)
        if kind is None or str(image.dtype).removeprefix("torch.") != "uint8":
            found = f"of the type {type(image).__name__}" if kind is None else f"an array of {image.dtype}"
            raise TypeError(f"{function}: images[{number}] must be an array of uint8; it is {found}")
        if len(image.shape) != 3 or 0 in image.shape:
            shape = list(image.shape)
            raise ValueError(f"{function}: images[{number}] must have rows, columns and channels; its shape is {shape}")
    if len(indices) != len(images):
        raise ValueError(
            f"{function}: there must be an index for each of {len(images)} images; there are {len(indices)}"
        )
    return list(images)


def size_of(image: Image) -> Size:
    """Rows and columns of an image."""
    return Size(int(image.shape[0]), int(image.shape[1]))


def beside(images: Sequence[Image], array: np.ndarray) -> Any:
    """The array as one of the images' library, on their device.

    Raises TypeError for images that are neither of NumPy nor of PyTorch.
    """
    kind = kind_of(images[0])
    if kind is not None and kind.name == "PyTorch":
        return _torch().from_numpy(array).to(images[0].device)
    if kind is None or kind.name != "NumPy":
        raise TypeError(f"images must be arrays of NumPy or PyTorch; they are of the type {type(images[0]).__name__}")
    return array


def stacked(images: Sequence[Image]) -> Any:
    """Images of one size as one array."""
    return np.stack(images) if isinstance(images[0], np.ndarray) else _torch().stack(list(images))


def _torch() -> Any:
    """PyTorch. It is loaded, as one of its tensors was given."""
    return sys.modules["torch"]


def by_size(
    images: list[Image], sizes: Sequence[Size], change: Callable[[list[int], Size], Sequence[Image]]
) -> list[Image]:
    """The images, each changed together with all of the same of the `sizes`: `change(numbers, size)`."""
    out = list(images)
    for size in dict.fromkeys(sizes):
        numbers = [number for number, own in enumerate(sizes) if own == size]
        for number, image in zip(numbers, change(numbers, size), strict=True):
            out[number] = image
    return out
