"""From bytes to what a network reads."""

from collections.abc import Sequence
from typing import Any

import numpy as np

import vision_kernels
from vision_kernels.transforms.batches import beside, stacked


class Normalization:
    """Takes the mean of each channel off images and divides by its standard deviation.

    Args:
        mean: Mean of each channel; the default is that of ImageNet in bytes, red first.
        deviation: Standard deviation of each channel; by default 1, so that nothing is divided.
        scale: Factor of a pixel before all else.
        channels_first: Whether channels come before rows and columns in the result.
    """

    def __init__(
        self,
        mean: Sequence[float] = (123.68, 116.779, 103.939),
        deviation: Sequence[float] | None = None,
        *,
        scale: float = 1.0,
        channels_first: bool = True,
    ) -> None:
        self.mean = np.array(mean, np.float32)
        self.deviation = np.ones_like(self.mean) if deviation is None else np.array(deviation, np.float32)
        if self.mean.ndim != 1 or self.mean.shape != self.deviation.shape:
            raise ValueError("mean and deviation must hold a number for each channel")
        if not (self.deviation > 0).all():
            raise ValueError(f"deviation must be above 0 in each channel; it is {self.deviation.tolist()}")
        self.scale, self.channels_first = scale, channels_first

    def __call__(self, batch: Any) -> Any:
        """A batch, uint8 or float32 [n, rows, columns, channels], as float32 [n, channels, rows, columns]."""
        images = list(batch)
        if not images:
            rows, columns, channels = batch.shape[1:]
            return np.empty((0, channels, rows, columns) if self.channels_first else batch.shape, np.float32)
        if any(image.shape != images[0].shape for image in images):
            raise ValueError("images of a batch must have one size: resize or crop them first")
        arrays = beside(images, self.mean), beside(images, self.deviation)
        name = "normalize_channels_first" if self.channels_first else "normalize"
        return stacked(getattr(vision_kernels, name)(images, *arrays, scale=self.scale).normalized)
