"""The backend that a replay runs on, and how arrays get onto its device and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

import numpy as np

import vision_kernels
from vision_kernels.backends import backend, load
from vision_kernels.errors import BackendMissingError

BACKENDS = ("cpu", "cuda", "emulated")


class Refused(Exception):
    """A function refused its arguments.

    Attributes:
        function: Its name.
        options: What it was given by keyword.
        words: For what no argument shows but the computation finds: the word that the framework's own check has there,
            then those of all its checks of the kind.
    """

    def __init__(self, function: str, options: dict[str, Any], message: str, words: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.function, self.options, self.words = function, options, words


class Machine:
    """A backend: calls functions of the package on its device.

    Attributes:
        name: "cpu", "cuda" or "emulated".
        calls: The functions called since `forget`, with what they were given by keyword.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._to_device, self._to_host = _transfers(name)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def put(self, array: np.ndarray) -> Any:
        """A copy of the array in the memory of the device."""
        return self._to_device(np.array(array, order="C"))

    def get(self, array: Any) -> np.ndarray:
        """A copy of the array in host memory."""
        return np.array(self._to_host(array))

    def forget(self) -> None:
        """Forgets the calls so far."""
        self.calls.clear()

    def call(self, function: str, *arrays: Any, **options: Any) -> Any:
        """Calls a function of the package by its name.

        Raises Refused where it refuses: by a ValueError or TypeError that begins with its name. Any other error is a
        mistake in the call itself.
        """
        self.calls.append((function, options))
        try:
            return getattr(vision_kernels, function)(*arrays, **options)
        except (ValueError, TypeError) as problem:
            if not str(problem).startswith(f"{function}: "):
                raise
            raise Refused(function, options, str(problem)) from problem

    def call_on_host(self, function: str, *arrays: Any, **options: Any) -> Any:
        """As `call`, for functions that are computed on the CPU alone."""
        with backend("cpu"):
            return self.call(function, *arrays, **options)


@contextmanager
def machine(name: str) -> Iterator[Machine]:
    """The machine of a backend. Raises BackendMissingError if it cannot be had here."""
    if name == "cuda":
        load("cuda")
        yield Machine(name)
        return
    with backend(name):
        yield Machine(name)


Transfer = Callable[[Any], Any]


def _transfers(name: str) -> tuple[Transfer, Transfer]:
    if name != "cuda":
        return _unchanged, _unchanged
    with suppress(ImportError):
        cupy = import_module("cupy")
        return cupy.asarray, cupy.asnumpy
    with suppress(ImportError):
        torch = import_module("torch")
        return (lambda array: torch.from_numpy(array).cuda()), (lambda tensor: tensor.cpu().numpy())
    raise BackendMissingError("arrays get onto a GPU through CuPy or PyTorch; neither can be imported")


def _unchanged(array: Any) -> Any:
    return array
