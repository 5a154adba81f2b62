"""The libraries whose arrays are accepted: what each calls a device, a stream, new memory.

Only NumPy is imported here. An array of another library can only be given by a caller who imported that library, so it
is looked up among the loaded modules and never loaded for its own sake.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any
Shape = tuple[int, ...]


class ArrayKind(ABC):
    """The arrays of one library."""

    name: str
    writable = True

    @abstractmethod
    def holds(self, value: object) -> bool:
        """Whether the value is an array of this library."""

    @abstractmethod
    def device(self, array: Array) -> str:
        """Where the array lies: "cpu", "cuda", or the library's word for any other place."""

    def stream(self, array: Array) -> int:
        """Handle of the CUDA stream on which the caller works at present; 0 is the default stream."""
        return 0

    def hand_in(self, array: Array) -> Array:
        """The array as the compiled module reads it: the same memory, ready to be read.

        Raises TypeError if its memory does not tell its numbers.
        """
        return array

    def hand_in_all(self, arrays: Sequence[Array]) -> Sequence[Array]:
        """As `hand_in`, for arrays of this kind alone. A list may be long, and is handed in at every step."""
        return [self.hand_in(array) for array in arrays]

    @abstractmethod
    def empty(self, array: Array, shape: Shape, dtype: str) -> Array:
        """New memory on the device of the array."""

    def hand_back(self, array: Array) -> Array:
        """What the caller gets for an array that `empty` made."""
        return array


class _NumpyArrays(ArrayKind):
    """Arrays of NumPy, in host memory."""

    name = "NumPy"

    def holds(self, value: object) -> bool:
        return isinstance(value, np.ndarray)

    def device(self, array: Array) -> str:
        return "cpu"

    def hand_in(self, array: Array) -> Array:
        if isinstance(array, np.ma.MaskedArray):
            raise TypeError("an array of NumPy must have no mask; one is a MaskedArray, whose `.data` has none")
        return array

    def hand_in_all(self, arrays: Sequence[Array]) -> Sequence[Array]:
        return arrays if set(map(type, arrays)) == {np.ndarray} else super().hand_in_all(arrays)

    def empty(self, array: Array, shape: Shape, dtype: str) -> Array:
        return np.empty(shape, dtype)


class _TorchTensors(ArrayKind):
    """Tensors of PyTorch. Their history is left aside: an update writes into the memory of a parameter."""

    name = "PyTorch"

    def holds(self, value: object) -> bool:
        torch = sys.modules.get("torch")
        return torch is not None and isinstance(value, torch.Tensor)

    def device(self, array: Array) -> str:
        return str(array.device.type)

    def stream(self, array: Array) -> int:
        return int(sys.modules["torch"].cuda.current_stream(array.device).cuda_stream) if array.is_cuda else 0

    def hand_in(self, array: Array) -> Array:
        return self.hand_in_all([array])[0]

    def hand_in_all(self, arrays: Sequence[Array]) -> Sequence[Array]:
        torch = sys.modules["torch"]
        if any(map(torch.Tensor.is_neg, arrays)):
            raise TypeError(
                "a tensor must hold its own numbers; one stands for the negative of those in memory, as a part of a "
                "conjugate does: `.resolve_neg()` makes a copy that holds them"
            )
        # Their memory is asked of PyTorch's table of C functions, which minds no history.
        plain = {torch.Tensor, torch.nn.Parameter} if hasattr(torch.Tensor, "__dlpack_c_exchange_api__") else set()
        return arrays if plain.issuperset(map(type, arrays)) else list(map(_without_history, arrays))

    def empty(self, array: Array, shape: Shape, dtype: str) -> Array:
        torch = sys.modules["torch"]
        return torch.empty(shape, dtype=getattr(torch, dtype), device=array.device)


class _CupyArrays(ArrayKind):
    """Arrays of CuPy, on a GPU."""

    name = "CuPy"

    def holds(self, value: object) -> bool:
        cupy = sys.modules.get("cupy")
        return cupy is not None and isinstance(value, cupy.ndarray)

    def device(self, array: Array) -> str:
        return "cuda"

    def stream(self, array: Array) -> int:
        return int(sys.modules["cupy"].cuda.get_current_stream(array.device.id).ptr)

    def empty(self, array: Array, shape: Shape, dtype: str) -> Array:
        cupy = sys.modules["cupy"]
        with array.device:
            return cupy.empty(shape, dtype)


class _JaxArrays(ArrayKind):
    """Arrays of JAX. They never change, so they are read only; results for them are made by NumPy and handed over."""

    name = "JAX"
    writable = False

    def holds(self, value: object) -> bool:
        jax = sys.modules.get("jax")
        return jax is not None and isinstance(value, jax.Array)

    def device(self, array: Array) -> str:
        if isinstance(array, sys.modules["jax"].core.Tracer):
            raise TypeError(
                "a JAX array must have a value; this one stands for values to come, inside jax.jit or alike"
            )
        return "cpu" if next(iter(array.devices())).platform == "cpu" else "cuda"

    def hand_in(self, array: Array) -> Array:
        return array.block_until_ready()

    def empty(self, array: Array, shape: Shape, dtype: str) -> Array:
        if self.device(array) != "cpu":
            raise TypeError("results for JAX arrays on a GPU must be given, as arrays of PyTorch or CuPy")
        return np.empty(shape, dtype)

    def hand_back(self, array: Array) -> Array:
        return sys.modules["jax"].numpy.asarray(array)


NUMPY = _NumpyArrays()
KINDS: tuple[ArrayKind, ...] = (NUMPY, _TorchTensors(), _CupyArrays(), _JaxArrays())


# What is known of types, so that lists of arrays are told apart quickly. Types live on here: few have arrays.
_KNOWN: dict[type, ArrayKind] = {}
_MOST_KNOWN = 256


def kind_of(value: object) -> ArrayKind | None:
    """The kind of the array, or None if the value is no array of a known library."""
    return _KNOWN.get(type(value)) or _found(value)


def kinds_of(values: Sequence[object]) -> set[ArrayKind | None]:
    """The kinds of some values."""
    kinds: set[ArrayKind | None] = {_KNOWN.get(known) for known in set(map(type, values))}
    return {kind_of(value) for value in values} if None in kinds else kinds


def _found(value: object) -> ArrayKind | None:
    found = next((kind for kind in KINDS if kind.holds(value)), None)
    # What is no array today may be one of a library that is imported tomorrow.
    if found is not None and len(_KNOWN) < _MOST_KNOWN:
        _KNOWN[type(value)] = found
    return found


def _without_history(tensor: Array) -> Array:
    return tensor.detach() if tensor.requires_grad else tensor
