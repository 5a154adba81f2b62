"""What MXNet's record reader drew at random, which must lie in the ranges that a case gives."""

from typing import Any

import numpy as np

from vision_kernels.image_sizes import Size
from vision_kernels.replay.adapters import NUMBER, check_fact, numbers
from vision_kernels.replay.machine import Machine
from vision_kernels.replay.outcomes import CaseError, shown

COLOUR_RANGES = ("random_h", "random_l", "random_s")
# The ranges of affine maps; None for an aspect ratio from 1 less the largest one to 1 and the largest one.
AFFINE_RANGES: dict[str, Any] = {
    "max_rotate_angle": 0, "max_shear_ratio": 0.0, "max_aspect_ratio": 0.0, "min_aspect_ratio": NUMBER,
    "max_random_scale": 1.0, "min_random_scale": 1.0, "rotate": -1, "seed_aug": 0,
}  # fmt: skip
_DRAWS = ("shear", "angle_deg", "scale", "ratio")
# The draws are in single precision.
_ROUNDING = 1e-6


def check_shifts(hyper: dict[str, Any], shifts: np.ndarray) -> None:
    """Raises CaseError unless the shifts of hue, saturation and lightness are those drawn, and within their ranges."""
    check_fact("drawn_hsl", hyper["drawn_hsl"], shifts.tolist())
    largest = numbers("random_h, random_s and random_l", [hyper[f"random_{each}"] for each in "hsl"])
    if shifts.shape[1] != len(largest) or (np.abs(shifts) > largest).any():
        raise CaseError(f"delta_hsl must hold shifts of at most {largest}; it is {shown(shifts.tolist())}")


def check_maps(hyper: dict[str, Any], maps: np.ndarray, size: Size, machine: Machine) -> None:
    """Raises CaseError unless the recorded maps follow from the recorded draws, and these lie in their ranges."""
    draws = hyper["drawn"]
    if draws is None:
        return
    if not all(isinstance(draw, dict) and set(draw) == set(_DRAWS) for draw in draws):
        raise CaseError(f"'drawn' must be a list of objects of {', '.join(_DRAWS)}; it is {shown(draws)}")
    check_fact("the number of 'drawn'", len(draws), len(maps))
    drawn = np.array([numbers("drawn", [draw[name] for name in _DRAWS]) for draw in draws], np.float64)
    for name, (lower, upper), column in zip(_DRAWS, _ranges(hyper), drawn.T, strict=True):
        if not ((lower - _ROUNDING <= column) & (column <= upper + _ROUNDING)).all():
            raise CaseError(f"{name} of 'drawn' must lie in [{lower}, {upper}]; it is {shown(column.tolist())}")
    found = machine.call_on_host("mxnet_affine_matrix", drawn, height=size.height, width=size.width).matrix
    if not np.allclose(found, maps, rtol=1e-6, atol=1e-5):
        raise CaseError(f"M_forward must follow from 'drawn', {shown(found.tolist())}; it is {shown(maps.tolist())}")


def _ranges(hyper: dict[str, Any]) -> list[tuple[float, float]]:
    """The ranges of the draws: a rotation that is above 0 takes the place of those drawn."""
    shear, angle, aspect = hyper["max_shear_ratio"], hyper["max_rotate_angle"], hyper["max_aspect_ratio"]
    ratios = (1 - aspect, 1 + aspect) if hyper["min_aspect_ratio"] is None else (hyper["min_aspect_ratio"], aspect)
    given = [
        (-shear, shear),
        (hyper["rotate"],) * 2 if hyper["rotate"] > 0 else (-angle, angle),
        (hyper["min_random_scale"], hyper["max_random_scale"]),
        ratios,
    ]
    return [(lower, upper) for lower, upper in (numbers("the ranges of affine maps", list(ends)) for ends in given)]
