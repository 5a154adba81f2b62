"""How numbers are read and written: the tables of section 5."""

import math
import re

LARGEST = 2**53 - 1
LONGEST_TEXT = 64
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def integer_of_text(text: str) -> int | None:
    if len(text) > LONGEST_TEXT or not INTEGER.fullmatch(text):
        return None
    value = int(text)
    return value if -LARGEST <= value <= LARGEST else None


def number_of_text(text: str) -> float | None:
    if len(text) > LONGEST_TEXT or not NUMBER.fullmatch(text):
        return None
    return finite(float(text))


def finite(value: float) -> float | None:
    """The number, with -0 as 0; None if it is not finite."""
    if not math.isfinite(value):
        return None
    return 0.0 if value == 0 else value


def number_of_int(value: int) -> float | None:
    """The double nearest to an integer of any size."""
    try:
        return float(value)
    except OverflowError:
        return None


def print_number(value: int | float) -> str:
    """The shortest digits, laid out as RFC 8785 (that is, ECMAScript) does."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    if value < 0:
        return "-" + print_number(-value)
    digits, point = _digits_and_point(repr(value))
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    mantissa = digits[0] + ("." + digits[1:] if count > 1 else "")
    return f"{mantissa}e{point - 1:+d}"


def _digits_and_point(text: str) -> tuple[str, int]:
    """``1.5e-07`` is 0.digits times ten to the power of point: ("15", -6)."""
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or "0")
    digits = whole + fraction
    leading = len(digits) - len(digits.lstrip("0"))
    return digits.strip("0"), point - leading
