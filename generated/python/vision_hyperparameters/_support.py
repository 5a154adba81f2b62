# Part of every package that `knobsmith generate` writes; do not edit.
"""What rendered Python calls. Targets copy this file into what they generate: it needs only the standard library."""

import math
import re

LARGEST_INTEGER = 2**53 - 1


def fits(result: int) -> bool:
    """Whether the result of an integer operation is an integer of the language."""
    return -LARGEST_INTEGER <= result <= LARGEST_INTEGER


def is_finite(result: float) -> bool:
    """Whether the result of an operation on numbers is a number."""
    return math.isfinite(result)


def found(pattern: str, text: str) -> bool:
    """Whether a regular expression matches anywhere in a text."""
    return re.search(pattern, text) is not None
