"""Questions about intervals with constant ends: empty, finite, where they leave a domain."""

import builtins
import math
import sys
from collections.abc import Iterator
from itertools import pairwise

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.model.membership import contains, in_interval, in_range
from knobsmith.model.range_syntax import spell_constant

Number = int | float
# An integer range of this many points is tried point by point; a longer one only around the ends that matter.
_TRIED = 4096
# `range` is the field's word here.
integers = builtins.range


def is_constant(range: Range) -> bool:
    """Whether no end is a name."""
    return all(bound.name is None for interval in range.intervals for bound in (interval.lower, interval.upper))


def is_finite(range: Range) -> bool:
    """Whether every end is a number."""
    return all(bound.value is not None for interval in range.intervals for bound in (interval.lower, interval.upper))


def is_empty(interval: Interval, integers: bool) -> bool:
    """Whether no integer, or no number, lies in an interval; ends that are names or infinite bind nothing."""
    low, high = _number(interval.lower), _number(interval.upper)
    if low is None or high is None:
        return False
    if integers:
        return first_integer(interval.lower) > last_integer(interval.upper)
    return low > high or (low == high and not (interval.lower.closed and interval.upper.closed))


def is_ascending(range: Range) -> bool:
    """Whether each interval lies above the one before, sharing no point with it."""
    pairs = zip(range.intervals, range.intervals[1:], strict=False)
    return all(_before(left.upper, right.lower) for left, right in pairs)


def ends(range: Range) -> tuple[Number | None, Number | None]:
    """The lowest and the highest end; None where it is infinite or a name."""
    return _number(range.intervals[0].lower), _number(range.intervals[-1].upper)


def first_integer(lower: Bound) -> int:
    """The least integer above a constant lower end."""
    value = _require(lower)
    whole = math.ceil(value)
    return whole + 1 if whole == value and not lower.closed else whole


def last_integer(upper: Bound) -> int:
    """The greatest integer below a constant upper end."""
    value = _require(upper)
    whole = math.floor(value)
    return whole - 1 if whole == value and not upper.closed else whole


def holds(range: Range, value: Number) -> bool:
    """Whether a number lies in a range with constant ends."""
    return in_range(range, value)


def point_outside(range: Range, domain: Domain) -> PlainValue | None:
    """A point of a constant range that a domain of numbers refuses; None if all are valid.

    Every end of either side, the points beside them and one between each two are tried, which decides the question
    for unions of intervals; short integer ranges are tried whole. An end of the range itself comes first: that is the
    number its author wrote. Up to an end that is a name only the other end is tried: no more of the interval is known
    to be there.
    """
    for value in _candidates(range, domain):
        if any(_surely_holds(interval, value) for interval in range.intervals) and not contains(domain, value):
            return value
    return None


def _surely_holds(interval: Interval, value: Number) -> bool:
    """Whether a value lies in an interval whatever the names at its ends stand for, as long as it is not empty."""
    lower, upper = interval.lower, interval.upper
    if upper.name is not None:
        return lower.closed and value == lower.value
    if lower.name is not None:
        return upper.closed and value == upper.value
    return in_interval(interval, value)


def _candidates(range: Range, domain: Domain) -> Iterator[Number]:
    if domain.kind == "integer":
        yield from _integer_candidates(range, domain)
        return
    yield from map(float, _finite_ends(range))
    critical = sorted({float(value) for value in (*_finite_ends(range), *_critical(domain))})
    between = [_short_number_between(a, b) for a, b in pairwise(critical)]
    beyond = [_further(critical[0], -1), _further(critical[-1], 1)] if critical else [0.0]
    yield from sorted([*critical, *between, *beyond], key=_length)


def _length(value: float) -> tuple[int, float, float]:
    """Sorts numbers by how many characters they take, then from 0 outwards."""
    return len(spell_constant(abs(value))), abs(value), value


def _further(end: float, sign: int) -> float:
    """A number beyond an end, by so much that it is another one."""
    return max(-sys.float_info.max, min(end + sign * max(1.0, abs(end)), sys.float_info.max))


def _short_number_between(low: float, high: float) -> float:
    """A number between two, of as few digits as the middle can be rounded to."""
    middle = low / 2 + high / 2
    rounded = (float(f"{middle:.{digits}g}") for digits in integers(1, 18))
    return next((value for value in rounded if low < value < high), middle)


def _integer_candidates(range: Range, domain: Domain) -> Iterator[int]:
    yield from (int(value) for value in _finite_ends(range) if value == int(value))
    for interval in range.intervals:
        first = -LARGEST_INTEGER if interval.lower.value is None else first_integer(interval.lower)
        last = LARGEST_INTEGER if interval.upper.value is None else last_integer(interval.upper)
        if last - first <= _TRIED:
            yield from integers(first, last + 1)
        else:
            near = {first, first + 1, last}
            for value in (*_critical(domain), *_finite_ends(range)):
                near.update((math.floor(value) - 1, math.floor(value), math.ceil(value), math.ceil(value) + 1))
            yield from sorted(near)


def _critical(domain: Domain) -> list[Number]:
    found = _finite_ends(domain.range) if domain.range else []
    for special in domain.special:
        if special.interval is not None:
            found.extend(_finite_ends(Range(intervals=(special.interval,))))
        elif isinstance(special.value, (int, float)):
            found.append(special.value)
    found.extend(choice.value for choice in domain.values or () if isinstance(choice.value, (int, float)))
    return found


def _finite_ends(range: Range) -> list[Number]:
    bounds = [bound for interval in range.intervals for bound in (interval.lower, interval.upper)]
    return [bound.value for bound in bounds if isinstance(bound.value, (int, float))]


def _number(bound: Bound) -> Number | None:
    return bound.value if isinstance(bound.value, (int, float)) else None


def _require(bound: Bound) -> Number:
    value = _number(bound)
    if value is None:
        raise ValueError("the end is not constant")
    return value


def _before(upper: Bound, lower: Bound) -> bool:
    left, right = _number(upper), _number(lower)
    if left is None or right is None:
        return False
    return left < right or (left == right and not (upper.closed and lower.closed))
