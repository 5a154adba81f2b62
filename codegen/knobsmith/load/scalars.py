"""What a plain scalar means: JSON's literals and numbers, everything else is a string.

YAML 1.1 and 1.2 readers disagree on `yes`, `012`, `1_000`, `2026-11-20` and `.inf`; here they are strings, and where
a number is wanted the error says so.
"""

import math
import re

from knobsmith.load.tree import ScalarValue

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_LITERALS: dict[str, ScalarValue] = {"true": True, "false": False, "null": None, "": None}


def plain_value(text: str) -> ScalarValue:
    """The meaning of a scalar without quotes; nothing at all is ``null``.

    A number without fraction and exponent is an ``int``; one beyond the doubles reads as an infinity, which no
    type accepts.
    """
    if text in _LITERALS:
        return _LITERALS[text]
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    nearest = float(text) + 0.0
    is_whole = match.group(1) is None and match.group(2) is None
    return int(text) if is_whole and math.isfinite(nearest) else nearest
