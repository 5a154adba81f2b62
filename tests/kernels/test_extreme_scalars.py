"""Scalars from the corners of their domains: finite results outside of hazards, and the same ones wherever computed.

VISION_KERNELS_DRAWS sets how many draws are made for each function.
"""

import hashlib
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vision_kernels

from tests.kernels.calls import LARGEST_SINGLE, NAMES, call_of, computed, extreme

DRAWS = int(os.environ.get("VISION_KERNELS_DRAWS", "60"))
SETS = ("baseline", "avx2", "avx512")
# These compute in double precision, or in a reader's own arithmetic.
DOUBLE = ("mxnet_learning_rate",)


def scalars_of(function: str, number: int) -> dict[str, Any] | None:
    """A draw that breaks no rule; None if it breaks one."""
    drawn = extreme(function, np.random.default_rng([number, len(function)]))
    return None if function == "random_uniform" and abs(drawn["high"] - drawn["low"]) > 3.4e38 else drawn


def draws(function: str) -> Iterator[dict[str, Any]]:
    """Calls with extreme scalars and ordinary arrays."""
    for number in range(DRAWS):
        scalars = scalars_of(function, number)
        if scalars is not None:
            yield call_of(function, np.random.default_rng(number)) | scalars


def outcome(function: str, arguments: dict[str, Any]) -> list[np.ndarray] | str:
    """Results, or what is said of a rule that is broken."""
    try:
        return computed(function, arguments)
    except ValueError as problem:
        return str(problem)


def digest(function: str) -> str:
    """All results of a function, to the last bit; no NaN is told from another."""
    found = hashlib.sha256()
    for arguments in draws(function):
        results = outcome(function, arguments)
        for one in [results.encode()] if isinstance(results, str) else results:
            plain = np.where(np.isnan(one), 0, one) if isinstance(one, np.ndarray) and one.dtype.kind == "f" else one
            found.update(plain if isinstance(plain, bytes) else np.ascontiguousarray(plain).tobytes())
            if isinstance(one, np.ndarray) and one.dtype.kind == "f":
                found.update(np.isnan(one).tobytes())
    return found.hexdigest()


def digests(instructions: str) -> dict[str, str] | None:
    """What a process with an instruction set computes; None if this processor lacks it."""
    code = "import json, tests.kernels.test_extreme_scalars as here; "
    code += "print(json.dumps({name: here.digest(name) for name in here.NAMES}))"
    environment = {**os.environ, "VISION_KERNELS_ISA": instructions}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if "must be an instruction set of this processor" in done.stderr:
        return None
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_every_instruction_set_computes_the_same_at_the_corners() -> None:
    found = {name: digests(name) for name in SETS}
    known = [one for one in found.values() if one is not None]
    assert len(known) >= 2 or found["avx2"] is None
    assert all(one == known[0] for one in known)


@pytest.mark.parametrize("function", NAMES)
def test_corners_outside_of_hazards_give_finite_numbers(function: str) -> None:
    described = vision_kernels.describe(function)
    tried = 0
    for arguments in draws(function):
        scalars = {scalar.name: arguments[scalar.name] for scalar in described.scalars}
        results = outcome(function, arguments)
        if isinstance(results, str) or vision_kernels.hazards(function, **scalars):
            continue
        tried += 1
        for one in results:
            assert one.dtype.kind != "f" or np.isfinite(one).all(), (scalars, one)
    assert tried > 0


@pytest.mark.parametrize("function", [name for name in NAMES if "cuda" in vision_kernels.describe(name).backends])
def test_the_emulator_computes_the_same_at_the_corners(function: str) -> None:
    for arguments in draws(function):
        on_cpu = outcome(function, arguments)
        with vision_kernels.backend("emulated"):
            emulated = outcome(function, arguments)
        if isinstance(on_cpu, str) or isinstance(emulated, str):
            assert on_cpu == emulated
            continue
        for ours, theirs in zip(on_cpu, emulated, strict=True):
            # Sums in another order differ in their last bits, and so do what hangs on them.
            size = np.max(np.abs(ours[np.isfinite(ours)]), initial=0.0) if ours.dtype.kind == "f" else 0.0
            np.testing.assert_allclose(theirs, ours, rtol=2e-5, atol=2e-6 * float(size), err_msg=str(arguments))


