"""Tensors as the stretch of memory that they fill: an update of each element by itself needs no shape."""

import torch
from torch import Tensor


def flat(tensor: Tensor) -> Tensor:
    """The elements of a dense tensor in the order of its memory, as one dimension over the same memory.

    Raises ValueError for a tensor that leaves gaps or counts elements twice.
    """
    if tensor.is_contiguous():
        return tensor.detach().view(-1)
    _refuse_gaps(tensor)
    return tensor.detach().as_strided((tensor.numel(),), (1,))


def laid_out_like(tensor: Tensor, other: Tensor) -> Tensor:
    """The other tensor with its elements in the same order of memory as those of the first."""
    if other.stride() == tensor.stride() or (other.is_contiguous() and tensor.is_contiguous()):
        return other
    _refuse_gaps(tensor)
    return torch.empty_strided(tensor.shape, tensor.stride(), dtype=other.dtype, device=other.device).copy_(other)


def _refuse_gaps(tensor: Tensor) -> None:
    """Raises ValueError unless some order of the dimensions makes the tensor contiguous."""
    dense = tensor.permute(sorted(range(tensor.dim()), key=tensor.stride, reverse=True))
    if not dense.is_contiguous():
        raise ValueError(
            "a parameter must fill its memory without gaps; "
            f"this one has the shape {list(tensor.shape)} and the strides {list(tensor.stride())}"
        )
