"""Which compiled module computes.

Arrays in host memory go to `_cpu` and arrays on a GPU to `_cuda`, which is loaded when first used: importing the
package needs no driver. For tests, `_emulated` runs the CUDA kernels on the CPU; it is never chosen by itself.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from types import ModuleType

from vision_kernels.errors import BackendMissingError

VARIABLE = "VISION_KERNELS_BACKEND"
HOST_BACKENDS = ("cpu", "emulated")

_chosen: ContextVar[str | None] = ContextVar("vision_kernels_backend", default=None)
_shapes_only: ContextVar[bool] = ContextVar("vision_kernels_shapes_only", default=False)
_loaded: dict[str, ModuleType] = {}


@contextmanager
def backend(name: str) -> Iterator[None]:
    """Computes on arrays in host memory with the backend `name`, "cpu" or "emulated", inside a `with` block.

    Outside of one, the environment variable VISION_KERNELS_BACKEND decides, else it is "cpu". Arrays on a GPU always
    use "cuda". Raises ValueError for any other name, and BackendMissingError where the module was not built.
    """
    load(_host_backend(name, "the backend"))
    token = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(token)


@contextmanager
def shapes_only() -> Iterator[None]:
    """Inside a `with` block, functions allocate their results and compute nothing.

    So a compiler learns the shapes and types of results from arrays that have nothing else.
    """
    token = _shapes_only.set(True)
    try:
        yield
    finally:
        _shapes_only.reset(token)


def module_for(device: str) -> ModuleType:
    """The compiled module that computes on arrays of a device, "cpu" or "cuda"."""
    return load("cuda" if device == "cuda" else host_backend())


def host_backend() -> str:
    """Name of the backend that computes on arrays in host memory at present."""
    return _chosen.get() or _host_backend(os.environ.get(VARIABLE) or "cpu", f"the environment variable {VARIABLE}")


def load(name: str) -> ModuleType:
    """The compiled module `_NAME` of the backend "cpu", "cuda" or "emulated", loaded once.

    Raises BackendMissingError if it is not part of this installation or its libraries cannot be loaded.
    """
    if _shapes_only.get():
        return _IDLE
    if name not in _loaded:
        _loaded[name] = _imported(name)
    return _loaded[name]


def _imported(name: str) -> ModuleType:
    try:
        return import_module(f"vision_kernels._{name}")
    except ImportError as problem:
        raise BackendMissingError(f"{_MISSING[name]}; loading vision_kernels._{name} failed: {problem}") from problem


class _IdleModule(ModuleType):
    """A module whose functions do nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **options: None


_IDLE = _IdleModule("vision_kernels._idle")
_MISSING = {
    "cpu": "vision_kernels needs its compiled module: install the package, do not import its sources",
    "cuda": "arrays on a GPU need the CUDA backend: install a build of vision-kernels made where nvcc was found",
    "emulated": "the emulated backend is for tests: build vision-kernels with -DVISION_KERNELS_EMULATED=ON",
}


def _host_backend(name: str, where: str) -> str:
    if name not in HOST_BACKENDS:
        raise ValueError(f'{where} must be "cpu" or "emulated"; it is {name!r}')
    return name
