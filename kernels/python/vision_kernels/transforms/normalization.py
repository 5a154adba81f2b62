"""From bytes to what a network reads."""

from collections.abc import Sequence
from typing import Any

import numpy as np

import vision_kernels
from vision_kernels.array_kinds import kind_of
from vision_kernels.transforms.batches import beside, stacked
from vision_kernels.transforms.checking import number, shown

_OWN = "Normalization:"


class Normalization:
    """Takes the mean of each channel off images and divides by its standard deviation.

    Args:
        mean: Mean of each channel; the default is that of ImageNet in bytes, red first.
        deviation: Standard deviation of each channel; by default 1, so that nothing is divided.
        scale: Factor of a pixel before all else.
        channels_first: Whether channels come before rows and columns in the result.

    Raises:
        TypeError: For what is no number, or neither True nor False, where such is wanted.
        ValueError: For a value outside of its range.
    """

    def __init__(
        self,
        mean: Sequence[float] = (123.68, 116.779, 103.939),
        deviation: Sequence[float] | None = None,
        *,
        scale: float = 1.0,
        channels_first: bool = True,
    ) -> None:
        self.mean = _each_channel("mean", mean)
        self.deviation = np.ones_like(self.mean) if deviation is None else _each_channel("deviation", deviation)
        if self.mean.shape != self.deviation.shape:
            raise ValueError(f"{_OWN} mean and deviation must hold a number for each channel, as many of either")
        if not (self.deviation > 0).all():
            raise ValueError(f"{_OWN} deviation must be above 0 in each channel; it is {self.deviation.tolist()}")
        if not isinstance(channels_first, bool):
            raise TypeError(f"{_OWN} channels_first must be True or False; it is {shown(channels_first)}")
        self.scale, self.channels_first = number(f"{_OWN} scale", scale), channels_first

    def __call__(self, batch: Any) -> Any:
        """A batch, uint8 or float32 [n, rows, columns, channels], as float32 [n, channels, rows, columns].

        A list of images is a batch too, unless it is empty: nobody could tell the size of its images.
        """
        images = self._images_of(batch)
        if not images:
            rows, columns, channels = batch.shape[1:]
            return np.empty((0, channels, rows, columns) if self.channels_first else batch.shape, np.float32)
        arrays = beside(images, self.mean), beside(images, self.deviation)
        name = "normalize_channels_first" if self.channels_first else "normalize"
        return stacked(getattr(vision_kernels, name)(images, *arrays, scale=self.scale).normalized)

    def _images_of(self, batch: Any) -> list[Any]:
        """The images of a batch, all of one size; none only for an array, whose shape tells their size."""
        is_array = kind_of(batch) is not None
        if not is_array and not isinstance(batch, (list, tuple)):
            raise TypeError(f"{_OWN} a batch must be an array or a list of images; it is {shown(batch)}")
        if is_array and len(batch.shape) != 4:
            raise ValueError(f"{_OWN} a batch must be [n, rows, columns, channels]; its shape is {list(batch.shape)}")
        if not is_array and not batch:
            raise ValueError(f"{_OWN} a list must hold an image, whose size is that of all; it is {shown(batch)}")
        images = list(batch)
        for place, image in enumerate(images):
            if kind_of(image) is None or len(image.shape) != 3:
                raise TypeError(
                    f"{_OWN} images[{place}] must be an array [rows, columns, channels]; it is {shown(image)}"
                )
            if image.shape != images[0].shape:
                raise ValueError(f"{_OWN} images of a batch must have one size: resize or crop them first")
            if image.shape[2] != len(self.mean):
                wanted = f"{len(self.mean)} channels, as mean has"
                raise ValueError(f"{_OWN} images[{place}] must have {wanted}; it has {image.shape[2]}")
        return images


def _each_channel(name: str, values: Any) -> np.ndarray:
    """A finite number for each channel, in single precision."""
    listed = values.tolist() if isinstance(values, np.ndarray) else values
    if not isinstance(listed, (list, tuple)) or not listed:
        raise ValueError(f"{_OWN} {name} must hold a number for each channel; it is {shown(values)}")
    numbers = [number(f"{_OWN} {name}[{place}]", value) for place, value in enumerate(listed)]
    with np.errstate(over="ignore"):
        single = np.array(numbers, np.float32)
    if not np.isfinite(single).all():
        raise ValueError(f"{_OWN} {name} must be finite in single precision; it is {shown(values)}")
    return single
