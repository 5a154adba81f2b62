"""How ends, scales and values become those of a sweep."""

import math
from collections.abc import Mapping
from typing import Any

from knobsmith.model.base import as_json
from knobsmith.views.tuning.axes import Axis, Choices, Numbers

# Which ends are drawn. The documentation says of `uniform` and its kin only that they are bounded by `min` and `max`,
# of `int_uniform` that both are included. What draws takes a share below 1 of the way, so that only rounding leads to
# the upper end of numbers, or beyond it: the latter is kept out here.
ENDS: Mapping[str, tuple[bool, bool]] = {
    "integer": (True, True),
    "integer by log": (True, True),
    "integer by step": (True, True),
    "number": (True, True),
    "number by log": (True, True),
    "number by step": (True, True),
}
# Longer lists of steps are left to the ends alone.
MOST_LISTED = 1000


def lowered(axis: Axis) -> dict[str, Any]:
    """The parameter of a sweep that is drawn from an axis."""
    if isinstance(axis, Choices):
        return {"values": [as_json(value) for value in axis.values]}
    if axis.low == axis.high:
        return {"value": axis.low}
    if axis.step is not None and axis.count is not None and axis.count <= MOST_LISTED:
        return {"values": [axis.low + place * axis.step for place in range(axis.count)]}
    if axis.is_integer:
        return _integers(axis)
    if axis.scale == "log":
        low, high = _within_log(float(axis.low), float(axis.high))
        return {"distribution": "log_uniform_values", "min": low, "max": high}
    return {"distribution": "uniform", "min": axis.low, "max": _within(float(axis.low), float(axis.high))}


def _integers(axis: Numbers) -> dict[str, Any]:
    ends = {"min": axis.low, "max": axis.high}
    if axis.scale == "log":
        return {"distribution": "q_log_uniform_values", "q": 1, **ends}
    return {"distribution": "int_uniform", **ends}


def _within(low: float, high: float) -> float:
    """The greatest end from which no rounding leads beyond the range."""
    end = high
    while low + (end - low) > high:
        end = math.nextafter(end, low)
    return end


def _within_log(low: float, high: float) -> tuple[float, float]:
    """The widest ends whose logarithms lead back into the range."""
    start, end = low, high
    while math.exp(math.log(start)) < low:
        start = math.nextafter(start, high)
    while math.exp(math.log(start) + (math.log(end) - math.log(start))) > high:
        end = math.nextafter(end, low)
    return start, end
