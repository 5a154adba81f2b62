"""The libraries whose arrays are accepted: what each calls a device, a stream, new memory.

Only NumPy is imported here. An array of another library can only be given by a caller who imported that library, so it
is looked up among the loaded modules and never loaded for its own sake.
"""

import sys
from abc import ABC, abstractmethod
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
        """The array as the compiled module reads it: the same memory, ready to be read."""
        return array

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
        return array.detach() if array.requires_grad else array

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


def kind_of(value: object) -> ArrayKind | None:
    """The kind of the array, or None if the value is no array of a known library."""
    return next((kind for kind in KINDS if kind.holds(value)), None)
