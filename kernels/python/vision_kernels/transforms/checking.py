"""What augmentations check of what they are given, before anything is drawn."""

import operator
from collections.abc import Iterable
from typing import Any


def whole(name: str, value: Any, least: int = 0) -> int:
    """A whole number, at least `least`. Raises TypeError for what is none, and ValueError for a lesser one."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number; it is {value!r}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}; it is {number}")
    return number


def choices(values: Iterable[object]) -> str:
    """Values as they are written in Python: "'a', 'b' or None"."""
    *others, last = map(repr, values)
    return f"{', '.join(others)} or {last}" if others else last
