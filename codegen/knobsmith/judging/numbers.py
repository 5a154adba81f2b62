"""Numbers in wire form: one grammar, one spelling."""

import math
import re
from decimal import Decimal

from knobsmith.expr.spelling import LARGEST_INTEGER

LONGEST = 64
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def integer_of(text: str) -> int | None:
    """The integer that a text writes, if it does."""
    if len(text) > LONGEST or not _INTEGER.fullmatch(text):
        return None
    value = int(text)
    return value if abs(value) <= LARGEST_INTEGER else None


def number_of(text: str) -> float | None:
    """The double nearest to what a text writes, if it writes a finite number."""
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value + 0.0 if math.isfinite(value) else None


def number_text(value: int | float) -> str:
    """The shortest digits that read back as the same number, laid out as ECMAScript and RFC 8785 do."""
    if isinstance(value, int) or value == 0:
        return str(int(value))
    sign, digits, point = _decimal(value)
    if len(digits) <= point <= 21:
        return f"{sign}{digits:0<{point}}"
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = ".".join(filter(None, (digits[0], digits[1:])))
    return f"{sign}{mantissa}e{point - 1:+d}"


def _decimal(value: float) -> tuple[str, str, int]:
    """Sign, shortest digits, and where the point stands before or behind the first: 0.012 is 12 with -1."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    shown = "".join(map(str, digits))
    return "-" if sign else "", shown, len(shown) + int(exponent)
