"""What augmentations check of what they are given, before anything is drawn."""

import math
import operator
from collections.abc import Iterable
from numbers import Real
from typing import Any

# The largest seed and epoch that the generator takes.
LARGEST = 2**53 - 1


def whole(name: str, value: Any, least: int = 0, most: int = LARGEST) -> int:
    """A whole number from `least` to `most`. Raises TypeError for what is none, and ValueError for any other."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number; it is {shown(value)}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}; it is {shown(number)}")
    if number > most:
        raise ValueError(f"{name} must be at most {most}; it is {shown(number)}")
    return number


def number(name: str, value: Any) -> float:
    """A finite number. Raises TypeError for what is none, and ValueError for one that is not finite."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number; it is {shown(value)}")
    if not abs(value) < math.inf:
        raise ValueError(f"{name} must be a finite number; it is {value}")
    return float(value)


def choice(name: str, value: Any, values: Iterable[object]) -> None:
    """Raises ValueError for what is none of the values, which are texts or None."""
    known = tuple(values)
    if not any(value is one or (isinstance(value, str) and value == one) for one in known):
        raise ValueError(f"{name} must be {choices(known)}; it is {shown(value)}")


def shown(value: object) -> str:
    """A value as Python shows it, on one line, cut if it is long."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:80]}..."


def choices(values: Iterable[object]) -> str:
    """Values as they are written in Python: "'a', 'b' or None"."""
    *others, last = map(repr, values)
    return f"{', '.join(others)} or {last}" if others else last
