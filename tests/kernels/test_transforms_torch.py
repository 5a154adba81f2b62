"""Augmentation in PyTorch's data loader. It runs where PyTorch can be imported, such as by `make test-torch`."""

import importlib.util
from typing import Any

import numpy as np
import pytest
from vision_kernels.transforms import Collation, KerasAugmentation, MxnetAugmentation, Normalization

HAS_TORCH = importlib.util.find_spec("torch") is not None
pytestmark = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; `make test-torch` runs these")

if HAS_TORCH:
    import torch
    from torch.utils.data import DataLoader

AUGMENT = MxnetAugmentation((3, 24, 20), resize=28, augmentation_type="crop_color_transform", seed=9)


class Pictures:
    """A data set of tensors of differing sizes."""

    def __len__(self) -> int:
        return 11

    def __getitem__(self, index: int) -> Any:
        rng = np.random.default_rng(index)
        image = rng.integers(0, 256, (30 + index, 50 - index, 3)).astype(np.uint8)
        return index, torch.from_numpy(image), index % 3


def loaded(workers: int, start: str | None = None) -> "torch.Tensor":
    collate = Collation(AUGMENT, Normalization(), epoch=3)
    context = start if workers else None
    loader = DataLoader(
        Pictures(), batch_size=4, num_workers=workers, collate_fn=collate, multiprocessing_context=context
    )  # type: ignore[arg-type]
    batches = list(loader)
    assert [label for _, labels in batches for label in labels] == [index % 3 for index in range(11)]
    return torch.cat([batch for batch, _ in batches])


def test_workers_of_any_number_and_kind_make_the_same_batches() -> None:
    alone = loaded(0)
    assert alone.shape == (11, 3, 24, 20)
    assert alone.dtype == torch.float32
    for workers, start in ((1, "fork"), (2, "fork"), (2, "spawn")):
        assert torch.equal(loaded(workers, start), alone)


def test_tensors_give_what_arrays_give() -> None:
    images = [Pictures()[index][1] for index in range(4)]
    arrays = [image.numpy() for image in images]
    assert np.array_equal(AUGMENT(images, range(4)).numpy(), AUGMENT(arrays, range(4)))
    ours, theirs = KerasAugmentation(seed=1)(images, range(4)), KerasAugmentation(seed=1)(arrays, range(4))
    assert all(np.array_equal(one.numpy(), other) for one, other in zip(ours, theirs, strict=True))
