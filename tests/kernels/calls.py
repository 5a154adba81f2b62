"""A valid call of any function, from its description, and the corners of what its scalars may be."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import vision_kernels
from vision_kernels._descriptions import FUNCTIONS

LARGEST_SINGLE = float(np.finfo(np.float32).max)
LARGEST_INTEGER = 2**53 - 1
# A size for every symbol; windows fit into images, and rows hold boxes.
SIZES = {"n": 2, "k": 3, "s": 4, "h": 5, "w": 6, "c": 3, "a": 5, "t": 2, "d": 4, "m": 5, "l": 3, "r": 2}
SIZES |= {"buckets": 4, "images": 2, "height": 2, "width": 3, "length": 7}
ENTRIES = 2
# Scalars that decide how much memory a call takes.
EXTENTS = ("height", "width", "length", "feature_height", "feature_width")
_GIVEN: dict[str, Any] = {"step": 1, "seed": 3, "top_k": 2, "boundaries": [3, 5], "clip_value": 1.0, "clip_norm": 1.0}
_GIVEN |= {"weight_decay": 0.1, "feature_height": 2, "feature_width": 3}
_NUMBERS = (0.0, 5e-324, 1e-300, 1e-46, 1.4e-45, 1e-38, 1e-20, 1e-8, 0.5, 1.0, 1.5, 8.0, 100.0, 1e5, 1e12, 1e19, 1e30)
_NUMBERS += (3e38, LARGEST_SINGLE, 1e39, 1e300, 1.7976931348623157e308)
_INTEGERS = (0, 1, 2, 3, 255, 2**31 - 1, 2**31, 2**32, 2**48, LARGEST_INTEGER)

NAMES = tuple(FUNCTIONS)
Arguments = dict[str, Any]


def call_of(function: str, rng: np.random.Generator, sizes: Mapping[str, int] = SIZES) -> Arguments:
    """Arguments of a call that is right: ordinary arrays, and defaults where there are any."""
    described = vision_kernels.describe(function)
    scalars = {scalar.name: _start(scalar, sizes) for scalar in described.scalars}
    tensors = {
        tensor.name: [_array(tensor, rng, sizes) for _ in range(ENTRIES)] if tensor.many else _array(tensor, rng, sizes)
        for tensor in described.tensors
        if tensor.access != "out" and not tensor.required_for
    }
    return {**tensors, **scalars}


def arrays_of(arguments: Arguments) -> Iterator[np.ndarray]:
    """All arrays among arguments or results."""
    for value in arguments.values():
        listed = value if isinstance(value, (list, tuple)) else [value]
        yield from (one for one in listed if isinstance(one, np.ndarray))


def copied(arguments: Arguments) -> Arguments:
    """The same arguments, with arrays of their own."""
    return {
        name: [one.copy() for one in value]
        if isinstance(value, list) and value and isinstance(value[0], np.ndarray)
        else value.copy()
        if isinstance(value, np.ndarray)
        else value
        for name, value in arguments.items()
    }


def computed(function: str, arguments: Arguments) -> list[np.ndarray]:
    """What a call returns and changes, of arguments that are left as they are."""
    own = copied(arguments)
    result = getattr(vision_kernels, function)(**own)
    changed = [tensor.name for tensor in vision_kernels.describe(function).tensors if tensor.access == "inout"]
    outcome = {} if result is None else result._asdict()
    return list(arrays_of(outcome | {name: own[name] for name in changed if name in own}))


def extreme(function: str, rng: np.random.Generator) -> Arguments:
    """Scalars from the corners of their domains, each at its default half of the time."""
    drawn = {}
    for scalar in vision_kernels.describe(function).scalars:
        is_kept = scalar.default is not None and rng.random() < 0.5
        drawn[scalar.name] = _start(scalar) if is_kept or scalar.name in EXTENTS else _corner(scalar, rng)
    return drawn


def corners(scalar: Any) -> list[float]:
    """Numbers at and near the ends of a range, and of all sizes within it."""
    ends = [end for end in (scalar.lower, scalar.upper) if end is not None]
    tried = [*ends, *(sign * size for size in _NUMBERS for sign in (1, -1))]
    tried += [float(np.nextafter(end, 0.5)) for end in ends]
    return [float(value) for value in tried if holds(scalar, value)]


def holds(scalar: Any, value: float) -> bool:
    """Whether a number lies in the range of a scalar."""
    above = scalar.lower is None or value > scalar.lower or (value == scalar.lower and not scalar.lower_open)
    return above and (scalar.upper is None or value < scalar.upper or (value == scalar.upper and not scalar.upper_open))


def _corner(scalar: Any, rng: np.random.Generator) -> Any:
    match scalar.type:
        case "boolean":
            return bool(rng.integers(2))
        case "string":
            return str(rng.choice(scalar.values))
        case "integer":
            tried = [value for size in _INTEGERS for value in (size, -size) if holds(scalar, value)]
            return int(rng.choice(tried))
        case "number":
            return float(rng.choice(corners(scalar)))
        case _ if scalar.items == "integer":
            return sorted({int(value) for value in rng.integers(1, 2**50, 3)})
        case _:
            return [float(value) for value in rng.choice(corners(scalar), len(scalar.fields) or 2)]


def _start(scalar: Any, sizes: Mapping[str, int] = SIZES) -> Any:
    if scalar.default is not None:
        return list(scalar.default) if isinstance(scalar.default, tuple) else scalar.default
    return _GIVEN[scalar.name] if scalar.name in _GIVEN else sizes[scalar.name]


def _array(tensor: Any, rng: np.random.Generator, sizes: Mapping[str, int]) -> np.ndarray:
    shape = tuple(sizes.get(size, size) for size in (("n", "k") if tensor.shape is None else tensor.shape))
    dtype = tensor.dtypes[0]
    if dtype.startswith(("int", "uint")):
        # A class without true boxes has no average precision.
        least = 1 if tensor.name == "truths" else 0
        return rng.integers(least, 2, shape).astype(dtype)
    # No mean is larger than the root of its mean square.
    return (rng.random(shape) + (tensor.name == "mean_square")).astype(dtype)
