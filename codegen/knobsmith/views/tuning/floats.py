"""The numbers that a float format can hold, one after the other.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

import math
import struct
from typing import Literal

Precision = Literal["float64", "float32"]


def next_above(value: float, precision: Precision) -> float:
    """The least number above ``value`` that the format holds."""
    if precision == "float64":
        return math.nextafter(value, math.inf)
    nearest = _single(value)
    return nearest if nearest > value else _single_after(nearest)


def next_below(value: float, precision: Precision) -> float:
    """The greatest number below ``value`` that the format holds."""
    return -next_above(-value, precision)


def _single(value: float) -> float:
    (nearest,) = struct.unpack("<f", struct.pack("<f", value))
    return float(nearest)


def _single_after(value: float) -> float:
    """The single after a single: its bits are those of the next integer, counted away from 0."""
    if value == 0:
        return _from_bits(1)
    (bits,) = struct.unpack("<i", struct.pack("<f", value))
    return _from_bits(bits + 1 if value > 0 else bits - 1)


def _from_bits(bits: int) -> float:
    (value,) = struct.unpack("<f", struct.pack("<i", bits))
    return float(value)
