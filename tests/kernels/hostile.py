"""What callers hand over by mistake, in the place of an array, of a list and of a scalar."""

import ctypes
import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

Made = Callable[[np.ndarray], Any]


class Raising:
    """Neither a number nor an array: every question to it is an error."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"asked for {name}")

    def __repr__(self) -> str:
        raise RuntimeError("asked for a text")

    def __float__(self) -> float:
        raise RuntimeError("asked for a number")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("asked for equality")

    __hash__ = None  # type: ignore[assignment]


class Lying:
    """An array by its attributes, which no library hands over."""

    shape, dtype, ndim, size = (2, 3), np.dtype(np.float32), 2, 6
    __array_interface__ = {"shape": (2, 3), "typestr": "<f4", "data": (8, False), "version": 3}

    def __dlpack__(self, **options: Any) -> Any:
        return ctypes.py_object(3)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


class OddList(list[Any]):
    """A list that is longer than it says."""

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Any:
        return iter([None] * 5)


def cyclic() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


def read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


def misaligned(array: np.ndarray) -> np.ndarray:
    return np.zeros(array.nbytes + 1, np.uint8)[1:].view(array.dtype).reshape(array.shape)


NO_ARRAYS: dict[str, Made] = {
    "None": lambda a: None,
    "int": lambda a: 3,
    "text": lambda a: "array",
    "bytes": lambda a: b"array",
    "dict": lambda a: {},
    "set": lambda a: {1},
    "generator": lambda a: (one for one in [a]),
    "class": lambda a: np.ndarray,
    "function": lambda a: len,
    "raising": lambda a: Raising(),
    "lying": lambda a: Lying(),
    "empty list": lambda a: [],
    "nested list": lambda a: [[a]],
    "list of None": lambda a: [None, None],
    "mixed dtypes": lambda a: [a, a.astype(np.float64)],
    "odd list": lambda a: OddList([a]),
    "cyclic list": lambda a: cyclic(),
    "numbers": lambda a: a.tolist(),
    "scalar of NumPy": lambda a: np.float32(1),
    "memoryview of nothing": lambda a: memoryview(b""),
    "array of one": lambda a: np.array(1, a.dtype),
    "objects": lambda a: a.astype(object),
    "texts": lambda a: a.astype(str),
    "structured": lambda a: np.zeros(a.shape, [("x", "f4"), ("y", "i4")]),
    "many fields": lambda a: np.zeros(a.shape, [(f"field_{n}", "f4") for n in range(40)]),
    "dates": lambda a: np.zeros(a.shape, "datetime64[s]"),
    "complex": lambda a: a.astype(np.complex64),
    "long doubles": lambda a: a.astype(np.longdouble),
    "void": lambda a: np.zeros(a.shape, "V4"),
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder(">")),
    "float16": lambda a: a.astype(np.float16),
    "int8": lambda a: a.astype(np.int8),
    "uint64": lambda a: a.astype(np.uint64),
    "bool": lambda a: a.astype(bool),
    "backwards": lambda a: a[::-1],
    "gaps": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "column order": lambda a: np.asfortranarray(np.stack([a, a, a])),
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
    "64 dimensions": lambda a: a.reshape(*a.shape, *[1] * (64 - a.ndim)),
    "no elements": lambda a: a[:0],
    "other shape": lambda a: np.concatenate([a, a]),
    "read only": read_only,
    "misaligned": misaligned,
    "matrix": lambda a: a.reshape(-1, 1).view(np.matrix),
    "masked": lambda a: np.ma.masked_array(a, a > 0, fill_value=0),
}
NO_SCALARS: list[Any] = [
    *(None, True, False, "", "text", b"text", "\ud800", [], [[]], (), {}, {1}, [None], object(), len, int, Raising()),
    *(0, -1, 2**53, -(2**53), 2**63, -(2**63), 2**64, 10**400, float("nan"), float("inf"), -float("inf")),
    *(1e308, -1e308, 1e39, 0.5, 1j, Decimal("0.5"), Fraction(1, 3), np.float16(0.5), np.int8(1), np.bool_(True)),
    *(np.array(0.5), np.array([0.5]), np.zeros((30, 30)), np.array(["a"]), np.datetime64("2020-01-01"), cyclic()),
    *(datetime.date(2020, 1, 1), [1, "a"], [float("nan")] * 4, [10**400] * 4, ["a"] * 2, [1] * 5000, OddList([1.0])),
]
