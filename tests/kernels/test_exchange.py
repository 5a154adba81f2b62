"""Memory by a library's table of C functions. What stands in for the library is made with ctypes."""

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import vision_kernels


class _Tensor(ctypes.Structure):
    """DLTensor, of float32 in host memory."""

    _fields_ = (
        ("data", ctypes.c_void_p), ("device_type", ctypes.c_int32), ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32), ("code", ctypes.c_uint8), ("bits", ctypes.c_uint8), ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)), ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    )  # fmt: skip


_FILL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.POINTER(_Tensor))
_STREAM = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int32, ctypes.POINTER(ctypes.c_void_p))
CPU, CUDA = 1, 2
STREAM = 7
# Calls `__bool__` of the array; -1 if that raises.
_FILL_BY_ASKING = ctypes.pythonapi.PyObject_IsTrue


class _Table(ctypes.Structure):
    _fields_ = (
        ("major", ctypes.c_uint32), ("minor", ctypes.c_uint32), ("earlier", ctypes.c_void_p),
        ("allocate", ctypes.c_void_p), ("managed", ctypes.c_void_p), ("to_object", ctypes.c_void_p),
        ("fill", ctypes.c_void_p), ("current_stream", ctypes.c_void_p),
    )  # fmt: skip


_KEPT: list[Any] = []


def _capsule(fill: Any, major: int = 1, earlier: int | None = None) -> Any:
    functions = {"fill": fill, "current_stream": _STREAM(_tell_stream)}
    table = _Table(major, 3, earlier, **{name: ctypes.cast(one, ctypes.c_void_p) for name, one in functions.items()})
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    _KEPT.extend([table, *functions.values()])
    return new(ctypes.addressof(table), b"dlpack_exchange_api", None)


def _tell_stream(device_type: int, device_id: int, stream: Any) -> int:
    assert (device_type, device_id) == (CUDA, 0)
    stream[0] = STREAM
    return 0


def _fill(given: Any, tensor: Any) -> int:
    extents, strides = (ctypes.c_int64 * 1)(given.array.size), (ctypes.c_int64 * 1)(1)
    _KEPT.extend([extents, strides])
    tensor[0] = _Tensor(
        data=None if given.is_hollow else given.array.ctypes.data, device_type=given.device, ndim=1, code=2, bits=32,
        lanes=1, shape=extents, strides=strides,
    )  # fmt: skip
    return 0


class _Library:
    """An array that notes how it is asked for its memory."""

    is_hollow = False
    device = CPU

    def __init__(self, array: np.ndarray) -> None:
        self.array = array
        self.asked: list[Any] = []

    def __dlpack__(self, **options: Any) -> Any:
        self.asked.append(options.get("stream", "none"))
        if self.device == CUDA:
            raise BufferError("there is no such device")
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.device, 0


def _library(capsule: Any, module: str = "torch.of_this_test", **members: Any) -> type[_Library]:
    return type("Tensor", (_Library,), {"__module__": module, "__dlpack_c_exchange_api__": capsule, **members})


def _updated(gradient: Any, stream: int = 0) -> list[float]:
    weight, options = np.ones(3, np.float32), {"learning_rate": 0.5, "momentum": 0.0, "weight_decay": 0.0}
    vision_kernels.mxnet_sgd_step([weight], [gradient], stream=stream, **options)
    return weight.tolist()


GRADIENT = np.array([1, 2, 3], np.float32)
UPDATED = [0.5, 0.0, -0.5]


def test_table_is_used_and_python_is_not_asked() -> None:
    gradient = _library(_capsule(_FILL(_fill)))(GRADIENT)
    assert _updated(gradient) == UPDATED
    assert gradient.asked == []


def test_table_of_an_earlier_major_version_is_found() -> None:
    _capsule(_FILL(_fill))
    earlier = ctypes.addressof(next(kept for kept in reversed(_KEPT) if isinstance(kept, _Table)))
    gradient = _library(_capsule(_FILL(lambda *_: 1), major=2, earlier=earlier))(GRADIENT)
    assert _updated(gradient) == UPDATED
    assert gradient.asked == []


@pytest.mark.parametrize(
    "made",
    [
        lambda: _library(_capsule(_FILL(_fill)), module="other"),
        lambda: _library(_capsule(_FILL(_fill), major=2)),
        lambda: _library(None),
        lambda: type("Own", (_library(_capsule(_FILL(_fill))),), {"__dlpack__": _Library.__dlpack__}),
        lambda: type("Own", (_library(_capsule(_FILL(_fill))),), {"__torch_dispatch__": classmethod(print)}),
    ],
    ids=["read-only arrays are possible", "unknown version", "no capsule", "own memory", "own dispatch"],
)
def test_python_is_asked_where_the_table_does_not_speak_for_the_array(made: Callable[[], type[_Library]]) -> None:
    gradient = made()(GRADIENT)
    assert _updated(gradient) == UPDATED
    assert set(gradient.asked) == {"none"}


def _raising(problem: type[BaseException]) -> _Library:
    def refuse(_: Any) -> bool:
        raise problem

    return _library(_capsule(_FILL_BY_ASKING), __bool__=refuse)(GRADIENT)


def test_python_is_asked_where_the_table_refuses() -> None:
    gradient = _raising(BufferError)
    assert _updated(gradient) == UPDATED
    assert set(gradient.asked) == {"none"}


def test_interrupt_inside_the_table_passes() -> None:
    with pytest.raises(KeyboardInterrupt):
        _updated(_raising(KeyboardInterrupt))


def test_table_is_used_on_the_stream_of_its_library_alone() -> None:
    cuda = _library(_capsule(_FILL(_fill)), device=CUDA)
    same, other = cuda(GRADIENT), cuda(GRADIENT)
    with pytest.raises(ValueError, match=r"gradient\[0\] must lie in host memory"):
        _updated(same, STREAM)
    assert same.asked == []
    with pytest.raises(TypeError, match=r"gradient\[0\] must be an array that its library hands over as it is"):
        _updated(other, STREAM + 1)
    assert set(other.asked) == {STREAM + 1}


@pytest.mark.parametrize(("stream", "number"), [(0, 1), (1, 1), (2, 2), (STREAM, STREAM), (2**63 + 1, 2**63 + 1)])
def test_library_on_a_device_is_told_the_stream(stream: int, number: int) -> None:
    gradient = type("Array", (_Library,), {"device": CUDA})(GRADIENT)
    with pytest.raises(TypeError, match=r"gradient\[0\] must be an array that its library hands over as it is"):
        _updated(gradient, stream)
    assert set(gradient.asked) == {number}


def test_array_without_memory_is_refused() -> None:
    hollow = _library(_capsule(_FILL(_fill)), is_hollow=True)(GRADIENT)
    with pytest.raises(TypeError, match=r"gradient\[0\] must be an array that its library hands over as it is"):
        _updated(hollow)


def test_array_with_a_mask_is_refused() -> None:
    masked = np.ma.masked_array(np.ones(3, np.float32), mask=[True, False, False])
    for weight, gradient in (([masked], [GRADIENT]), ([np.ones(3, np.float32)], [masked])):
        with pytest.raises(TypeError, match="mxnet_sgd_step: an array of NumPy must have no mask"):
            vision_kernels.mxnet_sgd_step(weight, gradient, momentum=0.0)
    assert masked.data.tolist() == [1.0, 1.0, 1.0]
