"""Whatever a call is given by mistake, it computes or says in one line what is wrong, and changes nothing.

VISION_KERNELS_DRAWS sets how many calls of several mistakes are made for each function.
"""

import os
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import vision_kernels

from tests.kernels.calls import EXTENTS, NAMES, Arguments, arrays_of, call_of
from tests.kernels.hostile import NO_ARRAYS, NO_SCALARS, Raising

DRAWS = int(os.environ.get("VISION_KERNELS_DRAWS", "40"))
REFUSALS = (TypeError, ValueError, MemoryError)
# Words of the libraries beneath, which a caller should never have to read.
INTERNAL = re.compile(r"nanobind|incompatible function arguments|place_in_list|made_|std::")


def tried(function: str, arguments: Arguments) -> str | None:
    """What a call is refused with; None if it computes."""
    before = [(one, one.tobytes()) for one in arrays_of(arguments) if one.dtype != object]
    try:
        getattr(vision_kernels, function)(**arguments)
    except REFUSALS as problem:
        said = str(problem)
        assert said.startswith(f"{function}: "), said
        assert "\n" not in said and len(said) < 600 and not INTERNAL.search(said), said
        assert all(one.tobytes() == bytes for one, bytes in before), said
        return said
    return None


def places(function: str, arguments: Arguments) -> Iterator[tuple[str, int | None]]:
    """Each array of a call: its argument, and its place if that is a list."""
    for tensor in vision_kernels.describe(function).tensors:
        if tensor.name in arguments:
            yield from [(tensor.name, 1), (tensor.name, None)] if tensor.many else [(tensor.name, None)]


def put(arguments: Arguments, place: tuple[str, int | None], mistake: str) -> None:
    """A mistake in the place of an array, or of the whole list."""
    name, index = place
    given = arguments[name]
    example = given[0] if isinstance(given, list) else given
    value = NO_ARRAYS[mistake](example)
    arguments[name] = value if index is None else [*given[:index], value, *given[index + 1 :]]


@pytest.mark.parametrize("function", NAMES)
def test_no_mistake_in_place_of_an_array_does_harm(function: str) -> None:
    refused = 0
    for place in places(function, call_of(function, np.random.default_rng(0))):
        for mistake in NO_ARRAYS:
            arguments = call_of(function, np.random.default_rng(0))
            put(arguments, place, mistake)
            refused += tried(function, arguments) is not None
    assert refused > 0 or not any(places(function, call_of(function, np.random.default_rng(0))))


@pytest.mark.parametrize("function", NAMES)
def test_no_mistake_in_place_of_a_result_does_harm(function: str) -> None:
    for tensor in vision_kernels.describe(function).tensors:
        if tensor.access != "out":
            continue
        arguments = call_of(function, np.random.default_rng(0))
        made = getattr(vision_kernels, function)(**arguments)._asdict()[tensor.name]
        assert tried(function, arguments | {tensor.name: made}) is None
        for mistake in set(NO_ARRAYS) - {"None"}:
            arguments = call_of(function, np.random.default_rng(0)) | {tensor.name: made}
            put(arguments, (tensor.name, 1 if tensor.many else None), mistake)
            tried(function, arguments)
        if tensor.many:
            said = tried(function, call_of(function, np.random.default_rng(0)) | {tensor.name: [made[0], made[0]]})
            assert said is not None and f"{tensor.name}[" in said


@pytest.mark.parametrize("function", NAMES)
def test_no_mistake_in_place_of_a_scalar_does_harm(function: str) -> None:
    for scalar in vision_kernels.describe(function).scalars:
        for value in NO_SCALARS:
            arguments = call_of(function, np.random.default_rng(0)) | {scalar.name: value}
            said = tried(function, arguments)
            assert said is None or not isinstance(value, Raising) or scalar.name in said


@pytest.mark.parametrize("function", [name for name in NAMES if vision_kernels.describe(name).scalars])
@pytest.mark.parametrize("size", [2**40, 2**48, 2**52, 2**53 - 1])
def test_a_result_that_no_memory_holds_is_named(function: str, size: int) -> None:
    for scalar in vision_kernels.describe(function).scalars:
        if scalar.name in EXTENTS and function not in ("mxnet_affine_matrix", "keras_rotation", "keras_zoom"):
            others = {name: size for name in EXTENTS if any(one.name == name for one in scalars_of(function))}
            for extents in ({scalar.name: size}, others):
                said = tried(function, call_of(function, np.random.default_rng(0)) | extents)
                assert said is not None and re.search(
                    "must fit into memory|must fit into each image|must be a size", said
                )


def scalars_of(function: str) -> tuple[Any, ...]:
    return vision_kernels.describe(function).scalars


@pytest.mark.parametrize("function", NAMES)
def test_several_mistakes_at_once_do_no_harm(function: str) -> None:
    rng, mistakes = np.random.default_rng(len(function)), list(NO_ARRAYS)
    for _ in range(DRAWS):
        arguments = call_of(function, rng)
        for tensor in vision_kernels.describe(function).tensors:
            if tensor.name in arguments and rng.random() < 0.3:
                put(
                    arguments,
                    (tensor.name, 1 if tensor.many and rng.random() < 0.5 else None),
                    str(rng.choice(mistakes)),
                )
        for scalar in scalars_of(function):
            if rng.random() < 0.2:
                arguments[scalar.name] = NO_SCALARS[rng.integers(len(NO_SCALARS))]
        tried(function, arguments)


@pytest.mark.parametrize("function", NAMES)
def test_wrong_arguments_are_told_in_the_words_of_python(function: str) -> None:
    call = getattr(vision_kernels, function)
    unknown = call_of(function, np.random.default_rng(0)) | {"x_": 1}
    for arguments, options in (((1,) * 50, {}), ((), {"no such argument": 1}), ((), unknown)):
        with pytest.raises(TypeError, match=rf"^{function}\(\) "):
            call(*arguments, **options)


def test_a_hundred_thousand_arrays_are_updated() -> None:
    weights, gradients = (list(np.ones((100_000, 2), np.float32)) for _ in range(2))
    for backend in ("cpu", "emulated"):
        with vision_kernels.backend(backend):
            vision_kernels.mxnet_sgd_step(weights, gradients, learning_rate=0.25, momentum=0.0, weight_decay=0.0)
    assert np.stack(weights).tolist() == [[0.5, 0.5]] * 100_000
    gradients[99_999] = weights[5]
    with pytest.raises(ValueError, match=r"weight\[5\] must share no memory .* shares some with gradient\[99999\]"):
        vision_kernels.mxnet_sgd_step(weights, gradients, momentum=0.0)
