"""Which library, device and backend a call belongs to."""

import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest
import vision_kernels
from vision_kernels import array_kinds, arrays, backends

STEP = {"learning_rate": 0.5, "momentum": 0.0, "weight_decay": 0.0}


def step(weight: object, gradient: object) -> None:
    vision_kernels.mxnet_sgd_step(weight, gradient, **STEP)


@pytest.fixture
def jax(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A library that looks like JAX from outside: arrays that never change."""

    class Array:
        shape = (2,)

        def devices(self) -> set[object]:
            return {type("Device", (), {"platform": "cpu"})}

        def block_until_ready(self) -> np.ndarray:
            return np.ones(2, np.float32)

    module = ModuleType("jax")
    module.Array, module.core = Array, ModuleType("jax.core")  # type: ignore[attr-defined]
    module.core.Tracer = type("Tracer", (), {})  # type: ignore[attr-defined]
    module.numpy = ModuleType("jax.numpy")  # type: ignore[attr-defined]
    module.numpy.asarray = lambda array: ("of JAX", array.shape)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "jax", module)
    return module


@pytest.mark.parametrize("library", ["torch", "cupy", "jax"])
def test_no_library_is_imported_for_its_own_sake(library: str) -> None:
    code = f"import sys, vision_kernels; vision_kernels.describe('smooth_l1'); sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_importing_loads_no_compiled_module() -> None:
    code = "import sys, vision_kernels; sys.exit(any(name.startswith('vision_kernels._c') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize(
    "value", [1.0, None, "weight", [1.0], [[np.ones(2)]], object()], ids=lambda value: type(value).__name__
)
def test_what_is_no_array_is_told_by_its_type(value: object) -> None:
    with pytest.raises(
        TypeError, match=r"^mxnet_sgd_step: weight(\[0\])? must be an array of NumPy, PyTorch, CuPy or JAX"
    ):
        step(value, [np.ones(2, np.float32)])


def test_array_of_jax_is_read(jax: ModuleType) -> None:
    weight = [np.ones(2, np.float32)]
    step(weight, [jax.Array()])
    assert weight[0].tolist() == [0.5, 0.5]


def test_array_of_jax_is_never_written(jax: ModuleType) -> None:
    with pytest.raises(TypeError, match=r"weight\[0\] must be an array that can be written into; it is one of JAX"):
        step([jax.Array()], [np.ones(2, np.float32)])
    with pytest.raises(TypeError, match=r"smooth_l1: loss must be an array that can be written into"):
        vision_kernels.smooth_l1(np.ones(2, np.float32), loss=jax.Array())


def test_results_for_jax_are_made_and_handed_over(jax: ModuleType) -> None:
    assert vision_kernels.smooth_l1(jax.Array()).loss == ("of JAX", (2,))


def test_other_devices_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array_kinds._NumpyArrays, "device", lambda self, array: "mps")
    with pytest.raises(TypeError, match=r"weight\[0\] must lie in host memory or on a CUDA device; it lies on 'mps'"):
        step([np.ones(2, np.float32)], [np.ones(2, np.float32)])


def test_missing_backend_is_one_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends, "_loaded", {})
    monkeypatch.setitem(sys.modules, "vision_kernels._cuda", None)
    monkeypatch.setattr(array_kinds._NumpyArrays, "device", lambda self, array: "cuda")
    with pytest.raises(vision_kernels.BackendMissingError, match="arrays on a GPU need the CUDA backend: install"):
        step([np.ones(2, np.float32)], [np.ones(2, np.float32)])


@pytest.mark.parametrize("name", ["cuda", "gpu", ""])
def test_only_backends_for_host_memory_can_be_chosen(name: str) -> None:
    with (
        pytest.raises(ValueError, match=f'^the backend must be "cpu" or "emulated"; it is \'{name}\'$'),
        vision_kernels.backend(name),
    ):
        pytest.fail("chosen all the same")


def test_environment_variable_chooses_the_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    assert backends.host_backend() == "cpu"
    monkeypatch.setenv(backends.VARIABLE, "emulated")
    assert backends.host_backend() == "emulated"
    monkeypatch.setenv(backends.VARIABLE, "fast")
    with pytest.raises(ValueError, match="the environment variable VISION_KERNELS_BACKEND must be"):
        step([np.ones(2, np.float32)], [np.ones(2, np.float32)])


def test_choice_of_a_backend_ends_with_its_block() -> None:
    with vision_kernels.backend("emulated"):
        assert backends.host_backend() == "emulated"
        with vision_kernels.backend("cpu"):
            assert backends.host_backend() == "cpu"
        assert backends.host_backend() == "emulated"
    assert backends.host_backend() == "cpu"


def test_shape_of_what_is_no_array_is_left_to_the_checks() -> None:
    assert arrays.shape_of([1, 2]) == (0,)
    assert arrays.extent(np.ones((3, 2)), 1) == 2
    assert arrays.extent(np.ones(3), 1) == 0


@pytest.mark.parametrize(
    ("table", "value", "function"),
    [
        ("image_classification_step", "nag", "mxnet_nag_step"),
        ("object_detection_step", "adadelta", "mxnet_adadelta_step"),
        ("image_classification_tensorflow_step", "nesterov", "keras_nesterov_step"),
    ],
)
def test_update_of_an_optimizer_is_found_by_the_value_of_the_hyperparameter(
    table: str, value: str, function: str
) -> None:
    assert getattr(vision_kernels, table)(value) is getattr(vision_kernels, function)
    with pytest.raises(ValueError, match="must be one of"):
        getattr(vision_kernels, table)("ftrl")
