"""Calls of the kernels on arrays of NumPy."""

from typing import Any

import numpy as np
import vision_kernels

from tests.kernels.declared import functions, needed_states

Arrays = dict[str, np.ndarray]


def state_type(function: str) -> type:
    return np.float16 if function.endswith("_half_step") else np.float32


def started(function: str, weight: np.ndarray, scalars: dict[str, Any], start: float = 0.0) -> Arrays:
    """A weight with the states that its update needs, and a master behind half precision."""
    kind = state_type(function)
    arrays = {"weight": weight}
    arrays |= {name: np.full(weight.shape, start, kind) for name in needed_states(function, scalars)}
    if weight.dtype == np.float16 and kind is np.float32:
        arrays["master"] = weight.astype(np.float32)
    return arrays


def update(function: str, arrays: Arrays, gradient: np.ndarray, **scalars: Any) -> None:
    """One update of one tensor, in place."""
    states = {name: [array] for name, array in arrays.items() if name != "weight"}
    getattr(vision_kernels, function)([arrays["weight"]], [gradient], **states, **scalars)


def numbered(function: str, scalars: dict[str, Any], step: int) -> dict[str, Any]:
    """The scalars with the number of the update, where the function counts."""
    counts = any(scalar["name"] == "step" for scalar in functions()[function]["scalars"])
    return {**scalars, "step": step} if counts else scalars


def view_off_by_one(array: np.ndarray) -> np.ndarray:
    """A copy that begins one element into its memory, away from any wide alignment."""
    memory = np.empty(array.size + 1, array.dtype)
    view = memory[1:].reshape(array.shape)
    view[...] = array
    return view
