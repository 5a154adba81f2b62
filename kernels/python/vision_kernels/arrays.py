"""What the typed functions need to know about the arrays of a call.

A call belongs to a place: the library and the device of its first array. From these follow the compiled module, the
stream and the memory of results. Whether all other arrays agree is checked by the compiled module.
"""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from vision_kernels.array_kinds import KINDS, NUMPY, ArrayKind, kind_of, kinds_of
from vision_kernels.backends import load, module_for

# The binding takes no larger integers, and no memory has as many bytes.
_LARGEST_INTEGER = 2**53 - 1
_BEYOND_BYTES = 2**63
_LARGEST_ITEM = 8
_NO_ARRAY = np.empty(0, np.float32)


@dataclass(frozen=True)
class Place:
    """Where a call of a function computes, and how its arrays get there and back."""

    function: str
    kind: ArrayKind
    device: str
    example: Any

    @property
    def module(self) -> ModuleType:
        """The compiled module for this device."""
        return module_for(self.device)

    def module_of(self, backend: str) -> ModuleType:
        """The compiled module of a backend, for a function that has no other: it refuses arrays that lie elsewhere."""
        return load(backend)

    def stream(self, given: int | None) -> int:
        """The stream that was given, else that on which the caller works at present."""
        return self.kind.stream(self.example) if given is None else given

    def read(self, value: Any) -> Any:
        """An array that is read, or a list of them, as the compiled module takes it; None stays None.

        Raises TypeError for arrays whose memory does not tell their numbers.
        """
        try:
            return _handed_in(value) if isinstance(value, (list, tuple)) else _handed_in([value])[0]
        except TypeError as problem:
            raise TypeError(f"{self.function}: {problem}") from problem

    def written(self, name: str, value: Any) -> Any:
        """As `read`, for an argument that the function writes into. Raises TypeError for arrays that never change."""
        items = value if isinstance(value, (list, tuple)) else [value]
        for kind in kinds_of(items):
            if kind is None or kind.writable:
                continue
            index = next(index for index, item in enumerate(items) if kind_of(item) is kind)
            where = f"{name}[{index}]" if items is value else name
            raise TypeError(
                f"{self.function}: {where} must be an array that can be written into; "
                f"it is one of {kind.name}, which never change"
            )
        return self.read(value)

    def new(self, name: str, shape: tuple[int, ...], dtype: str) -> Any:
        """New memory for the result `name` on the device of the call.

        Raises ValueError for more than any memory has, and MemoryError for more than there is.
        """
        fault = f"{self.function}: {name} must fit into memory; its shape would be {_shown(shape)}"
        sizes = [size for size in shape if isinstance(size, int) and size]
        if math.prod(sizes) * _LARGEST_ITEM >= _BEYOND_BYTES:
            raise ValueError(fault)
        try:
            return self.kind.empty(self.example, shape, dtype)
        except MemoryError as problem:
            raise MemoryError(fault) from problem
        except TypeError as problem:
            raise TypeError(f"{self.function}: {problem}") from problem

    def returned(self, array: Any) -> Any:
        """A result that `new` made, as an array of the caller's library."""
        return self.kind.hand_back(array)


def place_of(function: str, name: str, value: Any) -> Place:
    """The place of a call, by its first array or list of arrays; that of an empty list is host memory.

    Raises TypeError if the value is no array of NumPy, PyTorch, CuPy or JAX, or lies on another device than these.
    """
    item, where = _first(value, name)
    kind = kind_of(item)
    if kind is None:
        raise TypeError(f"{function}: {where} must be an array of {_LIBRARIES}; it is {_spoken(item)}")
    try:
        device = kind.device(item)
    except TypeError as problem:
        raise TypeError(f"{function}: {problem}") from problem
    if device not in ("cpu", "cuda"):
        raise TypeError(f"{function}: {where} must lie in host memory or on a CUDA device; it lies on {device!r}")
    return Place(function, kind, device, item)


def place_of_result(function: str, name: str, value: Any) -> Place:
    """The place of a call that reads no array, by the memory that is given for a result; without it, host memory."""
    return place_of(function, name, _NO_ARRAY if value is None else value)


def size(value: Any) -> int:
    """A size that is stated or computed; 0 for what is none, for the compiled module to refuse."""
    try:
        # Arithmetic on what is no number may do anything at all.
        found = operator.index(_computed(value) if callable(value) else value)
    except (ArithmeticError, TypeError, ValueError):
        return 0
    return found if 0 <= found <= _LARGEST_INTEGER else 0


def dtype_of(value: Any, dtypes: tuple[str, ...]) -> str:
    """The dtype of an array by its name; the first of those it may have, where it has another that will be refused."""
    name = "" if kind_of(value) is None else str(value.dtype).rpartition(".")[2]
    return name if name in dtypes else dtypes[0]


def entry(value: Any, index: int) -> Any:
    """An entry of a list; None where it has no such entry, for the compiled module to refuse."""
    return value[index] if isinstance(value, (list, tuple)) and index < len(value) else None


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an array; that of anything else is (0,), for the compiled module to refuse."""
    return tuple(value.shape) if kind_of(value) is not None else (0,)


def extent(value: Any, axis: int) -> int:
    """Length of an axis; 0 where the array has no such axis, for the compiled module to refuse."""
    shape = shape_of(value)
    return shape[axis] if axis < len(shape) else 0


def _computed(size: Callable[[], Any]) -> Any:
    try:
        return size()
    except Exception:
        return None


def _shown(shape: tuple[int, ...]) -> str:
    """A shape, cut if it is long."""
    return f"({', '.join(map(str, shape[:8]))}{', ...' if len(shape) > 8 else ',' if len(shape) == 1 else ''})"


def _handed_in(items: Sequence[Any]) -> Sequence[Any]:
    kinds = kinds_of(items)
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is not None:
        return kind.hand_in_all(items)
    return [item if (kind := kind_of(item)) is None else kind.hand_in(item) for item in items]


def _first(value: Any, name: str) -> tuple[Any, str]:
    if not isinstance(value, (list, tuple)):
        return value, name
    items: Sequence[Any] = value
    return (items[0], f"{name}[0]") if items else (_NO_ARRAY, name)


def _spoken(value: object) -> str:
    return "None" if value is None else f"of the type {type(value).__name__}"


_LIBRARIES = ", ".join(kind.name for kind in KINDS[:-1]) + f" or {KINDS[-1].name}"

__all__ = ["NUMPY", "Place", "dtype_of", "entry", "extent", "place_of", "place_of_result", "shape_of", "size"]
