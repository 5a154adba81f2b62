"""Augmentation inside a data loader, such as that of PyTorch."""

from collections.abc import Callable, Sequence
from typing import Any

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
        """The batch of images, then for each other part of the samples the list of its values."""
        keys, images, *rest = (list(part) for part in zip(*samples, strict=True))
        epochs = {key[0] if isinstance(key, tuple) else self.epoch for key in keys}
        if len(epochs) != 1:
            raise ValueError(f"the samples of a batch must be of one epoch; they are of {sorted(epochs)}")
        indices = [key[1] if isinstance(key, tuple) else key for key in keys]
        batch = self.augment(images, indices, epochs.pop())
        return (batch if self.finish is None else self.finish(batch), *rest)
