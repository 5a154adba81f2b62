"""What other libraries raise while they hand over an array, and what no array can be."""

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.targets.kernels.elsewhere import Elsewhere


class Interrupted:
    """An array whose library raises something when it is asked for its memory."""

    dtype = np.dtype(np.float32)

    def __init__(self, problem: BaseException) -> None:
        self.problem = problem
        self.times = 0

    def __dlpack__(self, **options: Any) -> Any:
        self.times += 1
        raise self.problem

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


class Stopped(BaseException):
    """What a framework raises to stop a worker."""


@pytest.mark.parametrize("problem", [KeyboardInterrupt("now"), SystemExit(3), MemoryError("full"), Stopped()], ids=repr)
@pytest.mark.parametrize("place", ["weight", "gradient"])
def test_what_should_stop_the_program_reaches_the_caller_unchanged(
    cpu: Any, problem: BaseException, place: str
) -> None:
    kept = np.ones(2, np.float32)
    given = {"weight": [kept], "gradient": [kept.copy()]} | {place: [Interrupted(problem)]}
    with pytest.raises(type(problem)) as caught:
        cpu.descent_step(given["weight"], given["gradient"])
    assert caught.value is problem and given[place][0].times == 1
    assert kept.tolist() == [1, 1]


@pytest.mark.parametrize("problem", [BufferError("gone"), TypeError("no"), RuntimeError("needs a gradient")], ids=repr)
def test_a_library_that_refuses_is_a_refusal(cpu: Any, problem: Exception) -> None:
    with pytest.raises(TypeError) as caught:
        cpu.descent_step([np.ones(2, np.float32)], [Interrupted(problem)])
    said = str(caught.value)
    assert said.startswith("descent_step: gradient[0] must be an array that its library hands over as it is; it is of")
    assert said.endswith("Interrupted and of the dtype float32")


class Answering:
    """An array whose library answers with anything at all."""

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.answer = answer

    def __dlpack__(self, **options: Any) -> Any:
        return self.answer()


def _foreign_capsule() -> Any:
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    return new(1, b"something else", None)


@pytest.mark.parametrize(
    "answer", [lambda: None, lambda: 3, dict, np.ones, _foreign_capsule], ids=lambda one: one.__name__
)
def test_what_is_no_capsule_is_refused(cpu: Any, answer: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match=r"^descent_step: gradient\[0\] must be an array that its library hands over"):
        cpu.descent_step([np.ones(2, np.float32)], [Answering(answer)])


class Subclass(np.ndarray):
    """An array that NumPy exports although its type is one of Python."""


def test_arrays_of_types_of_python_are_taken_without_a_copy(cpu: Any) -> None:
    weight = np.ones(3, np.float32).view(Subclass)
    cpu.descent_step([weight], [np.ones(3, np.float32).view(Subclass)])
    assert weight.tolist() == [0.5] * 3
    weight.flags.writeable = False
    with pytest.raises(ValueError, match=r"^descent_step: weight\[0\] must be writable; it is read-only"):
        cpu.descent_step([weight], [np.ones(3, np.float32)])


class Huge(Elsewhere):
    """An array that claims more elements than can be counted."""

    def __init__(self) -> None:
        super().__init__(np.ones(4, np.float32), (1, 0))
        self._sizes = (ctypes.c_int64 * 3)(2**40, 2**40, 2**40)
        self._managed.tensor.ndim = 3
        self._managed.tensor.shape = self._sizes


def test_a_size_that_cannot_be_counted_is_refused(cpu: Any) -> None:
    with pytest.raises(ValueError) as caught:
        cpu.descent_step([np.ones(4, np.float32)], [Huge()])
    sizes = ", ".join([str(2**40)] * 3)
    assert str(caught.value) == (
        f"descent_step: gradient[0] must be of a size that memory can have; it has the shape ({sizes})"
    )


class Odd:
    """A value that has no text."""

    def __repr__(self) -> str:
        raise ValueError("none")


def test_a_value_without_a_text_is_refused_all_the_same(cpu: Any) -> None:
    with pytest.raises(
        TypeError, match=r"^descent_step: rate must be a number .*; it is an object that cannot be shown"
    ):
        cpu.descent_step([], [], rate=Odd())


def test_a_long_value_stands_on_one_line(cpu: Any) -> None:
    with pytest.raises(TypeError) as caught:
        cpu.descent_step([], [], rate=np.zeros((40, 40)))
    assert "\n" not in str(caught.value) and str(caught.value).endswith("...")