def numbers(function: str) -> list[Any]:
    described = vision_kernels.describe(function)
    return [one for one in described.scalars if one.type == "number" or one.items == "number"]


@pytest.mark.parametrize("function", [name for name in NAMES if name not in DOUBLE and numbers(name)])
def test_a_number_that_single_precision_lacks_is_refused(function: str) -> None:
    for scalar in numbers(function):
        assert scalar.lower is not None and scalar.lower >= -LARGEST_SINGLE
        assert scalar.upper is not None and scalar.upper <= LARGEST_SINGLE
        for value in (math.nextafter(LARGEST_SINGLE, math.inf), 1e39, -1e39, 1e308):
            arguments = call_of(function, np.random.default_rng(0))
            start = arguments[scalar.name]
            arguments[scalar.name] = [value, *start[1:]] if scalar.type == "list" else value
            with pytest.raises(ValueError, match=rf"^{function}: {scalar.name} must .*{scalar.range[1:-1][:4]}"):
                getattr(vision_kernels, function)(**arguments)


def test_the_law_of_single_precision_is_said() -> None:
    array = np.ones(2, np.float32)
    with pytest.raises(ValueError) as told:
        vision_kernels.mxnet_sgd_step([array], [array.copy()], momentum=0.0, rescale_gradient=1e300)
    ends = "[-3.4028234663852886e38, 3.4028234663852886e38]"
    law = f"rescale_gradient must lie in {ends}, to be finite in single precision; it is 1e+300"
    assert str(told.value) == f"mxnet_sgd_step: {law}"
    assert array.tolist() == [1.0, 1.0]


def test_the_largest_number_of_single_precision_is_taken() -> None:
    gradient = np.array([1.0, -3.0], np.float32)
    vision_kernels.keras_clip_value([gradient], clip_value=np.finfo(np.float32).max)
    assert gradient.tolist() == [1.0, -3.0]


def test_random_numbers_span_what_single_precision_holds() -> None:
    found = vision_kernels.random_uniform(seed=1, length=100, low=-1.7e38, high=1.7e38).number
    assert np.isfinite(found).all() and np.ptp(found) > 3e38
    with pytest.raises(ValueError, match=r"^random_uniform: the distance from low to high must be finite in single"):
        vision_kernels.random_uniform(seed=1, length=1, low=-3e38, high=3e38)


@pytest.mark.parametrize("amount", [1e30, -1e30, 3e38, 1e7])
def test_amounts_of_jitter_beyond_any_use_count_as_the_largest(amount: float) -> None:
    image = [np.random.default_rng(0).integers(0, 256, (5, 6, 3)).astype(np.uint8)]
    amounts, bounded = np.full((2, 1, 4), amount, np.float32)
    bounded[:, 1:] = np.clip(amount, -1e6, 1e6)
    found = vision_kernels.mxnet_jitter_color(image, amounts).jittered[0]
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(found, vision_kernels.mxnet_jitter_color(image, bounded).jittered[0])
    with vision_kernels.backend("emulated"):
        emulated = vision_kernels.mxnet_jitter_color(image, amounts).jittered[0]
    np.testing.assert_allclose(emulated, found, rtol=1e-5, atol=float(np.abs(found).max()) * 1e-6)


@pytest.mark.parametrize("function", ["normalize", "normalize_channels_first"])
def test_the_hazard_of_a_scale_makes_numbers_that_are_none_and_is_told(function: str) -> None:
    one = np.ones(1, np.float32)
    image = [np.full((1, 1, 1), 255, np.uint8)]
    assert np.isinf(getattr(vision_kernels, function)(image, one, one, scale=3e38).normalized[0]).all()
    (told,) = vision_kernels.hazards(function, scale=3e38)
    assert told.startswith("a pixel that is scaled by more than 1e30 may be infinite")
    assert vision_kernels.hazards(function, scale=-1e30) == []
