"""Augmentation inside a data loader, such as that of PyTorch."""

from collections.abc import Callable, Sequence
from typing import Any

from vision_kernels.transforms.checking import shown

Augmentation = Callable[..., Any]


class Collation:
    """Makes a batch of samples in a worker process: `DataLoader(data, collate_fn=Collation(augment), ...)`.

    A sample is a tuple of its index in the data set, its image, and whatever else, which comes back as lists. An index
    may also be a pair of epoch and index: with `persistent_workers`, workers do not see a change of `epoch`.

    Args:
        augment: Called with images, indices and the epoch, such as a `MxnetAugmentation`.
        finish: Called with what `augment` returned, such as a `Normalization`.
        epoch: Number of the pass over the data; to be set before each pass.
    """

    def __init__(self, augment: Augmentation, finish: Callable[[Any], Any] | None = None, *, epoch: int = 0) -> None:
        self.augment, self.finish, self.epoch = augment, finish, epoch

    def __call__(self, samples: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """The batch of images, then for each other part of the samples the list of its values.

        Raises ValueError for no samples, for such as have not the same parts, and for several epochs.
        """
        _check(samples)
        keys, images, *rest = (list(part) for part in zip(*samples, strict=True))
        epochs = {key[0] if isinstance(key, tuple) else self.epoch for key in keys}
        if len(epochs) != 1:
            raise ValueError(f"Collation: the samples of a batch must be of one epoch; they are of {sorted(epochs)}")
        indices = [key[1] if isinstance(key, tuple) else key for key in keys]
        batch = self.augment(images, indices, epochs.pop())
        return (batch if self.finish is None else self.finish(batch), *rest)


def _check(samples: Sequence[tuple[Any, ...]]) -> None:
    if not samples:
        raise ValueError("Collation: a batch must have a sample; it has none")
    for number, sample in enumerate(samples):
        place = f"Collation: samples[{number}]"
        if not isinstance(sample, (tuple, list)) or len(sample) < 2:
            raise ValueError(f"{place} must hold an index, an image and what else there is; it is {shown(sample)}")
        if len(sample) != len(samples[0]):
            raise ValueError(f"{place} must have {len(samples[0])} parts like samples[0]; it has {len(sample)}")
        if isinstance(sample[0], tuple) and len(sample[0]) != 2:
            raise ValueError(
                f"{place} must begin with an index, or with epoch and index; it does with {shown(sample[0])}"
            )
