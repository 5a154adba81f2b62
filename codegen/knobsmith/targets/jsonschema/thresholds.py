"""Where a growing or falling function of one number crosses a limit, to the last bit.

`2 * rate < 1` is `rate < 0.5` only because no rounding interferes; `rate + 0.1 <= 0.3` is not `rate <= 0.2`. So
nothing is solved for: floats lie in a row, and the place where the test changes is found by halving the row.
"""

import math
import struct
from collections.abc import Callable

from knobsmith.expr.formula import Extremum, Negative, Operation, Reference, Term, Widened
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.targets.jsonschema.folding import is_closed, value_of


def direction(term: Term) -> int:
    """1 if a term never falls while its only name grows, -1 if it never grows; 0 if neither is certain."""
    match term:
        case Reference():
            return 1
        case Widened(operand=operand):
            return direction(operand)
        case Negative(operand=operand):
            return -direction(operand)
        case Extremum(operands=operands):
            ways = {direction(operand) for operand in operands if not is_closed(operand)}
            return ways.pop() if len(ways) == 1 else 0
        case Operation(operator=operator, left=left, right=right) if is_closed(right):
            return _left_direction(operator, left, right)
        case Operation(operator="+" | "*" as operator, left=left, right=right) if is_closed(left):
            return _left_direction(operator, right, left)
        case Operation(operator="-", left=left, right=right) if is_closed(left):
            return -direction(right)
        case _:
            return 0


def first_integer_where(test: Callable[[int], bool]) -> int | None:
    """The least integer of the language for which a test holds that, once it holds, holds for all above."""
    low, high = -LARGEST_INTEGER, LARGEST_INTEGER
    if not test(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if test(middle) else (middle + 1, high)
    return low


def first_float_where(test: Callable[[float], bool]) -> float | None:
    """The least finite double for which a test holds that, once it holds, holds for all above."""
    low, high = _rank(-math.nextafter(math.inf, 0)), _rank(math.nextafter(math.inf, 0))
    if not test(_float_at(high)):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if test(_float_at(middle)) else (middle + 1, high)
    return _float_at(low)


def _left_direction(operator: str, term: Term, other: Term) -> int:
    if operator in ("+", "-"):
        return direction(term)
    factor = value_of(other)
    if operator not in ("*", "/") or not isinstance(factor, (int, float)):
        return 0
    return direction(term) * (1 if factor > 0 else -1 if factor < 0 else 0)


def _rank(value: float) -> int:
    """The place of a double in the row of all doubles."""
    (bits,) = struct.unpack("<q", struct.pack("<d", value))
    return int(bits) if bits >= 0 else -(bits + 2**63)


def _float_at(rank: int) -> float:
    (value,) = struct.unpack("<d", struct.pack("<q", rank if rank >= 0 else -rank - 2**63))
    return float(value) + 0.0
