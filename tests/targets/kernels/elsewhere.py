"""Arrays that say by DLPack that they lie on another device; the memory is that of this process."""

import ctypes
from typing import Any

import numpy as np


class _Device(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int32), ("id", ctypes.c_int32)]


class _Dtype(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint8), ("bits", ctypes.c_uint8), ("lanes", ctypes.c_uint16)]


class _Tensor(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device", _Device),
        ("ndim", ctypes.c_int32),
        ("dtype", _Dtype),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


class _Managed(ctypes.Structure):
    _fields_ = [("tensor", _Tensor), ("context", ctypes.c_void_p), ("deleter", ctypes.c_void_p)]


class Elsewhere:
    """A vector of float32 on a device of DLPack's numbering, such as (2, 0) for the first GPU of CUDA."""

    def __init__(self, values: np.ndarray, device: tuple[int, int]) -> None:
        self.values = values
        self.device = device
        # What a capsule points to has to outlive it.
        self._shape = (ctypes.c_int64 * 1)(len(values))
        self._managed = _Managed(
            _Tensor(values.ctypes.data, _Device(*device), 1, _Dtype(2, 32, 1), self._shape, None, 0), None, None
        )

    def __dlpack__(self, **options: Any) -> Any:
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
        return new(ctypes.addressof(self._managed), b"dltensor", None)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.device
